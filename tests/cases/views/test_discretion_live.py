"""The result of a discretion page while it is filled in: what one answer changes, and that nothing is saved by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Discretion
from lishu_law.web import drafts
from lishu_law.web.models import Operation
from tests.cases.views.test_bad_input import client_of
from tests.cast import Cast, make_cast
from tests.scenarios import case_at
from tests.spot_scenes import spot_at

SESSION_AND_USER, OTHER = 2, 25
LIVE = {"_live": "1"}
HTMX = {"HX-Request": "true"}
ANSWERED = {
    "fact_harm": "none", "fact_obstruct": "no", "fact_corrected_immediately": "no", "fact_order_refused": "no",
    "fact_blocked_minutes": "0", "fact_traffic_affected": "no",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("case-set_discretion", args=[case_at("evidence_verified", cast).case.clue_no])


def ask(client: Client, url: str, **typed: str) -> str:
    response = client.post(url, {**typed, **LIVE}, headers=HTMX)
    assert response.status_code == 200
    return response.content.decode()


def test_tier_range_and_mirror_follow_each_answer(cast: Cast, url: str) -> None:
    client = client_of(cast.lead)
    assert "还没有回答的" not in ask(client, url)
    part = ask(client, url, fact_harm="none")
    assert "<form" not in part
    assert "<html" not in part
    assert "个问题没有回答" in part
    assert "data-tier" not in part
    part = ask(client, url, **ANSWERED)
    assert "<b data-tier>较轻</b>" in part
    assert "<b data-range>1,000.00–1,600.00 元</b>" in part
    assert "较轻档，罚款 1,000.00–1,600.00 元" in part.split('id="live-line"')[1]
    assert "同类案件罚了多少？" in part
    part = ask(client, url, **{**ANSWERED, "fact_harm": "serious"})
    assert "<b data-tier>较轻</b>" not in part


def test_questions_left_lead_to_their_first_input(cast: Cast, url: str) -> None:
    client = client_of(cast.lead)
    page = client.get(url).content.decode()
    part = ask(client, url, fact_obstruct="no")
    assert 'href="#id_fact_harm_0"' in part
    assert 'id="id_fact_harm_0"' in page


def test_the_lists_and_the_query_stand_above_the_tier(cast: Cast, url: str) -> None:
    part = ask(client_of(cast.lead), url, **ANSWERED)
    places = [part.index(words) for words in ("<h3>清单</h3>", "首违查询：", "<h3>档次和幅度</h3>", "data-tier")]
    assert places == sorted(places)
    assert "从轻、减轻、免予强制清单" in part


def test_asking_saves_nothing_and_performs_nothing(cast: Cast, url: str) -> None:
    client = client_of(cast.lead)
    before = Case.objects.get().version
    given = {**ANSWERED, "amount": "1000", "reason": "理由。", "op_id": "same", "answers_note": "均无相应证据。"}
    for headers in (HTMX, {}):
        client.post(url, {**given, **LIVE}, headers=headers)
    assert not Discretion.objects.exists()
    assert not Operation.objects.exists()
    assert drafts.load(cast.lead, url) is None
    assert Case.objects.get().version == before


def test_a_draft_stays_as_it_is(cast: Cast, url: str) -> None:
    client = client_of(cast.lead)
    client.post(url, {**ANSWERED, "reason": "写了一半的理由", "_save_draft": "1"})
    ask(client, url, fact_harm="serious")
    kept = drafts.load(cast.lead, url)
    assert kept is not None
    assert kept.payload["reason"] == ["写了一半的理由"]
    assert kept.payload["fact_harm"] == ["none"]


@pytest.mark.parametrize(
    "typed",
    [
        {"fact_harm": "gone"},
        {"fact_blocked_minutes": "-1"},
        {"fact_blocked_minutes": "9" * 400},
        {"amount": "一千"},
        {"factors": "M9"},
        {"fact_nothing": "yes", "reduce": "on"},
        {"reason": "\u202e"},
    ],
)
def test_odd_input_is_left_out_not_an_error(cast: Cast, url: str, typed: dict[str, str]) -> None:
    part = ask(client_of(cast.lead), url, **typed)
    assert "个问题没有回答" in part


@pytest.mark.parametrize("who", ["deputy", "reviewer", "outsider", "system_admin"])
def test_only_who_may_set_it_may_ask(cast: Cast, url: str, who: str) -> None:
    response = client_of(getattr(cast, who)).post(url, {**ANSWERED, **LIVE}, headers=HTMX)
    assert response.status_code in (403, 404)


def test_the_page_holds_what_htmx_needs_and_the_button_without(cast: Cast, url: str) -> None:
    page = client_of(cast.lead).get(url).content.decode()
    for part in (
        'id="act"',
        'id="live-body"',
        'id="live-line"',
        'hx-target="#live-body"',
        'hx-include="#act"',
        "js/live.js",
    ):
        assert page.count(part) == 1, part
    assert 'name="_compute"' in page
    assert "hx-swap-oob" not in page


def test_page_and_answer_stay_cheap(cast: Cast, url: str) -> None:
    client = client_of(cast.lead)
    client.get(url)
    for call in (
        lambda: client.get(url), lambda: client.post(url, {**ANSWERED, **LIVE}, headers=HTMX),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert call().status_code == 200
        assert len(queries) - SESSION_AND_USER <= OTHER


def test_the_button_without_a_script_keeps_and_shows(cast: Cast, url: str) -> None:
    client = client_of(cast.lead)
    answer = client.post(url, {**ANSWERED, "amount": "", "reason": "理由", "_compute": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"{url}#result")
    page = client.get(url)
    assert page.context["form"].initial["amount"] == ""
    assert "data-range" in page.content.decode()


def test_stored_answers_give_the_same_result_again(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    page = client_of(cast.lead).get(reverse("case-set_discretion", args=[walk.case.clue_no])).content.decode()
    assert "<b data-tier>较轻</b>" in page


@pytest.fixture
def spot_url(cast: Cast, settings: Any) -> str:
    settings.DEMO = True  # identity numbers of nobody
    return reverse("case-assess_on_spot", args=[spot_at("evidenced", cast).case.clue_no])


def test_on_the_spot_too(cast: Cast, spot_url: str) -> None:
    client = client_of(cast.lead)
    page = client.get(spot_url).content.decode()
    assert page.count('id="act"') == 1
    part = ask(client, spot_url, fact_harm="none", fact_obstruct="no")
    assert 'id="live-line"' in part
    assert not Discretion.objects.exists()
