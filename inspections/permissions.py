"""May this officer? What the policy must know of a shift or a filing, and what each person sees of them.

Whether the act is lawful now is a different question: ``inspections.rules``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from inspections.models import FilingOfficer, InspectionFiling, PatrolShift, ShiftOfficer
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound
from lishu_law.registry.roles import LEADER_ROLES, Role


def shift_subject(shift: PatrolShift, officers: Iterable[ShiftOfficer]) -> Subject:
    """What the policy may know of a shift. ``officers`` with their users, ``shift`` with its applicant."""
    return _subject(shift, officers)


def filing_subject(filing: InspectionFiling, officers: Iterable[FilingOfficer]) -> Subject:
    """What the policy may know of a filing."""
    return _subject(filing, officers)


def _subject(record: PatrolShift | InspectionFiling, officers: Iterable[ShiftOfficer | FilingOfficer]) -> Subject:
    numbers = {one.user.staff_number: one.is_lead for one in officers}
    return Subject(
        unit_id=record.unit_id,
        lead=next((number for number, is_lead in numbers.items() if is_lead), ""),
        assistants=frozenset(number for number, is_lead in numbers.items() if not is_lead),
        involved={
            "officer": frozenset(numbers),
            "applicant": frozenset({record.applicant.staff_number}),
        },
    )


def check(user: Any, action: str, subject: Subject) -> None:
    """Raise ``NotAllowed`` with the reason unless the person may."""
    policy.check(user, action, subject)


def can(user: Any, action: str, subject: Subject) -> bool:
    """The same question for buttons."""
    return policy.can(user, action, subject).allowed


def sees_all(user: Any) -> bool:
    return bool(user.has_role(*LEADER_ROLES))


def check_visible(user: Any, action: str, subject: Subject) -> None:
    """Another unit's shift or filing looks like one that does not exist; leaders see all."""
    known = subject.involved["officer"] | subject.involved["applicant"]
    is_near = subject.unit_id == user.unit_id or user.staff_number in known
    if not policy.can(user, action, subject).allowed or not (sees_all(user) or is_near):
        raise NotFound


def visible_shifts(user: Any) -> QuerySet[PatrolShift]:
    """The shifts this person may read, as one set-based filter."""
    return _visible(user, PatrolShift.objects.all(), ShiftOfficer.objects.filter(user=user).values("shift_id"))


def visible_filings(user: Any) -> QuerySet[InspectionFiling]:
    """The filings this person may read."""
    return _visible(user, InspectionFiling.objects.all(), FilingOfficer.objects.filter(user=user).values("filing_id"))


def _visible(user: Any, records: QuerySet[Any], mine: QuerySet[Any]) -> QuerySet[Any]:
    if sees_all(user):
        return records
    if user.has_role(Role.OFFICER, Role.SQUAD_LEADER):
        return records.filter(Q(unit_id=user.unit_id) | Q(applicant=user) | Q(pk__in=mine))
    return records.none()
