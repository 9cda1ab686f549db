"""What the yearly figures count as inspections (standards/disclosure.md §8 rule 5), and the rows behind the figure.

One object with a complete record is one inspection; a patrol without an object is none; a check that ended in a case is
not counted as a check. Visits joined into one (综合查一次) are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, Sum, Value

from inspections.models import FilingState, InspectionFiling, RatingGroup, RoadsideCheck
from inspections.permissions import visible_filings, visible_shifts
from lishu_law import clock
from lishu_law.access.policy import may_ever


@dataclass(frozen=True)
class YearlyInspection:
    """One inspection; ``reference`` is that of its filing, empty for a stop at the road."""

    day: date
    check_code: str
    reference: str


@dataclass(frozen=True)
class YearlyInspections:
    """The rows a person may read, and how many there are beside them."""

    rows: list[YearlyInspection]
    total: int
    hidden: int


def _visits(year: int) -> QuerySet[InspectionFiling]:
    first, end = _bounds(year)
    visits = InspectionFiling.objects.filter(finished_at__gte=first, finished_at__lt=end, case__isnull=True)
    return visits.filter(joins__isnull=True).exclude(result_code="")


def _stops(year: int) -> QuerySet[RoadsideCheck]:
    first, end = _bounds(year)
    named = Q(plate="") & Q(party__isnull=True) & Q(company_name="")
    return RoadsideCheck.objects.filter(at__gte=first, at__lt=end, case__isnull=True).exclude(named)


def _bounds(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=clock.SHANGHAI), datetime(year + 1, 1, 1, tzinfo=clock.SHANGHAI)


def yearly_inspections(year: int) -> tuple[int, int]:
    """Finished visits, and vehicles stopped and named, that did not end in a case. Two statements."""
    return _visits(year).order_by().count(), _stops(year).order_by().count()


@dataclass(frozen=True)
class FiledVisits:
    """What was filed in a year and what those inspected said of it, of the quarters that are released."""

    filed: int  # 执法报备: numbered and not cancelled
    rateable: int
    given: int
    good: int


def filed_visits(year: int) -> FiledVisits:
    """Filings of the year and the ratings of its released quarters. Two statements."""
    first, end = _bounds(year)
    filings = InspectionFiling.objects.filter(approved_at__gte=first, approved_at__lt=end)
    filed = filings.exclude(filing_no=None).exclude(state=FilingState.CANCELLED).order_by().count()
    said = RatingGroup.objects.filter(quarter__startswith=f"{year}Q").aggregate(
        visits=Sum("visits"), given=Sum("given"), good=Sum("good")
    )
    return FiledVisits(filed, said["visits"] or 0, said["given"] or 0, said["good"] or 0)


def inspections_behind(user: Any, year: int, *, offset: int = 0, most: int = 50) -> YearlyInspections:
    """The rows behind the figure, newest first, those the person may read."""
    total = sum(yearly_inspections(year))
    if not may_ever(user, "inspection.read"):
        return YearlyInspections([], total, total)
    visits = _visits(year).filter(pk__in=visible_filings(user).order_by().values("pk"))
    stops = _stops(year).filter(shift__in=visible_shifts(user).order_by().values("pk"))
    nothing = Value("", output_field=CharField())
    both = visits.order_by().values_list("finished_at", "check_code", "reference").union(
        stops.order_by().values_list("at", "check_code", nothing), all=True
    )  # fmt: skip
    shown = both.order_by("-finished_at", "-check_code")[offset : offset + most]
    rows = [
        YearlyInspection(clock.local(at).date(), code or "", reference)
        for at, code, reference in shown
        if at is not None  # never: both are asked for by their instant
    ]
    return YearlyInspections(rows, total, total - visits.count() - stops.count())
