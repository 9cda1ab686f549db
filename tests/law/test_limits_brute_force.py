"""Every limit from every day of 2024–2026 against a second calculator that shares no code with the first.

It reads the CSV files itself, keeps the working days as a sorted list and finds ends by bisection.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import lishu_law.law
from lishu_law.law.counting import Pause
from lishu_law.law.limits import LIMITS, Extension, LimitError, compute

pytestmark = pytest.mark.law

DATA = Path(lishu_law.law.__file__).parent / "data"
TIME_UNITS = {"日", "工作日", "月", "年", "小时", "日期", "工作日/工作日/日"}
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


def table(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def sorted_working_days() -> list[date]:
    kinds = {row["date"]: row["kind"] for row in table("holidays.csv")}
    every = [date(2023, 1, 1) + timedelta(days=n) for n in range(366 * 9)]
    return [day for day in every if kinds.get(day.isoformat(), "makeup" if day.weekday() < 5 else "off") == "makeup"]


WORKING = sorted_working_days()
KNOWN_YEARS = {int(row["date"][:4]) for row in table("holidays.csv")}


def nth_working(start: date, count: int) -> date:
    return WORKING[bisect_right(WORKING, start) + count - 1]


def on_or_after(day: date) -> date:
    return WORKING[bisect_left(WORKING, day)]


def natural_end(start: date, number: int, unit: str) -> date:
    if unit == "日":
        return date.fromordinal(start.toordinal() + number)
    months = number * (12 if unit == "年" else 1)
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for numbered in (start.day, 30, 29, 28):
        try:
            return date(year, month, min(numbered, start.day))
        except ValueError:
            continue
    raise AssertionError


def cases() -> list[tuple[str, str, str, str, str]]:
    found = []
    for row in table("procedure_rules.csv"):
        if row["unit"] not in TIME_UNITS or not row["limit"]:
            continue
        limit, unit, calendar = row["limit"], row["unit"], row["calendar"]
        if unit == "日期":
            found.append((row["rule_id"], limit, unit, calendar, row["actor"]))
            continue
        numbers = limit.replace(" ", "").replace("+", "/").replace("-", "/").split("/")
        for k, number in enumerate(numbers):
            part_unit = unit.split("/")[k] if "/" in unit else unit
            part_calendar = calendar.split("/")[k] if calendar.count("/") == 2 else calendar
            code = row["rule_id"] + (f"#{k + 1}" if len(numbers) > 1 else "")
            found.append((code, number, part_unit, part_calendar, row["actor"]))
    return found


def expected(case: tuple[str, str, str, str, str], start: date) -> tuple[date, date, date, bool]:
    """(binding, strict, lenient, provisional)."""
    code, number, unit, calendar, actor = case
    if unit == "日期":
        month, _, day = number.partition("-")
        end = date(start.year + 1, int(month), int(day))
        return end, end, end, False
    if calendar == "working":
        end = nth_working(start, int(number))
        return end, end, end, bool({start.year, end.year} - KNOWN_YEARS)
    ends = [natural_end(start, int(number), unit)]
    if code.startswith("serve-public-"):
        ends = [start + timedelta(days=30), start + timedelta(days=60)]
    if calendar == "natural-noroll":
        return ends[0], ends[0], ends[0], False
    rolled = [on_or_after(end) for end in ends]
    unknown = bool({day.year for day in (*ends, *rolled)} - KNOWN_YEARS)
    if calendar == "natural/working":
        rolled.append(nth_working(start, int(number)))
        unknown = unknown or rolled[-1].year not in KNOWN_YEARS
    binds_late = actor == "当事人" or code.startswith("serve-public-")
    return (max(rolled) if binds_late else min(rolled)), min(rolled), max(rolled), unknown


DAY_CASES = [case for case in cases() if case[2] != "小时"]
HOUR_CASES = [case for case in cases() if case[2] == "小时"]


@pytest.mark.parametrize("case", DAY_CASES, ids=[case[0] for case in DAY_CASES])
def test_same_end_from_every_day(case: tuple[str, str, str, str, str]) -> None:
    for n in range((LAST - FIRST).days + 1):
        start = FIRST + timedelta(days=n)
        due = compute(case[0], start)
        got = (due.due, due.due_strict, due.due_lenient, due.provisional)
        assert got == expected(case, start), f"{case[0]} from {start}"


@pytest.mark.parametrize("case", HOUR_CASES, ids=[case[0] for case in HOUR_CASES])
def test_same_instant_from_every_day(case: tuple[str, str, str, str, str]) -> None:
    for n in range((LAST - FIRST).days + 1):
        start = datetime.fromisoformat(f"{FIRST + timedelta(days=n)}T21:45:30+08:00")
        due = compute(case[0], start).due
        assert isinstance(due, datetime)
        assert due.timestamp() - start.timestamp() == int(case[1]) * 3600


def test_the_second_calculator_knows_every_limit() -> None:
    assert len(DAY_CASES) == 58
    assert len(HOUR_CASES) == 3
    assert {case[0] for case in (*DAY_CASES, *HOUR_CASES)} == set(LIMITS)


# Pauses and extensions: the end is pushed on by the paused days within it until nothing changes any more.

SPANS = ((3, 10), (20, 21))  # each from its first day, which is counted, to its last, which is not


def paused_days(start: date) -> set[date]:
    return {start + timedelta(days=n) for first, last in SPANS for n in range(first + 1, last + 1)}


def pushed(start: date, end_of, paused: set[date]) -> date:
    """The fixed point of end = end_of(paused days up to end)."""
    end, held = end_of(0), -1
    while held != (now := sum(start < day <= end for day in paused)):
        held = now
        end = end_of(held)
    return end


def expected_with(case: tuple[str, str, str, str, str], start: date, more: int) -> tuple[date, date]:
    """(strict, lenient) with the pauses of ``SPANS`` and an extension of ``more`` natural days."""
    code, number, unit, calendar, _actor = case
    paused = paused_days(start)
    in_office = {day for day in paused if day in OFFICE_DAYS}
    worked = pushed(start, lambda held: nth_working(start, int(number) + held), in_office)
    if calendar == "working":
        return worked, worked
    named = [natural_end(start, int(number), unit)]
    if code.startswith("serve-public-"):
        named = [start + timedelta(days=30), start + timedelta(days=60)]
    ends = [pushed(start, lambda held, end=end: end + timedelta(days=held), paused) for end in named]
    if more:  # counted on from the unrolled end
        ends = [
            pushed(end, lambda held, end=end: end + timedelta(days=more + held), {day for day in paused if day > end})
            for end in ends
        ]
    if calendar == "natural-noroll":
        return ends[0], ends[0]
    rolled = [on_or_after(end) for end in ends] + ([worked] if calendar == "natural/working" else [])
    return min(rolled), max(rolled)


OFFICE_DAYS = set(WORKING)
PAUSED_CASES = [case for case in DAY_CASES if case[2] != "日期"]
EXTENDED = {"coerce-30d": "coerce-extend", "decide-90d": "decide-90d-extend"}


def starts(case: tuple[str, str, str, str, str]) -> range:
    """Every day; of limits of months and years, which count hundreds of days each, every eleventh."""
    return range(0, (LAST - FIRST).days + 1, 11 if case[2] in ("月", "年") else 1)


@pytest.mark.parametrize("case", PAUSED_CASES, ids=[case[0] for case in PAUSED_CASES])
def test_same_end_with_pauses(case: tuple[str, str, str, str, str]) -> None:
    for n in starts(case):
        start = FIRST + timedelta(days=n)
        pauses = [Pause(start + timedelta(days=a), start + timedelta(days=b), "鉴定中") for a, b in SPANS]
        due = compute(case[0], start, pauses=pauses)
        assert (due.due_strict, due.due_lenient) == expected_with(case, start, 0), f"{case[0]} from {start}"


@pytest.mark.parametrize("days", [1, 17, 30])
@pytest.mark.parametrize("code", EXTENDED)
def test_same_end_with_an_extension_and_pauses(code: str, days: int) -> None:
    case = next(case for case in DAY_CASES if case[0] == code)
    for n in range((LAST - FIRST).days + 1):
        start = FIRST + timedelta(days=n)
        pauses = [Pause(start + timedelta(days=a), start + timedelta(days=b), "鉴定中") for a, b in SPANS]
        extension = (Extension(EXTENDED[code], days),)
        due = compute(code, start, pauses=pauses, extensions=extension)
        assert (due.due_strict, due.due_lenient) == expected_with(case, start, days), f"{code} from {start}"
        plain = natural_end(start, int(case[1]), "日") + timedelta(days=days)
        want = plain if case[3] == "natural-noroll" else on_or_after(plain)
        assert compute(code, start, extensions=extension).due == want, f"{code} from {start} without pauses"


@pytest.mark.parametrize("code", [case[0] for case in (*DAY_CASES, *HOUR_CASES) if case[0] not in EXTENDED])
def test_what_the_law_does_not_extend_is_not_extended(code: str) -> None:
    with pytest.raises(LimitError):
        compute(code, datetime.fromisoformat("2026-03-02T09:00:00+08:00"), extensions=[Extension("coerce-extend")])


@pytest.mark.parametrize("case", HOUR_CASES, ids=[case[0] for case in HOUR_CASES])
def test_hours_know_no_pause(case: tuple[str, str, str, str, str]) -> None:
    with pytest.raises(LimitError):
        compute(case[0], datetime.fromisoformat("2026-03-02T09:00:00+08:00"), pauses=[Pause(FIRST, LAST, "x")])


LOCAL = [case for case in DAY_CASES if LIMITS[case[0]].parameter]


@pytest.mark.parametrize("length", [1, 2, 10])
@pytest.mark.parametrize("case", LOCAL, ids=[case[0] for case in LOCAL])
def test_same_end_with_a_local_length(case: tuple[str, str, str, str, str], length: int) -> None:
    code, _number, unit, calendar, actor = case
    for n in range(0, (LAST - FIRST).days + 1, 3):
        start = FIRST + timedelta(days=n)
        due = compute(code, start, length=length)
        want = expected((code, str(length), unit, calendar, actor), start)
        assert (due.due, due.due_strict, due.due_lenient, due.provisional) == want, f"{code} from {start}"
