"""Forms of patrol shifts."""

from __future__ import annotations

from typing import Any

from django import forms

from inspections.actions.shifts import NewSection, NewShift
from lishu_law.registry.identity import InvalidValue, parse_stake
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    FlexibleDateTimeField,
    NarrativeField,
    OfficerChoiceField,
    ShortTextField,
    check_period,
)

SECTIONS = 3


class OfficersPart(ActForm):
    """Two officers, a third if wanted; the first leads."""

    lead = OfficerChoiceField(label="带队执法人员", used_in="备案")
    second = OfficerChoiceField(label="另一名执法人员", used_in="备案")
    third = OfficerChoiceField(label="第三名执法人员", required=False)
    OFFICER_FIELDS = ("lead", "second", "third")

    def officers(self) -> tuple[Any, ...]:
        """Those chosen, the lead first; the same person twice counts once."""
        chosen = [self.cleaned_data.get(name) for name in self.OFFICER_FIELDS]
        return tuple({officer.pk: officer for officer in chosen if officer}.values())


class ShiftForm(OfficersPart):
    """巡查班次报备."""

    planned_from = FlexibleDateTimeField(label="出勤时间", help_text="例如：2026-11-23 20:00")
    planned_to = FlexibleDateTimeField(label="收勤时间")
    vehicle = ShortTextField(label="执法车辆", most=40, help_text="例如：吉C0001警")
    recorder_no = ShortTextField(label="执法记录仪编号", most=40)
    remarks = ShortTextField(label="备注", most=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: list[str] = []
        for number in range(1, SECTIONS + 1):
            required = number == 1
            self.fields[f"route_{number}"] = ShortTextField(
                label=f"路段 {number}：路线", most=40, required=required, help_text="例如：G303"
            )
            self.fields[f"from_{number}"] = ShortTextField(label=f"路段 {number}：起点桩号", most=20, required=False)
            self.fields[f"to_{number}"] = ShortTextField(label=f"路段 {number}：终点桩号", most=20, required=False)
            self.fields[f"township_{number}"] = ShortTextField(label=f"路段 {number}：乡镇", most=40, required=False)
            names += [f"{part}_{number}" for part in ("route", "from", "to", "township")]
        self.fieldsets = (
            ("人员", self.OFFICER_FIELDS),
            ("时间和装备", ("planned_from", "planned_to", "vehicle", "recorder_no", "remarks")),
            ("巡查路段", tuple(names)),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_period(self, "planned_from", "planned_to")
        for number in range(1, SECTIONS + 1):
            for part in ("from", "to"):
                name = f"{part}_{number}"
                if cleaned.get(name):
                    cleaned[name] = clean_stake(self, name, cleaned[name])
        return cleaned

    def shift(self) -> NewShift:
        """What the action takes."""
        data = self.cleaned_data
        sections = tuple(
            NewSection(data[f"route_{n}"], data[f"from_{n}"], data[f"to_{n}"], data[f"township_{n}"])
            for n in range(1, SECTIONS + 1)
            if data[f"route_{n}"]
        )
        plain = {name: data[name] for name in ("vehicle", "recorder_no", "planned_from", "planned_to", "remarks")}
        return NewShift(officers=self.officers(), sections=sections, **plain)


def clean_stake(form: forms.Form, name: str, typed: str) -> str:
    """The stake in normal form; a fault is put at its field."""
    try:
        return parse_stake(typed)
    except InvalidValue as wrong:
        form.add_error(name, forms.ValidationError(wrong.message, code=wrong.code))
        return typed


class ApprovalForm(ActForm):
    """同意 or 退回, with an opinion."""

    agree = forms.TypedChoiceField(
        label="审批意见", choices=[("yes", "同意，准予备案"), ("no", "退回修改")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    opinion = NarrativeField(label="说明", least=0, most=500, rows=3, required=False, help_text="退回时请写明原因。")


class FinishShiftForm(ActForm):
    remarks = NarrativeField(label="巡查情况", least=0, most=500, rows=4, required=False)


class CancelForm(ActForm):
    reason = NarrativeField(label="撤销原因", least=2, most=300, rows=3)


class ConfirmForm(ActForm):
    """Nothing to type: the facts are on the page."""


__all__ = [
    "ApprovalForm", "CancelForm", "ConfirmForm", "FinishShiftForm", "OfficersPart", "ShiftForm", "clean_stake",
]  # fmt: skip
