"""Pages of the summary procedure: who opens them, what they cost, where each leads, and a refusal that keeps the text."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from cases.procedure.states import State
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at
from tests.spot_scenes import opened, spot_at, visit_spot_road

SESSION_AND_USER = 2
CASE_PAGE, OTHER = 8, 25
PERFORMERS = {
    "identify": ("opened", "lead"), "secure_evidence": ("identified", "assistant"),
    "assess_on_spot": ("evidenced", "lead"), "reassess": ("assessed", "lead"), "tell_orally": ("assessed", "assistant"),
    "hear": ("told", "lead"), "decide_on_spot": ("heard", "lead"), "turn_to_ordinary": ("heard", "lead"),
    "hand_over": ("decided", "assistant"), "collect_on_spot": ("delivered", "lead"),
    "report_to_bureau": ("delivered", "assistant"), "record_spot_payment": ("reported", "lead"),
    "pass_to_execution": ("reported", "lead"), "close_summary": ("paid", "lead"), "collect_remote": ("", "lead"),
    "hand_in_cash": ("delivered", "lead"), "bank_cash": ("delivered", "squad_leader"),
}  # fmt: skip


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(client: Client, url: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    return response.status_code, len(queries) - SESSION_AND_USER


def url_of(code: str, walk: Walk) -> str:
    return reverse(f"case-{code}", args=[walk.case.clue_no])


def test_every_page_opens_for_its_actor_only_and_the_case_page_stays_cheap(cast: Cast) -> None:
    clients = {name: client_of(user) for name, user in cast.everybody().items()}
    faults: list[str] = []
    seen: set[str] = set()

    def visit(word: str, walk: Walk) -> None:
        case_page = reverse("case", args=[walk.case.clue_no])
        if word == "opened":
            clients["lead"].get(case_page)  # the first page of a process fills its caches
        status, statements = cost(clients["lead"], case_page)
        if status != 200 or statements > CASE_PAGE:
            faults.append(f"case page {word}: {status}, {statements} statements")
        for code in [code for code, (at, _who) in PERFORMERS.items() if at == word]:
            seen.add(code)
            who = PERFORMERS[code][1]
            status, statements = cost(clients[who], url_of(code, walk))
            if status != 200 or statements > OTHER:
                faults.append(f"{code} for {who}: {status}, {statements} statements")
            strangers = (clients["outsider"], clients["system_admin"])
            answers = {
                reply.status_code
                for one in strangers
                for reply in (one.get(url_of(code, walk)), one.post(url_of(code, walk), {}))
            }
            if answers - {403, 404}:
                faults.append(f"{code} opens for a stranger: {answers}")
            if Client().get(url_of(code, walk)).status_code != 302:
                faults.append(f"{code} opens without sign-in")

    visit_spot_road(cast, visit)
    assert seen == set(PERFORMERS) - {"collect_remote"}
    assert faults == []


def test_a_remote_place_of_an_ordinary_case(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    page = client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert url_of("collect_remote", walk) in page
    assert cost(client_of(cast.lead), url_of("collect_remote", walk))[0] == 200
    assert cost(client_of(cast.outsider), url_of("collect_remote", walk))[0] == 404


def test_the_case_page_shows_the_summary_road_only(cast: Cast) -> None:
    walk = spot_at("reported", cast)
    client = client_of(cast.lead)
    page = client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
    for title in ("口头告知", "当场作出决定", "报所属执法部门备案", "简易案件结案", "归档", "没有缴清，转执行"):
        assert title in page
    for title in ("制作违法行为通知书", "提交法制审核", "审批立案", "当场收缴罚款"):
        assert title not in page


def test_identify_with_one_tap_and_an_address(cast: Cast) -> None:
    walk = opened(cast)
    client = client_of(cast.lead)
    data = {
        "licence_shown": "on", "mental_doubt": "no", "who": "driver", "party_address": "梨树县梨树镇示例街8号",
        "op_id": uuid4().hex,
    }  # fmt: skip
    first = client.post(url_of("identify", walk), data)
    assert (first.status_code, first["Location"]) == (303, url_of("secure_evidence", walk))
    again = client.post(url_of("identify", walk), data)  # a second tap
    assert (again.status_code, again["Location"]) == (303, url_of("secure_evidence", walk))
    case = Case.objects.get(pk=walk.case.pk)
    assert (case.state, case.known_party.name, case.known_party.gender) == (State.IDENTIFIED, "示例司机", "male")
    assert case.known_party.id_number == "220399198506300015"


def test_going_back_to_a_finished_screen_says_where_the_case_is(cast: Cast) -> None:
    walk = spot_at("told", cast)
    page = client_of(cast.lead).get(url_of("identify", walk))
    assert page.status_code == 200
    assert "案件现在处于“口头告知”" in page.content.decode()


def test_a_missing_address_keeps_what_was_chosen(cast: Cast) -> None:
    walk = opened(cast)
    page = client_of(cast.lead).post(
        url_of("identify", walk), {"licence_shown": "on", "mental_doubt": "no", "who": "driver"}
    )
    assert page.status_code == 422
    assert "住址还没有查明" in page.content.decode()


def test_the_suggestion_fills_the_empty_amount(cast: Cast) -> None:
    walk = spot_at("evidenced", cast)
    client = client_of(cast.lead)
    url = url_of("assess_on_spot", walk)
    assert client.post(url, {"_compute": "1", "fact_harm": "none", "fact_obstruct": "no"}).status_code == 303
    page = client.get(url).content.decode()
    assert "data-tier" in page
    assert 'name="amount" value="7' in page  # the middle of 50–95


def test_open_on_the_spot_without_an_inspection(cast: Cast) -> None:
    data = {
        "item_code": "rhc-driver-service", "act_at": "2026-03-02 09:10", "place": "G303 K12+300", "is_in_county": "on",
        "summary": "网约车驾驶员示例司机在梨树镇示例街途中甩客，乘客当场投诉。", "assistant": cast.assistant.pk,
        "vehicle_plate": "吉C12345",
    }  # fmt: skip
    reply = client_of(cast.lead).post(reverse("case-summary-new"), data)
    assert reply.status_code == 303
    case = Case.objects.get()
    assert (case.state, case.procedure, case.vehicle.plate) == (State.SCENE, "summary", "吉C12345")
    assert client_of(cast.squad_leader).get(reverse("case-summary-new")).status_code == 403


def test_the_declaration_is_made_on_the_screen_and_leads_back_to_it(cast: Cast) -> None:
    walk = opened(cast)
    client, address = client_of(cast.lead), url_of("identify", walk)
    assert "data-declare" in client.get(address).content.decode()
    declare = reverse("case-declare", args=[walk.case.clue_no])
    assert client.post(declare, {"screen": "identify"})["Location"] == address
    assert "data-declare" not in client.get(address).content.decode()
    other = client_of(cast.assistant)
    assert "data-declare" in other.get(address).content.decode()
    assert other.post(declare, {"screen": "https://example.com"})["Location"] == reverse(
        "case", args=[walk.case.clue_no]
    )
