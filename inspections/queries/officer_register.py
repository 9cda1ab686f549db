"""The register of officers on a day: who could be drawn, and why somebody could not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q

from inspections.models import Exemption, FilingState, InspectionFiling
from lishu_law import clock
from lishu_law.errors import NotFound
from lishu_law.registry.models import (
    Certificate,
    OfficerAbsence,
    OfficerConflict,
    OfficerProfile,
    OfficerYear,
    StaffType,
    User,
)
from lishu_law.registry.roles import Role

RUNNING = (FilingState.SUBMITTED, FilingState.FILED, FilingState.STARTED)
MOST_RUNNING = 50
FIELD_ROLES = [Role.OFFICER, Role.SQUAD_LEADER]


@dataclass(frozen=True)
class OfficerRow:
    """One officer on a day; ``reasons`` is empty for somebody who could be drawn."""

    user: User
    profile: OfficerProfile | None
    certificates: tuple[Certificate, ...]
    absences: tuple[OfficerAbsence, ...]
    reasons: tuple[str, ...]

    @property
    def speciality_words(self) -> str:
        return "、".join(speciality_names(self.profile)) if self.profile else ""


def officer_register(day: date) -> list[OfficerRow]:
    """Every officer of the bureau with what stands against a draw on ``day``, in four statements."""
    rows = (
        User.objects.filter(is_active=True)
        .filter(Q(roles__overlap=FIELD_ROLES) | Q(officer_profile__isnull=False))
        .select_related("unit", "officer_profile")
        .prefetch_related(
            Prefetch("certificates", Certificate.objects.order_by("-valid_until")),
            Prefetch("absences", OfficerAbsence.objects.filter(cancelled_at__isnull=True).order_by("from_on")),
        )
    )
    return [_row(user, day) for user in rows.order_by("unit__code", "staff_number")]


def drawable_officers(day: date) -> list[OfficerRow]:
    """Only those who could be drawn on ``day``."""
    return [row for row in officer_register(day) if not row.reasons]


def officer_row(staff_number: str, day: date) -> OfficerRow:
    """One officer; ``NotFound`` for anybody who is not in the register."""
    found = next((row for row in officer_register(day) if row.user.staff_number == staff_number), None)
    if found is None:
        raise NotFound
    return found


def conflicts_of(user: User) -> list[OfficerConflict]:
    rows = OfficerConflict.objects.filter(user=user, cancelled_at__isnull=True)
    return list(rows.select_related("subject__party", "subject__vehicle", "party").order_by("-id"))


@dataclass(frozen=True)
class RunningFiling:
    """A visit filed or under way; ``is_covered`` while a certificate of the officer is valid on its day (S1)."""

    filing: InspectionFiling
    is_covered: bool


def running_filings(user: User, now: datetime, today: date) -> list[RunningFiling]:
    """What this officer is filed for and has not done yet: a certificate that ends may take somebody out of it.

    A filing under E4 is not shown: only those who carry it out and the legal section know of it.
    """
    rows = (
        InspectionFiling.objects.filter(officers__user=user, state__in=RUNNING)
        .filter(Q(window_to__gte=now) | Q(state=FilingState.STARTED))
        .exclude(exemption=Exemption.SECRET)
        .select_related("subject__party", "subject__vehicle")
        .order_by("window_from", "id")
    )
    held = list(Certificate.objects.filter(user=user))
    found = []
    for filing in rows[:MOST_RUNNING]:
        day = max(today, clock.local(filing.window_from).date())
        found.append(RunningFiling(filing, any(one.is_valid_on(day) for one in held)))
    return found


def years_of(user: User) -> list[OfficerYear]:
    return list(OfficerYear.objects.filter(user=user).order_by("-year")[:10])


def speciality_names(profile: OfficerProfile) -> list[str]:
    field: Any = OfficerProfile._meta.get_field("specialities")
    labels = dict(field.base_field.choices)
    return [labels[code] for code in profile.specialities]


def _row(user: Any, day: date) -> OfficerRow:
    profile = getattr(user, "officer_profile", None)
    certificates, absences = tuple(user.certificates.all()), tuple(user.absences.all())
    return OfficerRow(user, profile, certificates, absences, tuple(not_drawable(profile, certificates, absences, day)))


def not_drawable(
    profile: OfficerProfile | None, certificates: tuple[Certificate, ...], absences: tuple[OfficerAbsence, ...],
    day: date,
) -> list[str]:  # fmt: skip
    """What stands against a draw: only 在编在岗 with a certificate valid on the day, who is not away."""
    reasons = []
    if profile is None:
        reasons.append("名录资料没有填")
    elif profile.staff_type != StaffType.ESTABLISHED:
        reasons.append(f"{profile.get_staff_type_display()}，不是在编在岗")
    if not certificates:
        reasons.append("没有执法证")
    elif not any(one.is_valid_on(day) for one in certificates):
        reasons.append(_why_invalid(certificates[0], day))
    away = next((one for one in absences if one.from_on <= day <= one.to_on), None)
    if away:
        reasons.append(f"{away.get_kind_display()}（{away.from_on} 至 {away.to_on}）")
    return reasons


def _why_invalid(latest: Certificate, day: date) -> str:
    if latest.revoked_on and latest.revoked_on <= day:
        return f"执法证已于 {latest.revoked_on} 注销"
    if latest.valid_until < day:
        return f"执法证已于 {latest.valid_until} 到期"
    return f"执法证 {latest.valid_from} 起才有效"
