"""Forms of the bureau's own enforcement."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.actions.enforcement_changes import CHANGES
from cases.models import EnforcementKind
from cases.procedure.enforcement_plan import NewEnforcement, Performance
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    AmountField,
    FlexibleDateField,
    FlexibleDateTimeField,
    NarrativeField,
    ShortTextField,
)


class EnforcementForm(ActForm):
    """What is to be enforced, by which power, how and when."""

    kind = forms.ChoiceField(label="执行方式", choices=EnforcementKind.choices, widget=forms.RadioSelect)
    power = ShortTextField(
        label="授权强制执行的法律条款", most=200, help_text="写明法律名称和条款。例如：行政强制法第五十条"
    )
    grounds = NarrativeField(label="强制执行的理由", least=10, most=2000, rows=4)
    manner = NarrativeField(label="执行标的和具体方式", least=5, most=2000, rows=3)
    planned_at = FlexibleDateTimeField(label="执行时间", help_text="避开夜间和法定节假日。例如：2026-05-20 09:00")
    spares_household = forms.BooleanField(label="执行方式不含对居民生活停止供水、供电、供热、供燃气", required=False)
    urgency = ShortTextField(label="夜间或者节假日执行的紧急情况", most=300, required=False)
    hiding = ShortTextField(label="催告期间转移、隐匿财物的证据", most=300, required=False)
    danger = ShortTextField(label="代履行要避免的具体危害", most=300, required=False)
    goods = ShortTextField(
        label="已查封、扣押的财物和决定书文号", most=300, required=False, help_text="只在拍卖抵缴时填写。"
    )
    performer = ShortTextField(label="代履行的第三人", most=100, required=False, help_text="由本机关代履行的不填。")
    budget = ShortTextField(label="代履行费用预算", most=100, required=False)
    fieldsets = (
        ("强制执行", ("kind", "power", "grounds", "manner", "planned_at", "spares_household")),
        ("有下列情形的填写", ("urgency", "hiding", "danger", "goods", "performer", "budget")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        version = cleaned.pop("version", None)
        return {"version": version, "new": NewEnforcement(**cleaned)}


class AnnouncementForm(ActForm):
    demolish_by = FlexibleDateField(label="自行拆除的期限")


class PerformanceForm(ActForm):
    """What was done, when, and who was there."""

    performed_at = FlexibleDateTimeField(label="实施时间", future=False)
    note = NarrativeField(label="实施情况", least=10, most=2000, rows=4)
    supervisor = ShortTextField(label="到场监督的工作人员", most=50)
    performer = ShortTextField(label="实施人（代履行人）", most=50)
    witness = ShortTextField(label="当事人或者见证人", most=50)
    told_at = FlexibleDateTimeField(
        label="告知当事人的时间", future=False, required=False, help_text="立即代履行的必须填写。"
    )
    urgency = ShortTextField(label="夜间或者节假日实施的紧急情况", most=300, required=False)
    cost = AmountField(label="实际费用（元）", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        version = cleaned.pop("version", None)
        return {"version": version, "done": Performance(**cleaned)}


class ChangeForm(ActForm):
    """Suspend, end or resume, on a ground of the law."""

    change = forms.ChoiceField(
        label="申请事项",
        widget=forms.RadioSelect,
        choices=[(code, title) for code, (title, _law, _g) in CHANGES.items()],
    )
    ground = forms.ChoiceField(label="法定情形", required=False, choices=[
        ("", "恢复执行的不选"),
        *((title, list(grounds.items())) for title, _law, grounds in CHANGES.values() if grounds),
    ])  # fmt: skip
    reason = NarrativeField(label="具体情况", least=5, most=1000, rows=3)
