"""The deadline light and the message days of a running timer (ux.md §10, procedure.md 0.2-8), as pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from lishu_law.law.calendar import DEFAULT_CALENDAR, ONE_DAY, WorkCalendar, weekday_name
from lishu_law.law.counting import Pause
from lishu_law.law.limits import SHANGHAI, Due, LimitError, shanghai_date, shanghai_time

_NOTICE_WORKING_DAYS = 3
_NOTICE_FRACTION = 5  # one fifth, 20 %
_URGENT_WORKING_DAYS = 1


class LightState(StrEnum):
    NORMAL = "normal"
    NOTICE = "notice"
    URGENT = "urgent"
    OVERDUE = "overdue"
    PAUSED = "paused"
    DONE = "done"
    DONE_LATE = "done-late"


SYMBOLS = {
    LightState.NORMAL: "●",
    LightState.NOTICE: "▲",
    LightState.URGENT: "◆",
    LightState.OVERDUE: "■",
    LightState.PAUSED: "‖",
    LightState.DONE: "✓",
    LightState.DONE_LATE: "✓迟",
}


@dataclass(frozen=True)
class Timer:
    """What the light needs to know. ``start`` and ``due`` are dates, or aware instants for limits in hours.

    ``lapses``: nobody is late after the end (a right or a waiting time). ``pause_reason`` is set while the clock stands
    still, ``days_used`` counts the days used before. ``done`` is the day or instant of fulfilment.
    """

    start: date
    due: date
    lapses: bool = False
    done: date | None = None
    pause_reason: str = ""
    days_used: int = 0

    @classmethod
    def of(cls, due: Due, *, done: date | None = None, pause_reason: str = "", days_used: int = 0) -> Timer:
        """The timer of a computed limit, by the reading that binds its owner."""
        return cls(due.start, due.due, due.limit.lapses, done, pause_reason, days_used)


@dataclass(frozen=True)
class Light:
    """What to show: the state (never by colour alone: ``symbol``) and the sentence."""

    state: LightState
    text: str

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state]


def light(timer: Timer, now: date, calendar: WorkCalendar = DEFAULT_CALENDAR) -> Light:
    """The light of a timer at ``now`` (a Shanghai date or an aware instant; limits in hours need an instant).

    Raises ``LimitError`` when a limit in hours is asked about with a date only.
    """
    if timer.done is not None:
        return _finished(timer, timer.done)
    if timer.pause_reason:
        return Light(LightState.PAUSED, f"已停止计时（{timer.pause_reason}），已用 {timer.days_used} 天")
    if isinstance(timer.due, datetime):
        return _hours_light(timer.due, now)
    today = shanghai_date(now)
    if today > timer.due:
        return _past(timer, today)
    return _running(timer, today, calendar)


def short_date(day: date) -> str:
    """03-20 周五."""
    return f"{day:%m-%d} {weekday_name(day)}"


def _finished(timer: Timer, done: date) -> Light:
    if isinstance(timer.due, datetime) and isinstance(done, datetime):
        in_time = done <= timer.due
        text = f"{_shown(done)} 完成（{'按时' if in_time else '迟 ' + _duration(done - timer.due)}）"
        return Light(LightState.DONE if in_time else LightState.DONE_LATE, text)
    done_on, due_on = shanghai_date(done), shanghai_date(timer.due)
    early = (due_on - done_on).days
    if early < 0 and not timer.lapses:
        return Light(LightState.DONE_LATE, f"{done_on:%m-%d} 完成（迟 {-early} 天）")
    remark = f"（提前 {early} 天）" if early > 0 else "（当天到期）" if early == 0 else ""
    return Light(LightState.DONE, f"{done_on:%m-%d} 完成{remark}")


def _past(timer: Timer, today: date) -> Light:
    if timer.lapses:
        return Light(LightState.DONE, f"{timer.due:%m-%d} 期满")
    return Light(LightState.OVERDUE, f"已超期 {(today - timer.due).days} 天，需说明原因")


def _running(timer: Timer, today: date, calendar: WorkCalendar) -> Light:
    due = timer.due
    left = calendar.working_days_between(today, due)
    state = LightState.NORMAL if timer.lapses else _urgency(timer, today, left)
    if today == due:
        return Light(state, "今天 24:00 期满" if timer.lapses else "今天 24:00 到期")
    if state is LightState.URGENT and today + ONE_DAY == due:
        return Light(state, "明天 24:00 到期")
    amount = f"{left} 个工作日" if left else f"{(due - today).days} 天"
    return Light(state, f"还剩 {amount}（{short_date(due)}止）")


def _urgency(timer: Timer, today: date, left: int) -> LightState:
    if left <= _URGENT_WORKING_DAYS:
        return LightState.URGENT
    total = (timer.due - shanghai_date(timer.start)).days
    if left <= _NOTICE_WORKING_DAYS or (timer.due - today).days * _NOTICE_FRACTION <= total:
        return LightState.NOTICE
    return LightState.NORMAL


def _hours_light(due: datetime, now: date) -> Light:
    if not isinstance(now, datetime):
        raise LimitError("按小时计算的期限要用时刻来判断，请给出日期和时间。")
    if now > due:
        return Light(LightState.OVERDUE, f"已超期 {_duration(now - due)}，需说明原因")
    return Light(LightState.URGENT, f"还剩 {_duration(due - now)}（{_shown(due)} 止）")


def _shown(moment: datetime) -> str:
    return f"{shanghai_time(moment):%m-%d %H:%M}"


def _duration(span: timedelta) -> str:
    """5 小时 20 分, rounded up to the minute so that nothing running shows 0."""
    hours, minutes = divmod(ceil(span.total_seconds() / 60), 60)
    return f"{hours} 小时 {minutes} 分" if hours and minutes else f"{hours} 小时" if hours else f"{minutes} 分"


_LAST_HOUR = timedelta(hours=1)


class MessageKind(StrEnum):
    WARNING = "warning"
    HALF = "half"
    MOST = "most"
    DUE = "due"
    DAY_AFTER = "day-after"


_FROM_THE_DUE_DAY = (MessageKind.DUE, MessageKind.DAY_AFTER)


@dataclass(frozen=True)
class Message:
    """A message that goes out on a day; from the due day on the squad leader (中队长) gets it too."""

    kind: MessageKind
    on: date

    @property
    def reaches_squad_leader(self) -> bool:
        return self.kind in _FROM_THE_DUE_DAY


def message_days(due: Due, calendar: WorkCalendar = DEFAULT_CALENDAR) -> tuple[Message, ...]:
    """The days on which messages go out: 50 %, 80 %, the due day, the day after, and the limit's own warning.

    The share is taken of the days that count: not of days off where the limit counts working days, nor of the days of
    a pause. Of several messages on one day the most pressing stays.
    """
    start, end = shanghai_date(due.start), shanghai_date(due.due)
    excluded = {day for day, _name in due.excluded}
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    days = [day for day in days if day not in excluded]
    plan = {MessageKind.HALF: _share(days, 1, 2, end), MessageKind.MOST: _share(days, 4, 5, end)}
    if due.limit.warn_before:
        plan[MessageKind.WARNING] = _working_days_before(end, due.limit.warn_before, calendar)
    plan |= {MessageKind.DUE: end, MessageKind.DAY_AFTER: end + ONE_DAY}
    by_day: dict[date, MessageKind] = {}
    for kind in MessageKind:
        if kind in plan and plan[kind] > start:
            by_day[plan[kind]] = kind
    return tuple(Message(kind, on) for on, kind in sorted(by_day.items()))


def message_instants(due: Due, calendar: WorkCalendar = DEFAULT_CALENDAR) -> tuple[tuple[MessageKind, datetime], ...]:
    """When each message goes out: at the beginning of its day; for limits in hours by the clock.

    Hours: at 50 % and 80 %, in the last hour, and when the end has passed (the day after begins with the end of the due
    day, so the same for hours is the end itself).
    """
    if not isinstance(due.due, datetime) or not isinstance(due.start, datetime):
        return tuple((one.kind, _midnight(one.on)) for one in message_days(due, calendar))
    span, last = due.due - due.start, due.due - _LAST_HOUR
    plan = [
        (MessageKind.HALF, due.start + span / 2),
        (MessageKind.MOST, due.start + span * 4 / 5),
        (MessageKind.DUE, last),
        (MessageKind.DAY_AFTER, due.due),
    ]
    return tuple((kind, at) for kind, at in plan if at > due.start and (at < last or kind in _FROM_THE_DUE_DAY))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _share(days: list[date], part: int, whole: int, end: date) -> date:
    """The first day on which at least ``part``/``whole`` of the days are used; ``end`` when there are none."""
    return days[-(-len(days) * part // whole) - 1] if days else end


def _working_days_before(end: date, count: int, calendar: WorkCalendar) -> date:
    day = end
    while count:
        day -= ONE_DAY
        count -= calendar.is_working_day(day)
    return day


def days_used(start: date, until: date, pauses: tuple[Pause, ...] = ()) -> int:
    """Natural days counted after ``start`` up to and including ``until``, without the paused ones."""
    days = (start + timedelta(days=n) for n in range(1, (until - start).days + 1))
    return sum(not any(pause.holds(day) for pause in pauses) for day in days)
