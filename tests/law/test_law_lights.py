"""The deadline light and the message days at their boundaries (ux.md §10)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lishu_law.law.counting import Pause
from lishu_law.law.lights import (
    SYMBOLS,
    Light,
    LightState,
    Timer,
    days_used,
    light,
    message_days,
    message_instants,
    short_date,
)
from lishu_law.law.limits import LimitError, compute

pytestmark = pytest.mark.law


def on(text: str) -> date:
    """A date of 2026."""
    return date.fromisoformat(f"2026-{text}")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+08:00")


# Wednesday 4 March to Friday 20 March: 16 days; one fifth of it is 3.2 days.
RUNNING = Timer(on("03-04"), on("03-20"))
# 90 days from 5 March: 3 June; one fifth is 18 days, reached on 16 May.
LONG = Timer(on("03-05"), on("06-03"))
# The last day is Sunday 15 March and does not move.
SUNDAY = Timer(on("02-13"), on("03-15"))

BOUNDARIES = [
    (RUNNING, "03-04", LightState.NORMAL, "还剩 12 个工作日（03-20 周五止）"),
    (RUNNING, "03-16", LightState.NORMAL, "还剩 4 个工作日（03-20 周五止）"),
    (RUNNING, "03-17", LightState.NOTICE, "还剩 3 个工作日（03-20 周五止）"),
    (RUNNING, "03-18", LightState.NOTICE, "还剩 2 个工作日（03-20 周五止）"),
    (RUNNING, "03-19", LightState.URGENT, "明天 24:00 到期"),
    (RUNNING, "03-20", LightState.URGENT, "今天 24:00 到期"),
    (RUNNING, "03-21", LightState.OVERDUE, "已超期 1 天，需说明原因"),
    (RUNNING, "03-23", LightState.OVERDUE, "已超期 3 天，需说明原因"),
    (LONG, "05-15", LightState.NORMAL, "还剩 13 个工作日（06-03 周三止）"),
    (LONG, "05-16", LightState.NOTICE, "还剩 13 个工作日（06-03 周三止）"),
    (SUNDAY, "03-10", LightState.NOTICE, "还剩 3 个工作日（03-15 周日止）"),
    (SUNDAY, "03-12", LightState.URGENT, "还剩 1 个工作日（03-15 周日止）"),
    (SUNDAY, "03-13", LightState.URGENT, "还剩 2 天（03-15 周日止）"),
    (SUNDAY, "03-14", LightState.URGENT, "明天 24:00 到期"),
    (Timer(on("02-06"), on("02-24")), "02-14", LightState.URGENT, "还剩 1 个工作日（02-24 周二止）"),
]


@pytest.mark.parametrize(("timer", "today", "state", "text"), BOUNDARIES)
def test_the_light_of_a_running_limit(timer: Timer, today: str, state: LightState, text: str) -> None:
    assert light(timer, on(today)) == Light(state, text)


def test_an_instant_is_judged_by_its_date_in_shanghai() -> None:
    just_past_midnight = datetime.fromisoformat("2026-03-20T16:00+00:00")

    assert light(RUNNING, just_past_midnight).state is LightState.OVERDUE
    assert light(RUNNING, at("03-20T23:59")).state is LightState.URGENT


FINISHED = [
    ("03-18", LightState.DONE, "03-18 完成（提前 2 天）"),
    ("03-20", LightState.DONE, "03-20 完成（当天到期）"),
    ("03-21", LightState.DONE_LATE, "03-21 完成（迟 1 天）"),
]


@pytest.mark.parametrize(("done", "state", "text"), FINISHED)
def test_the_light_of_a_finished_limit(done: str, state: LightState, text: str) -> None:
    assert light(Timer(RUNNING.start, RUNNING.due, done=on(done)), on("04-30")) == Light(state, text)


def test_a_finished_limit_stays_finished_whatever_the_day() -> None:
    timer = Timer(RUNNING.start, RUNNING.due, done=at("03-20T18:00"), pause_reason="鉴定中")

    assert light(timer, on("03-01")).text == "03-20 完成（当天到期）"


def test_a_paused_limit() -> None:
    timer = Timer(RUNNING.start, RUNNING.due, pause_reason="鉴定中", days_used=8)

    assert light(timer, on("04-30")) == Light(LightState.PAUSED, "已停止计时（鉴定中），已用 8 天")


LAPSING = [
    ("03-17", LightState.NORMAL, "还剩 3 个工作日（03-20 周五止）"),
    ("03-19", LightState.NORMAL, "还剩 1 个工作日（03-20 周五止）"),
    ("03-20", LightState.NORMAL, "今天 24:00 期满"),
    ("03-21", LightState.DONE, "03-20 期满"),
]


@pytest.mark.parametrize(("today", "state", "text"), LAPSING)
def test_nobody_is_late_when_a_right_lapses(today: str, state: LightState, text: str) -> None:
    assert light(Timer(RUNNING.start, RUNNING.due, lapses=True), on(today)) == Light(state, text)


def test_a_right_used_after_its_end_is_shown_without_blame() -> None:
    timer = Timer(RUNNING.start, RUNNING.due, lapses=True, done=on("03-25"))

    assert light(timer, on("03-25")) == Light(LightState.DONE, "03-25 完成")


DAY = Timer(at("02-13T23:02"), at("02-14T23:02"))
HOURS = [
    ("02-13T23:02", LightState.URGENT, "还剩 24 小时（02-14 23:02 止）"),
    ("02-14T17:42", LightState.URGENT, "还剩 5 小时 20 分（02-14 23:02 止）"),
    ("02-14T23:01:30", LightState.URGENT, "还剩 1 分（02-14 23:02 止）"),
    ("02-14T23:02", LightState.URGENT, "还剩 0 分（02-14 23:02 止）"),
    ("02-14T23:02:01", LightState.OVERDUE, "已超期 1 分，需说明原因"),
    ("02-15T01:02", LightState.OVERDUE, "已超期 2 小时，需说明原因"),
]


@pytest.mark.parametrize(("now", "state", "text"), HOURS)
def test_the_light_of_a_limit_in_hours(now: str, state: LightState, text: str) -> None:
    assert light(DAY, at(now)) == Light(state, text)


def test_a_limit_in_hours_is_finished_by_the_minute() -> None:
    early = light(Timer(DAY.start, DAY.due, done=at("02-14T23:02")), at("02-15T00:00"))
    late = light(Timer(DAY.start, DAY.due, done=at("02-15T00:32")), at("02-15T00:40"))
    by_date = light(Timer(DAY.start, DAY.due, done=on("02-16")), at("02-17T00:00"))

    assert early == Light(LightState.DONE, "02-14 23:02 完成（按时）")
    assert late == Light(LightState.DONE_LATE, "02-15 00:32 完成（迟 1 小时 30 分）")
    assert by_date == Light(LightState.DONE_LATE, "02-16 完成（迟 2 天）")


def test_a_limit_in_hours_needs_the_time() -> None:
    with pytest.raises(LimitError, match="时刻"):
        light(DAY, on("02-14"))


def test_instants_are_shown_in_local_time() -> None:
    utc = Timer(datetime.fromisoformat("2026-02-13T15:02+00:00"), datetime.fromisoformat("2026-02-14T15:02+00:00"))

    assert light(utc, at("02-14T22:02")).text == "还剩 1 小时（02-14 23:02 止）"


def test_a_timer_takes_the_binding_reading() -> None:
    hearing = Timer.of(compute("hearing-request", on("02-13")))
    report = Timer.of(compute("simple-report-5d", on("02-13")), done=on("02-25"))

    assert (hearing.due, hearing.lapses) == (on("02-27"), True)
    assert (report.due, report.lapses) == (on("02-24"), False)
    assert light(report, on("02-25")).state is LightState.DONE_LATE


def test_every_state_has_its_own_symbol() -> None:
    assert set(SYMBOLS) == set(LightState)
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)
    assert light(RUNNING, on("03-21")).symbol == "■"
    assert short_date(on("03-20")) == "03-20 周五"


MESSAGES = [
    # 15 natural days from 2 March: day 8, day 12, end 17 March.
    ("pay-15d", "03-02", ["half 03-10", "most 03-14", "due 03-17", "day-after 03-18"]),
    # 7 working days from 2 March: 4th, 6th and 7th; the own warning falls on the 6th and gives way.
    ("serve-7d", "03-02", ["half 03-06", "most 03-10", "due 03-11", "day-after 03-12"]),
    # 2 working days: half is day 1 (also the own warning), 80 % is the end itself.
    ("collect-2d", "03-02", ["half 03-03", "due 03-04", "day-after 03-05"]),
    # 7 working days over 春节: 14, 24-27, 28 February, 2 March.
    ("pres-7d", "02-13", ["half 02-26", "warning 02-27", "most 02-28", "due 03-02", "day-after 03-03"]),
    ("decide-90d", "03-05", ["half 04-19", "most 05-16", "warning 05-20", "due 06-03", "day-after 06-04"]),
]


@pytest.mark.parametrize(("code", "start", "expected"), MESSAGES)
def test_message_days(code: str, start: str, expected: list[str]) -> None:
    messages = message_days(compute(code, on(start)))

    assert [f"{message.kind} {message.on:%m-%d}" for message in messages] == expected
    assert [m.reaches_squad_leader for m in messages] == [m.kind in ("due", "day-after") for m in messages]


def test_messages_of_a_limit_in_hours() -> None:
    messages = message_days(compute("coerce-24h", at("02-13T23:02")))

    assert [f"{message.kind} {message.on:%m-%d}" for message in messages] == ["due 02-14", "day-after 02-15"]


def test_the_share_is_taken_of_the_days_that_count() -> None:
    pauses = (Pause(on("03-10"), on("03-20"), "鉴定中"),)
    due = compute("coerce-30d", on("03-02"), pauses=pauses)
    assert due.due == on("04-11")
    # The 15th counted day is 27 March: 3–10 March are eight, 21–27 March seven.
    assert [f"{m.kind} {m.on:%m-%d}" for m in message_days(due)][0] == "half 03-27"


def test_instants_of_days_are_their_beginnings() -> None:
    found = message_instants(compute("collect-2d", on("03-02")))
    assert [(kind.value, f"{moment:%m-%d %H:%M%z}") for kind, moment in found] == [
        ("half", "03-03 00:00+0800"), ("due", "03-04 00:00+0800"), ("day-after", "03-05 00:00+0800"),
    ]  # fmt: skip


def test_instants_of_hours_go_by_the_clock() -> None:
    found = message_instants(compute("coerce-24h", at("02-13T23:02")))
    assert [(kind.value, f"{moment:%m-%d %H:%M}") for kind, moment in found] == [
        ("half", "02-14 11:02"), ("most", "02-14 18:14"), ("due", "02-14 22:02"), ("day-after", "02-14 23:02"),
    ]  # fmt: skip


def test_a_warning_never_goes_out_before_the_start() -> None:
    due = compute("decide-90d", on("03-05"))
    early = compute("enforce-court-objection", on("03-02"))

    assert all(message.on > on("03-05") for message in message_days(due))
    assert all(message.on > on("03-02") for message in message_days(early))
    same_day = message_days(compute("review-deadline", on("03-02"), length=1))
    assert [message.kind for message in same_day] == ["due", "day-after"]


def test_days_used_leave_out_the_pauses() -> None:
    pauses = (Pause(on("03-10"), on("03-12"), "鉴定中"),)

    assert days_used(on("03-02"), on("03-10"), pauses) == 8
    assert days_used(on("03-02"), on("03-12"), pauses) == 8
    assert days_used(on("03-02"), on("03-13"), pauses) == 9
    assert days_used(on("03-02"), on("03-02")) == 0
