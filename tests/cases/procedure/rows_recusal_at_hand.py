"""The guard that looks at one request, which the head has still to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure import hearing_facts as h
from cases.procedure.guards import recusal
from cases.procedure.states import State

TODAY = date(2026, 3, 20)
ASKED = h.RecusalFact(5, "T1", "示例甲", "officer", "执法人员", "party", date(2026, 3, 18), "亲属关系")
IN_ORDER = f.CaseFacts(state=State.INVESTIGATION, recusals=(ASKED,), focus=5)
REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (recusal.recusal_waits, {"recusals": (replace(ASKED, outcome="granted"),)}, "gen-recuse-request", "case"),
    (recusal.recusal_waits, {"focus": 7}, "gen-recuse-request", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
