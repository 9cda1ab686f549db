"""Finding cases: one case by its address, and lists with filters, newest first, paged by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cases import permissions
from cases.models import Case, Deadline, DeadlineState, Decision
from cases.procedure.states import STAGES, TITLES, State
from cases.queries.facts import LoadedCase, case_at, load
from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound

PAGE = 20
COUNT_CAP = 1000


@dataclass(frozen=True)
class OpenedCase:
    """A case somebody may read: its rows, facts and what the policy knows of it."""

    loaded: LoadedCase
    subject: Subject

    @property
    def case(self) -> Case:
        return self.loaded.case


def open_case(user: Any, clue_no: str) -> OpenedCase:
    """The case behind an address; ``NotFound`` when it does not exist or lies outside the person's scope."""
    case = case_at(clue_no)
    if case is None:
        raise NotFound
    loaded = load(case)
    subject = permissions.subject_of(case, loaded.officers, loaded.steps, permissions.involved_in(loaded.facts))
    permissions.check_visible(user, subject)
    return OpenedCase(loaded, subject)


@dataclass(frozen=True)
class CaseRow:
    """What a list shows of a case."""

    pk: int
    clue_no: str
    label: str
    party_name: str
    violation: str
    state_title: str


@dataclass(frozen=True)
class CasePage:
    """One page of a list. ``next_key`` is the id after which the next page starts."""

    rows: list[CaseRow]
    next_key: int | None
    count_text: str


def list_cases(
    user: Any, *, text: str = "", stage: str = "", state: str = "", mine: bool = False, after: int | None = None
) -> CasePage:
    """The cases this person may read, newest first, 20 a page."""
    cases = permissions.visible_cases(user)
    if mine:
        cases = cases.filter(officers__user=user, officers__ended_at__isnull=True)
    if state:
        cases = cases.filter(state=state)
    if stage:
        cases = cases.filter(state__in=[state for state, group in STAGES.items() if group == stage])
    if text:
        cases = cases.filter(_matches(text))
    return _page(cases, after)


def _matches(text: str) -> Q:
    return (
        Q(case_no__icontains=text)
        | Q(clue_no__iexact=text)
        | Q(party__name__icontains=text)
        | Q(vehicle__plate__iexact=text)
        | Q(violation__icontains=text)
        | Q(decision__number__iexact=text)
        | Q(pk__in=Decision.objects.filter(former_case__isnull=False, number__iexact=text).values("former_case"))
    )


def _page(cases: QuerySet[Case], after: int | None) -> CasePage:
    counted = cases.order_by().values("pk")[: COUNT_CAP + 1].count()
    count_text = f"{COUNT_CAP}+ 件" if counted > COUNT_CAP else f"共 {counted} 件"
    # Columns, not objects: a list shows six values of a case, and building three objects a row costs more than the SQL.
    rows = cases.order_by("-id").values_list("id", "clue_no", "case_no", "party__name", "violation", "state")
    if after:
        rows = rows.filter(id__lt=after)
    found = [
        CaseRow(pk, clue_no, case_no or clue_no, party_name or "", violation, TITLES[State(state)])
        for pk, clue_no, case_no, party_name, violation, state in rows[: PAGE + 1]
    ]
    return CasePage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None, count_text)


def nearest_deadlines(rows: list[CaseRow]) -> dict[int, Deadline]:
    """The next running limit of each case of a page, in one statement."""
    found: dict[int, Deadline] = {}
    ids = [row.pk for row in rows]
    running = Deadline.objects.filter(case_id__in=ids, state=DeadlineState.RUNNING).order_by("due")
    for limit in running:
        found.setdefault(limit.case_id, limit)
    return found


def open_states() -> tuple[State, ...]:
    """States in which somebody still has to do something."""
    return tuple(state for state in State if state not in {State.CLOSED, State.ARCHIVED})
