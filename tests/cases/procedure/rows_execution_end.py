"""The guards at the end of an execution: what must be settled before the case is closed, and what the court answers."""

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
FILED = e.CourtFact(3, TODAY, filed_on=TODAY)
APPROVED = e.CourtFact(3, TODAY)
ACCEPTED = replace(FILED, answers=(e.CourtAnswerFact("accepted", TODAY),))
PAID = e.ReceiptFact(date(2026, 3, 20), Decimal("1000.00"))
# Ten days late: 300.00 yuan of additional fine.
LATE_PAID = e.ReceiptFact(date(2026, 4, 10), Decimal("1000.00"))
REDUCED = e.AgreementFact(1, date(2026, 5, 1), date(2026, 12, 1), Decimal("300.00"), date(2026, 6, 1))
DONE = e.ExecutionFacts(announced=True, receipts=(PAID,), duties=(e.DutyFact("责令改正", TODAY),))
OPEN = e.ExecutionFacts(announced=True, duties=(e.DutyFact("责令改正"),))

IN_ORDER = f.CaseFacts(
    state=State.ENFORCEMENT, decided_on=date(2026, 3, 13), decision_amount=Decimal("1000.00"),
    decision_served_on=date(2026, 3, 16), execution=replace(OPEN, courts=(ACCEPTED,)), focus=3,
)  # fmt: skip


def changed(**fields: Any) -> dict[str, Any]:
    return {"execution": replace(OPEN, **fields)}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (execution.application_filed, changed(courts=(APPROVED,)), "enforce-court-clock", "case"),
    (execution.additional_fine_settled, changed(receipts=(LATE_PAID,)), "close-conditions", "record_payment"),
    (
        execution.additional_fine_settled,
        changed(receipts=(LATE_PAID,), agreements=(replace(REDUCED, reduced=Decimal("299.99")),)),
        "close-conditions", "record_payment",
    ),
    (
        execution.additional_fine_settled,
        changed(receipts=(LATE_PAID,), agreements=(replace(REDUCED, remedied_on=None),)),
        "close-conditions", "record_payment",
    ),
    (
        execution.additional_fine_settled,
        changed(receipts=(LATE_PAID,), agreements=(replace(REDUCED, breached_on=TODAY),)),
        "close-conditions", "record_payment",
    ),
    (execution.duties_verified, changed(receipts=(PAID,)), "close-conditions", "verify_duties"),
    (execution.enforcement_ended, {"execution": OPEN}, "close-conditions", "case"),
    (execution.enforcement_ended, changed(courts=(FILED,)), "close-conditions", "case"),
)  # fmt: skip

PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (execution.application_filed, changed(courts=(FILED,))),
    (execution.additional_fine_settled, {"execution": DONE}),
    (execution.additional_fine_settled, changed(receipts=(LATE_PAID,), agreements=(REDUCED,))),
    (execution.additional_fine_settled, changed(courts=(ACCEPTED,))),
    (execution.duties_verified, {"execution": DONE}),
    (execution.duties_verified, changed(courts=(ACCEPTED,))),
    (execution.enforcement_ended, changed(courts=(ACCEPTED,))),
    (g.fine_paid, {"paid": Decimal("0.00"), **changed(courts=(ACCEPTED,))}),
)  # fmt: skip
