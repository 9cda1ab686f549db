"""The guard that looks at a suspended hearing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure import hearing_facts as h
from cases.procedure.guards import hearing
from cases.procedure.states import State

TODAY = date(2026, 3, 20)
ONE = h.HearingFact(4, "suspended", "状态", date(2026, 3, 6), notice_id=8)
IN_ORDER = f.CaseFacts(state=State.HEARING, hearings=(ONE,), focus=4)


def at(state: str, **changed: Any) -> dict[str, Any]:
    return {"hearings": (replace(ONE, state=state, **changed),)}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (hearing.hearing_is_suspended, at("scheduled"), "hearing-postpone", "case"),
    (hearing.hearing_is_suspended, at("terminated"), "hearing-postpone", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
