"""Case pages: who sees them, what they cost, that every act page of every state opens."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.procedure.steps import STEPS
from cases.views.frame import OWN_PAGES
from tests.cast import Cast, make_cast
from tests.scenarios import ROAD, Walk, case_at, visit_road

SESSION_AND_USER = 2
CASE_PAGE, LIST, OTHER = 8, 12, 25


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(client: Client, url: str) -> tuple[int, int]:
    """Status and statements of a page, session and user not counted."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    return response.status_code, len(queries) - SESSION_AND_USER


def test_case_page_costs_at_most_eight_statements_in_every_state(cast: Cast) -> None:
    client = client_of(cast.lead)
    found: dict[str, tuple[int, int]] = {}

    def visit(word: str, walk: Walk) -> None:
        if word == ROAD[0]:
            client.get(reverse("case", args=[walk.case.clue_no]))  # the first page of a process fills its caches
        found[word] = cost(client, reverse("case", args=[walk.case.clue_no]))

    visit_road(cast, visit)
    assert set(found) == set(ROAD)
    assert {word: page for word, page in found.items() if page[0] != 200 or page[1] > CASE_PAGE} == {}


def test_lists_and_desk_cost_at_most_twelve_statements_for_everybody(cast: Cast) -> None:
    clients = {name: client_of(user) for name, user in cast.everybody().items()}
    dear: dict[str, tuple[int, int]] = {}

    def visit(word: str, walk: Walk) -> None:
        if word not in {"clue", "filing_requested", "report_endorsed", "review_requested", "closed"}:
            return
        for name, client in clients.items():
            for page in ("case-list", "desk"):
                status, statements = cost(client, reverse(page))
                if status not in (200, 403) or statements > LIST:
                    dear[f"{word} {name} {page}"] = (status, statements)

    visit_road(cast, visit)
    assert dear == {}


@pytest.mark.parametrize("who", ["outsider", "system_admin", "audit_admin", "checker"])
def test_outside_ones_scope_a_case_looks_missing(cast: Cast, who: str) -> None:
    case = case_at("filed", cast).case
    response = client_of(getattr(cast, who)).get(reverse("case", args=[case.clue_no]))
    assert response.status_code in (403, 404)
    assert str(case.case_no) not in response.content.decode()


PERFORMERS = {
    "verify_clue": ("clue", "lead"), "request_filing": ("verified", "lead"),
    "recommend_filing": ("filing_requested", "squad_leader"), "approve_filing": ("filing_recommended", "deputy"),
    "record_onscene": ("filed", "lead"), "record_questioning": ("filed", "lead"), "add_evidence": ("filed", "lead"),
    "verify_evidence": ("recorded", "lead"), "set_discretion": ("recorded", "lead"),
    "submit_report": ("discretion_set", "lead"), "endorse_report": ("report_submitted", "squad_leader"),
    "approve_report": ("report_endorsed", "deputy"), "issue_notice": ("report_approved", "lead"),
    "serve_notice": ("notice_issued", "lead"), "record_defence": ("notice_served", "lead"),
    "review_defence": ("defence_recorded", "lead"), "request_review": ("defence_recorded", "lead"),
    "review": ("review_requested", "reviewer"),
    "approve_decision": ("reviewed", "head"), "serve_decision": ("decided", "lead"),
    "record_payment": ("decision_served", "lead"), "propose_closing": ("paid", "lead"),
    "endorse_closing": ("closing_proposed", "squad_leader"), "approve_closing": ("closing_endorsed", "deputy"),
    "archive": ("closed", "archivist"),
}  # fmt: skip


def test_every_step_has_a_page_test() -> None:
    """Each ``test_<part>_pages.py`` of this folder names in ``PERFORMERS`` the steps whose pages it opens."""
    shown: list[str] = []
    for path in Path(__file__).parent.glob("test_*_pages.py"):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        shown += module.PERFORMERS
    assert sorted(shown) == sorted({step.code for step in STEPS} - OWN_PAGES)


def test_every_act_page_opens_for_its_actor_only(cast: Cast) -> None:
    clients = {name: client_of(user) for name, user in cast.everybody().items()}
    faults: list[str] = []
    seen: set[str] = set()

    def visit(word: str, walk: Walk) -> None:
        for code in [code for code, (at, _who) in PERFORMERS.items() if at == word]:
            seen.add(code)
            url, who = reverse(f"case-{code}", args=[walk.case.clue_no]), PERFORMERS[code][1]
            status, statements = cost(clients[who], url)
            if status != 200 or statements > OTHER:
                faults.append(f"{code} for {who}: {status}, {statements} statements")
            strangers = (clients["outsider"], clients["system_admin"])
            answers = {reply.status_code for one in strangers for reply in (one.get(url), one.post(url, {}))}
            if answers - {403, 404}:
                faults.append(f"{code} opens for a stranger: {answers}")
            if Client().get(url).status_code != 302:
                faults.append(f"{code} opens without sign-in")

    visit_road(cast, visit)
    assert seen == set(PERFORMERS)
    assert faults == []


def test_what_may_be_made_again_keeps_its_link(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    again = reverse("case-record_onscene", args=[walk.case.clue_no])
    page, client = reverse("case", args=[walk.case.clue_no]), client_of(cast.lead)
    assert f'<a href="{again}">' in client.get(page).content.decode()
    text = client_of(cast.deputy).get(page).content.decode()
    assert again not in text  # done all the same for those who may not
    assert "完成，可以再办" not in text
