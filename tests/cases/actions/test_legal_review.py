"""Legal review: after the hearing, by a qualified person apart from the case, every round kept, returned where it must."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hearing_scenes import (
    ALL_PASSED,
    OPINION,
    SHOP,
    appoint,
    codes,
    heard,
    hold,
    report,
    request,
    review,
    schedule,
    serve_hearing_notice,
    told,
)

from cases.actions import decision, legal_review
from cases.actions.hearing import HearingPeople
from cases.models import LegalReview
from lishu_law.errors import NotAllowed, Refused
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

OUT_OF_SCOPE = {**ALL_PASSED, "scope": ("not_applicable", "")}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def newest(walk: Walk) -> LegalReview:
    return walk.case.legal_reviews.latest("pk")


def test_review_of_the_report_never_stands_for_the_one_before_the_decision(cast: Cast) -> None:
    walk = case_at("report_submitted", cast)
    walk.step(legal_review.review_report, cast.reviewer, agree=True, items=ALL_PASSED, opinion=OPINION)
    with pytest.raises(Refused) as refused:
        walk.step(legal_review.review_report, cast.reviewer, agree=True, items=ALL_PASSED, opinion=OPINION)
    assert codes(refused) == ["review-triggers"]
    assert (walk.case.state, newest(walk).gate) == ("P04", "report")


def test_only_a_passed_round_leads_to_the_decision_and_every_round_is_kept(cast: Cast) -> None:
    walk = case_at("review_requested", cast)
    review(walk, agree=False, opinion="文书中一处日期与笔录不一致，请更正。")
    assert walk.case.state == "P07"
    walk.step(legal_review.request_review, cast.lead)
    with pytest.raises(Refused) as refused:
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert codes(refused) == ["wrong-stage"]
    review(walk)
    assert list(walk.case.legal_reviews.order_by("pk").values_list("outcome", flat=True)) == ["returned", "passed"]
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")


@pytest.mark.parametrize(("where", "state"), [("papers", "P07"), ("investigation", "P03"), ("notice", "P05")])
def test_return_says_where_the_case_goes(cast: Cast, where: str, state: str) -> None:
    walk = case_at("review_requested", cast)
    review(walk, agree=False, return_to=where)
    assert walk.case.state == state
    assert walk.case.returned_reason == OPINION


@pytest.mark.parametrize(("number", "since", "is_refused"), [
    ("", None, True),
    ("", date(2018, 1, 1), True),
    ("", date(2017, 12, 31), False),
    ("A2022000001", None, False),
])  # fmt: skip
def test_who_first_reviews_now_is_qualified(cast: Cast, number: str, since: date | None, is_refused: bool) -> None:
    walk = case_at("review_requested", cast)
    cast.reviewer.legal_qualification_no, cast.reviewer.reviewing_since = number, since
    cast.reviewer.save()
    if not is_refused:
        review(walk)
        return
    with pytest.raises(Refused) as refused:
        review(walk)
    assert codes(refused) == ["review-qualified"]


@pytest.mark.parametrize("changed", [
    {"opinion": "同意"},
    {"items": {code: result for code, result in ALL_PASSED.items() if code != "crime"}},
    {"items": {**ALL_PASSED, "facts": ("problem", "时间不清")}},
])  # fmt: skip
def test_opinion_covers_every_item_and_says_more_than_agreed(cast: Cast, changed: dict[str, Any]) -> None:
    walk = case_at("review_requested", cast)
    with pytest.raises(Refused) as refused:
        review(walk, **changed)
    assert codes(refused) == ["review-contents"]


def test_heard_case_belongs_to_the_scope(cast: Cast) -> None:
    walk, _one = heard(cast)
    walk.step(legal_review.request_review, cast.lead)
    assert newest(walk).triggers == ["hearing"]
    with pytest.raises(Refused) as refused:
        review(walk, items=OUT_OF_SCOPE)
    assert codes(refused) == ["review-triggers"]
    review(walk)


@pytest.mark.parametrize(("amount", "triggers"), [("2999.99", []), ("3000.00", ["major"])])
def test_listed_decisions_belong_to_the_scope(cast: Cast, amount: str, triggers: list[str]) -> None:
    walk = case_at("defence_recorded", cast, party=SHOP)
    walk.case.discretion.amount, walk.case.discretion.maximum = amount, amount
    walk.case.discretion.save(update_fields=["amount", "maximum"])
    walk.step(legal_review.request_review, cast.lead)
    assert newest(walk).triggers == triggers
    if triggers:
        with pytest.raises(Refused) as refused:
            review(walk, items=OUT_OF_SCOPE)
        assert codes(refused) == ["review-triggers"]
    else:
        review(walk, items=OUT_OF_SCOPE)


def test_handler_names_what_else_makes_it_compulsory(cast: Cast) -> None:
    walk = case_at("defence_recorded", cast)
    walk.step(legal_review.request_review, cast.lead, public_interest=True, complex_case=True)
    assert newest(walk).triggers == ["public_interest", "complex"]


def test_who_conducted_the_hearing_does_not_review(cast: Cast) -> None:
    walk = told(cast)
    one = request(walk)
    appoint(walk, one, HearingPeople(cast.archivist, cast.outsider, (cast.reviewer,)))
    when = schedule(walk, one)
    serve_hearing_notice(walk, one)
    hold(walk, one, when)
    report(walk, one)
    walk.step(legal_review.request_review, cast.lead)
    with pytest.raises(NotAllowed) as denied:
        review(walk)
    assert denied.value.reason == "separation"
