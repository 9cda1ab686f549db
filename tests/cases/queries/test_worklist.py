"""The work list is derived from the table: whose turn it is, nobody's case out of sight, late things first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.limits import pause_limit, start_limit
from cases.models import Approval, Case, Deadline, Document
from cases.procedure.facts import ApprovalFact, CaseFacts, DocumentFact
from cases.procedure.states import STAGES, State
from cases.procedure.steps import BY_CODE, STEPS
from cases.procedure.steps.step_type import always
from cases.procedure.turns import STATIONS, part_acts, paths_of, sub_objects, turn
from cases.queries.actors import ROLES, roles_of, scopes
from cases.queries.clocks import late_limits
from cases.queries.concerned import concerned_cases, open_case_counts
from cases.queries.find import list_cases
from cases.queries.inbox import end_of, inbox, worklist
from lishu_law import clock
from lishu_law.access.matrix import RULES, Scope
from lishu_law.registry.roles import Role
from tests import measure_scenes
from tests.cases.actions import hearing_scenes
from tests.cast import Cast, make_cast, person
from tests.scenarios import Walk, case_at, visit_road

TODAY = date(2026, 3, 20)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


# Whose turn

TURNS = {
    "clue": ("lead", "assistant"), "verified": ("lead", "assistant"), "filing_requested": ("squad_leader",),
    "filing_recommended": ("deputy", "second_deputy", "head"), "filed": ("lead",), "recorded": ("lead",),
    "report_submitted": ("squad_leader",), "report_endorsed": ("deputy", "second_deputy", "head"), "report_approved": ("lead",),
    "notice_issued": ("lead", "assistant"), "notice_served": ("lead", "assistant"), "defence_recorded": ("lead",),
    "review_requested": ("reviewer",), "reviewed": ("deputy", "second_deputy", "head"), "decided": ("lead", "assistant"),
    "decision_served": ("lead",), "paid": ("lead",), "closing_proposed": ("squad_leader",),
    "closing_endorsed": ("deputy", "second_deputy", "head"), "closed": ("archivist",), "archived": (),
}  # fmt: skip


def test_every_state_of_the_road_is_the_turn_of_its_actor_and_of_nobody_else(cast: Cast) -> None:
    found: dict[str, tuple[str, ...]] = {}
    open_states = {}

    def visit(word: str, walk: Walk) -> None:
        found[word] = tuple(name for name, user in cast.everybody().items() if inbox(user, TODAY))
        open_states[word] = [len(worklist(user).rows + worklist(user).waiting) for user in (cast.lead, cast.assistant)]

    visit_road(cast, visit)
    assert {word: found[word] for word in TURNS} == TURNS
    closed = {"closed", "archived"}
    assert {word: count for word, count in open_states.items() if count != [1, 1] and word not in closed} == {}


def test_who_handles_a_case_sees_with_whom_it_waits(cast: Cast) -> None:
    case_at("review_requested", cast)
    (row,) = worklist(cast.lead).waiting
    assert (row.who, row.title) == ("法制审核员", "法制审核")
    assert row.deadline is not None
    assert row.deadline.code == "review-deadline"
    assert worklist(cast.outsider).waiting == []
    assert worklist(cast.system_admin).rows == []


# Theirs only once the object is there: things in keeping, a hearing somebody was appointed to, a request on a closed case.
BY_OBJECT = {Scope.CUSTODY, Scope.HEARING, Scope.CHAIR}


def members(cast: Cast) -> dict[str, Any]:
    """Somebody of the case's squad for every role."""
    return {role: person(f"r{role}", f"示例{role}", cast.squad, role) for role in Role}


def test_the_actor_of_every_row_reaches_a_case_in_its_states_from_home(cast: Cast) -> None:
    """Also for rows that other parts of the procedure add: nothing is listed by its code."""
    case, people = case_at("filed", cast).case, members(cast)
    for user in people.values():
        case.officers.create(user=user, role="assistant", assigned_at=clock.now()) if user.has_role("officer") else None
    hidden: list[str] = []
    pairs = {
        (step, state, role)
        for step in STEPS
        for state in step.from_states
        for role in ROLES[step.code]
        if not scopes(step, role) <= BY_OBJECT and not (step.part and STAGES[state] in "CA")
    }
    seen: dict[tuple[State, str], bool] = {}
    for step, state, role in sorted(pairs, key=lambda pair: (pair[1], pair[2], pair[0].code)):
        if (state, role) not in seen:
            Case.objects.filter(pk=case.pk).update(state=state, procedure=step.procedure)
            found = concerned_cases(people[role])
            listed = found is not None and found.filter(pk=case.pk).exists()
            seen[state, role] = listed or state in {one for one, _title, _count in open_case_counts(people[role])}
        # What may still befall a closed case waits on no desk: whoever records it finds the case in the list.
        if not seen[state, role] and step.is_side and STAGES[state] in "CA":
            seen[state, role] = case.pk in {row.pk for row in list_cases(people[role], state=state).rows}
        if not seen[state, role]:
            hidden.append(f"{step.code} in {state} for {role}")
    assert hidden == []


@pytest.mark.law
def test_every_row_has_a_role_and_every_part_a_place_in_the_facts() -> None:
    assert [code for code, roles in ROLES.items() if not roles] == []
    assert [step.code for step in STEPS if roles_of(step) - {grant.role for grant in RULES[step.action].grants}] == []
    assert {step.part for step in STEPS if step.part and not paths_of(step.part)} == set()
    assert [step.code for step in STEPS if step.part and step.applies is always] == []


@pytest.mark.law
def test_opinions_come_before_the_step_that_leaves_the_state() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert [step.code for step in STATIONS[State.FILING_APPROVAL]][:2] == ["recommend_filing", "approve_filing"]
    waiting = CaseFacts(State.FILING_APPROVAL, done={"request_filing": at})
    assert turn(waiting) is BY_CODE["recommend_filing"]
    given = CaseFacts(State.FILING_APPROVAL, done={"request_filing": at, "recommend_filing": at})
    assert turn(given) is BY_CODE["approve_filing"]
    discussed = CaseFacts(State.DISCUSSION, discussion_due=True)
    assert turn(discussed) is BY_CODE["record_discussion"]
    assert turn(CaseFacts(State.DECISION_APPROVAL)) is BY_CODE["approve_decision"]
    assert turn(CaseFacts(State.ARCHIVED)) is None


@pytest.mark.law
def test_sub_objects_are_found_by_the_name_of_their_kind() -> None:
    document = DocumentFact("m", "示例文书", must_be_served=True, served_on=None, sealed_on=TODAY, id=4)
    asked = ApprovalFact(4, "extension", "", "T1", TODAY, "", None)
    facts = CaseFacts(State.INVESTIGATION, documents=(document,), approvals=(asked,))
    assert sub_objects(facts, "document") == (document,)
    assert sub_objects(facts, "approval") == (asked,)
    assert (BY_CODE["serve_document"], document) in list(part_acts(facts))


# What hangs on a case

ROAD_OF_LEADERS = {
    state for state, rows in STATIONS.items() if any(Role.HEAD in ROLES[step.code] for step in rows)
}  # fmt: skip


def test_a_document_to_serve_is_a_line_of_its_own(cast: Cast) -> None:
    walk = case_at("filed", cast)
    form = Document.objects.get(case=walk.case, code="filing_form")
    Document.objects.filter(pk=form.pk).update(must_be_served=True)
    rows = {(row.step_code, row.part_id, row.about) for row in inbox(cast.assistant, TODAY)}
    assert rows == {("serve_document", form.pk, form.title)}
    page = client_of(cast.assistant).get(reverse("desk")).content.decode()
    assert reverse("case-serve_document", args=[walk.case.clue_no, form.pk]) in page


def test_a_waiting_request_brings_the_case_before_the_leaders(cast: Cast) -> None:
    case = case_at("filed", cast).case
    states = {
        state for step in STEPS if step.part == "approval" and "负责人" in step.actor for state in step.from_states
    }
    for is_asked in (False, True):
        if is_asked:
            Approval.objects.create(case=case, kind="x", reason="x", asked_by=cast.lead, asked_at=clock.now())
        for state in sorted(states - set(ROAD_OF_LEADERS)):
            Case.objects.filter(pk=case.pk).update(state=state)
            found = concerned_cases(cast.head)
            assert found is not None
            assert found.filter(pk=case.pk).exists() is is_asked, state


def test_things_taken_stand_on_the_desk_of_their_keeper(cast: Cast) -> None:
    walk = measure_scenes.filed(cast)
    assert inbox(cast.keeper, TODAY) == []
    measure = measure_scenes.taken(walk)
    (row,) = inbox(cast.keeper, TODAY)
    assert (row.step_code, row.part_id) == ("hand_over_items", measure.pk)
    lines = [
        row for row in inbox(cast.lead, TODAY) if row.part_id == measure.pk and BY_CODE[row.step_code].part == "measure"
    ]
    assert len(lines) == 1, "one line for each object"
    limit = lines[0].deadline
    assert limit is not None
    assert limit.part == f"measure:{measure.pk}"


# Urgency


def test_late_first_then_nearest_then_what_has_no_end(cast: Cast) -> None:
    walks = [case_at(word, cast) for word in ("clue", "verified", "clue", "verified")]
    Deadline.objects.all().delete()
    for walk, day in zip(walks[1:], (25, 2, 9), strict=True):
        start_limit(walk.case, "decide-90d", date(2026, 3, day))
    pause_limit(walks[1].case, "decide-90d", date(2026, 3, 26), "x")
    rows = inbox(cast.lead, TODAY)
    assert [row.case for row in rows] == [walks[2].case, walks[3].case, *sorted(
        (walks[0].case, walks[1].case), key=lambda case: case.pk)]  # fmt: skip
    assert all(one.ends_at <= other.ends_at for one, other in pairwise(rows))


def test_the_squad_leader_sees_every_late_duty_of_the_unit(cast: Cast) -> None:
    walk = case_at("filed", cast)
    Deadline.objects.all().delete()
    late_on, moment = date(2026, 3, 2), datetime(2026, 3, 20, 2, tzinfo=UTC)
    day = start_limit(walk.case, "serve-7d", late_on)
    part = start_limit(walk.case, "pres-7d", late_on, part="measure:1")
    hours = start_limit(walk.case, "coerce-24h", datetime(2026, 3, 19, 1, 59, tzinfo=UTC), part="measure:1")
    start_limit(walk.case, "coerce-24h", datetime(2026, 3, 19, 2, 1, tzinfo=UTC), part="measure:2")
    start_limit(walk.case, "defence-window", late_on)  # a right that lapsed is nobody's lateness
    start_limit(walk.case, "decide-90d", late_on)
    start_limit(walk.case, "coerce-30d", date(2026, 1, 5), part="measure:1")
    pause_limit(walk.case, "coerce-30d", date(2026, 1, 9), "鉴定中", part="measure:1")
    found = late_limits(cast.squad.pk, moment, 50)
    assert {one.limit.pk for one in found} == {day.pk, part.pk, hours.pk}
    assert late_limits(cast.other_squad.pk, moment, 50) == []
    assert late_limits(None, moment, 50) == []
    page = client_of(cast.squad_leader).get(reverse("desk")).content.decode()
    box = page.split("data-late")[1].split("</section>")[0]
    assert box.count(walk.case.label) >= 3
    assert "data-late" not in client_of(cast.lead).get(reverse("desk")).content.decode()


def test_states_with_open_cases_lead_to_the_list(cast: Cast) -> None:
    walk = case_at("filed", cast)
    client = client_of(cast.reviewer)
    page = client.get(reverse("desk")).content.decode()
    assert f'href="{reverse("case-list")}?state=P03"' in page
    assert walk.case.label in client.get(reverse("case-list") + "?state=P03").content.decode()
    assert walk.case.label not in client.get(reverse("case-list") + "?state=P08").content.decode()
    assert walk.case.label in client.get(reverse("case-list") + "?state=nothing").content.decode()


def test_the_end_of_a_day_is_its_midnight() -> None:
    assert end_of(None).year == 9999
    limit = Deadline(code="serve-7d", due=date(2026, 3, 11))
    assert end_of(limit).isoformat() == "2026-03-12T00:00:00+08:00"
    assert end_of(Deadline(code="x", due=date(2026, 3, 11), due_at=datetime(2026, 3, 11, tzinfo=UTC))).hour == 0
    assert end_of(Deadline(due=date(2026, 3, 11), pauses=[{"from": "2026-03-09", "to": None}])).year == 9999


# What it costs


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_desk_costs_the_same_however_much_there_is(cast: Cast) -> None:
    everybody = {**cast.everybody(), "both": person("both", "示例寅", cast.squad, Role.OFFICER, Role.SQUAD_LEADER)}
    clients = {name: client_of(user) for name, user in everybody.items()}

    def costs() -> dict[str, int]:
        found = {}
        for name, client in clients.items():
            client.get(reverse("desk"))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("desk")).status_code == 200
            found[name] = len(queries) - 2  # session and user
        return found

    for word in ("review_requested", "filing_requested"):  # only one case can have its transcript at that hour
        case_at(word, cast)
    few = costs()
    for word in ("clue", "verified", "filing_requested", "filing_recommended", "filed"):
        case_at(word, cast)
    start_limit(Case.objects.latest("pk"), "serve-7d", date(2026, 3, 2))
    assert costs() == few
    assert {name: count for name, count in few.items() if count > 12} == {}


def test_what_nobody_waits_for_stands_on_no_desk(cast: Cast) -> None:
    walk, one, _when = hearing_scenes.arranged(cast)
    for user in cast.everybody().values():
        assert {row.step_code for row in inbox(user, TODAY)} & {"terminate_hearing", "postpone_hearing"} == set()
    client = Client()
    client.force_login(cast.deputy, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert reverse("case-terminate_hearing", args=[walk.case.clue_no, one.pk]) in page  # but the case page offers it
