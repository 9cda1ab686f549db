"""Numbered blank forms as pages show them: whose block, what became of each number, and whether the series adds up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.models import BlankNumber, Document, NumberEnd, NumberLease
from cases.permissions import visible_leases
from lishu_law import clock
from lishu_law.documents.models import NumberSeries
from lishu_law.errors import NotFound
from lishu_law.law.parameters import DEFAULT_PARAMETERS

FORM, SERIES = "spot_decision", "M14"
PAGE = 20


@dataclass(frozen=True)
class LeaseRow:
    """One block with how many of its numbers ended in which way."""

    lease: NumberLease
    open: int
    used: int
    void: int
    returned: int
    state: str
    is_late: bool


@dataclass(frozen=True)
class SeriesRow:
    """One year of the series: every serial is a decision of the system or a number of a block, and nothing is left."""

    year: int
    last: int
    sealed: int
    leased: int
    open: int

    @property
    def missing(self) -> int:
        return self.last - self.sealed - self.leased


@dataclass(frozen=True)
class LeasePage:
    rows: list[LeaseRow]
    next_key: int | None


def leases(user: Any, now: datetime, *, only_open: bool = False, after: int | None = None) -> LeasePage:
    """One page of the blocks this person may see, newest first."""
    found = _counted(visible_leases(user))
    if only_open:
        found = found.filter(open_count__gt=0)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found[: PAGE + 1])
    return LeasePage([_row(one, now) for one in rows[:PAGE]], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def lease_by(user: Any, reference: str, now: datetime) -> tuple[LeaseRow, list[BlankNumber]]:
    """One block with its numbers; ``NotFound`` outside this person's scope."""
    lease = _counted(visible_leases(user)).filter(reference=reference).first()
    if lease is None:
        raise NotFound
    numbers = lease.numbers.select_related("ended_by", "document__case", "scan", "late_allowed_by").order_by("serial")
    return _row(lease, now), list(numbers)


def _counted(rows: QuerySet[NumberLease]) -> QuerySet[Any]:
    counts = {f"{end.value}_count": Count("numbers", filter=Q(numbers__end=end)) for end in NumberEnd}
    return rows.select_related("holder", "leased_by", "unit").annotate(**counts).order_by("-pk")


def _row(lease: Any, now: datetime) -> LeaseRow:
    is_late = bool(lease.open_count) and lease.valid_until < now
    return LeaseRow(
        lease, lease.open_count, lease.used_count, lease.void_count, lease.returned_count,
        state_of(lease.open_count, lease.valid_until, now), is_late,
    )  # fmt: skip


def state_of(open_count: int, valid_until: datetime, now: datetime) -> str:
    """How a block stands, in words."""
    if not open_count:
        return "全部有交代"
    if valid_until < now:
        return f"已过领用期限，还有 {open_count} 个号码没有交代"
    days = int(DEFAULT_PARAMETERS.number("blank_forms.warn_days", clock.local(now).date()))
    if valid_until - timedelta(days=days) <= now:
        return f"{clock.local(valid_until):%Y-%m-%d} 到期，还有 {open_count} 个号码"
    return f"使用中，还有 {open_count} 个号码"


def leases_to_print(user: Any, now: datetime) -> QuerySet[NumberLease]:
    """Blocks still valid with open numbers, of those this person may see, newest first."""
    return _counted(visible_leases(user)).filter(open_count__gt=0, valid_until__gte=now)


def series_rows() -> list[SeriesRow]:
    """The series year by year, newest first: three statements whatever the number of blocks."""
    series = NumberSeries.objects.filter(kind=SERIES).order_by("-year")
    sealed = dict(
        Document.objects.filter(code=FORM, blank_number__isnull=True)
        .values_list("sealed_at__year").annotate(n=Count("pk")).values_list("sealed_at__year", "n")
    )  # fmt: skip
    blocks = {
        year: (count, still_open)
        for year, count, still_open in BlankNumber.objects.values("lease__year")
        .annotate(n=Count("pk"), still=Count("pk", filter=Q(end=NumberEnd.OPEN)))
        .values_list("lease__year", "n", "still")
    }
    return [SeriesRow(one.year, one.last, sealed.get(one.year, 0), *blocks.get(one.year, (0, 0))) for one in series]


def open_blanks(officer_ids: list[int]) -> QuerySet[BlankNumber]:
    """The numbers these officers hold and have not yet accounted for."""
    return (
        BlankNumber.objects.filter(end=NumberEnd.OPEN, lease__holder__in=officer_ids)
        .select_related("lease").order_by("lease_id", "serial")
    )  # fmt: skip


def blocks_to_settle(user: Any, now: datetime) -> QuerySet[NumberLease]:
    """Blocks that expire soon or are over with numbers open, each with ``open_count``: for the desk of the holder and
    of the squad leader.
    """
    days = int(DEFAULT_PARAMETERS.number("blank_forms.warn_days", clock.local(now).date()))
    still = BlankNumber.objects.filter(lease=OuterRef("pk"), end=NumberEnd.OPEN).order_by().values("lease")
    counted = visible_leases(user).annotate(open_count=Coalesce(Subquery(still.annotate(n=Count("pk")).values("n")), 0))
    return counted.filter(valid_until__lt=now + timedelta(days=days), open_count__gt=0)
