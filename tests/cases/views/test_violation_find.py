"""Choosing a violation in the forms: the search line with and without a script, and what was used lately first."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Edition
from cases.queries.violations import MOST_RECENT, RECENT, grouped_choices, recent_codes
from lishu_law.web import drafts
from tests.cases.views.test_bad_input import client_of, clue
from tests.cast import Cast, make_cast
from tests.scenarios import case_at

NEW, FIND = "case-new", "violation-find"
SESSION_AND_USER, OTHER = 2, 25


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def hits(client: Client, text: str, **headers: str) -> Any:
    return client.get(reverse(FIND), {"item_code_find": text}, headers=headers)


def test_the_list_alone_for_htmx_and_a_page_for_everybody_else(cast: Cast) -> None:
    client = client_of(cast.lead)
    part = hits(client, "hwtl", **{"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'name="_pick_item_code" value="frt-scatter"' in part.content.decode()
    whole = hits(client, "hwtl")
    assert "<html" in whole.content.decode()
    assert "防止货物脱落" in whole.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("text", ["", "没有这种行为", "<b>", "a" * 300, "\x00", "%_\\", "𠮷"])
def test_odd_words_find_nothing_and_break_nothing(cast: Cast, text: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        response = hits(client_of(cast.lead), text, **headers)
        assert response.status_code == 200
        assert "<b>" not in response.content.decode().split("<main")[-1]
        assert "_pick_item_code" not in response.content.decode()


def test_nobody_finds_anything_without_signing_in(db: None) -> None:
    assert hits(Client(), "货物").status_code in (302, 403)


def test_without_a_script_the_buttons_keep_what_was_typed(cast: Cast) -> None:
    client = client_of(cast.lead)
    typed = clue(cast, item_code="", item_code_find="没盖苫布", _find_item_code="1")
    found = client.post(reverse(NEW), typed)
    assert (found.status_code, found["Location"]) == (303, f"{reverse(NEW)}#id_item_code_find")
    page = client.get(reverse(NEW)).content.decode()
    assert 'name="_pick_item_code" value="frt-scatter"' in page
    assert "梨树镇示例路1号" in page
    assert Case.objects.count() == 0
    typed.pop("_find_item_code")
    picked = client.post(reverse(NEW), {**typed, "_pick_item_code": "frt-scatter"})
    assert picked["Location"] == f"{reverse(NEW)}#id_item_code"
    kept = drafts.load(cast.lead, reverse(NEW))
    assert kept is not None
    assert kept.payload["item_code"] == ["frt-scatter"]
    assert not any(name.startswith("_") for name in kept.payload)
    form = client.get(reverse(NEW)).context["form"]
    assert form.initial["item_code"] == "frt-scatter"
    sent = client.post(reverse(NEW), {**typed, "item_code": "frt-scatter"})
    assert sent.status_code == 303
    assert Case.objects.get().item_code == "frt-scatter"


def test_a_code_nobody_offered_is_refused_by_the_form_as_ever(cast: Cast) -> None:
    client = client_of(cast.lead)
    client.post(reverse(NEW), clue(cast, item_code="", _pick_item_code="no-such-item"))
    assert client.post(reverse(NEW), clue(cast, item_code="no-such-item")).status_code == 422
    assert Case.objects.count() == 0


def test_the_officers_own_then_the_units_stand_first(cast: Cast) -> None:
    assert recent_codes(cast.lead) == []
    assert all(group[0] != RECENT for group in grouped_choices(cast.lead))
    first = case_at("clue", cast).case
    for code in ("road-spill", "pax-unlicensed", "road-spill"):
        first.pk, first.clue_no, first.item_code = None, f"XS-{Case.objects.count()}", code
        first.save(force_insert=True)
    assert recent_codes(cast.lead) == ["frt-scatter", "road-spill", "pax-unlicensed"]
    assert recent_codes(cast.outsider)[:1] != ["frt-scatter"]
    assert grouped_choices(cast.lead)[1][0] == RECENT
    assert [code for code, _title in grouped_choices(cast.lead)[1][1]] == recent_codes(cast.lead)
    assert len(recent_codes(cast.lead)) <= MOST_RECENT


def test_only_violations_of_the_edition_in_force_are_offered(cast: Cast) -> None:
    case = case_at("clue", cast).case
    Case.objects.filter(pk=case.pk).update(item_code="road-of-old")
    assert all(group[0] != RECENT for group in grouped_choices(cast.lead))
    Edition.objects.filter(kind="benchmark").update(state="draft", published_on=None, in_force_from=None)
    assert grouped_choices(cast.lead) == [("", "请选择案由")]
    assert hits(client_of(cast.lead), "货物", **{"HX-Request": "true"}).status_code == 200


@pytest.mark.parametrize("page", [NEW, "case-edit", "case-summary-new"])
def test_every_form_with_a_violation_has_the_search_and_stays_cheap(cast: Cast, page: str) -> None:
    case = case_at("clue", cast).case
    url = reverse(page, args=[case.clue_no]) if page == "case-edit" else reverse(page)
    client = client_of(cast.lead)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    assert f'hx-get="{reverse(FIND)}"' in response.content.decode()
    assert "最近用过" in response.content.decode()
    assert len(queries) - SESSION_AND_USER <= OTHER
