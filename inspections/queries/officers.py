"""What the rules ask of officers: their certificates, and what they are already down for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from inspections.models import FilingOfficer, FilingState, InspectionMatter, ShiftOfficer, ShiftState
from inspections.rules import Booking, MatterFacts, OfficerFacts
from lishu_law.registry.models import Certificate

HOLDING_SHIFTS = (ShiftState.SUBMITTED, ShiftState.FILED, ShiftState.FINISHED)
HOLDING_FILINGS = (FilingState.SUBMITTED, FilingState.FILED, FilingState.STARTED, FilingState.SUSPENDED)
DONE_FILINGS = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)


def officer_facts(users: Iterable[Any]) -> tuple[OfficerFacts, ...]:
    """The users in their order, with all their certificates, in one statement."""
    users = list(users)
    held: dict[int, list[tuple[Any, Any, Any]]] = {user.pk: [] for user in users}
    for one in Certificate.objects.filter(user__in=users):
        held[one.user_id].append((one.valid_from, one.valid_until, one.revoked_on))
    return tuple(OfficerFacts(user.staff_number, user.full_name, tuple(held[user.pk])) for user in users)


def matter_facts(matters: Iterable[InspectionMatter]) -> tuple[MatterFacts, ...]:
    """The matters as the rules know them."""
    return tuple(MatterFacts(one.name, one.published_on, one.valid_from, one.valid_to) for one in matters)


def bookings(
    users: Iterable[Any], starts_at: datetime, ends_at: datetime, *, but_shift: int | None = None,
    but_filing: int | None = None,
) -> tuple[Booking, ...]:  # fmt: skip
    """Shifts and visits of these officers that touch the period; what ended early binds only until its end."""
    users = list(users)
    shifts = (
        ShiftOfficer.objects.filter(user__in=users, shift__state__in=HOLDING_SHIFTS)
        .annotate(until=Coalesce("shift__finished_at", "shift__planned_to"))
        .filter(shift__planned_from__lt=ends_at, until__gt=starts_at)
        .exclude(shift_id=but_shift)
        .values_list("user__staff_number", "shift__planned_from", "until", "shift__shift_no")
    )
    found = [Booking(staff, begin, end, f"巡查班次 {number}") for staff, begin, end, number in shifts]
    visits = FilingOfficer.objects.filter(user__in=users).exclude(filing_id=but_filing)
    planned = visits.filter(
        filing__state__in=HOLDING_FILINGS, filing__window_from__lt=ends_at, filing__window_to__gt=starts_at
    ).annotate(begin=F("filing__window_from"), until=F("filing__window_to"))
    done = visits.filter(
        filing__state__in=DONE_FILINGS, filing__started_at__lt=ends_at, filing__finished_at__gt=starts_at
    ).annotate(begin=F("filing__started_at"), until=F("filing__finished_at"))
    for rows in (planned, done):
        for staff, begin, end, name in rows.values_list(
            "user__staff_number", "begin", "until", "filing__subject__party__name"
        ):
            found.append(Booking(staff, begin, end, f"对“{name}”的检查"))
    return tuple(found)
