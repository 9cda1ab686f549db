"""The guards of acts on a sub-object: their case in good order has nothing in focus, so that nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import branches_facts as bf
from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import branches as b
from cases.procedure.guards import correction as cr
from cases.procedure.guards import crime as c
from cases.procedure.guards import discussion as d
from cases.procedure.states import State

TODAY = date(2026, 6, 1)
CRIME = bf.CrimeFact(7, "ended", "危险驾驶罪", date(2026, 5, 1))
DONE_ORDER = bf.OrderFact(7, date(2026, 5, 1), None, "corrected")
SENT = bf.RequestFact(9, "transfer", "approved", asked_on=date(2026, 5, 20))
IN_ORDER = f.CaseFacts(
    state=State.TRANSFERRED, decide_due=date(2026, 5, 31), crimes=(CRIME,), orders=(DONE_ORDER,), requests=(SENT,)
)


def crime(state: str, **changed: Any) -> dict[str, Any]:
    return {"crimes": (replace(CRIME, state=state, **changed),), "focus": 7}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (d.is_late, {"decide_due": TODAY}, "decide-extend-expired", "case"),
    (b.no_penalty_undecided, {"requests": (replace(SENT, kind="no_penalty", outcome=""),)}, "decide-by-head", "decide_no_penalty"),
    (b.letter_waits, {"requests": (replace(SENT, outcome=""),)}, "gen-transfer-no-jurisdiction", "propose_transfer"),
    (c.no_suspicion_open, crime("handed_over"), "inv-crime-transfer-team", "case"),
    (c.awaits_decision, crime("approved"), "inv-crime-transfer-decide", "case"),
    (c.is_approved, crime("reported"), "inv-crime-transfer-24h", "decide_crime"),
    (c.awaits_answer, crime("approved"), "inv-crime-material", "hand_over_crime"),
    (c.police_filed, crime("handed_over"), "inv-crime-material", "record_police_answer"),
    (c.police_refused, crime("filed"), "inv-crime-police-refuse", "record_police_answer"),
    (c.has_answer, crime("handed_over"), "inv-crime-offset", "record_police_answer"),
    (c.police_answered, crime("filed"), "close-conditions", "case"),
    (cr.order_waits, {"focus": 7}, "inv-correct-order", "case"),
)  # fmt: skip
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (d.is_late, {"decide_due": date(2026, 5, 31)}),
    (b.no_penalty_undecided, {"requests": (replace(SENT, kind="no_penalty", outcome="refused"),)}),
    (b.letter_waits, {}),
    (c.awaits_decision, crime("reported")),
    (c.is_approved, crime("approved")),
    (c.awaits_answer, crime("objected")),
    (c.police_filed, crime("filed")),
    (c.police_refused, crime("refused")),
    (c.has_answer, crime("objected")),
    (c.police_answered, crime("material_given")),
    (cr.order_waits, {"focus": 7, "orders": (replace(DONE_ORDER, result="not_corrected"),)}),
)  # fmt: skip
