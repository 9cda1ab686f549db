"""The fields of a party and of a vehicle, for every form that enters one: subclass, keep the fieldsets, and read
``party_details`` / ``vehicle_details`` after ``is_valid``. Works without JavaScript: all fields stand on the page, the
hints say who fills which, and ``data-for-kind`` lets a script hide the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings

from lishu_law import clock
from lishu_law.registry.details import PartyDetails, VehicleDetails, check_party, check_vehicle
from lishu_law.registry.models import Gender, IdKind, PartyKind
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import OneChoiceField, TypedField

BUSINESS = "organisation individual_business"
PLATE_CHOICES = (
    ("", "有号牌（普通、新能源、挂车等，自动识别）"),
    ("temporary", "临牌"),
    ("special", "使领馆、应急、军警等其他号牌"),
    ("none", "无牌"),
)


class AsTyped(TypedField):
    """A text judged together with others by the form: kept as typed here."""

    def __init__(self, *, for_kind: str = "", most: int = 100, **kwargs: Any) -> None:
        self.for_kind, self.most = for_kind, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        kind = {"data-for-kind": self.for_kind} if self.for_kind else {}
        return {**super().widget_attrs(widget), "maxlength": str(self.most), **kind}

    def parse(self, text: str) -> str:
        return text


class PartyFields(ActForm):
    """Who the party is. ``identity_required`` asks citizens for their number (needed before a decision);
    ``kept`` holds values that stand when their field is left empty.
    """

    identity_required = True
    party_fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("当事人", ("party_kind", "party_name", "party_uscc", "party_person_name", "party_person_post")),
        ("证件和联系方式", ("party_id_kind", "party_id_number", "party_gender", "party_phone", "party_address")),
    )
    fieldsets = party_fieldsets

    party_kind = OneChoiceField(label="当事人类型", choices=PartyKind.choices, used_in="法律文书")
    party_name = AsTyped(
        label="名称或姓名", most=200, used_in="法律文书", help_text="单位、个体工商户照营业执照填写；个人照证件填写。"
    )
    party_uscc = AsTyped(
        label="统一社会信用代码",
        required=False,
        most=24,
        for_kind=BUSINESS,
        help_text="单位必填，18 位。例如：91220322MA17ABCD2L",
    )
    party_person_name = AsTyped(
        label="法定代表人、负责人或经营者",
        required=False,
        for_kind=BUSINESS,
        help_text="单位填法定代表人或负责人；个体工商户必填经营者。",
    )
    party_person_post = AsTyped(label="职务", required=False, most=30, for_kind=BUSINESS, help_text="例如：总经理")
    party_id_kind = OneChoiceField(label="证件类型", choices=IdKind.choices, required=False)
    party_id_number = AsTyped(
        label="证件号码",
        required=False,
        most=24,
        help_text="个人必填。个体工商户填经营者的，单位填法定代表人的。",
    )
    party_gender = OneChoiceField(
        label="性别", choices=Gender.choices, required=False, help_text="填了身份证号的不用选。"
    )
    party_phone = AsTyped(
        label="联系电话", required=False, most=30, help_text="手机 11 位；座机带区号，例如：0434-5222222"
    )
    party_address = AsTyped(label="住所或住址", required=False, most=200)

    def __init__(self, *args: Any, kept: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept or {}
        for name, value in self.kept.items():
            if value:
                self.fields[f"party_{name}"].help_text = "已登记，不显示。不改请留空；要改请填新的。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        values = {
            name: cleaned.get(f"party_{name}") or self.kept.get(name, "") for name in PartyDetails.__dataclass_fields__
        }
        if not values["kind"]:
            return cleaned
        details, faults = check_party(PartyDetails(**values), today=clock.today(), demo=settings.DEMO)
        self._put_faults("party", [(fault.fix, fault.code, fault.message) for fault in faults])
        if self.identity_required and details.kind == PartyKind.CITIZEN and not details.id_number:
            self._put_faults("party", [("id_number", "required", "请填写证件号码。后面的处罚决定书要用到它。")])
        self.party_details = details
        return cleaned

    def _put_faults(self, prefix: str, faults: list[tuple[str, str, str]]) -> None:
        """Show each fault at its field, one per field."""
        for field, code, message in faults:
            name = f"{prefix}_{field}"
            if name not in self.errors:
                self.add_error(name, forms.ValidationError(message, code=code))


class VehicleFields(ActForm):
    """Which vehicle. ``vehicle_required`` False lets all be left empty: then ``vehicle_details`` is None."""

    vehicle_required = True
    vehicle_fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "车辆",
            (
                "vehicle_plate_kind",
                "vehicle_plate",
                "vehicle_plate_reason",
                "vehicle_type_name",
                "vehicle_transport_certificate_no",
            ),
        ),
    )
    fieldsets = vehicle_fieldsets

    vehicle_plate_kind = forms.ChoiceField(label="号牌情况", choices=PLATE_CHOICES, required=False)
    vehicle_plate = AsTyped(
        label="车牌号", required=False, most=24, help_text="例如：吉C12345。点和空格可以不写。无牌的不填。"
    )
    vehicle_plate_reason = AsTyped(
        label="无牌或临牌的原因", required=False, for_kind="temporary none", help_text="例如：新车未上牌"
    )
    vehicle_type_name = AsTyped(label="车型", required=False, most=40, help_text="例如：重型半挂牵引车")
    vehicle_transport_certificate_no = AsTyped(label="道路运输证号", required=False, most=40)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = [name for name in VehicleDetails.__dataclass_fields__ if f"vehicle_{name}" in self.fields]
        values: dict[str, Any] = {name: cleaned.get(f"vehicle_{name}") or "" for name in names}
        self.vehicle_details: VehicleDetails | None = None
        if not self.vehicle_required and not any(values.values()):
            return cleaned
        self.vehicle_details, faults = check_vehicle(VehicleDetails(**values))
        for fault in faults:
            name = f"vehicle_{fault.fix}"
            if name not in self.errors:
                self.add_error(name, forms.ValidationError(fault.message, code=fault.code))
        return cleaned


# Sensitive personal data (security.md §7, C3): never written back into a form; empty means unchanged.
SENSITIVE = ("id_number", "phone", "address")


def party_initial(party: Any) -> dict[str, Any]:
    """The fields' initial values for a registered party, without the sensitive ones."""
    return {
        f"party_{name}": getattr(party, name) for name in PartyDetails.__dataclass_fields__ if name not in SENSITIVE
    }


def party_kept(party: Any) -> dict[str, str]:
    """The ``kept`` of a form that edits ``party``."""
    return {name: getattr(party, name) for name in SENSITIVE}


def vehicle_initial(vehicle: Any) -> dict[str, Any]:
    """The fields' initial values for a registered vehicle; a plate with a pattern needs no kind."""
    kind = vehicle.plate_kind if vehicle.plate_kind in dict(PLATE_CHOICES) else ""
    names = ("plate", "plate_reason", "type_name", "transport_certificate_no")
    return {"vehicle_plate_kind": kind, **{f"vehicle_{name}": getattr(vehicle, name) for name in names}}
