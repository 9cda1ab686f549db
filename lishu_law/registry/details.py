"""What a person enters about a party or a vehicle, and the rules that hold between the fields (disclosure.md §2.3).

Forms and actions use the same two functions; every fault is collected, none is hidden behind another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from lishu_law.errors import Refusal
from lishu_law.registry.identity import (
    IdCardKind,
    InvalidValue,
    PlateKind,
    normalise,
    parse_id_card,
    parse_organisation_name,
    parse_person_name,
    parse_phone,
    parse_plate,
    parse_special_plate,
    parse_uscc,
)
from lishu_law.registry.models import IdKind, Party, PartyKind

PLATE_KINDS = {kind.name.lower(): kind for kind in PlateKind}
_KINDS = frozenset(PartyKind.values)  # asked for each row of a large load
WITHOUT_PATTERN = ("temporary", "special")


@dataclass(frozen=True, kw_only=True)
class PartyDetails:
    """What is known of a party. For a citizen ``name`` is the person's own and ``person_name`` stays empty; the
    identity number is the citizen's, the operator's or the legal representative's.
    """

    kind: str
    name: str
    uscc: str = ""
    person_name: str = ""
    person_post: str = ""
    gender: str = ""
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class VehicleDetails:
    """What is known of a vehicle. ``plate_kind`` is a name of ``PlateKind`` in lower case; ``temporary``, ``special``
    and ``none`` say that the plate has no pattern, anything else that it has one.
    """

    plate: str = ""
    plate_kind: str = ""
    plate_reason: str = ""
    type_name: str = ""
    owner: Party | None = None
    transport_certificate_no: str = ""
    rated_tonnes: Decimal | None = None


class _Faults(list[Refusal]):
    """The faults found so far; ``fix`` of each names the field."""

    def add(self, field: str, code: str, message: str) -> None:
        self.append(Refusal(code, message, fix=field))

    def parsed(self, field: str, text: str, parse: Callable[[str], Any]) -> Any:
        """What ``parse`` makes of ``text``; the text itself (and a fault) when it cannot be used."""
        if not text or not normalise.trimmed(text):
            return ""
        try:
            return parse(text)
        except InvalidValue as wrong:
            self.add(field, wrong.code, wrong.staff_message)
            return text


def check_party(details: PartyDetails, *, today: date, demo: bool = False) -> tuple[PartyDetails, list[Refusal]]:
    """The details in normal form and every fault in them (empty when they can be used)."""
    faults = _Faults()
    is_citizen = details.kind == PartyKind.CITIZEN
    if details.kind not in _KINDS:
        faults.add("kind", "party.kind", "请选择当事人是个人、单位还是个体工商户。")
    checked = PartyDetails(
        kind=details.kind,
        name=faults.parsed("name", details.name, _person_name if is_citizen else parse_organisation_name),
        uscc=faults.parsed("uscc", details.uscc, _credit_code),
        person_name=faults.parsed("person_name", details.person_name, _person_name),
        person_post=faults.parsed("person_post", details.person_post, normalise.line),
        phone=faults.parsed("phone", details.phone, parse_phone),
        address=faults.parsed("address", details.address, normalise.line),
        gender=details.gender,
        id_kind=details.id_kind,
        id_number=details.id_number,
    )
    if checked.id_number or checked.id_kind:
        checked = _check_identity(checked, faults, today=today, demo=demo)
    if not checked.name:
        faults.add("name", "required", "请填写姓名，与证件一致。" if is_citizen else "请填写名称，与营业执照一致。")
    _check_kind(checked, faults)
    return checked, faults


def _person_name(text: str) -> str:
    return parse_person_name(text).value


def _credit_code(text: str) -> str:
    return parse_uscc(text).code


def _check_kind(details: PartyDetails, faults: _Faults) -> None:
    """What each kind must and must not have."""
    if details.kind == PartyKind.CITIZEN:
        if details.uscc:
            faults.add("uscc", "party.uscc", "个人没有统一社会信用代码。有营业执照的，请改选“个体工商户”或“单位”。")
        if details.person_name and details.person_name != details.name:
            faults.add("person_name", "party.person", "个人只填姓名。如果是单位的人员，请改选“单位”。")
    elif details.kind == PartyKind.ORGANISATION:
        if not details.uscc:
            faults.add("uscc", "required", "请填写统一社会信用代码。后面的处罚决定书要用到它。")
    elif details.kind == PartyKind.INDIVIDUAL_BUSINESS:
        if not details.person_name:
            faults.add("person_name", "required", "请填写经营者姓名。后面的处罚决定书要用到它。")
        if not details.uscc and not details.id_number:
            faults.add("uscc", "required", "信用代码和经营者证件号码至少填一个，请补上。")


def _check_identity(details: PartyDetails, faults: _Faults, *, today: date, demo: bool) -> PartyDetails:
    """Normal form of the identity number by its kind; the gender an identity card tells."""
    if not normalise.trimmed(details.id_number):
        return replace(details, id_number="", id_kind="")
    kind = details.id_kind or IdKind.ID_CARD
    if kind not in IdKind.values:
        faults.add("id_kind", "party.id_kind", "请选择证件类型。")
        return details

    def parse(text: str) -> tuple[str, str]:
        return _parse_identity(text, kind, today=today, demo=demo)

    parsed = faults.parsed("id_number", details.id_number, parse)
    if isinstance(parsed, str):
        return replace(details, id_kind=kind)
    number, gender = parsed
    if gender and details.gender and gender != details.gender:
        faults.add("gender", "party.gender", "选的性别与身份证号不一致，请对照证件核对。")
    return replace(details, id_kind=kind, id_number=number, gender=gender or details.gender)


def _parse_identity(text: str, kind: str, *, today: date, demo: bool) -> tuple[str, str]:
    number = normalise.code(text)
    if kind in (IdKind.ID_CARD, IdKind.TEMPORARY_ID_CARD):
        card = parse_id_card(number, today=today, demo=demo)
        if card.kind is IdCardKind.FOREIGN_PERMANENT:
            raise InvalidValue("id.kind", "这是外国人永久居留身份证号。请把证件类型改选为“其他证件”。")
        return card.number, card.gender
    if kind == IdKind.OTHER and re.fullmatch(r"9[0-9]{16}[0-9X]", number):
        return parse_id_card(number, today=today, demo=demo).number, ""
    if re.fullmatch(r"[A-Z0-9]{5,20}", number) is None:
        raise InvalidValue("id.other", "证件号码应是 5 到 20 位字母或数字，请对照证件填写。")
    return number, ""


def check_vehicle(details: VehicleDetails) -> tuple[VehicleDetails, list[Refusal]]:
    """The details in normal form and every fault in them (empty when they can be used)."""
    faults = _Faults()
    kind = details.plate_kind
    reason = faults.parsed("plate_reason", details.plate_reason, normalise.line)
    plate = ""
    if kind == "none":
        if normalise.trimmed(details.plate):
            faults.add("plate", "plate.none", "选了“无牌”又填了车牌号。请删掉车牌号，或者改选号牌种类。")
    elif not normalise.trimmed(details.plate):
        faults.add("plate", "plate.empty", "请填写车牌号，例如“吉C12345”。没有号牌请选“无牌”。")
    else:
        plate, kind = _checked_plate(details, faults)
    if kind in ("none", "temporary") and not reason:
        words = PLATE_KINDS[kind].value
        faults.add("plate_reason", "required", f"选了“{words}”，请写明原因，例如“新车未上牌”。")
    checked = replace(
        details,
        plate=plate,
        plate_kind=kind,
        plate_reason=reason,
        type_name=faults.parsed("type_name", details.type_name, normalise.line),
        transport_certificate_no=faults.parsed(
            "transport_certificate_no", details.transport_certificate_no, normalise.line
        ),
    )
    return checked, faults


def _checked_plate(details: VehicleDetails, faults: _Faults) -> tuple[str, str]:
    def parse(text: str) -> tuple[str, str]:
        if details.plate_kind in WITHOUT_PATTERN:
            found = parse_special_plate(text, temporary=details.plate_kind == "temporary")
        else:
            found = parse_plate(text)
        return found.number, found.kind.name.lower()

    parsed = faults.parsed("plate", details.plate, parse)
    return (details.plate, details.plate_kind) if isinstance(parsed, str) else parsed
