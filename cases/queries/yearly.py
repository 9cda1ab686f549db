"""What the yearly figures of enforcement count from the cases: one table of sources, counted in one statement.

Each source is a set of rows with the day that puts it into a year, so that a figure and the list behind it are the
same rows (行政执法年度数据; standards/disclosure.md §8).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Avg, Count, DateField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cases.models import (
    Case,
    CourtApplication,
    CrimeTransfer,
    Decision,
    Demand,
    Enforcement,
    EnforcementKind,
    Hearing,
    HearingState,
    Measure,
    NoPenalty,
    Remedy,
    RemedyKind,
    RemedyOutcome,
    RulingSource,
)
from cases.permissions import visible_cases
from cases.procedure.no_penalty import GROUNDS
from lishu_law import clock

CORRECTED = (
    RemedyOutcome.REVOKED, RemedyOutcome.CHANGED, RemedyOutcome.UNLAWFUL, RemedyOutcome.VOID, RemedyOutcome.REMADE,
)  # fmt: skip
PERFORMED_ON = "day"


@dataclass(frozen=True)
class Source:
    """Rows of one kind. ``rows`` annotates nothing; ``day`` is its date, ``case`` the way to its case."""

    title: str
    rows: Callable[[], QuerySet[Any]]
    day: str
    case: str = "case"
    is_instant: bool = False


def _remedies(kind: RemedyKind) -> QuerySet[Any]:
    taken = Remedy.objects.filter(kind=kind).exclude(outcome=RemedyOutcome.REJECTED)
    return taken.annotate(taken_on=Coalesce("accepted_on", "received_on", output_field=DateField()))


def _lost(kind: RemedyKind) -> QuerySet[Any]:
    return Remedy.objects.filter(kind=kind, outcome__in=CORRECTED)


def _decided(**wanted: Any) -> QuerySet[Any]:
    """Decisions whose discretion says so, whether or not they still stand."""
    stands = Q(**{f"case__discretion__{name}": value for name, value in wanted.items()})
    stood = Q(**{f"former_case__discretion__{name}": value for name, value in wanted.items()})
    rows = Decision.objects.filter(stands | stood)
    return rows.annotate(known_case_id=Coalesce("case_id", "former_case_id"))


def _exempted(ground: str) -> QuerySet[Any]:
    return NoPenalty.objects.filter(ground=ground)


def _enforced(*kinds: EnforcementKind) -> QuerySet[Any]:
    return Enforcement.objects.filter(kind__in=kinds)


SOURCES: dict[str, Source] = {
    "filed": Source("立案", Case.objects.all, "filed_on", ""),
    "closed": Source("结案", Case.objects.all, "closed_on", ""),
    "no_penalty": Source("不予处罚", NoPenalty.objects.all, "decided_on"),
    **{
        f"no_penalty_{code}": Source(f"不予处罚：{ground.title}", partial(_exempted, code), "decided_on")
        for code, ground in GROUNDS.items()
    },
    "mitigated": Source("减轻处罚", lambda: _decided(result__assessment__is_reduced=True), "decided_on", "known_case"),
    "lenient": Source(
        "从轻处罚",
        lambda: _decided(result__assessment__is_reduced=False, result__factors__contains=[{"is_mitigating": True}]),
        "decided_on", "known_case",
    ),
    "review": Source("行政复议受理", lambda: _remedies(RemedyKind.REVIEW), "taken_on"),
    "review_corrected": Source("行政复议纠错", lambda: _lost(RemedyKind.REVIEW), "ended_on"),
    "lawsuit": Source("行政诉讼审理", lambda: _remedies(RemedyKind.LAWSUIT), "taken_on"),
    "lawsuit_lost": Source("行政诉讼败诉", lambda: _lost(RemedyKind.LAWSUIT), "ended_on"),
    "crime": Source("移送司法机关", CrimeTransfer.objects.all, "handed_over_at", is_instant=True),
    "hearing": Source(
        "听证", lambda: Hearing.objects.filter(state=HearingState.REPORTED), "ended_at", is_instant=True
    ),
    "seizure": Source("扣押财物", lambda: Measure.objects.exclude(kind="preservation"), "taken_at", is_instant=True),
    "additional_fine": Source("加处罚款", lambda: Demand.objects.filter(additional__gt=0, part=""), "made_on"),
    "auction": Source("拍卖或者依法处理", lambda: _enforced(EnforcementKind.AUCTION), "decided_on"),
    "proxy": Source(
        "代履行", lambda: _enforced(EnforcementKind.PROXY, EnforcementKind.PROXY_NOW), "decided_on"
    ),
    "other_enforcement": Source("其他强制执行", lambda: _enforced(EnforcementKind.DEMOLITION), "decided_on"),
    "court": Source("申请法院强制执行", CourtApplication.objects.all, "filed_on"),
}  # fmt: skip


def _of_year(source: Source, year: int) -> QuerySet[Any]:
    if source.is_instant:
        first = datetime(year, 1, 1, tzinfo=clock.SHANGHAI)
        end = datetime(year + 1, 1, 1, tzinfo=clock.SHANGHAI)
        return source.rows().filter(**{f"{source.day}__gte": first, f"{source.day}__lt": end})
    return source.rows().filter(**{f"{source.day}__range": (date(year, 1, 1), date(year, 12, 31))})


def yearly_counts(year: int) -> dict[str, int]:
    """How many rows of each source belong to the year; 0 where there are none. One statement."""
    counted = [
        _of_year(source, year).order_by().annotate(figure_code=Value(code)).values("figure_code").annotate(
            figure_count=Count("pk", distinct=True)
        ).values_list("figure_code", "figure_count")
        for code, source in SOURCES.items()
    ]  # fmt: skip
    found = dict(counted[0].union(*counted[1:], all=True))
    return {code: found.get(code, 0) for code in SOURCES}


@dataclass(frozen=True)
class YearlyCase:
    """One row behind a figure: the case it belongs to and the day that counts."""

    day: date
    case_no: str
    clue_no: str
    violation: str
    party: str


@dataclass(frozen=True)
class YearlyCases:
    """The rows a person may read, and how many there are beside them."""

    title: str
    rows: list[YearlyCase]
    total: int
    hidden: int


def yearly_cases(user: Any, code: str, year: int, *, offset: int = 0, most: int = 50) -> YearlyCases:
    """The rows behind a figure, newest first, those of cases the person may read. Raises ``KeyError``."""
    source = SOURCES[code]
    path = "pk" if not source.case else f"{source.case}_id"
    rows = _of_year(source, year)
    seen = rows.filter(**{f"{path}__in": visible_cases(user).order_by().values("pk")})
    wanted = seen.annotate(**{PERFORMED_ON: F(source.day)}).order_by(f"-{source.day}", "-pk")
    shown = list(wanted.values_list(PERFORMED_ON, path)[offset : offset + most])
    cases = Case.objects.select_related("party").in_bulk([case_id for _day, case_id in shown])
    total, visible = rows.count(), seen.count()
    return YearlyCases(source.title, [_row(day, cases[pk]) for day, pk in shown], total, total - visible)


def _row(day: Any, case: Case) -> YearlyCase:
    on = clock.local(day).date() if hasattr(day, "hour") else day
    return YearlyCase(on, case.case_no or "", case.clue_no, case.violation, case.party.name if case.party else "")


def no_penalty_by_matter(year: int, ground: str = "first_offence") -> list[tuple[str, int]]:
    """How many decisions not to penalise there were by matter, for one ground; most first. One statement."""
    rows = NoPenalty.objects.filter(decided_on__range=(date(year, 1, 1), date(year, 12, 31)), ground=ground)
    counted = rows.values("case__violation").annotate(count=Count("pk")).order_by("-count", "case__violation")
    return [(row["case__violation"], row["count"]) for row in counted]


def days_to_decide(year: int) -> tuple[float | None, int]:
    """Average days from filing to decision of the year's decisions, and of how many. One statement."""
    stands = Decision.objects.filter(decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    filed = stands.annotate(filed_on=Coalesce("case__filed_on", "former_case__filed_on")).exclude(filed_on=None)
    taken = ExpressionWrapper(F("decided_on") - F("filed_on"), output_field=DurationField())
    found = filed.annotate(taken=taken).aggregate(average=Avg("taken"), count=Count("pk"))
    return (found["average"].total_seconds() / 86400 if found["count"] else None), found["count"]


def decisions_of_others(year: int) -> list[int]:
    """Decisions of the year that a review organ or a court made in the bureau's stead: they are not its own acts."""
    rows = Decision.objects.filter(decided_on__range=(date(year, 1, 1), date(year, 12, 31)), made_by__isnull=False)
    return list(rows.exclude(made_by__source=RulingSource.SELF).values_list("pk", flat=True))
