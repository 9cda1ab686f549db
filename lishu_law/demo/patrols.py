"""Patrols of the last two days and of today, so that the phone pages and the desk have something to show."""

from __future__ import annotations

from datetime import datetime, timedelta

from inspections.actions.checks import NewCheck, record_check
from inspections.actions.plans import register_plan
from inspections.actions.shifts import NewSection, NewShift, approve_shift, file_shift, finish_shift
from inspections.models import InspectionMatter, PatrolShift
from lishu_law import clock
from lishu_law.demo.parties import Registered
from lishu_law.demo.people import Cast
from lishu_law.registry.models import Party, PartyKind

SECTIONS = (NewSection("国道303线", "K800+000", "K830+000", "梨树镇"), NewSection("省道206线", township="郭家店镇"))
SEEN = "装载散装货物没有苫盖严密，沿途有货物扬撒，当场不能改正"
HOUR = timedelta(hours=1)


def make_patrols(cast: Cast, registered: Registered, now: datetime) -> int:
    """Yesterday's finished patrol with three stops, one approved for today, one of the next days that waits."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    register_plan(
        by=cast["head1"], year=midnight.year, document_no=f"示例检查计划〔{midnight.year}〕1号",
        published_on=midnight.date().replace(month=1, day=1), at=now,
    )  # fmt: skip
    yesterday = midnight - 24 * HOUR
    past = _filed(cast, ("officer2", "officer3"), "leader1", yesterday + 8 * HOUR, yesterday + 18 * HOUR)
    approved = approve_shift(
        shift_id=past.pk, version=past.version, by=cast["leader1"], agree=True, at=yesterday + 7 * HOUR
    )
    _stops(cast, registered, approved, yesterday + 9 * HOUR)
    approved.refresh_from_db()
    finish_shift(shift_id=past.pk, version=approved.version, by=cast["officer2"], at=yesterday + 18 * HOUR)
    today = _filed(cast, ("officer4", "officer5"), "leader2", midnight, midnight + 23 * HOUR)
    approve_shift(
        shift_id=today.pk, version=today.version, by=cast["leader2"], agree=True, at=midnight - HOUR, opinion="同意。"
    )
    # The day after tomorrow: in the evening the visit of the demonstration is filed for tomorrow, with one of the two.
    _filed(cast, ("officer3", "officer2"), "leader1", midnight + 56 * HOUR, midnight + 64 * HOUR)
    return 3


def _filed(cast: Cast, names: tuple[str, str], leader: str, start: datetime, end: datetime) -> PatrolShift:
    shift = NewShift(
        officers=tuple(cast[name] for name in names), vehicle="吉C0001警", recorder_no="演示记录仪07",
        planned_from=start, planned_to=end, sections=SECTIONS,
    )  # fmt: skip
    earlier = min(start, clock.now()) - 2 * HOUR
    return file_shift(by=cast[names[0]], shift=shift, at=earlier)


def _stops(cast: Cast, registered: Registered, shift: PatrolShift, first: datetime) -> None:
    matter = InspectionMatter.objects.get(item_code="22032200000001")
    results = (
        ("none", "", "", ""),
        ("corrected", "苫布没有系牢，驾驶员当场重新系牢。", "批评教育，当场改正。", ""),
        ("finding", SEEN, "责令采取苫盖措施后再行驶。", "frt-scatter"),
    )
    for place, (result, findings, measures, item_code) in enumerate(results):
        party: Party = registered.parties[PartyKind.ORGANISATION][14 + place]
        vehicle = registered.vehicles[party.pk]
        at = first + place * HOUR
        check = NewCheck(
            at=at, route="国道303线", stake=f"K8{place}2+300", direction="上行", township="梨树镇", matter=matter,
            result=result, second_officer=cast["officer3"], stop_reason="seen", plate=vehicle.plate, vehicle_type=vehicle.type_name,
            driver_name="贾示例", party=party, item_code=item_code, findings=findings, measures=measures,
        )  # fmt: skip
        record_check(shift_id=shift.pk, by=cast["officer2"], check=check, at=at + timedelta(minutes=10))
