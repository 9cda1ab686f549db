"""The guards of money, demand and court: served on Monday 16 March 2026, late since 1 April, today 17 September."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cases.procedure import execution_facts as e
from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import execution
from cases.procedure.states import State

TODAY = date(2026, 9, 17)
SERVED = date(2026, 3, 16)
# Served on Monday 20 April: ten working days with May Day between end on Thursday 7 May 2026.
LETTER = f.DocumentFact("demand_letter", "催告书", True, date(2026, 4, 20), date(2026, 4, 20), id=5)
DEMAND = e.DemandFact(1, 5, "", date(2026, 4, 20), Decimal("1500.00"), "none")
PAID = e.ReceiptFact(date(2026, 3, 20), Decimal("1000.00"))
CORRECT = e.DutyFact("责令改正")
DONE = e.ExecutionFacts(announced=True, receipts=(PAID,), duties=(e.DutyFact("责令改正", TODAY),))
APPROVED = e.CourtFact(3, date(2026, 9, 17))
UNPAID = e.ExecutionFacts(announced=True, demands=(DEMAND,), courts=(APPROVED,), duties=(CORRECT,))
FILED = replace(APPROVED, filed_on=TODAY)
DEFERRAL = e.DeferralFact(1, date(2026, 8, 1), date(2026, 9, 16))

IN_ORDER = f.CaseFacts(
    state=State.OVERDUE, decided_on=date(2026, 3, 13), decision_amount=Decimal("1000.00"), decision_served_on=SERVED,
    documents=(LETTER,), execution=UNPAID, focus=3,
)  # fmt: skip


def changed(**fields: Any) -> dict[str, Any]:
    return {"execution": replace(UNPAID, **fields)}


def at(day: date) -> dict[str, Any]:
    """The same case, its demand served later: the row's clock stands still, so the dates move."""
    return {"documents": (replace(LETTER, served_on=day),)}


def open_remedy(**fields: Any) -> dict[str, Any]:
    return {"remedies": (f.RemedyFact(1, "review", date(2026, 5, 8), None, "", **fields),)}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (execution.something_to_pay, {"execution": DONE}, "pay-15d", "verify_duties"),
    (execution.fine_to_defer, {"execution": DONE}, "pay-defer", "case"),
    (execution.no_deferral_runs, changed(deferrals=(replace(DEFERRAL, ends_on=TODAY),)), "pay-defer", "case"),
    (execution.payment_overdue, {"decision_served_on": date(2026, 9, 2)}, "pay-15d", "record_payment"),
    (execution.payment_overdue, {"execution": DONE}, "pay-15d", "record_payment"),
    (execution.payment_overdue, {"decision_served_on": None}, "pay-15d", "record_payment"),
    (execution.duties_to_verify, {"execution": DONE}, "close-conditions", "case"),
    (execution.not_performed_in_time, {"execution": DONE}, "enforce-urge", "record_payment"),
    (execution.demand_served, changed(demands=()), "enforce-urge", "issue_demand"),
    (execution.demand_served, {"documents": (replace(LETTER, served_on=None),)}, "enforce-urge", "case"),
    (execution.demand_heard, changed(demands=(replace(DEMAND, statement=""),)), "enforce-urge-hear", "hear_demand"),
    (execution.demand_heard, changed(demands=(replace(DEMAND, statement="oral"),)), "enforce-urge-hear", "hear_demand"),
    # Served on Thursday 3 September, the tenth working day is Thursday 17 September: not yet on that day.
    (execution.demand_over, at(date(2026, 9, 3)), "enforce-urge-10d", ""),
    (execution.thirty_days_of_additional_fine, {"decision_served_on": date(2026, 8, 17)}, "enforce-30d-surcharge", ""),
    (execution.window_open, {"decision_served_on": date(2026, 3, 17)}, "enforce-court-3m", "case"),
    (execution.window_open, {"decision_served_on": date(2025, 12, 15)}, "enforce-court-3m", "case"),
    (execution.window_open, open_remedy(), "enforce-court-3m", "case"),
    (execution.application_not_filed, changed(courts=(FILED,)), "enforce-court-docs", "case"),
    (execution.application_not_filed, {"focus": 4}, "enforce-court-docs", "case"),
)  # fmt: skip

PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (execution.no_deferral_runs, changed(deferrals=(DEFERRAL,))),
    (execution.payment_overdue, {"decision_served_on": date(2026, 9, 1)}),
    (execution.duties_to_verify, {"execution": DONE, "decision_amount": None}),
    (execution.demand_heard, changed(demands=(replace(DEMAND, statement="oral", is_reviewed=True),))),
    (execution.demand_over, at(date(2026, 9, 2))),
    (execution.thirty_days_of_additional_fine, {"decision_served_on": date(2026, 8, 2)}),
    (execution.thirty_days_of_additional_fine, {"execution": DONE}),
    (execution.thirty_days_of_additional_fine, changed(announced=False)),
    (execution.window_open, {"decision_served_on": date(2025, 12, 17)}),
    (execution.application_not_filed, changed(courts=(APPROVED,))),
)  # fmt: skip
