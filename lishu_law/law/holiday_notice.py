"""Reading the State Council's yearly holiday notice as it is published, one line per holiday.

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

Every date named before 放假 is a day off, every one named before 上班 a make-up day. What cannot be read is told line
by line; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lishu_law.law.calendar import WEEKDAY_NAMES, DayKind, SpecialDay

_LINE = re.compile(r"(?:[一二三四五六七八九十]+、)?(?P<holiday>[^：:，。（）()\d]{1,20})[：:](?P<rest>.+)")
_REMARK = re.compile(r"[（(](?P<words>[^（）()]*)[）)]")
_DAY = r"(?:(?:(?P<year{0}>\d{{4}})年)?(?P<month{0}>\d{{1,2}})月)?(?P<day{0}>\d{{1,2}})日(?P<remark{0}>[（(][^（）()]*[）)])?"
_FIRST, _LAST = _DAY.format(1), _DAY.format(2)
_SPAN = re.compile(rf"{_FIRST}(?:至{_LAST})?")
_TOTAL = re.compile(r"共(\d+)天")
_MOST_DAYS = 20
_EARLY = timedelta(days=15)


@dataclass(frozen=True)
class ReadNotice:
    """The days that were read and, line by line, what is wrong; without faults the days are complete."""

    days: tuple[SpecialDay, ...]
    faults: tuple[str, ...]


class _Unreadable(ValueError):
    pass


def read_notice(year: int, number: str, text: str) -> ReadNotice:
    """The days of the notice for ``year``."""
    days: dict[date, SpecialDay] = {}
    faults: list[str] = []
    for count, line in enumerate(filter(None, ("".join(row.split()) for row in text.splitlines())), 1):
        try:
            for day in _days_of(line, year, number):
                if day.on in days:
                    raise _Unreadable(f"{day.on} 写了两次")
                days[day.on] = day
        except _Unreadable as fault:
            faults.append(f"第 {count} 行：{fault}。")
    if not days and not faults:
        faults.append("没有读到任何节日，请照通知原文逐行粘贴。")
    return ReadNotice(tuple(days[on] for on in sorted(days)), tuple(faults))


def _days_of(line: str, year: int, number: str) -> Iterator[SpecialDay]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise _Unreadable("看不懂，请写成“元旦：1月1日至3日放假，共3天。1月4日上班。”")
    holiday = match["holiday"].strip()
    off: list[date] = []
    found_off = False
    for sentence in filter(None, re.split(r"[。；;]", match["rest"])):
        plain = _REMARK.sub("", sentence)
        if "上班" in plain:
            yield from (SpecialDay(day, DayKind.MAKEUP, holiday, number) for day in _makeup(sentence, year))
        elif "放假" in plain or "休息" in plain:
            off = _spans(re.split(r"放假|休息", sentence)[0], year)
            _check_total(plain, off)
            found_off = True
            yield from (SpecialDay(day, DayKind.OFF, holiday, number) for day in off)
        elif re.search(r"\d", plain):
            raise _Unreadable(f"“{sentence[:20]}”没有写明放假还是上班")
    if not found_off:
        raise _Unreadable("没有写放假的日期")


def _check_total(sentence: str, off: list[date]) -> None:
    total = _TOTAL.search(sentence)
    if total and int(total[1]) != len(off):
        raise _Unreadable(f"写明共 {total[1]} 天，按日期算是 {len(off)} 天")


def _makeup(sentence: str, year: int) -> list[date]:
    days = _spans(sentence.split("上班")[0], year)
    for day in days:
        if day.weekday() < 5:
            raise _Unreadable(f"{day} 是{WEEKDAY_NAMES[day.weekday()]}，调休上班日应是周六或者周日")
    return days


def _spans(text: str, year: int) -> list[date]:
    """Every date named in ``text``, spans filled in; a month or year not written is that of the date before."""
    found: list[date] = []
    before = date(year, 1, 1)
    for match in _SPAN.finditer(text):
        first = last = _date(match, 1, before, year)
        if match["day2"]:
            last = _date(match, 2, first, year)
        if not 0 <= (last - first).days < _MOST_DAYS:
            raise _Unreadable(f"{first} 至 {last} 不像一段假期")
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
        before = date(year, last.month, 1)
    if not found:
        raise _Unreadable("没有读到日期")
    return found


def _date(match: re.Match[str], place: int, before: date, year: int) -> date:
    """One date of the notice for ``year``. The weekday in brackets must agree with it."""
    words = match[f"month{place}"], match[f"day{place}"]
    try:
        day = date(int(match[f"year{place}"] or before.year), int(words[0] or before.month), int(words[1]))
    except ValueError:
        raise _Unreadable(f"没有“{words[0] or before.month}月{words[1]}日”这个日期") from None
    if not date(year, 1, 1) - _EARLY <= day <= date(year, 12, 31):
        raise _Unreadable(f"{day} 不是 {year} 年的放假安排")
    named = [name for name in WEEKDAY_NAMES if name in (match[f"remark{place}"] or "").replace("星期", "周")]
    if named and named[0] != WEEKDAY_NAMES[day.weekday()]:
        raise _Unreadable(f"{day} 是{WEEKDAY_NAMES[day.weekday()]}，通知里写的是{named[0]}")
    return day
