"""What the rules ask of officers: their certificates, and what they are already down for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from inspections.models import (
    Exemption,
    FilingOfficer,
    FilingState,
    InspectionFiling,
    InspectionMatter,
    ShiftOfficer,
    ShiftState,
)
from inspections.rules import Booking, Mandate, MatterFacts, OfficerFacts
from lishu_law import clock
from lishu_law.registry.models import MANDATED, Certificate, OfficerConflict, SupervisedSubject

HOLDING_SHIFTS = (ShiftState.SUBMITTED, ShiftState.FILED, ShiftState.FINISHED)
HOLDING_FILINGS = (FilingState.SUBMITTED, FilingState.FILED, FilingState.STARTED, FilingState.SUSPENDED)
DONE_FILINGS = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)


def mandate_of(unit: Any) -> Mandate | None:
    """The document an authorised or entrusted organisation acts by; None for an organ and its squads."""
    if unit is None or unit.kind not in MANDATED:
        return None
    return Mandate(unit.mandate_published_on, unit.mandate_from, unit.mandate_to)


def officer_facts(users: Iterable[Any]) -> tuple[OfficerFacts, ...]:
    """The users in their order, with all their certificates, in one statement."""
    users = list(users)
    held: dict[int, list[tuple[Any, Any, Any]]] = {user.pk: [] for user in users}
    for one in Certificate.objects.filter(user__in=users):
        held[one.user_id].append((one.valid_from, one.valid_until, one.revoked_on))
    return tuple(OfficerFacts(user.staff_number, user.full_name, tuple(held[user.pk])) for user in users)


def matter_facts(matters: Iterable[InspectionMatter]) -> tuple[MatterFacts, ...]:
    """The matters as the rules know them."""
    return tuple(
        MatterFacts(
            one.name, one.published_on, one.valid_from, one.valid_to, frozenset(one.industries), frozenset(one.forms),
            frozenset(one.methods), frozenset(one.categories), one.exercised_level,
        )
        for one in matters
    )  # fmt: skip


class Conflicts(NamedTuple):
    """回避 of one officer: of these objects, and of everything of these parties."""

    subjects: frozenset[int]
    parties: frozenset[int]

    def touch(self, subject: SupervisedSubject) -> bool:
        return subject.pk in self.subjects or subject.party_id in self.parties


def conflicts_on(users: Iterable[Any], day: date) -> dict[int, Conflicts]:
    """What each of the users has to stay out of on ``day``, in one statement."""
    users = list(users)
    rows = OfficerConflict.objects.filter(user__in=users, from_on__lte=day, cancelled_at=None)
    pairs = rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=day)).values_list("user_id", "subject_id", "party_id")
    found = list(pairs)
    return {
        user.pk: Conflicts(
            frozenset(subject for pk, subject, _party in found if pk == user.pk and subject is not None),
            frozenset(party for pk, _subject, party in found if pk == user.pk and party is not None),
        )
        for user in users
    }


def recused_from(users: Iterable[Any], subject: SupervisedSubject, day: date) -> list[str]:
    """Staff numbers of those who have to stay out of this object's affairs."""
    users = list(users)
    conflicts = conflicts_on(users, day)
    return [user.staff_number for user in users if conflicts[user.pk].touch(subject)]


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
        for staff, begin, end, name, exemption in rows.values_list(
            "user__staff_number", "begin", "until", "filing__subject__party__name", "filing__exemption"
        ):
            is_secret = exemption == Exemption.SECRET
            found.append(Booking(staff, begin, end, "另一项任务" if is_secret else f"对“{name}”的检查"))
    return tuple(found)


def officers_with_numbers(filing: InspectionFiling) -> list[tuple[str, str]]:
    """Name and certificate number of who inspects, the lead first; the certificate of the day of the visit."""
    day = clock.local(filing.started_at or filing.window_from).date()
    users = [one.user for one in filing.officers.select_related("user").order_by("-is_lead", "id")]
    held = Certificate.objects.valid_on(day).filter(user__in=users).order_by("valid_until", "id")
    numbers = {one.user_id: one.number for one in held}
    return [(user.full_name, numbers.get(user.pk, "")) for user in users]
