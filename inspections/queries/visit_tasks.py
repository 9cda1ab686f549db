"""What visits still ask of an officer: rechecks that are due, results left open or not told, records not signed (§7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import TruncDate

from inspections.models import (
    FilingState,
    InspectionDocument,
    InspectionFiling,
    RectificationOrder,
    ResultCode,
    ResultTelling,
    Source,
    VisitSignature,
)
from inspections.queries.papers import LIMIT as TELL
from inspections.queries.papers import RESULT
from inspections.queries.records import finding_rows
from inspections.rules import pending_due
from lishu_law import clock
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.models import SignerRole

SIGNED_STATES = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)
MOST = 20
FINDINGS = ("check", "filing")


@dataclass(frozen=True)
class VisitTask:
    """One line of the desk. ``kind``: recheck, pending, sign, tell or tell_again; ``due`` is its last day, where it has one."""

    kind: str
    reference: str
    number: str
    subject: str
    due: date | None
    light: Light | None


def visit_tasks(user: Any, today: date) -> list[VisitTask]:
    """Open orders whose day has come, results left open or not told, finished records without this signature."""
    return officer_tasks(user, today)[1]


def officer_tasks(user: Any, today: date) -> tuple[list[tuple[str, str, str]], list[VisitTask]]:
    """What waits on an officer's desk, in one statement: findings without a case (kind, reference of the address,
    number), and what visits still ask for.
    """
    rows = _rows(user, today)
    found = [(kind, reference, number) for kind, reference, number, _name, _day in rows if kind in FINDINGS]
    return found, [_task(row, today) for row in rows if row[0] not in FINDINGS]


def _rows(user: Any, today: date) -> list[tuple[Any, ...]]:
    mine = InspectionFiling.objects.filter(officers__user=user)
    signed = VisitSignature.objects.filter(
        filing=OuterRef("pk"), signature__user=user, signature__role=SignerRole.OFFICER
    )
    kinds = (
        (_due_orders(mine, today), "recheck", F("order__due_on")),
        (mine.filter(result_code=ResultCode.R8), "pending", _day_of("finished_at")),
        (mine.filter(~Exists(signed), state__in=SIGNED_STATES), "sign", _day_of("finished_at")),
        (mine.filter(~Exists(_told(ended=False)), state__in=SIGNED_STATES), "tell", _day_of("finished_at")),
        (_told_open(mine), "tell_again", _day_of("pending_end__at")),
    )
    rows = [
        found.annotate(kind=Value(kind), day=day, name=F("subject__party__name"))
        .order_by("id")
        .values_list("kind", "reference", "filing_no", "name", "day")[:MOST]
        for found, kind, day in kinds
    ]
    return list(rows[0].union(*rows[1:], *finding_rows(user), all=True))


def _told(*, ended: bool) -> Any:
    return ResultTelling.objects.filter(filing=OuterRef("pk"), document__after_end__isnull=not ended)


def _told_open(mine: Any) -> Any:
    """Visits whose notice said 待后续处理, which has ended since, and whose end is not told."""
    first = InspectionDocument.objects.filter(
        filing=OuterRef("pk"), code=RESULT, after_end__isnull=True, sealed_at__lt=OuterRef("pending_end__at")
    )
    return mine.filter(Exists(first), ~Exists(_told(ended=True)), pending_end__isnull=False)


def _due_orders(mine: Any, today: date) -> Any:
    """Open orders due today or before, that nobody has filed a recheck for."""
    filed = InspectionFiling.objects.filter(
        source=Source.RECHECK, source_note=OuterRef("filing_no"), subject_id=OuterRef("subject_id")
    ).exclude(state__in=[FilingState.CANCELLED, FilingState.EXPIRED])
    open_orders = RectificationOrder.objects.filter(ended_at__isnull=True, due_on__lte=today)
    return mine.filter(~Exists(filed.filter(window_to__gte=clock.now())), order__in=open_orders)


def _day_of(field: str) -> Any:
    return TruncDate(field, tzinfo=clock.SHANGHAI)


def _task(row: tuple[Any, ...], today: date) -> VisitTask:
    kind, reference, number, subject, day = row
    if kind == "sign":
        return VisitTask(kind, reference, number, subject, None, None)
    if kind in ("tell", "tell_again"):
        told_by = compute(TELL, day)
        return VisitTask(kind, reference, number, subject, told_by.due, light(Timer.of(told_by), today))
    start, due = day, day
    if kind == "pending":
        due = pending_due(day, int(DEFAULT_PARAMETERS.number("inspection.pending_days", day)))
    return VisitTask(kind, reference, number, subject, due, light(Timer(start, due), today))
