"""Counting of periods, day by day, exactly as procedure.md 0.5 (行政处罚法第八十五条, 民事诉讼法第八十五条).

The starting day is not counted; a period whose last day is a day off ends on the next working day. Nothing here knows a
rule id: the registry in ``limits`` chooses the way of counting.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lishu_law.law.calendar import ONE_DAY, WorkCalendar, weekday_name


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock stands still; its first day is still counted, its last day is not (0.5-6).

    Only what the law allows is a pause (testing time told in writing, 强制法第二十五条; force majeure of a party); the
    caller's guard decides that. ``document`` names the proof.
    """

    first_on: date
    last_on: date
    reason: str
    document: str = ""

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise ValueError(f"暂停的结束日 {self.last_on} 早于开始日 {self.first_on}。")

    def holds(self, day: date) -> bool:
        """True when ``day`` is not counted because of this pause."""
        return self.first_on < day <= self.last_on


@dataclass(frozen=True)
class Count:
    """A counted period: its end, the end before rolling, the days left out, the lines of the derivation.

    ``judged`` holds the days of which it had to be known whether they are working days.
    """

    end: date
    unrolled: date
    excluded: tuple[tuple[date, str], ...]
    lines: tuple[str, ...]
    judged: tuple[date, ...] = ()


def describe(day: date, calendar: WorkCalendar) -> str:
    """2026-02-14 周六 调休上班."""
    name, weekday = calendar.day_name(day), weekday_name(day)
    return f"{day.isoformat()} {weekday}" if name == weekday else f"{day.isoformat()} {weekday} {name}"


def months_later(start: date, months: int) -> date:
    """The same numbered day ``months`` months later, or the last day of that month where it is missing."""
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))


def count_working(start: date, days: int, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> Count:
    """The ``days``-th working day after ``start``."""
    stops = tuple(pauses)
    excluded: list[tuple[date, str]] = []
    lines = [f"{describe(start, calendar)}：起算日，不计入"]
    judged: list[date] = []
    day, counted = start, 0
    while counted < days:
        day += ONE_DAY
        stop = _pause_on(day, stops)
        if stop:
            excluded.append((day, stop))
            lines.append(f"{describe(day, calendar)}：{stop}，不计")
            continue
        judged.append(day)
        if calendar.is_working_day(day):
            counted += 1
            lines.append(f"{describe(day, calendar)}：第 {counted} 个工作日")
        else:
            excluded.append((day, calendar.day_name(day)))
            lines.append(f"{describe(day, calendar)}：休息，不计")
    lines.append(_end_line(day, calendar))
    return Count(day, day, tuple(excluded), tuple(lines), tuple(judged))


def count_days(start: date, days: int, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> Count:
    """``days`` natural days after ``start``, not rolled, with one line per day."""
    stops = tuple(pauses)
    excluded: list[tuple[date, str]] = []
    lines = [f"{describe(start, calendar)}：起算日，不计入"]
    day, counted = start, 0
    while counted < days:
        day += ONE_DAY
        stop = _pause_on(day, stops)
        if stop:
            excluded.append((day, stop))
            lines.append(f"{describe(day, calendar)}：{stop}，不计")
        else:
            counted += 1
            lines.append(f"{describe(day, calendar)}：第 {counted} 日")
    return Count(day, day, tuple(excluded), tuple(lines))


def count_months(start: date, months: int, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> Count:
    """The same numbered day ``months`` months after ``start``, not rolled; paused days are added to it."""
    named = months_later(start, months)
    span = f"{months // 12} 年" if months % 12 == 0 else f"{months} 个月"
    lines = [f"{describe(start, calendar)}：起算日", f"{describe(named, calendar)}：{span}后的对应日"]
    if named.day != start.day:
        lines.append(f"{named.year} 年 {named.month} 月没有 {start.day} 日，取当月最后一日")
    stops = tuple(pauses)
    if not stops:
        return Count(named, named, (), tuple(lines))
    moved = count_days(start, (named - start).days, calendar, stops)
    if moved.excluded:
        lines.append(f"停止计时 {len(moved.excluded)} 日，顺推到 {describe(moved.end, calendar)}")
    return Count(moved.end, moved.unrolled, moved.excluded, tuple(lines))


def longer(count: Count, days: int, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> Count:
    """An approved extension: ``days`` natural days more, counted on from the unrolled end (0.5-6)."""
    more = count_days(count.unrolled, days, calendar, pauses)
    lines = (*count.lines, f"批准延长 {days} 日，自 {describe(count.unrolled, calendar)} 接着计算", *more.lines[1:])
    return Count(more.end, more.unrolled, (*count.excluded, *more.excluded), lines)


def rolled(count: Count, calendar: WorkCalendar) -> Count:
    """The same period ending on the first working day on or after its last day."""
    lines = list(count.lines)
    excluded = list(count.excluded)
    judged = [count.unrolled]
    day = count.unrolled
    while not calendar.is_working_day(day):
        excluded.append((day, calendar.day_name(day)))
        lines.append(f"{describe(day, calendar)}：最后一日休息，顺延")
        day += ONE_DAY
        judged.append(day)
    lines.append(_end_line(day, calendar))
    return Count(day, count.unrolled, tuple(excluded), tuple(lines), tuple(judged))


def unmoved(count: Count, calendar: WorkCalendar) -> Count:
    """The same period where the last day does not move over days off."""
    closing = _end_line(count.unrolled, calendar) + "（最后一日不顺延）"
    return Count(count.end, count.unrolled, count.excluded, (*count.lines, closing))


def count_hours(start: datetime, hours: int) -> Count:
    """``hours`` × 60 minutes on the clock."""
    end = start + timedelta(hours=hours)
    lines = (f"{start:%Y-%m-%d %H:%M} 起算", f"{end:%Y-%m-%d %H:%M} 期满：{hours} 小时连续计算，不顺延")
    return Count(end, end, (), lines)


def _pause_on(day: date, pauses: tuple[Pause, ...]) -> str:
    for pause in pauses:
        if pause.holds(day):
            return f"停止计时（{pause.reason}）"
    return ""


def _end_line(day: date, calendar: WorkCalendar) -> str:
    return f"{describe(day, calendar)}：24:00 期满"
