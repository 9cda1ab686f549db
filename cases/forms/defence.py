"""Forms of the notice, of statements and their review."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.models import DefenceKind
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateTimeField, NarrativeField, PersonNameField

CHANGES = [
    ("facts", "违法事实有变化"),
    ("nature", "违法行为的性质（案由）有变化"),
    ("basis", "处罚的依据有变化"),
    ("heavier", "根据新的事实，拟处罚更重"),
]


class NoticeForm(ActForm):
    """Nothing to type, except where a renewed notice is heavier than the one served before."""

    def __init__(self, *args: Any, is_heavier: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_heavier:
            self.fields["heavier_reason"] = NarrativeField(
                label="加重所依据的新的事实和证据", least=10, most=2000, rows=3,
                help_text="不得因当事人陈述申辩或者要求听证加重。写明告知之后新查明的事实和证据。",
            )  # fmt: skip


class RenoticeForm(ActForm):
    """What changed since the notice, and the facts as they are told now."""

    changes = forms.MultipleChoiceField(label="变更了什么", choices=CHANGES, widget=forms.CheckboxSelectMultiple)
    facts = NarrativeField(
        label="变更后的违法事实", least=20, most=20000, rows=8, help_text="没有变化的，保留原文。新的通知书用这段。"
    )
    reason = NarrativeField(label="变更的理由", least=5, most=2000, rows=3)

    def clean_changes(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["changes"])


class StatementForm(ActForm):
    """What the party said. One line is one point, answered one by one later."""

    received_at = FlexibleDateTimeField(label="收到或者记录的时间", future=False)
    content = NarrativeField(
        label="陈述申辩内容", required=False, least=0, most=20000, rows=8,
        help_text="每个事实、理由或者证据写一行，复核时逐行答复。",
    )  # fmt: skip
    place = forms.CharField(label="地点", max_length=200, required=False, help_text="口头陈述时填写。")
    speaker = PersonNameField(label="陈述申辩人", required=False)
    speaker_role = forms.CharField(
        label="陈述申辩人的身份", max_length=50, required=False, help_text="例如：法定代表人、委托代理人"
    )
    evidence_note = NarrativeField(label="提交的证据", required=False, least=0, most=2000, rows=2)


class DefenceForm(StatementForm):
    """The first answer to the notice, silence or waiver."""

    kind = forms.ChoiceField(label="当事人的表示", choices=DefenceKind.choices, widget=forms.RadioSelect)
    waiver_note = forms.CharField(
        label="怎样确认自愿放弃", max_length=500, required=False,
        help_text="放弃声明与通知书同一天签署时填写，说明不是随通知书一并签字。",
    )  # fmt: skip
    fieldsets = (
        ("当事人的表示", ("kind", "received_at", "content")),
        ("陈述申辩人（口头陈述时填写）", ("speaker", "speaker_role", "place", "evidence_note")),
        ("当天放弃时填写", ("waiver_note",)),
    )


class FurtherStatementForm(StatementForm):
    """A further or late statement."""

    kind = forms.ChoiceField(
        label="形式", choices=[c for c in DefenceKind.choices if c[0] in {"written", "oral"}], widget=forms.RadioSelect
    )
    fieldsets = (
        ("陈述申辩", ("kind", "received_at", "content")),
        ("陈述申辩人", ("speaker", "speaker_role", "place", "evidence_note")),
    )


class DefenceReviewForm(ActForm):
    """An answer to each point raised."""

    def __init__(self, *args: Any, points: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [point.number for point in points]
        groups = []
        for point in points:
            self.fields[f"adopted_{point.number}"] = forms.ChoiceField(
                label="是否采纳", choices=[("yes", "采纳"), ("no", "不采纳")], widget=forms.RadioSelect
            )
            self.fields[f"answer_{point.number}"] = NarrativeField(label="复核情况和理由", least=2, most=3000, rows=3)
            groups.append((f"{point.number}．{point.text}", (f"adopted_{point.number}", f"answer_{point.number}")))
        self.fields["opinion"] = NarrativeField(label="总的意见", required=False, least=0, most=2000, rows=2)
        self.fieldsets = tuple(groups)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answers = {}
        for number in self.numbers:
            adopted, answer = cleaned.pop(f"adopted_{number}", ""), cleaned.pop(f"answer_{number}", "")
            answers[number] = (adopted == "yes", answer)
        cleaned["answers"] = answers
        return cleaned
