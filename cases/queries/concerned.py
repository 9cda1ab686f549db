"""The open cases that may hold something for a person to do: one set-based filter, derived from the procedure table."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from cases import permissions
from cases.models import Approval, Case, CaseOfficer, Deadline, DeadlineState, Document, Serving, Step
from cases.procedure.states import TITLES, State
from cases.procedure.turns import paths_of
from cases.queries.actors import rows_of, scopes
from cases.queries.issuing import is_signed
from cases.queries.parts import PARTS
from lishu_law.access.grants import assigned_to
from lishu_law.access.matrix import Scope
from lishu_law.registry.roles import Role

MOST = 60
_BY_ASSIGNMENT = frozenset({Scope.OWN, Scope.LEAD})
_BY_HEARING = frozenset({Scope.HEARING, Scope.CHAIR})


def concerned_cases(user: Any) -> QuerySet[Case] | None:
    """Cases with an act of one of the person's roles, those with the nearest end first; None: no role has any.

    Where the decision is signed and waits to be issued (``is_signed``) there is least to do: they come last.
    Whoever handles cases gets all their open ones; other roles those whose state or sub-objects may wait for them.
    """
    wanted = [q for role in user.roles for q in _of_role(user, role)]
    if not wanted:
        return None
    either = wanted[0]
    for q in wanted[1:]:
        either |= q
    due = Deadline.objects.filter(case=OuterRef("pk"), state=DeadlineState.RUNNING).order_by("due").values("due")[:1]
    rows = Case.objects.filter(either).annotate(next_due=Subquery(due), is_signed=is_signed())
    return rows.order_by("is_signed", F("next_due").asc(nulls_last=True), "id")


def _of_role(user: Any, role: str) -> list[Q]:
    """Per scope of the role's grants: the states of its stations, and those of the parts it acts on."""
    states: dict[Scope, set[State]] = defaultdict(set)
    parts: dict[tuple[Scope, str], set[State]] = defaultdict(set)
    for step in rows_of(role):
        for scope in scopes(step, role):
            if scope in _BY_ASSIGNMENT or not (step.is_side or step.part):
                states[_widest(scope)].update(step.from_states)
            elif step.part:
                parts[scope, step.part].update(step.from_states)
    found = [Q(state__in=sorted(names)) & _scope(user, scope) for scope, names in states.items() if names]
    for (scope, part), names in parts.items():
        found.append(Q(state__in=sorted(names)) & _scope(user, scope) & _holds(part))
    return found


def _widest(scope: Scope) -> Scope:
    return Scope.OWN if scope in _BY_ASSIGNMENT else scope


def _scope(user: Any, scope: Scope) -> Q:
    if scope is Scope.ALL:
        return Q()
    if scope is Scope.UNIT:
        return Q(unit_id=user.unit_id)
    if scope in _BY_HEARING:
        return Q(pk__in=assigned_to(user, (permissions.HEAR,), Case.objects.all()).values("pk"))
    if scope is Scope.CUSTODY:
        return Q(Exists(Step.objects.filter(case=OuterRef("pk"), code__in=permissions.TAKING_STEPS)))
    return Q(pk__in=CaseOfficer.objects.filter(user=user, ended_at__isnull=True).values("case"))


def _holds(part: str) -> Q:
    """Cases that hold a sub-object of this kind; a request only while it waits, a document while it is unserved."""
    if part == "approval":
        return Q(Exists(Approval.objects.filter(case=OuterRef("pk"), outcome="")))
    if part == "document":
        unserved = Document.objects.filter(case=OuterRef("pk"), must_be_served=True)
        return Q(Exists(unserved.exclude(servings__outcome="effective")))
    if part == "serving":
        return Q(Exists(Serving.objects.filter(case=OuterRef("pk"), outcome="pending")))
    names = {path.partition(".")[0] for path in paths_of(part)}
    kinds = [kind for kind in PARTS if kind.name in names]
    return Q(*(Exists(kind.rows().query) for kind in kinds), _connector=Q.OR)


def open_case_counts(user: Any) -> list[tuple[State, str, int]]:
    """How many cases the person may read in each state that is not closed, in the order of the road."""
    if user.has_role(Role.OFFICER):
        return []  # their cases are named one by one
    cases = permissions.visible_cases(user).exclude(state__in=[State.CLOSED, State.ARCHIVED])
    counts = dict(cases.order_by().values_list("state").annotate(count=Count("pk")))
    return [(state, TITLES[state], counts[state]) for state in State if state in counts]
