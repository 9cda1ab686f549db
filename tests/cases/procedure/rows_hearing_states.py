"""Guards of the hearing that hold in another state than the scheduled one."""

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
NOTICE = f.NoticeFact(None, date(2026, 3, 2), date(2026, 3, 3), hearing_offered=True, id=9)
PEOPLE = (h.HearingPersonFact("T7", "示例己", "chair"), h.HearingPersonFact("T8", "示例丁", "recorder"))
# The hearing of an earlier notice, at hand; ``state`` says what each guard finds.
ONE = h.HearingFact(4, "requested", "已申请", date(2026, 3, 6), notice_id=8)
IN_ORDER = f.CaseFacts(state=State.HEARING, notice=NOTICE, hearings=(ONE,), focus=4)


def at(state: str, **changed: Any) -> dict[str, Any]:
    return {"hearings": (replace(ONE, state=state, **changed),)}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (hearing.no_second_request, at("requested", notice_id=9), "hearing-request", "case"),
    (hearing.no_second_request, at("terminated", notice_id=9), "hearing-request", "case"),
    (hearing.hearing_needs_people, at("accepted", people=PEOPLE), "hearing-chair", "case"),
    (hearing.hearing_needs_people, at("suspended"), "hearing-chair", "case"),
    (hearing.hearing_needs_people, {"focus": 5}, "hearing-chair", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (hearing.hearing_is_suspended, at("suspended")),
    (hearing.hearing_waits_for_report, at("ended")),
)
