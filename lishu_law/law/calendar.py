"""Working days of the State Council's yearly holiday notices, as data (行政处罚法第八十五条, 民事诉讼法第八十五条).

A year without a notice is judged by weekends alone and reported as not published: every date that rests on it is an
estimate (估算) until the notice has been entered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lishu_law.law.tables import Row, read_table

WEEKDAY_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    OFF = "off"
    MAKEUP = "makeup"


@dataclass(frozen=True)
class SpecialDay:
    """A day the notice takes out of (off) or puts into (makeup) the working days."""

    on: date
    kind: DayKind
    holiday: str
    notice_number: str = ""

    @classmethod
    def from_row(cls, row: Row) -> SpecialDay:
        return cls(date.fromisoformat(row["date"]), DayKind(row["kind"]), row["holiday"], row["notice_number"])


@dataclass(frozen=True)
class Notice:
    """The State Council's notice for one year: its days may lie in the last days of the year before."""

    year: int
    number: str
    days: tuple[SpecialDay, ...]


def weekday_name(day: date) -> str:
    """周一 … 周日."""
    return WEEKDAY_NAMES[day.weekday()]


class WorkCalendar:
    """Answers which days are working days.

    Immutable but for :class:`CalendarInForce`; build a new one when the data change. Raises ``ValueError`` when a date
    is given twice.
    """

    def __init__(self, days: Iterable[SpecialDay]) -> None:
        self._days: dict[date, SpecialDay] = {}
        self._notices: dict[int, str] = {}
        for day in days:
            if day.on in self._days:
                raise ValueError(f"{day.on} 在放假安排中重复。")
            self._days[day.on] = day
            if day.notice_number:
                self._notices.setdefault(day.on.year, day.notice_number)

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> WorkCalendar:
        """From rows with the columns of holidays.csv (date, kind, holiday, notice_number)."""
        return cls(SpecialDay.from_row(row) for row in rows)

    @property
    def years_published(self) -> tuple[int, ...]:
        """Years for which a notice is entered, ascending."""
        return tuple(sorted(self._notices))

    def is_published(self, year: int) -> bool:
        return year in self._notices

    def notice_number(self, year: int) -> str | None:
        """The notice the year rests on, or None while it is not entered."""
        return self._notices.get(year)

    def is_working_day(self, day: date) -> bool:
        """A make-up day, or Monday to Friday that is not an off day."""
        special = self._days.get(day)
        if special is not None:
            return special.kind is DayKind.MAKEUP
        return day.weekday() < 5

    def day_name(self, day: date) -> str:
        """春节 (off by notice), 调休上班 (make-up), else the weekday."""
        special = self._days.get(day)
        if special is None:
            return weekday_name(day)
        return special.holiday if special.kind is DayKind.OFF else "调休上班"

    def next_working_day(self, day: date) -> date:
        """The first working day on or after ``day``."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, start: date, count: int) -> tuple[date, list[tuple[date, str]]]:
        """The ``count``-th working day after ``start`` and the days passed over with their names."""
        if count < 1:
            raise ValueError("工作日数要大于零。")
        skipped: list[tuple[date, str]] = []
        day = start
        while count:
            day += ONE_DAY
            if self.is_working_day(day):
                count -= 1
            else:
                skipped.append((day, self.day_name(day)))
        return day, skipped

    def working_days_between(self, after: date, until: date) -> int:
        """Working days later than ``after`` and not later than ``until``; 0 when there are none."""
        span = (until - after).days
        return sum(self.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))

    def estimate_notice(self, year: int) -> str:
        """The words shown wherever a date rests on a year without a notice (ux.md §20 st.nocalendar)."""
        return f"{year} 年放假安排还没有导入，这个日期是估算的。"


def merged(shipped: Iterable[SpecialDay], notices: Iterable[Notice]) -> tuple[dict[date, SpecialDay], dict[int, str]]:
    """The days and the notice numbers by year; a later notice for a year replaces the earlier one whole."""
    days: dict[date, tuple[int, SpecialDay]] = {}
    numbers: dict[int, str] = {}
    for day in shipped:
        days[day.on] = (day.on.year, day)
        numbers.setdefault(day.on.year, day.notice_number)
    for notice in notices:
        days = {on: entry for on, entry in days.items() if entry[0] != notice.year}
        days |= {day.on: (notice.year, day) for day in notice.days}
        numbers[notice.year] = notice.number
    return {on: day for on, (_year, day) in days.items()}, numbers


class CalendarInForce(WorkCalendar):
    """The calendar everybody counts by: the shipped notices and those published since.

    The one object of this package that changes: :meth:`enter` exchanges the data as a whole. ``version`` counts the
    published notices, so that each process can see that it is behind (``lishu_law.registry.calendar``).
    """

    def __init__(self, shipped: Iterable[SpecialDay]) -> None:
        self._shipped = tuple(shipped)
        self.version = 0
        super().__init__(self._shipped)

    def enter(self, notices: Iterable[Notice], version: int) -> None:
        """Count by these notices from now on, beside the shipped ones; ``()`` and 0 go back to what was shipped."""
        days, numbers = merged(self._shipped, notices)
        self._days, self._notices, self.version = days, numbers, version


def shipped_days() -> tuple[SpecialDay, ...]:
    """The days of holidays.csv."""
    return tuple(SpecialDay.from_row(row) for row in read_table("holidays"))


SHIPPED_CALENDAR = WorkCalendar(shipped_days())
DEFAULT_CALENDAR = CalendarInForce(shipped_days())
