"""登记线索: to whom, what, who handles it. Everything typed here is reused by every later document."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.models import ClueSource
from cases.queries.benchmarks import violations
from cases.queries.violations import FIND_HELP, grouped_choices, hits_for
from lishu_law import clock
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    FindField,
    FlexibleDateTimeField,
    NarrativeField,
    OfficerChoiceField,
    OneChoiceField,
    PlaceField,
    ShortTextField,
)
from lishu_law.web.party_fields import PartyFields, VehicleFields

DIRECTIONS = [("上行", "上行"), ("下行", "下行")]


FINDS = "item_code_find"


def choose_violation(form: forms.Form, user: Any) -> None:
    """What this officer and the unit used lately stands first, and the search line looks among all."""
    choice, line = form.fields["item_code"], form.fields[FINDS]
    assert isinstance(choice, forms.ChoiceField)
    assert isinstance(line, FindField)
    choice.choices = grouped_choices(user)
    line.looks_in(hits_for(user))


class ActFacts(ActForm):
    """The facts of the act itself; ``user`` is who chooses."""

    item_code_find = FindField(label="查案由", fills="item_code", url="violation-find", help_text=FIND_HELP)
    item_code = forms.ChoiceField(label="案由", choices=())
    act_at = FlexibleDateTimeField(label="违法时间", future=False, help_text="例如：2026-11-23 23:02")
    place = PlaceField(label="地点（路线、桩号）", help_text="例如：G303 K12+300")
    direction = OneChoiceField(label="方向", choices=DIRECTIONS, required=False)
    township = ShortTextField(label="所在乡镇", required=False, most=40, help_text="例如：梨树镇")
    is_in_county = forms.BooleanField(label="违法行为发生在梨树县境内", required=False, initial=True)
    summary = NarrativeField(
        label="案件基本情况", least=20, most=5000, rows=6, help_text="写明时间、地点、经过和发现的问题，至少 20 字。"
    )
    FACT_NAMES = (FINDS, "item_code", "act_at", "place", "direction", "township", "is_in_county", "summary")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_violation(self, user)

    def clean_item_code(self) -> str:
        return str(self.cleaned_data["item_code"])

    def facts(self) -> dict[str, Any]:
        """The typed facts as the action takes them."""
        cleaned = self.cleaned_data
        found = next(one for one in violations() if one.code == cleaned["item_code"])
        return {
            "item_code": found.code,
            "violation": found.title,
            "domain": found.domain,
            "act_at": cleaned["act_at"],
            "route": cleaned["place"].route or cleaned["place"].text,
            "stake": cleaned["place"].stake,
            "direction": cleaned.get("direction") or "",
            "township": cleaned.get("township") or "",
            "is_in_county": cleaned["is_in_county"],
            "summary": cleaned["summary"],
        }


class FactFields(ActFacts, PartyFields, VehicleFields):
    """The facts with party and vehicle; shared by registering and correcting."""

    identity_required = False
    vehicle_required = False


class ClueForm(FactFields):
    """A clue from outside an inspection; a finding on patrol carries its facts over by itself."""

    source = OneChoiceField(label="案件来源", choices=ClueSource.choices)
    source_note = ShortTextField(
        label="来源说明", required=False, most=100, help_text="交办、移送的，写明机关名称和文号。"
    )
    received_at = FlexibleDateTimeField(label="发现（收到）时间", future=False)
    assistant = OfficerChoiceField(label="协办人", help_text="主办人是您本人。协办人要有有效的执法证。")
    fieldsets = (
        *PartyFields.party_fieldsets,
        *VehicleFields.vehicle_fieldsets,
        ("什么事", FactFields.FACT_NAMES),
        ("来源和承办", ("source", "source_note", "received_at", "assistant")),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        assistant = self.fields["assistant"]
        assert isinstance(assistant, OfficerChoiceField)
        assistant.on_day(clock.today(), without=user)


class EditForm(FactFields):
    """Correcting the facts before the report is submitted; what widens competence and limitation is said here."""

    designation = ShortTextField(
        label="指定管辖", required=False, most=100, help_text="县外的案件由上级指定管辖的，写明指定的机关和文号。"
    )
    safety_harm_note = ShortTextField(
        label="适用五年追责时效的理由", required=False, most=300,
        help_text="涉及公民生命健康安全、金融安全且有危害后果的填写；其他案件留空，时效为二年。",
    )  # fmt: skip
    fieldsets = (
        *PartyFields.party_fieldsets,
        *VehicleFields.vehicle_fieldsets,
        ("什么事", FactFields.FACT_NAMES),
        ("管辖和时效", ("designation", "safety_harm_note")),
    )

    def facts(self) -> dict[str, Any]:
        extra = {name: self.cleaned_data.get(name) or "" for name in ("designation", "safety_harm_note")}
        return {**super().facts(), **extra}
