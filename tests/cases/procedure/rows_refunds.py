"""The guard of the refund: a case in which something waits to be paid back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import remedies
from cases.procedure.ruling_facts import RefundFact, RulingFact
from cases.procedure.states import State

TODAY = date(2026, 5, 20)
RULING = RulingFact(
    7, "self", "revoke", "吉梨交撤〔2026〕0001号", date(2026, 5, 11), datetime(2026, 5, 11, 4, tzinfo=UTC),
    refund=RefundFact(Decimal("1000.00")),
)  # fmt: skip
PAID_BACK = replace(RULING, refund=RefundFact(Decimal("1000.00"), date(2026, 5, 15), "TK0001"))
IN_ORDER = f.CaseFacts(state=State.PERFORMED, rulings=(RULING,), focus=7)

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (remedies.refund_waits, {"rulings": (PAID_BACK,)}, "enforce-restore", "case"),
    (remedies.refund_waits, {"rulings": (replace(RULING, refund=None),)}, "enforce-restore", "case"),
    (remedies.refund_waits, {"focus": 8}, "enforce-restore", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
