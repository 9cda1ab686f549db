"""待办: what this person must do today, most urgent first, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from cases.models import Case, CaseOfficer, Deadline, DeadlineState, OfficerRole, Step
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE
from lishu_law.access.matrix import RULES, Scope
from lishu_law.registry.roles import LEADER_ROLES, Role

MOST = 50

# The next step of a state: the first of the list whose opinion is not there yet; ``last`` is the newest step done.
S = State
OFFICER_NEXT = {
    S.CLUE: "verify_clue", S.VERIFIED: "request_filing", S.INVESTIGATION: "submit_report", S.NOTICE_DUE: "issue_notice",
    S.NOTICE_WINDOW: "record_defence", S.DEFENCE_REVIEW: "request_review", S.DECIDED: "serve_decision",
    S.PERFORMANCE: "record_payment", S.PERFORMED: "propose_closing",
}  # fmt: skip
SQUAD_NEXT = {
    S.FILING_APPROVAL: "recommend_filing", S.REPORT_APPROVAL: "endorse_report", S.CLOSING_APPROVAL: "endorse_closing",
}  # fmt: skip
LEADER_NEXT = {
    S.FILING_APPROVAL: "approve_filing", S.REPORT_APPROVAL: "approve_report", S.DECISION_APPROVAL: "approve_decision",
    S.CLOSING_APPROVAL: "approve_closing",
}  # fmt: skip
# Steps that the matrix leaves to the 主办: nothing for the desk of the 协办.
LEADS_ONLY = frozenset(
    code
    for code, step in BY_CODE.items()
    if {grant.scope for grant in RULES[step.action].grants if grant.role == Role.OFFICER} == {Scope.LEAD}
)


@dataclass(frozen=True)
class InboxRow:
    """One line of the desk."""

    case: Case
    step_code: str
    title: str
    citation: str
    deadline: Deadline | None


def _annotated(cases: QuerySet[Case]) -> QuerySet[Case]:
    last = Step.objects.filter(case=OuterRef("pk"), outcome="done").exclude(code="add_evidence").order_by("-id")
    due = Deadline.objects.filter(case=OuterRef("pk"), state=DeadlineState.RUNNING).order_by("due")
    return (
        cases.annotate(last_step=Subquery(last.values("code")[:1]), next_due=Subquery(due.values("due")[:1]))
        .select_related("party", "vehicle")
        .order_by(F("next_due").asc(nulls_last=True), "id")[:MOST]
    )


def inbox(user: Any, today: date) -> list[InboxRow]:
    """The cases in which the next step is this person's."""
    found: list[tuple[Case, str]] = []
    if user.has_role(Role.OFFICER):
        found += _officers_rows(user)
    if user.has_role(Role.SQUAD_LEADER):
        cases = Case.objects.filter(unit_id=user.unit_id, state__in=list(SQUAD_NEXT))
        found += [row for row in _rows(cases, SQUAD_NEXT) if row[0].last_step != row[1]]  # type: ignore[attr-defined]
    if user.has_role(*LEADER_ROLES):
        cases = Case.objects.filter(state__in=list(LEADER_NEXT))
        found += [row for row in _rows(cases, LEADER_NEXT) if _is_leaders_turn(row[0])]
    if user.has_role(Role.LEGAL_REVIEWER):
        found += _rows(Case.objects.filter(state=S.LEGAL_REVIEW), {S.LEGAL_REVIEW: "review"})
    if user.has_role(Role.ARCHIVIST):
        found += _rows(Case.objects.filter(state=S.CLOSED), {S.CLOSED: "archive"})
    limits = _limits([case for case, _code in found])
    rows = [_row(case, code, limits) for case, code in found]
    return sorted(rows, key=lambda row: (row.deadline is None, row.deadline.due if row.deadline else today))


def _officers_rows(user: Any) -> list[tuple[Case, str]]:
    """The cases this person handles; to the 协办 only what the 协办 may do."""
    mine = CaseOfficer.objects.filter(user=user, ended_at__isnull=True)
    leads = Exists(mine.filter(case=OuterRef("pk"), role=OfficerRole.LEAD))
    cases = Case.objects.filter(pk__in=mine.values("case"), state__in=list(OFFICER_NEXT)).annotate(is_lead=leads)
    return [row for row in _rows(cases, OFFICER_NEXT) if row[0].is_lead or row[1] not in LEADS_ONLY]  # type: ignore[attr-defined]


def _rows(cases: QuerySet[Case], codes: dict[State, str]) -> list[tuple[Case, str]]:
    return [(case, _next_code(case, codes[State(case.state)])) for case in _annotated(cases)]


def _next_code(case: Any, code: str) -> str:
    """Two steps of one state follow each other: the second is next once the first was the last thing done."""
    if code == "issue_notice" and case.last_step == "issue_notice":
        return "serve_notice"
    return code


def _is_leaders_turn(case: Any) -> bool:
    return State(case.state) == S.DECISION_APPROVAL or case.last_step == SQUAD_NEXT[State(case.state)]


def _limits(cases: list[Case]) -> dict[int, list[Deadline]]:
    found: dict[int, list[Deadline]] = {}
    running = Deadline.objects.filter(Q(case__in=cases), state=DeadlineState.RUNNING).order_by("due")
    for limit in running:
        found.setdefault(limit.case_id, []).append(limit)
    return found


def _row(case: Case, code: str, limits: dict[int, list[Deadline]]) -> InboxRow:
    step, running = BY_CODE[code], limits.get(case.pk, [])
    limit = next((one for one in running if one.code == step.limit), None)
    return InboxRow(case, code, step.title, step.citation, limit)
