"""Case pages: who sees them, what they cost, that every act page of every state opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.procedure.steps import STEPS
from tests.cast import Cast, make_cast
from tests.scenarios import ROAD, case_at

SESSION_AND_USER = 2
CASE_PAGE, LIST, OTHER = 8, 12, 25


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("word", ROAD)
def test_case_page_costs_at_most_eight_statements_in_every_state(cast: Cast, word: str) -> None:
    case = case_at(word, cast).case
    client = client_of(cast.lead)
    client.get(reverse("case", args=[case.clue_no]))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(reverse("case", args=[case.clue_no]))
    assert response.status_code == 200
    assert len(queries) - SESSION_AND_USER <= CASE_PAGE, [query["sql"][:120] for query in queries]


@pytest.mark.parametrize("who", ["lead", "assistant", "squad_leader", "reviewer", "deputy", "head", "archivist"])
def test_lists_and_desk_cost_at_most_twelve_statements(cast: Cast, who: str) -> None:
    for word in ("clue", "filing_requested", "report_endorsed", "review_requested", "closed"):
        walk_away_from_overlap(case_at, word, cast)
    client = client_of(getattr(cast, who))
    for name in ("case-list", "desk"):
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(name))
        assert response.status_code == 200
        assert len(queries) - SESSION_AND_USER <= LIST, [query["sql"][:120] for query in queries]


def walk_away_from_overlap(walk: Any, word: str, cast: Cast) -> Any:
    """A second case of the same officers would overlap in time; one transcript per story is enough here."""
    if word in ("clue", "filing_requested"):
        return walk(word, cast)
    from cases.models import Transcript

    Transcript.objects.all().delete()
    return walk(word, cast)


@pytest.mark.parametrize("who", ["outsider", "system_admin", "audit_admin", "checker"])
def test_outside_ones_scope_a_case_looks_missing(cast: Cast, who: str) -> None:
    case = case_at("filed", cast).case
    response = client_of(getattr(cast, who)).get(reverse("case", args=[case.clue_no]))
    assert response.status_code in (403, 404)
    assert case.case_no not in response.content.decode()


PERFORMERS = {
    "verify_clue": ("clue", "lead"), "request_filing": ("verified", "lead"),
    "recommend_filing": ("filing_requested", "squad_leader"), "approve_filing": ("filing_recommended", "deputy"),
    "record_onscene": ("filed", "lead"), "record_questioning": ("filed", "lead"), "add_evidence": ("filed", "lead"),
    "verify_evidence": ("recorded", "lead"), "set_discretion": ("recorded", "lead"),
    "submit_report": ("discretion_set", "lead"), "endorse_report": ("report_submitted", "squad_leader"),
    "approve_report": ("report_endorsed", "deputy"), "issue_notice": ("report_approved", "lead"),
    "serve_notice": ("notice_issued", "lead"), "record_defence": ("notice_served", "lead"),
    "review_defence": ("defence_recorded", "lead"), "request_review": ("defence_recorded", "lead"),
    "review": ("review_requested", "reviewer"), "record_discussion": ("reviewed", "head"),
    "approve_decision": ("reviewed", "head"), "serve_decision": ("decided", "lead"),
    "record_payment": ("decision_served", "lead"), "propose_closing": ("paid", "lead"),
    "endorse_closing": ("closing_proposed", "squad_leader"), "approve_closing": ("closing_endorsed", "deputy"),
    "archive": ("closed", "archivist"),
}  # fmt: skip


def test_every_step_but_the_first_has_a_page() -> None:
    assert set(PERFORMERS) == {step.code for step in STEPS} - {"register_clue"}


@pytest.mark.parametrize("code", PERFORMERS)
def test_every_act_page_opens_for_its_actor_within_its_cost(cast: Cast, code: str) -> None:
    word, who = PERFORMERS[code]
    case = case_at(word, cast).case
    client = client_of(getattr(cast, who))
    url = reverse(f"case-{code}", args=[case.clue_no])
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, response.content.decode()[:2000]
    assert len(queries) - SESSION_AND_USER <= OTHER
    assert 'name="op_id"' in response.content.decode()


@pytest.mark.parametrize("code", PERFORMERS)
def test_no_act_page_for_a_person_outside(cast: Cast, code: str) -> None:
    word, _who = PERFORMERS[code]
    case = case_at(word, cast).case
    url = reverse(f"case-{code}", args=[case.clue_no])
    assert client_of(cast.outsider).get(url).status_code in (403, 404)
    assert client_of(cast.outsider).post(url, {}).status_code in (403, 404)
    assert Client().get(url).status_code == 302
