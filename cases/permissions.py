"""May this officer? One ``check``/``can`` pair over the policy, with what the policy must know of a case.

Whether the act is lawful now is a different question: ``cases.procedure.guards``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, CaseOfficer, OfficerRole, Step
from cases.procedure.states import STAGES, State
from lishu_law.access import policy
from lishu_law.access.grants import assigned_to
from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound
from lishu_law.registry.roles import Role

HANDLE = "cases.handle_case"
# Which steps make somebody squad leader, reviewer or approver of the case (security.md §6.2).
SQUAD_STEPS = frozenset({"recommend_filing", "endorse_report", "endorse_closing"})
APPROVER_STEPS = frozenset({"approve_filing", "approve_report", "approve_decision", "approve_closing"})
SEES_ALL = (Role.LEGAL_REVIEWER, Role.DEPUTY_HEAD, Role.HEAD, Role.ARCHIVIST)


def subject_of(case: Case, officers: Iterable[CaseOfficer], steps: Iterable[Step]) -> Subject:
    """What the policy may know of the case. ``officers`` with their users, ``steps`` with ``by``."""
    officers, steps = list(officers), list(steps)
    current = [o for o in officers if o.ended_at is None]
    return Subject(
        unit_id=case.unit_id,
        lead=next((o.user.staff_number for o in current if o.role == OfficerRole.LEAD), ""),
        assistants=frozenset(o.user.staff_number for o in current if o.role != OfficerRole.LEAD),
        stage=STAGES[State(case.state)],
        involved={
            "officer": frozenset(o.user.staff_number for o in officers),
            "squad_leader": _done_by(steps, SQUAD_STEPS),
            "legal_reviewer": _done_by(steps, frozenset({"review"})),
            "approver": _done_by(steps, APPROVER_STEPS),
        },
    )


def _done_by(steps: Iterable[Step], codes: frozenset[str]) -> frozenset[str]:
    return frozenset(step.by.staff_number for step in steps if step.code in codes)


def check(user: Any, action: str, subject: Subject) -> None:
    """Raise ``NotAllowed`` with the reason unless the person may."""
    policy.check(user, action, subject)


def can(user: Any, action: str, subject: Subject) -> bool:
    """The same question for buttons."""
    return policy.can(user, action, subject).allowed


def check_visible(user: Any, subject: Subject) -> None:
    """Outside one's scope a case looks like one that does not exist (security.md §6.1: 404)."""
    if not policy.can(user, "case.read", subject).allowed:
        raise NotFound


def visible_cases(user: Any) -> QuerySet[Case]:
    """The cases this person may read, as one set-based filter."""
    cases = Case.objects.all()
    if user.has_role(*SEES_ALL):
        return cases
    if user.has_role(Role.SQUAD_LEADER):
        return cases.filter(unit_id=user.unit_id)
    if user.has_role(Role.OFFICER):
        return assigned_to(user, HANDLE, cases)
    return cases.none()
