"""The guards of the hearing: seven working days, people apart, one state after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure import hearing_facts as h
from cases.procedure.guards import hearing
from cases.procedure.states import State

# Notice served on Tuesday 10 March 2026: the seventh working day after it is Thursday 19 March.
TODAY = date(2026, 3, 20)
CHAIR, RECORDER = h.HearingPersonFact("T7", "示例己", "chair"), h.HearingPersonFact("T8", "示例丁", "recorder")
SCHEDULED = h.HearingFact(
    4, "scheduled", "已定时间地点", date(2026, 3, 6), "示例公司", (CHAIR, RECORDER),
    datetime(2026, 3, 20, 1, tzinfo=UTC), date(2026, 3, 20), "二楼会议室", notice_id=9,
)  # fmt: skip
TOLD = f.DocumentFact("hearing_notice", "听证通知书", True, date(2026, 3, 10), date(2026, 3, 9), id=3, part="hearing:4")
WAIT = f.LimitFact("hearing-notice-7d", "hearing:4", date(2026, 3, 10), date(2026, 3, 19))
NOTICE = f.NoticeFact(None, date(2026, 3, 2), date(2026, 3, 3), hearing_offered=True, id=9)
IN_ORDER = f.CaseFacts(
    state=State.HEARING, notice=NOTICE, hearings=(SCHEDULED,), focus=4, documents=(TOLD,), limits=(WAIT,)
)
PEOPLE, TIME, PLACE = "hearing-chair", "hearing-notice-7d", "hearing-postpone"


def at(state: str, **changed: Any) -> dict[str, Any]:
    return {"hearings": (replace(SCHEDULED, state=state, **changed),)}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (hearing.hearing_right_told, {"notice": replace(NOTICE, hearing_offered=False)}, "hearing-scope", "renotice"),
    (hearing.hearing_right_told, {"notice": None}, "hearing-scope", "renotice"),
    (hearing.hearing_staffed, at("scheduled", people=(CHAIR,)), PEOPLE, "appoint_hearing"),
    (hearing.hearing_staffed, at("scheduled", people=(RECORDER,)), PEOPLE, "appoint_hearing"),
    (hearing.hearing_told_in_time, {"documents": ()}, TIME, "case"),
    (hearing.hearing_told_in_time, {"documents": (replace(TOLD, served_on=None),)}, TIME, "case"),
    # 处罚法64(2): not on the seventh working day itself, and not before it
    (hearing.hearing_told_in_time, at("scheduled", scheduled_on=date(2026, 3, 19)), TIME, "issue_hearing_notice"),
    (hearing.hearing_told_in_time, at("scheduled", scheduled_on=date(2026, 3, 18)), TIME, "issue_hearing_notice"),
    (hearing.hearing_day_come, at("scheduled", scheduled_on=date(2026, 3, 21)), "hearing-record", ""),
    (hearing.hearing_day_come, at("ended"), "hearing-record", "case"),
    (hearing.hearing_may_be_postponed, at("accepted"), PLACE, "case"),
    (hearing.hearing_may_be_suspended, at("ended"), PLACE, "case"),
    (hearing.hearing_may_be_terminated, at("ended"), PLACE, "case"),
    (hearing.hearing_may_be_terminated, at("reported"), PLACE, "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (hearing.hearing_told_in_time, at("scheduled", scheduled_on=date(2026, 3, 23))),
    (hearing.hearing_needs_people, at("scheduled", people=(CHAIR,))),
    (hearing.hearing_needs_people, at("requested", people=())),
    (hearing.hearing_to_be_scheduled, at("accepted")),
    (hearing.hearing_to_be_scheduled, at("postponed")),
    (hearing.hearing_to_be_scheduled, at("scheduled", scheduled_on=date(2026, 3, 19))),
    (hearing.hearing_may_be_suspended, at("accepted")),
    (hearing.hearing_may_be_terminated, at("requested")),
    (hearing.hearing_may_be_terminated, at("suspended")),
    (hearing.no_second_request, at("not_accepted")),
    (hearing.no_second_request, {"notice": replace(NOTICE, id=10)}),
)
