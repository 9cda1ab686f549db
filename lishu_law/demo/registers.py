"""The registers of the demonstration: objects of further kinds, officers that can be drawn, a short list of powers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from inspections.actions.catalogues import save_power
from inspections.actions.officers import ProfileDetails, record_absence, save_profile
from inspections.actions.subjects import SubjectDetails, register_subject
from inspections.actions.white_list import put_on_white_list
from lishu_law.demo.parties import Registered
from lishu_law.demo.people import Cast
from lishu_law.registry.models import Party, PartyKind, SupervisedSubject

SOURCE = "演示名录"
# Kind, own name, industry, place in the list of organisations.
OWN_NAMED = (
    ("site", "示例砂石料场（演示）", "超限源头", 3),
    ("project", "示例公路养护工程（演示）", "公路施工", 4),
    ("route", "梨树—示例镇客运线路（演示）", "道路客运", 5),
    ("ship", "示例渡船01（演示）", "水路运输", 6),
)
VEHICLES = 6  # of the first organisations
SPECIALITIES = ("freight", "passenger", "repair", "road", "dangerous", "works")
POWERS = (
    ("penalty", "对货运车辆没有采取措施防止货物脱落、扬撒的处罚", "《中华人民共和国道路运输条例》"),
    ("penalty", "对超限运输车辆擅自行驶公路的处罚", "《公路安全保护条例》"),
    ("inspection", "对道路运输经营活动的检查", "《中华人民共和国道路运输条例》"),
    ("inspection", "对公路超限运输的检查", "《公路安全保护条例》"),
    ("compulsion", "暂扣没有车辆营运证的车辆", "《中华人民共和国道路运输条例》"),
)


def make_registers(registered: Registered, cast: Cast, today: date) -> int:
    """Enter them by the real actions; returns how many objects were added."""
    companies = registered.parties[PartyKind.ORGANISATION]
    added = [
        _object(cast, companies[place], today, (kind, industry, name)) for kind, name, industry, place in OWN_NAMED
    ]
    for party in companies[:VEHICLES]:
        vehicle = registered.vehicles[party.pk]
        added.append(_object(cast, party, today, ("vehicle", "道路货运", ""), vehicle=vehicle))
    _white_list(cast, today)
    for place, name in enumerate(("officer1", "officer2", "officer3", "officer4", "officer5", "officer6")):
        details = ProfileDetails(
            staff_type="established", post="执法员", specialities=(SPECIALITIES[place], "freight"), areas=("梨树镇",),
            pairing_group="第一组" if place < 3 else "第二组",
        )  # fmt: skip
        save_profile(by=cast["head1"], staff_number=cast[name].staff_number, details=details)
    away = today + timedelta(days=2)
    record_absence(
        by=cast["head1"], staff_number=cast["officer3"].staff_number, kind="training", from_on=today, to_on=away,
        note="业务培训（演示）",
    )  # fmt: skip
    _powers(cast, today)
    return len(added)


def _object(cast: Cast, party: Party, today: date, what: tuple[str, str, str], **vehicle: Any) -> SupervisedSubject:
    kind, industry, name = what
    details = SubjectDetails(
        kind=kind, party=party, industry=industry, address=party.address, source=SOURCE, updated_on=today,
        name=name, **vehicle,
    )  # fmt: skip
    return register_subject(by=cast["officer1"], details=details)


def _white_list(cast: Cast, today: date) -> None:
    """Two of class A, as the yearly notice would list them."""
    for entry in SupervisedSubject.objects.listed().filter(kind="enterprise").order_by("-pk")[:2]:
        entry.risk_class = "A"
        entry.save(update_fields=["risk_class"])
        put_on_white_list(
            by=cast["head1"], object_no=entry.object_no, from_on=today, to_on=today + timedelta(days=364),
            basis="示例白名单公告〔演示〕1号",
        )  # fmt: skip


def _powers(cast: Cast, today: date) -> None:
    """Names and statutes only; articles are entered by the bureau when it publishes its real list."""
    first = date(today.year, 1, 1)
    body = str(cast["head1"].unit)
    for serial, (kind, name, basis) in enumerate(POWERS, 1):
        values = {
            "code": f"演示220322-{serial:03d}", "name": name, "kind": kind, "basis": f"{basis}（条款待确认）", "body": body,
            "published_on": first, "valid_from": first,
        }  # fmt: skip
        save_power(by=cast["legal1"], values=values)
