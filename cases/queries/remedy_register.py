"""台账: every review and lawsuit with what is due next, newest first, paged by key, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Case, Deadline, DeadlineState, Remedy
from cases.permissions import visible_cases
from cases.queries.limits import LimitLine, limit_lines
from lishu_law.keyset import beyond

PAGE, COUNT_CAP = 20, 1000
NEWEST = ("-received_on", "-id")


@dataclass(frozen=True)
class RemedyLine:
    """One row: whose, about which decision, where it stands, what is due."""

    remedy: Remedy
    case: Case
    stands: str
    limit: LimitLine | None


@dataclass(frozen=True)
class RegisterPage:
    rows: list[RemedyLine]
    count_text: str
    next_key: str


def register(user: Any, *, only_open: bool, after: str) -> RegisterPage:
    """One page of what this person may see."""
    rows = Remedy.objects.filter(case__in=visible_cases(user)).select_related("case__party", "decision")
    if only_open:
        rows = rows.filter(ended_on__isnull=True)
    counted = rows.order_by().values("pk")[: COUNT_CAP + 1].count()
    if key := _key(after):
        rows = beyond(rows, NEWEST, key)
    found = list(rows.order_by(*NEWEST)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    limits = _limits(found[:PAGE])
    return RegisterPage(
        [RemedyLine(row, row.case, standing_of(row), limits.get(row.pk)) for row in found[:PAGE]],
        f"{COUNT_CAP}+ 件" if counted > COUNT_CAP else f"共 {counted} 件",
        f"{last.received_on:%Y-%m-%d}~{last.pk}" if last else "",
    )


def standing_of(row: Remedy) -> str:
    """Where it stands, in words."""
    if row.ended_on:
        return row.get_outcome_display()
    if row.copy_on is None and row.forwarded_on is None:
        return "等待转送复议机关"
    if row.copy_on is None:
        return "已转送，等待复议机关受理"
    return "已答复，等待结果" if row.replied_on else "等待答复"


def _key(text: str) -> tuple[date, int] | None:
    day, _, number = text.partition("~")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _limits(rows: list[Remedy]) -> dict[int, LimitLine]:
    """The next running limit of each row."""
    parts = {f"remedy:{row.pk}": row.pk for row in rows}
    running = list(
        Deadline.objects.filter(
            case__in=[row.case_id for row in rows], part__in=list(parts), state=DeadlineState.RUNNING
        ).order_by("due")
    )
    found: dict[int, LimitLine] = {}
    for limit, line in zip(running, limit_lines(running), strict=True):
        found.setdefault(parts[limit.part], line)
    return found
