"""The guards of recusal."""

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
REFUSED_ONE = replace(ASKED, outcome="refused")
GRANTED = replace(ASKED, outcome="granted")
SETTLED = replace(GRANTED, acts_stand=True)
IN_ORDER = f.CaseFacts(state=State.DECISION_APPROVAL, recusals=(REFUSED_ONE, SETTLED))

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (recusal.no_recusal_open, {"recusals": (ASKED,)}, "gen-recuse-request", "decide_recusal"),
    (recusal.recusal_effect_settled, {"recusals": (GRANTED,)}, "gen-recuse-effect", "settle_recusal"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (recusal.no_recusal_open, {"recusals": (GRANTED,)}),
    (recusal.recusal_effect_settled, {"recusals": (ASKED,)}),
    (recusal.recusal_effect_settled, {"recusals": (REFUSED_ONE,)}),
)
