"""One month of due dates as the page shows it: weeks of days, and the same days as a list."""

from __future__ import annotations

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.api import RunningLimit, my_limits
from lishu_law.law.calendar import DEFAULT_CALENDAR, weekday_name

MOST = 300
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


@dataclass(frozen=True)
class Day:
    """A day of the table. ``name`` is the holiday, 调休上班 or nothing."""

    on: date
    in_month: bool
    is_today: bool
    is_working: bool
    name: str
    limits: tuple[RunningLimit, ...]

    @property
    def anchor(self) -> str:
        return f"d-{self.on:%Y-%m-%d}"

    @property
    def heading(self) -> str:
        name = f"（{self.name}）" if self.name else ""
        return f"{self.on:%Y-%m-%d} {weekday_name(self.on)}{name}"


@dataclass(frozen=True)
class Month:
    first: date
    weeks: tuple[tuple[Day, ...], ...]
    is_cut: bool  # more due dates than the page shows

    @property
    def title(self) -> str:
        return f"{self.first.year} 年 {self.first.month} 月"

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the month on which something is due."""
        return tuple(day for week in self.weeks for day in week if day.in_month and day.limits)

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def estimate(self) -> str:
        """The sentence for a year whose notice is missing."""
        year = self.first.year
        return "" if DEFAULT_CALENDAR.is_published(year) else DEFAULT_CALENDAR.estimate_notice(year)


def parse_month(text: str, today: date) -> date:
    """The first day of ``2026-03``; this month for anything else."""
    match = _MONTH.fullmatch(text)
    if match and _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR and 1 <= int(match[2]) <= 12:
        return date(int(match[1]), int(match[2]), 1)
    return today.replace(day=1)


def month_of(user: Any, first: date, today: date) -> Month:
    """The month with the due dates of this person's cases."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    limits = my_limits(user, first, last, MOST + 1)
    by_day: dict[date, list[RunningLimit]] = {}
    for one in limits[:MOST]:
        by_day.setdefault(one.due, []).append(one)
    return Month(
        first,
        tuple(tuple(_day(on, first, today, tuple(by_day.get(on, ()))) for on in week) for week in weeks),
        len(limits) > MOST,
    )


def _day(on: date, first: date, today: date, limits: tuple[RunningLimit, ...]) -> Day:
    name = DEFAULT_CALENDAR.day_name(on)
    in_month = (on.year, on.month) == (first.year, first.month)
    return Day(
        on, in_month, on == today, DEFAULT_CALENDAR.is_working_day(on), "" if name == weekday_name(on) else name,
        limits if in_month else (),
    )  # fmt: skip
