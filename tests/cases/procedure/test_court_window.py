"""When the court may be asked: every event the law counts from, the days around it, and what the window says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.procedure.court_window import court_window
from cases.procedure.execution_facts import DeferralFact, ExecutionFacts
from cases.procedure.facts import CaseFacts, RemedyFact
from cases.procedure.states import Procedure, State

pytestmark = pytest.mark.law

# Served on Monday 16 March 2026: 60 days end on 15 May, six months on 16 September; then three months to 16 December.
FACTS = CaseFacts(state=State.OVERDUE, decision_served_on=date(2026, 3, 16))
ENDED, OPENS, CLOSES = date(2026, 9, 16), date(2026, 9, 17), date(2026, 12, 16)


def remedy(kind: str, received: date, ended: date | None, outcome: str = "") -> RemedyFact:
    return RemedyFact(1, kind, received, ended, outcome)


@pytest.mark.parametrize(("today", "state"), [
    (date(2026, 3, 16), "before"),
    (ENDED, "before"),  # 行政强制法第五十三条: the last day of the period is still the party's
    (OPENS, "open"),
    (CLOSES, "open"),
    (date(2026, 12, 17), "missed"),
])  # fmt: skip
def test_three_months_after_both_periods(today: date, state: str) -> None:
    window = court_window(FACTS, today)
    assert (window.state, window.code) == (state, "enforce-court-3m")
    assert (window.starts_on, window.opens_on, window.closes_on) == (ENDED, OPENS, CLOSES)
    assert "2026-05-15" in window.why[1]
    assert "2026-09-16" in window.why[1]


def test_an_unserved_decision_has_no_window() -> None:
    assert court_window(CaseFacts(state=State.DECIDED), OPENS).state == "none"


@pytest.mark.parametrize("kind", ["review", "lawsuit"])
def test_an_open_remedy_lets_it_wait(kind: str) -> None:
    facts = replace(FACTS, remedies=(remedy(kind, date(2026, 5, 1), None),))
    window = court_window(facts, OPENS)
    assert (window.state, window.closes_on) == ("waiting", None)


def test_after_a_review_decision_fifteen_days_and_three_months() -> None:
    # 行政诉讼法第四十五条: upheld on Monday 1 June, fifteen days to Tuesday 16 June, then to 16 September.
    facts = replace(FACTS, remedies=(remedy("review", date(2026, 4, 1), date(2026, 6, 1), "upheld"),))
    before, first, last, after = (
        court_window(facts, day) for day in (date(2026, 6, 16), date(2026, 6, 17), date(2026, 9, 16), date(2026, 9, 17))
    )
    assert [one.state for one in (before, first, last, after)] == ["before", "open", "open", "missed"]
    assert first.code == "enforce-court-3m-review"


def test_the_fifteen_days_roll_over_days_off() -> None:
    # 5 June and fifteen days is Saturday 20 June 2026: Monday 22 June.
    facts = replace(FACTS, remedies=(remedy("review", date(2026, 4, 1), date(2026, 6, 5), "changed"),))
    assert court_window(facts, OPENS).starts_on == date(2026, 6, 22)


@pytest.mark.parametrize(("kind", "outcome"), [("review", "revoked"), ("review", "remade"), ("lawsuit", "upheld")])
def test_what_is_revoked_or_judged_is_not_computed(kind: str, outcome: str) -> None:
    facts = replace(FACTS, remedies=(remedy(kind, date(2026, 4, 1), date(2026, 6, 1), outcome),))
    assert court_window(facts, OPENS).state == "none"


@pytest.mark.parametrize("outcome", ["withdrawn", "rejected"])
def test_a_remedy_without_result_changes_nothing(outcome: str) -> None:
    facts = replace(FACTS, remedies=(remedy("review", date(2026, 4, 1), date(2026, 4, 20), outcome),))
    assert court_window(facts, OPENS) == court_window(FACTS, OPENS)


@pytest.mark.parametrize(("ends_on", "code", "closes"), [
    (date(2026, 6, 30), "enforce-court-3m", CLOSES),  # over before the periods: nothing changes
    (ENDED, "enforce-court-3m", CLOSES),
    (date(2026, 10, 15), "enforce-court-3m-defer", date(2027, 1, 15)),  # 行政处罚法第七十二条第二款
])  # fmt: skip
def test_a_deferral_moves_the_start_to_its_end(ends_on: date, code: str, closes: date) -> None:
    deferral = DeferralFact(1, date(2026, 3, 20), ends_on)
    window = court_window(replace(FACTS, execution=ExecutionFacts(deferrals=(deferral,))), OPENS)
    assert (window.code, window.closes_on) == (code, closes)
    assert window.opens_on == max(ends_on, ENDED) + timedelta(days=1)


def test_a_decision_on_the_spot_shows_both_readings() -> None:
    why = court_window(replace(FACTS, procedure=Procedure.SUMMARY), OPENS).why
    assert any("2026-05-15" in text and "2026-08-17" in text and "先向法院问清" in text for text in why)
