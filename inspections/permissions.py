"""May this officer? What the policy must know of a shift or a filing, and what each person sees of them.

Whether the act is lawful now is a different question: ``inspections.rules``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from inspections.models import (
    ApprovalDelegation,
    Exemption,
    FilingOfficer,
    InspectionFiling,
    PatrolShift,
    ShiftOfficer,
    ShiftState,
)
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound
from lishu_law.registry.roles import LEADER_ROLES, Role

SECRET = Q(exemption=Exemption.SECRET)
# Who may know of a secret filing (E4) beside those who carry it out: the legal section, and the 局长 who approves it.
SECRET_READERS = (Role.LEGAL_REVIEWER, Role.HEAD)


def shift_subject(shift: PatrolShift, officers: Iterable[ShiftOfficer]) -> Subject:
    """What the policy may know of a shift. ``officers`` with their users, ``shift`` with its applicant."""
    return _subject(shift, officers, is_waiting=shift.state == ShiftState.SUBMITTED)


def filing_subject(filing: InspectionFiling, officers: Iterable[FilingOfficer]) -> Subject:
    """What the policy may know of a filing."""
    return replace(_subject(filing, officers, is_waiting=filing.is_waiting), is_sensitive=filing.is_secret)


def _subject(
    record: PatrolShift | InspectionFiling, officers: Iterable[ShiftOfficer | FilingOfficer], *, is_waiting: bool
) -> Subject:
    numbers = {one.user.staff_number: one.is_lead for one in officers}
    return Subject(
        unit_id=record.unit_id,
        lead=next((number for number, is_lead in numbers.items() if is_lead), ""),
        assistants=frozenset(number for number, is_lead in numbers.items() if not is_lead),
        involved={
            "officer": frozenset(numbers),
            "applicant": frozenset({record.applicant.staff_number}),
            "delegate": _delegates(record.unit_id) if is_waiting else frozenset(),
        },
    )


def _delegates(unit_id: int) -> frozenset[str]:
    """Who approves today in the stead of the unit's head."""
    rows = ApprovalDelegation.objects.active_on(clock.today()).filter(unit_id=unit_id)
    return frozenset(rows.values_list("delegate__staff_number", flat=True))


def check(user: Any, action: str, subject: Subject) -> None:
    """Raise ``NotAllowed`` with the reason unless the person may."""
    policy.check(user, action, subject)


def can(user: Any, action: str, subject: Subject) -> bool:
    """The same question for buttons."""
    return policy.can(user, action, subject).allowed


def sees_all(user: Any) -> bool:
    """Leaders see every unit's work, the legal section too (of shifts it sees none: the policy says so)."""
    return bool(user.has_role(*LEADER_ROLES, Role.LEGAL_REVIEWER))


def check_visible(user: Any, action: str, subject: Subject) -> None:
    """What a person may not see looks like what does not exist: another unit's, and a secret one of one's own unit."""
    known = subject.involved["officer"] | subject.involved["applicant"]
    if subject.is_sensitive:
        is_seen = user.has_role(*SECRET_READERS) or user.staff_number in known
    else:
        is_near = subject.unit_id == user.unit_id or user.staff_number in known | subject.involved["delegate"]
        is_seen = sees_all(user) or is_near
    if not policy.can(user, action, subject).allowed or not is_seen:
        raise NotFound


def visible_shifts(user: Any) -> QuerySet[PatrolShift]:
    """The shifts this person may read, as one set-based filter."""
    return _visible(user, PatrolShift.objects.all(), ShiftOfficer.objects.filter(user=user).values("shift_id"))


def visible_filings(user: Any) -> QuerySet[InspectionFiling]:
    """The filings this person may read."""
    mine = FilingOfficer.objects.filter(user=user).values("filing_id")
    records = _visible(user, InspectionFiling.objects.all(), mine)
    if user.has_role(*SECRET_READERS):
        return records
    return records.exclude(SECRET & ~Q(applicant=user) & ~Q(pk__in=mine))


def supervised_filings(user: Any) -> QuerySet[InspectionFiling]:
    """What supervision sees: every unit's filings, of the secret ones nothing that the person may not know anyway."""
    if user.has_role(Role.SUPERVISOR):
        return InspectionFiling.objects.exclude(SECRET)
    return visible_filings(user)


def delegation_of(user: Any, unit_id: int, day: date) -> ApprovalDelegation | None:
    """By which document the person approves for the head of a unit on a day."""
    return ApprovalDelegation.objects.active_on(day).filter(delegate=user, unit_id=unit_id).first()


def approvable(user: Any, records: QuerySet[Any]) -> QuerySet[Any]:
    """Of these records those whose approval lies with the person: as a leader, as head of the unit, or for that head."""
    if user.has_role(*LEADER_ROLES):
        return records
    mine = Q(unit_id=user.unit_id) if user.has_role(Role.SQUAD_LEADER) else Q(pk__in=[])
    given = ApprovalDelegation.objects.active_on(clock.today()).filter(delegate=user).values("unit_id")
    return records.filter(mine | Q(unit_id__in=given))


def _visible(user: Any, records: QuerySet[Any], mine: QuerySet[Any]) -> QuerySet[Any]:
    if user.has_role(*LEADER_ROLES) or (records.model is InspectionFiling and sees_all(user)):
        return records
    if user.has_role(Role.OFFICER, Role.SQUAD_LEADER):
        given = ApprovalDelegation.objects.active_on(clock.today()).filter(delegate=user).values("unit_id")
        return records.filter(Q(unit_id=user.unit_id) | Q(applicant=user) | Q(pk__in=mine) | Q(unit_id__in=given))
    return records.none()
