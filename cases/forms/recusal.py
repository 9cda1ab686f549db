"""Forms of recusal and of the officer who takes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from cases.forms.people import AssistantField
from cases.models import RecusalRole
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateTimeField, NarrativeField, OfficerChoiceField, PersonNameField

OUTSIDE_ROLES = [
    (role.value, role.label) for role in (RecusalRole.EXAMINER, RecusalRole.EXPERT, RecusalRole.INTERPRETER)
]


class ConflictForm(ActForm):
    """Why the acting person withdraws."""

    reason = NarrativeField(
        label="应当回避的理由", least=5, most=1000, rows=3,
        help_text="写明与当事人或者本案的关系。例如：当事人法定代表人是本人配偶的兄弟。提交后您不再承办本案。",
    )  # fmt: skip


class RecusalRequestForm(ActForm):
    """The party's request, in writing or said aloud."""

    applicant = forms.CharField(label="申请人", max_length=100)
    is_oral = forms.BooleanField(label="口头提出，由我记录", required=False)
    asked_at = FlexibleDateTimeField(label="提出申请的时间", future=False)
    person = AssistantField(label="被申请回避的工作人员", required=False, empty_label="外部人员（在下面填写）")
    person_name = PersonNameField(label="外部人员姓名", required=False, help_text="鉴定、翻译等外部人员填写。")
    role = forms.ChoiceField(label="外部人员身份", choices=[("", "请选择"), *OUTSIDE_ROLES], required=False)
    reason = NarrativeField(label="申请回避的理由", least=2, most=2000, rows=4)
    fieldsets = (
        ("申请", ("applicant", "is_oral", "asked_at")),
        ("申请谁回避", ("person", "person_name", "role")),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class RecusalDecisionForm(ActForm):
    """The head's decision."""

    preview_assumes: ClassVar[Mapping[str, str]] = {"agree": "yes"}

    agree = forms.ChoiceField(
        label="决定", choices=[("yes", "回避"), ("no", "不予回避")], widget=forms.RadioSelect,
        help_text="决定回避的，被申请人立即不能再办理本案。",
    )  # fmt: skip
    opinion = NarrativeField(label="决定的理由", least=2, most=2000, rows=3)

    def __init__(self, *args: Any, is_chief: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_chief:
            self.fields["discussed_by"] = forms.CharField(
                label="参加集体讨论的其他负责人", max_length=200, help_text="用顿号隔开，至少 2 名。例如：张某、李某"
            )

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")


class RecusalEffectForm(ActForm):
    """Whether what the recused person did before stands."""

    acts_stand = forms.ChoiceField(
        label="回避前参与的行为", choices=[("yes", "有效，不影响公正"), ("no", "无效，可能影响公正")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = NarrativeField(label="认定的理由", least=5, most=2000, rows=4, help_text="按对公正执法的实际影响认定。")

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["void_ids"] = forms.MultipleChoiceField(
            label="不再采用的证据", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(str(item.pk), f"{item.title}：{item.purpose}") for item in items],
            help_text="认定无效时勾选。原件仍保留在案卷里。",
        )  # fmt: skip
        if not items:
            self.fields["void_ids"].widget = forms.MultipleHiddenInput()

    def clean_acts_stand(self) -> bool:
        return bool(self.cleaned_data["acts_stand"] == "yes")

    def clean_void_ids(self) -> tuple[int, ...]:
        return tuple(int(pk) for pk in self.cleaned_data["void_ids"])


class ReplaceOfficerForm(ActForm):
    """Who leaves and who takes over."""

    outgoing = AssistantField(
        label="不再承办的人", required=False, empty_label="没有，补充一名承办人",
        help_text="已经回避退出的人不用再选。主办人退出后，接替的人就是主办人。",
    )  # fmt: skip
    incoming = OfficerChoiceField(label="接替的执法人员", help_text="只列出今天执法证有效的人员。")
    reason = NarrativeField(label="更换的原因", least=2, most=500, rows=2, help_text="例如：执法证到期；已经回避。")

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outgoing"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = officers
