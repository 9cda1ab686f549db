"""May this officer? One ``check``/``can`` pair over the policy, with what the policy must know of a case.

Whether the act is lawful now is a different question: ``cases.procedure.guards``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from cases.models import (
    Case,
    CaseOfficer,
    CorrectionTask,
    DossierReview,
    NumberLease,
    OfficerRole,
    ReviewObjection,
    Step,
)
from cases.procedure.facts import CaseFacts
from cases.procedure.states import STAGES, State
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.grants import assigned_to
from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound
from lishu_law.registry.roles import Role

HANDLE = "cases.handle_case"
HEAR = "cases.hear_case"
# Which steps make somebody squad leader, reviewer or approver of the case (security.md §6.2).
# Steps after which things are or were in the bureau's keeping.
TAKING_STEPS = frozenset({"take_preservation", "take_measure", "take_measure_urgent"})
SQUAD_STEPS = frozenset({"recommend_filing", "endorse_report", "endorse_closing", "endorse_request"})
APPROVER_STEPS = frozenset({
    "approve_filing", "approve_report", "approve_decision", "approve_closing", "decide_not_filing", "decide_withdrawal",
    "decide_termination", "decide_transfer", "decide_no_penalty",
})  # fmt: skip
REVIEWER_STEPS = frozenset({"review", "review_report", "review_no_penalty"})
SEES_ALL = (Role.LEGAL_REVIEWER, Role.DEPUTY_HEAD, Role.HEAD, Role.ARCHIVIST)


Involved = Mapping[str, frozenset[str]]


def involved_in(facts: CaseFacts) -> Involved:
    """Who conducts the case's hearing, and who stays out of the case (处罚法43、64)."""
    people = [one for hearing in facts.hearings for one in hearing.people]
    return {
        "hearing": frozenset(one.number for one in people),
        "hearing_chair": frozenset(one.number for one in people if one.role == "chair"),
        "dossier_reviewer": frozenset(one.number for one in facts.dossier_reviewers),
        "reviewing": frozenset(one.number for one in facts.dossier_reviewers if one.goes_on),
        "recused": frozenset(one.person for one in facts.recusals if one.outcome == "granted" and one.person),
    }


def subject_of(case: Case, officers: Iterable[CaseOfficer], steps: Iterable[Step], involved: Involved) -> Subject:
    """What the policy may know of the case. ``officers`` with their users, ``steps`` with ``by``.

    ``involved`` is :func:`involved_in` of its facts: never left out, or the recused could go on.
    """
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
            "legal_reviewer": _done_by(steps, REVIEWER_STEPS),
            "approver": _done_by(steps, APPROVER_STEPS),
            **involved,
        },
        has_property=any(step.code in TAKING_STEPS for step in steps),
    )


def ordered_by(subject: Subject, person: Any) -> Subject:
    """The same case, where something that this person ordered is asked about."""
    return replace(subject, involved={**subject.involved, "orderer": frozenset({person.staff_number})})


def _done_by(steps: Iterable[Step], codes: frozenset[str]) -> frozenset[str]:
    return frozenset(step.by.staff_number for step in steps if step.code in codes)


def lease_subject(unit_id: int | None, holder: Any) -> Subject:
    """What the policy may know of a block of numbers: its holder is its officer."""
    return Subject(unit_id=unit_id, lead=holder.staff_number, involved={"officer": frozenset({holder.staff_number})})


def check(user: Any, action: str, subject: Subject) -> None:
    """Raise ``NotAllowed`` with the reason unless the person may."""
    policy.check(user, action, subject)


def can(user: Any, action: str, subject: Subject) -> bool:
    """The same question for buttons."""
    return policy.can(user, action, subject).allowed


def may_read_informant(user: Any, subject: Subject) -> bool:
    """clue-informant-secret: who reported is for the 主办人 and the heads, not for everybody who reads the case."""
    return can(user, "case.read_informant", subject)


def check_visible(user: Any, subject: Subject) -> None:
    """Outside one's scope a case looks like one that does not exist (security.md §6.1: 404)."""
    if not policy.can(user, "case.read", subject).allowed:
        raise NotFound


def visible_cases(user: Any) -> QuerySet[Case]:
    """The cases this person may read, as one set-based filter."""
    cases = Case.objects.all()
    if user.has_role(*SEES_ALL):
        return cases
    if not user.has_role(Role.DOSSIER_REVIEWER):
        return _by_work(user, cases)
    mine = DossierReview.objects.annotate(goes_on=review_goes_on(clock.today()))
    drawn = Q(Exists(mine.filter(case=OuterRef("pk"), reviewer=user, goes_on=True)))
    return cases.filter(drawn | Q(pk__in=_by_work(user, cases).values("pk")))


def review_goes_on(today: date) -> Combinable:
    """Is the review of a row's file still under way? It is over when every round is finished, the days to object are
    over, every objection is answered and every correction looked at: then its reviewers have no more to do there.
    """
    same_file = {"draw": OuterRef("draw"), "case": OuterRef("case")}
    of_it = {"review__draw": OuterRef("draw"), "review__case": OuterRef("case")}
    to_do = Exists(DossierReview.objects.filter(Q(finished_at=None) | Q(tell_until__gte=today), **same_file))
    asked = Exists(ReviewObjection.objects.filter(outcome="", **of_it))
    to_mend = Exists(CorrectionTask.objects.filter(confirmed_at=None, dropped_at=None, **of_it))
    return ExpressionWrapper(Q(to_do) | Q(asked) | Q(to_mend), output_field=BooleanField())


def _by_work(user: Any, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases of the person's unit, assignments or keeping."""
    if user.has_role(Role.SQUAD_LEADER):
        return cases.filter(Q(unit_id=user.unit_id) | Q(pk__in=assigned_to(user, (HEAR,), Case.objects.all())))
    if user.has_role(Role.OFFICER):
        return assigned_to(user, (HANDLE, HEAR), cases)
    if user.has_role(Role.PROPERTY_KEEPER):
        return cases.filter(Exists(Step.objects.filter(case=OuterRef("pk"), code__in=TAKING_STEPS)))
    return cases.none()


def visible_leases(user: Any) -> QuerySet[NumberLease]:
    """The blocks of numbers this person may read, as one set-based filter."""
    leases = NumberLease.objects.all()
    if user.has_role(Role.DEPUTY_HEAD, Role.HEAD, Role.ARCHIVIST):
        return leases
    if user.has_role(Role.SQUAD_LEADER):
        return leases.filter(Q(unit_id=user.unit_id) | Q(holder=user))
    if user.has_role(Role.OFFICER):
        return leases.filter(holder=user)
    return leases.none()
