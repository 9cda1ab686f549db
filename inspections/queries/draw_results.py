"""What came of a draw: the visit of each drawn object, its result, and until when that has to be public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, DateTimeField, Min, OuterRef, QuerySet, Subquery, Value

from inspections.draw.pools import months_before
from inspections.models import Draw, DrawnObject, DrawState, InspectionFiling, ResultCode
from inspections.queries.draws import drawn_rows
from inspections.queries.officers import DONE_FILINGS
from lishu_law import clock
from lishu_law.keyset import beyond
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import PartyKind, SubjectKind

PAGE = 50
LIMIT = "insp-result-public"
CORRECTED = (ResultCode.R2, ResultCode.R5)  # 责令改正
# Objects whose name is no person's: everything else is shown by its number (standards/inspection.md §9).
NAMED = (SubjectKind.ENTERPRISE, SubjectKind.COOPERATIVE, SubjectKind.INSTITUTION)


@dataclass(frozen=True)
class ResultRow:
    """One drawn object with its visit, if there is one. ``due`` is the last day for publishing its result."""

    drawn: DrawnObject
    name: str
    filing: InspectionFiling | None
    due: date | None
    light: Light | None

    @property
    def is_waiting(self) -> bool:
        """Finished, and not yet public."""
        return self.filing is not None and self.drawn.result_published_at is None

    @property
    def is_corrected(self) -> bool:
        return self.filing is not None and self.filing.result_code in CORRECTED


@dataclass(frozen=True)
class DrawnPage:
    """A page of drawn objects; ``next_key`` is empty on the last one."""

    rows: list[ResultRow]
    next_key: str


def result_rows(draw: Draw, now: datetime) -> list[ResultRow]:
    """Every drawn object of a draw in its order."""
    return _with_visits(list(drawn_rows(draw).select_related("filing")), now)


def drawn_page(draw: Draw, now: datetime, after: str = "") -> DrawnPage:
    """A page of them, after the object of a key like ``S01.20``; anything else starts at the first page."""
    rows = drawn_rows(draw).select_related("filing")
    code, _dot, place = after.partition(".")
    if place.isascii() and place.isdigit() and len(place) < 10:
        rows = beyond(rows, ("stratum__code", "place"), (code, int(place)))
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    key = f"{last.stratum.code}.{last.place}" if last else ""
    return DrawnPage(_with_visits(found[:PAGE], now), key)


def _with_visits(rows: list[DrawnObject], now: datetime) -> list[ResultRow]:
    visits = _visits(rows)
    return [_row(one, one.filing or visits.get(one.pk), now) for one in rows]


def _visits(rows: list[DrawnObject]) -> dict[int, InspectionFiling]:
    """The finished visit filed for each drawn object."""
    found = InspectionFiling.objects.filter(drawn__in=rows, state__in=DONE_FILINGS)
    return {one.drawn_id: one for one in found.order_by("-finished_at") if one.drawn_id is not None}


def _row(one: DrawnObject, filing: InspectionFiling | None, now: datetime) -> ResultRow:
    if filing is None or filing.finished_at is None:
        return ResultRow(one, public_name(one), None, None, None)
    due = compute(LIMIT, clock.local(filing.finished_at).date())
    done = clock.local(one.result_published_at).date() if one.result_published_at else None
    return ResultRow(one, public_name(one), filing, due.due, light(Timer.of(due, done=done), now))


@dataclass(frozen=True)
class ToPublish:
    """A draw of which something has to become public. ``count`` results wait; 0: the draw itself does.

    Without ``draw_no``: results of visits that were not drawn.
    """

    draw_no: str
    title: str
    count: int
    due: date | None
    light: Light | None


def draws_to_publish(now: datetime, *others: QuerySet[Any, Any]) -> list[ToPublish]:
    """Draws that wait to be published, and those with results of finished visits that do, the oldest result first.

    ``others`` are further rows of the same four columns, asked for in the one statement.
    """
    words, never = ("draw_no", "title", "count", "first"), datetime.min.replace(tzinfo=UTC)
    nothing = Value(None, output_field=DateTimeField())
    drawn = Draw.objects.filter(state=DrawState.DRAWN).annotate(count=Value(0), first=nothing).values_list(*words)
    visits = InspectionFiling.objects.filter(drawn=OuterRef("pk"), state__in=DONE_FILINGS).order_by("finished_at")
    waiting = (
        DrawnObject.objects.filter(is_current=True, result_published_at__isnull=True, draw__state=DrawState.PUBLISHED)
        .annotate(finished=Subquery(visits.values("finished_at")[:1]))
        .filter(finished__isnull=False)
        .values("draw__draw_no", "draw__title")
        .annotate(count=Count("pk"), first=Min("finished"))
        .values_list("draw__draw_no", "draw__title", "count", "first")
    )
    rows = waiting.union(drawn.order_by(), *others, all=True)
    return [_to_publish(row, now) for row in sorted(rows, key=lambda row: (row[3] or never, row[0]))]


def _to_publish(row: tuple[Any, ...], now: datetime) -> ToPublish:
    draw_no, title, count, first = row
    if first is None:
        return ToPublish(draw_no, title, 0, None, None)
    due = compute(LIMIT, clock.local(first).date())
    return ToPublish(draw_no, title, count, due.due, light(Timer.of(due), now))


def public_name(one: DrawnObject) -> str:
    """The name of an organisation; empty for everything behind which a person may stand."""
    subject = one.subject
    is_open = subject.kind in NAMED and subject.party.kind == PartyKind.ORGANISATION
    return subject.party.name if is_open else ""


def is_shown(row: ResultRow, today: date) -> bool:
    """Results are shown for a year ([own], a dated parameter)."""
    if row.drawn.result_published_at is None:
        return False
    months = int(DEFAULT_PARAMETERS.number("inspection.result_display_months", today))
    return clock.local(row.drawn.result_published_at).date() > months_before(today, months)
