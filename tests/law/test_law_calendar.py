"""Working days of the published notices, and years without one."""

from __future__ import annotations

from datetime import date

import pytest

from lishu_law.law.calendar import DEFAULT_CALENDAR, DayKind, SpecialDay, WorkCalendar

pytestmark = pytest.mark.law

DAYS = [
    ("2026-02-13", True, "周五"),
    ("2026-02-14", True, "调休上班"),
    ("2026-02-15", False, "春节"),
    ("2026-02-17", False, "春节"),
    ("2026-02-23", False, "春节"),
    ("2026-02-24", True, "周二"),
    ("2026-02-28", True, "调休上班"),
    ("2026-03-01", False, "周日"),
    ("2026-03-07", False, "周六"),
    ("2025-10-08", False, "国庆节、中秋节"),
    ("2024-02-18", True, "调休上班"),
    ("2027-01-01", True, "周五"),
    ("2027-01-02", False, "周六"),
]


@pytest.mark.parametrize(("day", "works", "name"), DAYS)
def test_days(day: str, works: bool, name: str) -> None:
    assert DEFAULT_CALENDAR.is_working_day(date.fromisoformat(day)) is works
    assert DEFAULT_CALENDAR.day_name(date.fromisoformat(day)) == name


def test_working_days_per_year() -> None:
    # 366/365 days less weekends and days off plus make-up days, as published.
    counts = [DEFAULT_CALENDAR.working_days_between(date(y - 1, 12, 31), date(y, 12, 31)) for y in (2024, 2025, 2026)]

    assert counts == [251, 248, 248]


def test_published_years_and_their_notices() -> None:
    assert DEFAULT_CALENDAR.years_published == (2024, 2025, 2026)
    assert DEFAULT_CALENDAR.notice_number(2026) == "国办发明电〔2025〕7号"
    assert DEFAULT_CALENDAR.notice_number(2027) is None
    assert DEFAULT_CALENDAR.is_published(2024)
    assert not DEFAULT_CALENDAR.is_published(2027)
    assert DEFAULT_CALENDAR.estimate_notice(2027) == "2027 年放假安排还没有导入，这个日期是估算的。"


def test_next_and_nth_working_day() -> None:
    spring = date(2026, 2, 15)

    assert DEFAULT_CALENDAR.next_working_day(spring) == date(2026, 2, 24)
    assert DEFAULT_CALENDAR.next_working_day(date(2026, 2, 14)) == date(2026, 2, 14)
    end, skipped = DEFAULT_CALENDAR.add_working_days(date(2026, 2, 13), 2)
    assert end == date(2026, 2, 24)
    assert skipped == [(date(2026, 2, day), "春节") for day in range(15, 24)]
    assert DEFAULT_CALENDAR.working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert DEFAULT_CALENDAR.working_days_between(date(2026, 2, 24), date(2026, 2, 13)) == 0
    with pytest.raises(ValueError, match="大于零"):
        DEFAULT_CALENDAR.add_working_days(spring, 0)


def test_an_edited_calendar_replaces_the_shipped_one() -> None:
    rows = [
        {"date": "2027-01-01", "kind": "off", "holiday": "元旦", "notice_number": "测试〔2026〕1号"},
        {"date": "2027-01-02", "kind": "makeup", "holiday": "元旦", "notice_number": "测试〔2026〕1号"},
        {"date": "2028-05-01", "kind": "off", "holiday": "劳动节", "notice_number": ""},
    ]
    calendar = WorkCalendar.from_rows(rows)

    assert calendar.next_working_day(date(2027, 1, 1)) == date(2027, 1, 2)
    assert calendar.years_published == (2027,)
    assert not calendar.is_working_day(date(2028, 5, 1))


def test_a_day_given_twice_is_refused() -> None:
    day = SpecialDay(date(2027, 1, 1), DayKind.OFF, "元旦")

    with pytest.raises(ValueError, match="重复"):
        WorkCalendar([day, day])
