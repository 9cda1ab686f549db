"""Deferral and instalments: application, plan, decision, notices, clocks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import deferral, overdue
from cases.models import Approval, Deferral, Document
from cases.procedure.balance import balance, instalments_open, is_overdue, payment_due, to_pay_next
from cases.procedure.court_window import court_window
from lishu_law.errors import NotAllowed
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.refusing import refused
from tests.cast import Cast, make_cast
from tests.scenarios import Walk

ONE = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def lines(*pairs: tuple[date, str]) -> tuple[tuple[date, Decimal], ...]:
    return tuple((day, Decimal(amount)) for day, amount in pairs)


def ask(walk: Walk, plan: Any, **changed: Any) -> Approval:
    data: dict[str, Any] = {
        "applied_on": scenes.today(walk), "hardship": "提交近三个月银行流水和停运证明，确有经济困难。", "reason": "情况属实。",
    }  # fmt: skip
    return walk.step(deferral.request_deferral, walk.cast.lead, plan=plan, **{**data, **changed})


def two(walk: Walk) -> tuple[tuple[date, Decimal], ...]:
    today = scenes.today(walk)
    return lines((today + 30 * ONE, "400"), (today + 60 * ONE, "600"))


def granted(cast: Cast) -> Walk:
    walk = scenes.served(cast)
    scenes.decide(walk, deferral.decide_deferral, ask(walk, two(walk)))
    return walk


def test_instalments_are_granted_each_with_a_notice_of_its_own(cast: Cast) -> None:
    walk = granted(cast)
    assert scenes.state_of(walk) == "P14"
    notices = Document.objects.filter(case=walk.case, code="deferral_notice").order_by("pk")
    assert [one.amount for one in notices] == [Decimal("400.00"), Decimal("600.00")]
    assert all(one.must_be_served for one in notices)
    texts = [part["text"] for part in notices[0].data["parts"] if part["is_chosen"]]
    assert len(texts) == 1
    assert "第1期" in texts[0]
    assert "肆佰元整" in texts[0]
    assert "陆佰元整" in texts[0]  # what stays open after it
    form = Document.objects.get(case=walk.case, code="deferral_form").data
    assert form["opinions"][2]["opinion"]["name"] == cast.head.full_name
    assert walk.case.deadlines.get(code="pay-15d").is_paused


def test_one_line_is_a_deferral(cast: Cast) -> None:
    walk = scenes.served(cast)
    until = scenes.today(walk) + 90 * ONE
    scenes.decide(walk, deferral.decide_deferral, ask(walk, lines((until, "1000"))))
    assert payment_due(scenes.facts_of(walk)) == until
    assert not is_overdue(scenes.facts_of(walk), until)
    assert is_overdue(scenes.facts_of(walk), until + ONE)


def test_a_refusal_is_written_too_and_leaves_the_case_where_it_was(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.decide(walk, deferral.decide_deferral, ask(walk, two(walk)), agree=False)
    assert scenes.state_of(walk) == "P13"
    notice = Document.objects.get(case=walk.case, code="deferral_notice")
    assert [part["is_chosen"] for part in notice.data["parts"] if part["is_choice"]] == [False, False, True]
    assert not Deferral.objects.exists()
    assert not walk.case.deadlines.get(code="pay-15d").is_paused


@pytest.mark.parametrize(("shifts", "amounts"), [
    ((30, 60), ("400", "599.99")),
    ((30, 60), ("400", "600.01")),
    ((60, 30), ("400", "600")),
    ((30, 30), ("400", "600")),
    ((0, 30), ("400", "600")),
    ((), ()),
])  # fmt: skip
def test_a_plan_covers_exactly_what_is_open_in_days_to_come(
    cast: Cast, shifts: tuple[int, ...], amounts: tuple[str, ...]
) -> None:
    walk = scenes.served(cast)
    today = scenes.today(walk)
    with refused("pay-defer"):
        ask(walk, lines(*((today + shift * ONE, amount) for shift, amount in zip(shifts, amounts, strict=True))))


@pytest.mark.parametrize("shift", [-10, 1])
def test_the_application_comes_after_the_decision(cast: Cast, shift: int) -> None:
    walk = scenes.served(cast)
    with refused("pay-defer"):
        ask(walk, two(walk), applied_on=scenes.today(walk) + shift * ONE)


def test_one_request_at_a_time_and_nobody_decides_without_being_a_leader(cast: Cast) -> None:
    walk = scenes.served(cast)
    approval = ask(walk, two(walk))
    with refused("approval-open"):
        ask(walk, two(walk))
    with pytest.raises(NotAllowed):
        scenes.decide(walk, deferral.decide_deferral, approval, by=cast.squad_leader)


def test_a_refusal_needs_its_reason(cast: Cast) -> None:
    walk = scenes.served(cast)
    approval = ask(walk, two(walk))
    with refused("approval-reason"):
        walk.step(deferral.decide_deferral, cast.head, part_id=approval.pk, agree=False, opinion=" ")


def test_a_plan_paid_in_between_no_longer_fits(cast: Cast) -> None:
    walk = scenes.served(cast)
    approval = ask(walk, two(walk))
    scenes.pay(walk, "100")
    with refused("pay-defer"):
        scenes.decide(walk, deferral.decide_deferral, approval)


def test_no_additional_fine_runs_while_it_is_deferred(cast: Cast) -> None:
    walk = granted(cast)
    ends = Deferral.objects.get().ends_on
    facts = scenes.facts_of(walk)
    assert balance(facts, ends).additional == 0
    assert balance(facts, ends + ONE).additional == Decimal("30.00")


def test_a_deferral_that_ended_unpaid_is_late_and_moves_the_window(cast: Cast) -> None:
    walk = scenes.served(cast)
    until = scenes.today(walk) + 300 * ONE
    scenes.decide(walk, deferral.decide_deferral, ask(walk, lines((until, "1000"))))
    scenes.on(walk, until)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ()
    scenes.on(walk, until + ONE)
    turned = overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at)
    assert turned == ("overdue", "enforce-court-3m-defer")
    assert scenes.state_of(walk) == "P15"
    limit = walk.case.deadlines.get(code="enforce-court-3m-defer")
    window = court_window(scenes.facts_of(walk), until + ONE)
    assert (limit.started_on, limit.due) == (until, window.closes_on)
    assert walk.case.deadlines.get(code="pay-15d").state == "cancelled"


@pytest.mark.parametrize("by_hand", [True, False])
def test_the_thirty_days_of_the_additional_fine_wait_for_the_deferral(cast: Cast, by_hand: bool) -> None:
    walk = granted(cast)
    ends = Deferral.objects.get().ends_on
    scenes.on(walk, ends + ONE)
    if by_hand:
        walk.step(overdue.enter_overdue, cast.lead)
    else:
        overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at)
    limit = walk.case.deadlines.get(code="enforce-30d-surcharge")
    assert limit.due == ends + 30 * ONE
    last = scenes.thirty_days_told(walk, ends + 20 * ONE)
    assert f"到 {limit.due:%Y-%m-%d} 满三十日" in last  # the clock says what the guard says


def test_payments_fill_the_plan_from_its_first_line_on(cast: Cast) -> None:
    walk = granted(cast)
    today, plan = scenes.today(walk), Deferral.objects.get()
    assert to_pay_next(scenes.facts_of(walk), today) == Decimal("400.00")
    scenes.pay(walk, "500")
    facts = scenes.facts_of(walk)
    lines = instalments_open(facts.execution.deferrals[-1], balance(facts, today).fine_open)
    assert [left for _line, left in lines] == [Decimal(0), Decimal("500.00")]
    assert to_pay_next(facts, today) == Decimal("500.00")
    assert to_pay_next(facts, plan.ends_on + ONE) == Decimal("500.00")


def test_who_is_late_may_still_ask(cast: Cast) -> None:
    walk = scenes.late(cast)
    scenes.decide(walk, deferral.decide_deferral, ask(walk, two(walk)))
    assert scenes.state_of(walk) == "P14"
    with refused("pay-defer"):
        ask(walk, two(walk))
    scenes.pay(walk, "1000", "30")
    scenes.verify(walk)
    assert scenes.state_of(walk) == "P17"
