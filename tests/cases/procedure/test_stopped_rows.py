"""Which rows a fallen decision and a stop order close, and which stay open (强制法41; 处罚法73; 复议法42; 行诉56)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cases.procedure.facts import CaseFacts, RemedyFact
from cases.procedure.ruling_facts import RefundFact, RulingFact
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE

pytestmark = pytest.mark.law

TODAY = date(2026, 5, 20)
REVOKED = RulingFact(
    7, "review", "revoke", "梨府复决〔2026〕3号", date(2026, 5, 11), datetime(2026, 5, 11, 4, tzinfo=UTC),
    old_number="吉梨交当罚〔2026〕0001号", refund=RefundFact(Decimal("50.00")),
)  # fmt: skip
STOP = RemedyFact(1, "review", date(2026, 5, 8), None, "", stops_execution=True)
FALLEN = CaseFacts(state=State.REPORTED, decided_on=date(2026, 3, 2), rulings=(REVOKED,))
STOPPED = CaseFacts(state=State.OVERDUE, decision_number="吉梨交罚〔2026〕0001号", remedies=(STOP,))
DEMANDS = (
    "issue_demand", "request_court", "decide_court", "file_court", "request_agreement", "decide_agreement",
    "request_enforcement", "decide_enforcement", "decide_proxy", "announce_demolition", "demand_again",
    "perform_enforcement", "enter_overdue",
)  # fmt: skip
COLLECTS = (
    "collect_on_spot", "record_spot_payment", "collect_remote", "pass_to_execution", "record_payment", "verify_duties",
    "request_deferral", "decide_deferral",
)  # fmt: skip


def codes(code: str, facts: CaseFacts) -> set[str]:
    return {refusal.code for guard in BY_CODE[code].guards if (refusal := guard(facts, TODAY))}


@pytest.mark.parametrize("code", [*DEMANDS, *COLLECTS])
def test_nothing_is_collected_or_enforced_on_a_fallen_decision(code: str) -> None:
    assert "enforce-restore" in codes(code, FALLEN)


@pytest.mark.parametrize("code", DEMANDS)
def test_a_stop_order_closes_demand_court_and_enforcement(code: str) -> None:
    assert "enforce-no-stop" in codes(code, STOPPED)


@pytest.mark.parametrize("code", COLLECTS)
def test_who_performs_of_his_own_accord_may_do_so_in_spite_of_a_stop_order(code: str) -> None:
    assert "enforce-no-stop" not in codes(code, STOPPED)


@pytest.mark.parametrize("code", ["hand_in_cash", "bank_cash", "record_court_answer", "decide_change"])
def test_what_hands_on_or_ends_stays_open(code: str) -> None:
    assert not codes(code, FALLEN) & {"enforce-restore", "enforce-no-stop"}


def test_a_case_on_the_spot_is_closed_once_refund_and_withdrawal_are_done() -> None:
    assert {"enforce-restore", "pub-withdraw-3d"} <= codes("close_summary", FALLEN)
