"""The guards of the bureau's own enforcement and of agreements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cases.procedure import execution_facts as e
from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import enforcement
from cases.procedure.states import State

TODAY = date(2026, 9, 17)
PAPER = f.DocumentFact("enforcement_decision", "行政强制执行决定书", True, TODAY, TODAY, id=9)
ONE = e.EnforcementFact(3, "demolition", "decided", date(2026, 9, 1), document_id=9)
AGREED = e.AgreementFact(3, date(2026, 9, 1), date(2026, 12, 1), Decimal("100.00"))
# Suspended on 17 September 2023 the three years end on Thursday 17 September 2026.
SUSPENDED = replace(ONE, status="suspended", suspended_on=date(2023, 9, 16))

IN_ORDER = f.CaseFacts(
    state=State.ENFORCEMENT, documents=(PAPER,), focus=3,
    execution=e.ExecutionFacts(enforcements=(ONE,), agreements=(AGREED,)),
)  # fmt: skip


def changed(one: e.EnforcementFact) -> dict[str, Any]:
    return {"execution": e.ExecutionFacts(enforcements=(one,))}


def agreed(**fields: Any) -> dict[str, Any]:
    return {"execution": e.ExecutionFacts(agreements=(replace(AGREED, **fields),))}


def remedy(kind: str, *, ended: date | None = None, stops: bool = True) -> dict[str, Any]:
    return {"remedies": (f.RemedyFact(1, kind, date(2026, 9, 2), ended, "", stops_execution=stops),)}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (enforcement.not_stopped, remedy("review"), "enforce-no-stop", "case"),
    (enforcement.not_stopped, remedy("lawsuit"), "enforce-no-stop", "case"),
    (enforcement.can_be_performed, changed(replace(ONE, status="suspended")), "enforce-decision", "case"),
    (enforcement.can_be_performed, changed(replace(ONE, status="performed")), "enforce-decision", "case"),
    (enforcement.can_be_performed, {"focus": 4}, "enforce-decision", "case"),
    (
        enforcement.decision_of_enforcement_served, {"documents": (replace(PAPER, served_on=None),)},
        "enforce-decision", "case",
    ),
    (enforcement.may_change, changed(replace(ONE, status="ended")), "enforce-end", "case"),
    (enforcement.may_change, changed(replace(ONE, status="performed")), "enforce-end", "case"),
    (enforcement.agreement_open, agreed(remedied_on=TODAY), "enforce-agreement", "case"),
    (enforcement.agreement_open, agreed(breached_on=TODAY), "enforce-agreement", "case"),
    (enforcement.agreement_open, {"focus": 4}, "enforce-agreement", "case"),
    (enforcement.within_three_years, changed(SUSPENDED), "enforce-3y", "propose_closing"),
)  # fmt: skip

PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (enforcement.not_stopped, remedy("review", stops=False)),  # 行政处罚法第七十三条: the rule
    (enforcement.not_stopped, remedy("review", ended=TODAY)),
    (enforcement.decision_of_enforcement_served, {"documents": (), **changed(replace(ONE, kind="proxy_now"))}),
    (enforcement.may_change, changed(replace(ONE, status="suspended"))),
    (enforcement.within_three_years, changed(replace(SUSPENDED, suspended_on=date(2023, 9, 17)))),
)  # fmt: skip
