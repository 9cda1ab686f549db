"""The guard that looks at one granted recusal, whose effect is to be settled."""

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
GRANTED = h.RecusalFact(
    5, "T1", "示例甲", "officer", "执法人员", "party", date(2026, 3, 18), "亲属关系", outcome="granted"
)
IN_ORDER = f.CaseFacts(state=State.INVESTIGATION, recusals=(GRANTED,), focus=5)
REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (recusal.recusal_effect_waits, {"recusals": (replace(GRANTED, outcome=""),)}, "gen-recuse-effect", "case"),
    (recusal.recusal_effect_waits, {"recusals": (replace(GRANTED, acts_stand=False),)}, "gen-recuse-effect", "case"),
    (recusal.recusal_effect_waits, {"focus": 7}, "gen-recuse-effect", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
