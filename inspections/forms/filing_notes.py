"""Short forms on a filing and on who approves it: consent, justice bureau, provincial number, delegation, caps."""

from __future__ import annotations

from typing import Any

from django import forms

from inspections.actions.delegations import NewDelegation
from inspections.models import Source
from lishu_law.registry.models import Industry, RiskClass, Unit, User
from lishu_law.registry.models.people import UnitKind
from lishu_law.registry.roles import Role
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateField, NarrativeField, OneChoiceField, ShortTextField


class ConsentForm(ActForm):
    """法制机构的意见."""

    agree = forms.TypedChoiceField(
        label="意见", choices=[("yes", "同意检查"), ("no", "不同意，退回")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    note = NarrativeField(label="理由", least=2, most=300, rows=3)


class CrossregionForm(ActForm):
    """异地检查向司法局备案."""

    number = ShortTextField(label="司法局备案编号或者收文号", most=60)
    filed_on = FlexibleDateField(label="备案日期", future=False)


class ProvincialForm(ActForm):
    number = ShortTextField(label="省平台备案号", most=40, help_text="“我要执法”系统生成的备案号。")


class DelegationForm(ActForm):
    """委托审批. A squad leader chooses for the own unit only."""

    unit = forms.ModelChoiceField(
        label="哪个单位的备案", queryset=Unit.objects.none(), empty_label="请选择",
        error_messages={"required": "请选择单位。", "invalid_choice": "不能委托这个单位的审批，请重新选择。"},
    )  # fmt: skip
    delegate = forms.ModelChoiceField(
        label="受委托的审批人", queryset=User.objects.none(), empty_label="请选择",
        error_messages={"required": "请选择受委托的审批人。", "invalid_choice": "不能委托给这个人，请重新选择。"},
    )  # fmt: skip
    document = ShortTextField(label="委托文号或者依据", most=100)
    from_on = FlexibleDateField(label="开始日期")
    to_on = FlexibleDateField(label="截止日期")

    def __init__(self, *args: Any, user: Any, is_leader: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(kind=UnitKind.SQUAD)
        units = units if is_leader else units.filter(pk=user.unit_id)
        people = User.objects.filter(is_active=True, roles__overlap=[Role.OFFICER, Role.SQUAD_LEADER])
        self.fields["unit"].queryset = units.order_by("code")  # type: ignore[attr-defined]
        self.fields["delegate"].queryset = people.exclude(pk=user.pk).order_by("unit_id", "staff_number")  # type: ignore[attr-defined]

    def delegation(self) -> NewDelegation:
        """What the action takes."""
        return NewDelegation(**{name: self.cleaned_data[name] for name in NewDelegation.__dataclass_fields__})


class CapRuleForm(ActForm):
    """年度检查次数上限."""

    fieldsets = (
        ("适用", ("industry", "risk_class")),
        ("上限", ("most", "not_counted")),
        ("依据", ("basis", "is_confirmed", "valid_from", "valid_to")),
    )
    industry = OneChoiceField(label="行业", choices=Industry.choices, required=False, placeholder="全部行业")
    risk_class = OneChoiceField(label="信用等级", choices=RiskClass.choices, required=False, placeholder="全部等级")
    most = forms.IntegerField(
        label="每年最多几次", min_value=0, max_value=365,
        error_messages={"min_value": "次数不能小于 0。", "max_value": "次数不能大于 365，请核对。"},
    )  # fmt: skip
    not_counted = forms.MultipleChoiceField(
        label="不计入次数的任务来源", choices=Source.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="主管部门公布的上限另有规定时勾选。上级部署的专项检查和整改复查本来就不计入。",
    )  # fmt: skip
    basis = ShortTextField(label="依据", most=200, help_text="公布上限的文件名称和文号。")
    is_confirmed = forms.BooleanField(label="已经核对过公布的文件", required=False, help_text="没有核对的标为待确认。")
    valid_from = FlexibleDateField(label="开始执行")
    valid_to = FlexibleDateField(label="停止执行", required=False)

    def values(self) -> dict[str, Any]:
        """The fields of the rule."""
        return {name: self.cleaned_data[name] for name in self.base_fields if name != "version"}


__all__ = ["CapRuleForm", "ConsentForm", "CrossregionForm", "DelegationForm", "ProvincialForm"]
