"""Running limits of many cases at once: whom they concern, what a calendar and a message say of them.

Nothing here names a party: these rows leave the case (messages, iCalendar).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from cases import permissions
from cases.models import CaseOfficer, Deadline, DeadlineState
from cases.procedure.steps import STEPS
from cases.queries.limits import LimitLine, due_of, limit_lines
from lishu_law import clock
from lishu_law.law.lights import MessageKind, message_instants
from lishu_law.law.limits import LIMITS, TimeLimit

# A limit whose end nobody is late after is over then: it is no late item.
DUTIES = tuple(code for code, limit in LIMITS.items() if not limit.lapses)


@dataclass(frozen=True)
class RunningLimit:
    """A running limit of a case. ``officers`` are the user ids of the present handlers, the lead first."""

    limit: Deadline
    clue_no: str
    label: str
    state: str
    unit_id: int
    officers: tuple[int, ...]
    line: LimitLine

    @property
    def law(self) -> TimeLimit:
        return LIMITS[self.limit.code]

    @property
    def title(self) -> str:
        return self.law.title

    @property
    def due(self) -> date:
        return self.limit.due


def running_limits(rows: QuerySet[Deadline], most: int, now: datetime | None = None) -> list[RunningLimit]:
    """The first ``most`` of ``rows`` with what is known of their cases, in one statement."""
    handlers = CaseOfficer.objects.filter(case=OuterRef("case"), ended_at__isnull=True).order_by("-role", "id")
    found = list(rows.select_related("case").annotate(handlers=ArraySubquery(handlers.values("user")))[:most])
    return [
        RunningLimit(
            limit,
            limit.case.clue_no,
            limit.case.label,
            limit.case.state,
            limit.case.unit_id,
            tuple(limit.handlers),
            line,
        )
        for limit, line in zip(found, limit_lines(found, now), strict=True)
    ]


def _running() -> QuerySet[Deadline]:
    return Deadline.objects.filter(state=DeadlineState.RUNNING)


def limits_to_tell(now: datetime, most: int) -> list[RunningLimit]:
    """Limits of which a message is due at ``now``, the longest waiting first, locked: two workers share them out."""
    rows = _running().filter(tell_at__lte=now).select_for_update(of=("self",), skip_locked=True)
    return running_limits(rows.order_by("tell_at", "pk"), most, now)


def limits_of(ids: Iterable[int]) -> list[RunningLimit]:
    """The running limits with these keys."""
    keys = list(ids)
    return running_limits(_running().filter(pk__in=keys).order_by("pk"), len(keys))


def pending_message(limit: Deadline, now: datetime) -> tuple[MessageKind, datetime] | None:
    """The most pressing message that is due and was not told: of several missed ones only the last goes out."""
    waiting = [
        (kind, at)
        for kind, at in message_instants(due_of(limit))
        if at <= now and (limit.told_at is None or at > limit.told_at)
    ]
    return waiting[-1] if waiting else None


def my_limits(user: Any, first: date, last: date, most: int) -> list[RunningLimit]:
    """The running limits that end from ``first`` to ``last`` in the cases this person may read, nearest first."""
    cases = permissions.visible_cases(user)
    rows = _running().filter(case__in=cases, due__range=(first, last)).order_by("due", "due_at", "pk")
    return running_limits(rows, most)


def late_limits(unit_id: int | None, now: datetime, most: int) -> list[RunningLimit]:
    """Every late duty of the unit's cases, the latest first; a clock that stands still is not late."""
    if unit_id is None:
        return []
    return running_limits(late(now).filter(case__unit_id=unit_id).order_by("due", "due_at", "pk"), most, now)


def late(now: datetime) -> QuerySet[Deadline]:
    """Running duties past their end."""
    today = clock.local(now).date()
    over = Q(due_at__isnull=True, due__lt=today) | Q(due_at__lt=now)
    standing = Q(pauses__contains=[{"to": None}])
    return _running().filter(over, code__in=DUTIES).exclude(standing)


def actors_of(code: str, part: str = "", state: str = "") -> tuple[str, ...]:
    """Who acts under a limit by the procedure table: the actors of the steps that stand under it, in the state given."""
    kind = part.partition(":")[0]
    steps = [step for step in STEPS if step.limit == code and step.part in ("", kind)]
    here = [step for step in steps if not state or state in step.from_states]
    return tuple(dict.fromkeys(step.actor for step in here))
