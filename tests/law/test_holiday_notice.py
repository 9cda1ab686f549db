"""The yearly notice is read as published; what cannot be read is told line by line."""

from __future__ import annotations

from datetime import date

import pytest

from lishu_law.law.calendar import (
    DEFAULT_CALENDAR,
    SHIPPED_CALENDAR,
    CalendarInForce,
    Notice,
    WorkCalendar,
    shipped_days,
)
from lishu_law.law.holiday_notice import read_notice
from lishu_law.law.limits import compute

pytestmark = pytest.mark.law

NUMBER_2026 = "国办发明电〔2025〕7号"
TEXT_2026 = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_notice_of_2026_gives_the_shipped_days() -> None:
    found = read_notice(2026, NUMBER_2026, TEXT_2026)
    assert found.faults == ()
    assert found.days == tuple(sorted((d for d in shipped_days() if d.on.year == 2026), key=lambda d: d.on))


def test_a_holiday_may_begin_in_the_year_before() -> None:
    found = read_notice(2023, "x", "元旦：2022年12月31日至2023年1月2日放假调休，共3天。")
    assert [day.on for day in found.days] == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]


def test_two_holidays_together_and_months_that_are_not_repeated() -> None:
    found = read_notice(2027, "x", "国庆节、中秋节: 9月30日至10月6日放假，共 7 天；9月26日、10月9日（星期六）上班")
    assert found.faults == ()
    assert len(found.days) == 9
    assert {day.holiday for day in found.days} == {"国庆节、中秋节"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("各地要妥善安排值班", "看不懂"),
        ("元旦：1月1日至3日放假，共4天。", "写明共 4 天，按日期算是 3 天"),
        ("元旦：1月1日（周四）放假，共1天。", "2027-01-01 是周五，通知里写的是周四"),
        ("元旦：1月1日放假。1月4日上班。", "调休上班日应是周六或者周日"),
        ("元旦：13月1日放假。", "没有“13月1日”"),
        ("元旦：2月30日放假。", "没有“2月30日”"),
        ("元旦：2028年1月1日放假。", "不是 2027 年的放假安排"),
        ("元旦：2026年12月1日放假。", "不是 2027 年的放假安排"),
        ("元旦：1月3日至1日放假。", "不像一段假期"),
        ("元旦：1月2日上班。", "没有写放假的日期"),
        ("元旦：1月1日庆祝。", "没有写明放假还是上班"),
        ("元旦：放假。", "没有读到日期"),
        ("元旦：1月1日放假。\n春节：1月1日放假。", "写了两次"),
        ("", "没有读到任何节日"),
    ],
)
def test_what_cannot_be_read_is_told(line: str, why: str) -> None:
    found = read_notice(2027, "x", line)
    assert len(found.faults) == 1
    assert why in found.faults[0]


def notice(year: int, text: str, number: str = "国办发明电〔2026〕9号") -> Notice:
    return Notice(year, number, read_notice(year, number, text).days)


def test_a_later_notice_joins_and_replaces() -> None:
    calendar = CalendarInForce(shipped_days())
    assert not calendar.is_working_day(date(2026, 10, 7))
    first = notice(2027, "元旦：2026年12月31日至2027年1月2日放假。2026年12月27日上班。")
    calendar.enter([first], 1)
    assert calendar.version == 1
    assert calendar.years_published == (2024, 2025, 2026, 2027)
    assert calendar.notice_number(2026) == NUMBER_2026
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.is_working_day(date(2026, 12, 27))
    changed = notice(2026, "国庆节：10月1日至6日放假。", "更正")
    calendar.enter([first, changed], 2)
    assert calendar.is_working_day(date(2026, 10, 7))
    assert calendar.notice_number(2026) == "更正"
    assert not calendar.is_working_day(date(2026, 12, 31)), "a day of the notice for 2027"
    calendar.enter((), 0)
    assert calendar.years_published == SHIPPED_CALENDAR.years_published


def test_every_limit_counts_by_what_was_entered() -> None:
    before = compute("serve-7d", date(2026, 12, 25))
    DEFAULT_CALENDAR.enter([notice(2027, "元旦：1月1日至3日放假，共3天。")], 1)
    try:
        after = compute("serve-7d", date(2026, 12, 25))
    finally:
        DEFAULT_CALENDAR.enter((), 0)
    assert (before.due, before.provisional) == (date(2027, 1, 5), True)
    assert (after.due, after.provisional) == (date(2027, 1, 6), False)
    assert after.notices == (NUMBER_2026, "国办发明电〔2026〕9号")
    assert compute("serve-7d", date(2026, 12, 25)) == before


def test_a_plain_calendar_still_refuses_a_day_said_twice() -> None:
    day = shipped_days()[0]
    with pytest.raises(ValueError, match="重复"):
        WorkCalendar([day, day])
