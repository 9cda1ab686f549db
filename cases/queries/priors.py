"""Earlier decided violations of the same item: from the register, never typed from memory (law/discretion.md §4)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Decision
from lishu_law import clock


@dataclass(frozen=True)
class PriorRecord:
    """The counters with the newest decisions they count."""

    counts: dict[str, int]
    asked_at: str
    hits: tuple[str, ...]


def prior_record(case: Case, at: datetime | None = None) -> PriorRecord:
    """Counts of decisions against this party (and this vehicle) for this item before the act; ``at`` is when it is asked."""
    act_on = clock.local(case.act_at).date()
    decided = standing(
        Case.objects.filter(item_code=case.item_code, decided_on__isnull=False, decided_on__lt=act_on)
    ).exclude(pk=case.pk)
    by_party = decided.filter(party=case.party) if case.party_id else decided.none()
    by_vehicle = decided.filter(vehicle=case.vehicle) if case.vehicle_id else decided.none()
    counts = {
        "prior_same_12m": _within(by_party, act_on, years=1),
        "prior_same_24m": _within(by_party, act_on, years=2),
        "prior_same_total": by_party.count(),
        "prior_same_calendar_year": by_party.filter(decided_on__year=act_on.year).count(),
        "prior_same_vehicle_12m": _within(by_vehicle, act_on, years=1),
        "prior_same_vehicle_total": by_vehicle.count(),
    }
    related = decided.filter(Q(party=case.party) | Q(vehicle=case.vehicle, vehicle__isnull=False)).order_by(
        "-decided_on"
    )
    hits = tuple(f"{row.case_no} {row.decided_on:%Y-%m-%d}" for row in related[:10])
    return PriorRecord(counts, f"{clock.local(at or clock.now()):%Y-%m-%d %H:%M}", hits)


def standing(decided: QuerySet[Case]) -> QuerySet[Case]:
    """Without the cases whose decision was revoked, declared void or remanded: no violation stands against the party."""
    stands = Decision.objects.filter(case=OuterRef("pk"))
    fell = Decision.objects.filter(former_case=OuterRef("pk"))
    return decided.filter(Exists(stands) | ~Exists(fell))


def _within(cases: QuerySet[Case], act_on: date, *, years: int) -> int:
    start = _years_before(act_on, years)
    return cases.filter(decided_on__gte=start).count()


def months_before(day: date, months: int) -> date:
    """The day with the same number ``months`` earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


__all__ = ["PriorRecord", "months_before", "prior_record", "standing"]
