"""Visits of the demonstration: one filed for today, one that ended with an order due today, one left open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from inspections.actions.filings import NewFiling, approve_inspection, file_inspection
from inspections.actions.signing import sign_record
from inspections.actions.visits import NewOrder, NewPoint, NewResult, finish_inspection, start_inspection
from inspections.models import InspectionFiling, InspectionMatter
from inspections.queries.visit_record import text_of_record
from lishu_law import clock
from lishu_law.demo.parties import Registered
from lishu_law.demo.people import Cast
from lishu_law.registry.models import PartyKind, SupervisedSubject
from lishu_law.web.signatures import Drawn, NewSignature, digest_of_text, picture_of

HOUR = timedelta(hours=1)
TEAM = ("officer1", "officer2")
# Handed over by another office: needs no plan, whatever year the day before yesterday was in.
TOLD: dict[str, Any] = {"source": "referred", "source_note": "示例转办〔演示〕1号", "form": "03"}
# Strokes that look like handwriting and are nobody's name.
SCRIBBLE = Drawn(320, 200, tuple(
    tuple((20 + 60 * part + 5 * step, 60 + 8 * (step % 4) + 20 * (part % 2), 20 * step) for step in range(11))
    for part in range(4)
))  # fmt: skip


def make_visits(cast: Cast, registered: Registered, now: datetime) -> int:
    """File them by the real actions; returns how many."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    before = midnight - 48 * HOUR
    entries = [_entry(registered, place) for place in (7, 8, 9)]
    # By day: the evening belongs to the patrol of the main job.
    day = midnight if clock.local(now) < midnight + 17 * HOUR else midnight + 24 * HOUR
    _filed(
        cast,
        entries[0],
        day + 7 * HOUR,
        day + 19 * HOUR,
        filed_at=min(day + 5 * HOUR, now - 2 * HOUR),
        source="plan",
        form="01",
    )
    ordered = NewResult(
        "R5", _points("by_date"), "signed", "两辆货车停放在作业区，没有苫盖。", "责令配齐苫布，作业前逐车检查。",
        present_person="贾示例", present_post="安全员", order=NewOrder("两辆货车配齐苫布。", "", midnight.date()),
    )  # fmt: skip
    first = _filed(cast, entries[1], before + 8 * HOUR, before + 12 * HOUR, **TOLD)
    _done(cast, first, before + 9 * HOUR, ordered)
    _signed(cast, first)
    left_open = NewResult(
        "R8", _points("later"), "signed", "一辆货车的道路运输证到期日期与台账不一致，需进一步核实。", "",
        present_person="贾演示", present_post="负责人",
    )  # fmt: skip
    _done(cast, _filed(cast, entries[2], before + 13 * HOUR, before + 18 * HOUR, **TOLD), before + 14 * HOUR, left_open)
    return 3


def _entry(registered: Registered, place: int) -> SupervisedSubject:
    party = registered.parties[PartyKind.ORGANISATION][place]
    return SupervisedSubject.objects.get(party=party, kind="enterprise")


def _filed(
    cast: Cast, entry: SupervisedSubject, start: datetime, end: datetime, filed_at: datetime | None = None, **why: Any
) -> InspectionFiling:
    filing = NewFiling(
        subject=entry, matters=(_matter(),), officers=tuple(cast[name] for name in TEAM), category="02",
        method="01", window_from=start, window_to=end, notice_mode="ahead",
        why_on_site="要看车辆和装载的实物（演示）", why_separate="检查的事项不同（演示）", **why,
    )  # fmt: skip
    before = filed_at or start - 2 * HOUR
    row = file_inspection(by=cast[TEAM[0]], filing=filing, at=before)
    return approve_inspection(
        filing_id=row.pk, version=row.version, by=cast["leader1"], agree=True, opinion="同意。", at=before + HOUR
    )


def _done(cast: Cast, row: InspectionFiling, at: datetime, result: NewResult) -> None:
    lead: Any = cast[TEAM[0]]
    started = start_inspection(filing_id=row.pk, version=row.version, by=lead, how="paper", at=at)
    party = NewSignature(
        "party", result.present_person, picture_of(SCRIBBLE, lead), SCRIBBLE, place=row.subject.address
    )
    finish_inspection(
        filing_id=row.pk, version=started.version, by=lead, result=result, signatures=(party,), at=at + HOUR
    )


def _signed(cast: Cast, row: InspectionFiling) -> None:
    """Both officers sign the record with their accounts: it is sealed, and its result may be told."""
    row.refresh_from_db()
    digest = digest_of_text(text_of_record(row))
    for name in TEAM:
        user: Any = cast[name]
        sign_record(
            filing_id=row.pk, by=user, digest=digest, at=row.finished_at,
            signature=NewSignature("officer", user.full_name, user=user, place=row.subject.address),
        )  # fmt: skip


def _matter() -> InspectionMatter:
    return InspectionMatter.objects.get(item_code="22032200000001")


def _points(disposal: str) -> tuple[NewPoint, ...]:
    """The first check point failed, the others passed."""
    matter = _matter()
    first, *others = [str(point["no"]) for point in matter.check_points]
    failed = NewPoint(
        matter.pk, first, "不合格", "现场查看，与要求不符（演示）", matter.basis, disposal, "执法记录仪录像（演示）"
    )
    return (failed, *(NewPoint(matter.pk, no, "合格") for no in others))
