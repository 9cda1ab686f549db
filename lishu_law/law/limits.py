"""The registry of statutory and local time limits, and the date each of them gives.

One entry per part of every rule of procedure_rules.csv that is a period of time; time_limits.csv adds its Chinese start
event, its role and its warning. ``compute`` follows procedure.md 0.5 to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from zoneinfo import ZoneInfo

from lishu_law.law.calendar import DEFAULT_CALENDAR, ONE_DAY, WorkCalendar
from lishu_law.law.citations import Cite, parse_basis
from lishu_law.law.counting import (
    Count,
    Pause,
    count_days,
    count_hours,
    count_months,
    count_working,
    describe,
    longer,
    rolled,
    unmoved,
)
from lishu_law.law.rules import RULES, Rule
from lishu_law.law.tables import keyed, read_table

SHANGHAI = ZoneInfo("Asia/Shanghai")
_EARLIEST_YEAR, _LATEST_YEAR = 1949, 2200
_PUBLIC_SERVING = ("serve-public-30", "serve-public-60")
_EXTENDED_BY = {"coerce-30d": "coerce-extend", "decide-90d": "decide-90d-extend"}
_PARTY = "当事人"
_SPLIT = re.compile(r" / |[/+-]")


class LimitError(ValueError):
    """No date can be given; the message says why and how to go on."""


class Unit(StrEnum):
    DAYS = "日"
    WORKING_DAYS = "工作日"
    MONTHS = "月"
    YEARS = "年"
    HOURS = "小时"
    DATE = "日期"


class Reckoning(StrEnum):
    """The calendar column: which days count, and whether the last day moves."""

    WORKING = "working"
    NATURAL = "natural"
    NATURAL_NOROLL = "natural-noroll"
    NATURAL_OR_WORKING = "natural/working"
    HOURS = "hours"


class Role(StrEnum):
    """What the end of the limit means: a duty is late, a right lapses, a waiting time is over, others act."""

    DUTY = "duty"
    RIGHT = "right"
    WAITING = "waiting"
    OTHER = "other"


@dataclass(frozen=True)
class TimeLimit:
    """One time limit. ``length`` counts ``unit``; a fixed calendar date (unit 日期) is ``month`` and ``length`` = day.

    ``actor`` owns the limit; ``warn_before`` adds one message that many working days before the end (0: none);
    ``parameter`` names the dated local parameter that may replace ``length`` (empty where the law fixes it).
    """

    code: str
    rule_id: str
    title: str
    event: str
    event_title: str
    length: int
    unit: Unit
    calendar: Reckoning
    actor: str
    citation: tuple[Cite, ...]
    hard_or_soft: str
    system_effect: str
    role: Role
    warn_before: int
    parameter: str
    is_not_before: bool
    note: str
    month: int = 0

    @property
    def lapses(self) -> bool:
        """True when nobody is late after the end: a right has lapsed or a waiting time is over."""
        return self.role in (Role.RIGHT, Role.WAITING)

    @property
    def owner(self) -> str:
        """Who owns it, in words."""
        return self.actor.replace(";", "、")

    @property
    def length_text(self) -> str:
        """The length in words: 7 个工作日, 3 个月, 次年 1 月 31 日."""
        if self.unit is Unit.DATE:
            return f"次年 {self.month} 月 {self.length} 日"
        measure = "个" if self.unit in (Unit.WORKING_DAYS, Unit.MONTHS) else ""
        return f"{self.length} {measure}{self.unit.value}"

    @property
    def has_two_readings(self) -> bool:
        """True where the law can be read in two ways, even when both give the same day."""
        return self.calendar is Reckoning.NATURAL_OR_WORKING or self.code in _PUBLIC_SERVING

    @property
    def uses_lenient(self) -> bool:
        """True when the later reading binds: the party's rights and the deemed public service (0.5-5)."""
        return self.actor == _PARTY or self.code in _PUBLIC_SERVING


@dataclass(frozen=True)
class Extension:
    """An approved extension by its rule id; ``length`` when fewer days than allowed were granted."""

    code: str
    length: int | None = None


@dataclass(frozen=True)
class Due:
    """The end of a limit. Dates are Asia/Shanghai calendar dates ending at 24:00; hours give an aware instant.

    ``due`` is the reading that binds the limit's owner; ``may_act_from`` is set for not-before limits only;
    ``provisional`` means a year without a holiday notice had to be judged (估算).
    """

    limit: TimeLimit
    start: date
    due: date
    due_strict: date
    due_lenient: date
    unrolled: date
    excluded: tuple[tuple[date, str], ...]
    derivation: tuple[str, ...]
    provisional: bool
    may_act_from: date | None
    notices: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.limit.code

    @property
    def unit(self) -> Unit:
        return self.limit.unit

    @property
    def calendar(self) -> Reckoning:
        return self.limit.calendar

    @property
    def citation(self) -> tuple[Cite, ...]:
        return self.limit.citation


def is_time_limit(rule: Rule) -> bool:
    """True for a rule with a number whose unit is a time (people, yuan and per cent are not)."""
    return bool(rule.limit) and all(unit in set(Unit) for unit in rule.unit.split("/"))


def _cells(text: str, count: int) -> list[str]:
    """The cell for each part: split at "/" when it has as many pieces as the limit, else the same for all (0.5-1)."""
    pieces = text.split("/")
    return pieces if len(pieces) == count > 1 else [text] * count


def _limits_of(rule: Rule) -> Iterator[TimeLimit]:
    """Every part of a rule as a limit; part k of several has the code ``rule_id#k``."""
    numbers = [rule.limit] if rule.unit == Unit.DATE else _SPLIT.split(rule.limit)
    units, calendars = _cells(rule.unit, len(numbers)), _cells(rule.calendar, len(numbers))
    for index, number in enumerate(numbers):
        code = f"{rule.rule_id}#{index + 1}" if len(numbers) > 1 else rule.rule_id
        month, _, length = number.rpartition("-")
        row = _TITLES[code]
        yield TimeLimit(
            code=code,
            rule_id=rule.rule_id,
            title=row["title_zh"],
            event=row["event"],
            event_title=row["event_zh"],
            length=int(length),
            month=int(month or 0),
            unit=Unit(units[index]),
            calendar=Reckoning(calendars[index]),
            actor=rule.actor,
            citation=parse_basis(rule.legal_basis),
            hard_or_soft=rule.hard_or_soft,
            system_effect=rule.system_effect,
            role=Role(row["role"]),
            warn_before=int(row["warn_before"]),
            parameter=row["parameter"],
            is_not_before="not-before limit" in rule.note,
            note=rule.note,
        )


_TITLES = keyed(read_table("time_limits"), "code")
LIMITS: dict[str, TimeLimit] = {
    limit.code: limit for rule in RULES.values() if is_time_limit(rule) for limit in _limits_of(rule)
}


def find(code: str) -> TimeLimit:
    """The limit of a code; ``x`` and ``x#1`` are the same. Raises ``LimitError`` when there is no such time limit."""
    for known in (code, f"{code}#1", code.removesuffix("#1")):
        if known in LIMITS:
            return LIMITS[known]
    rule_id = code.partition("#")[0]
    rule = RULES.get(rule_id)
    if rule is None:
        near = get_close_matches(rule_id, RULES, n=1)
        hint = f"您要找的是不是 {near[0]}？" if near else "可用的代码见 docs/time-limits.md。"
        raise LimitError(f"没有代码为 {code} 的规则。{hint}")
    if is_time_limit(rule):
        parts = sum(limit.rule_id == rule_id for limit in LIMITS.values())
        raise LimitError(f"{rule_id} 只有 {parts} 个部分，没有 {code}。")
    if not rule.limit:
        raise LimitError(f"{rule_id}（{rule.term_zh}）没有法定数字期限，不能计算到期日。")
    raise LimitError(f"{rule_id}（{rule.term_zh}）的单位是“{rule.unit}”，不是时间期限，不能计算到期日。")


def compute(
    code: str,
    start: date,
    *,
    calendar: WorkCalendar = DEFAULT_CALENDAR,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    length: int | None = None,
) -> Due:
    """The end of the limit ``code`` that begins with the event on ``start``.

    A ``datetime`` is read as Asia/Shanghai time when it is naive; limits in hours need one, the others use its date.
    ``length`` replaces the number of a local limit by the dated parameter's value (``TimeLimit.parameter``).
    Raises ``LimitError`` for an unknown code, a rule that is no time limit, hours without a time, hours with a pause,
    an extension the law does not know, and a year outside 1949–2200.
    """
    limit = find(code)
    if not _EARLIEST_YEAR <= start.year <= _LATEST_YEAR:
        raise LimitError(f"起算日的年份要在 {_EARLIEST_YEAR} 到 {_LATEST_YEAR} 之间，现在是 {start.year}。")
    if length is not None:
        limit = _with_length(limit, length)
    if limit.unit is Unit.HOURS:
        return _due(limit, _hours_start(limit, start, pauses, extensions), calendar, pauses, 0)
    more = _extension_days(limit, extensions)
    return _due(limit, shanghai_date(start), calendar, pauses, more)


def shanghai_date(moment: date) -> date:
    """The calendar date in Asia/Shanghai of a date (itself) or a datetime (naive: already Shanghai time)."""
    return shanghai_time(moment).date() if isinstance(moment, datetime) else moment


def shanghai_time(moment: datetime) -> datetime:
    """The same instant on the clock of Asia/Shanghai (naive: already Shanghai time)."""
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)


def _with_length(limit: TimeLimit, length: int) -> TimeLimit:
    if not limit.parameter:
        raise LimitError(f"{limit.code} 的期限由法律规定，不能改为 {length}。")
    if length < 1:
        raise LimitError(f"{limit.code} 的期限要大于零，现在是 {length}。")
    return replace(limit, length=length)


def _hours_start(limit: TimeLimit, start: date, pauses: Sequence[Pause], extensions: Sequence[Extension]) -> datetime:
    if not isinstance(start, datetime):
        raise LimitError(f"{limit.code} 按小时计算，请写明起算的日期和时间，如 2026-02-13 09:30。")
    if pauses or extensions:
        raise LimitError(f"{limit.code} 按小时连续计算，不能暂停或者延长。")
    return shanghai_time(start)


def _extension_days(limit: TimeLimit, extensions: Sequence[Extension]) -> int:
    """The days an approved extension adds. At most one, of the kind the limit knows, within its length."""
    if not extensions:
        return 0
    allowed = LIMITS.get(_EXTENDED_BY.get(limit.code, ""))
    if allowed is None:
        raise LimitError(f"{limit.code} 没有法定的延长，请按新的期限另行计算。")
    if len(extensions) > 1 or extensions[0].code != allowed.code:
        raise LimitError(f"{limit.code} 只能依 {allowed.code} 延长一次。")
    days = extensions[0].length if extensions[0].length is not None else allowed.length
    if not 1 <= days <= allowed.length:
        raise LimitError(f"{limit.code} 的延长要在 1 到 {allowed.length} 日之间，现在是 {days}。")
    return days


def _due(limit: TimeLimit, start: date, calendar: WorkCalendar, pauses: Sequence[Pause], more: int) -> Due:
    readings = sorted(_readings(limit, start, calendar, pauses, more), key=lambda count: count.end)
    strict, lenient = readings[0], readings[-1]
    binding = lenient if limit.uses_lenient else strict
    judged = {day.year for count in readings for day in count.judged}
    return Due(
        limit=limit,
        start=start,
        due=binding.end,
        due_strict=strict.end,
        due_lenient=lenient.end,
        unrolled=binding.unrolled,
        excluded=binding.excluded,
        derivation=_derivation(readings, binding),
        provisional=any(not calendar.is_published(year) for year in judged),
        may_act_from=binding.end + ONE_DAY if limit.is_not_before else None,
        notices=tuple(filter(None, (calendar.notice_number(year) for year in sorted(judged)))),
    )


def _readings(
    limit: TimeLimit, start: date, calendar: WorkCalendar, pauses: Sequence[Pause], more: int
) -> Iterator[Count]:
    if isinstance(start, datetime):
        yield count_hours(start, limit.length)
        return
    if limit.unit is Unit.DATE:
        yield _calendar_date(limit, start, calendar)
        return
    if limit.calendar in (Reckoning.WORKING, Reckoning.NATURAL_OR_WORKING):
        yield count_working(start, limit.length, calendar, pauses)
        if limit.calendar is Reckoning.WORKING:
            return
    lengths = [LIMITS[code].length for code in _PUBLIC_SERVING] if limit.code in _PUBLIC_SERVING else [limit.length]
    for length in lengths:
        count = _natural(length, limit.unit, start, calendar, pauses)
        if more:
            count = longer(count, more, calendar, pauses)
        yield unmoved(count, calendar) if limit.calendar is Reckoning.NATURAL_NOROLL else rolled(count, calendar)


def _natural(length: int, unit: Unit, start: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> Count:
    if unit is Unit.MONTHS:
        return count_months(start, length, calendar, pauses)
    if unit is Unit.YEARS:
        return count_months(start, length * 12, calendar, pauses)
    return count_days(start, length, calendar, pauses)


def _calendar_date(limit: TimeLimit, start: date, calendar: WorkCalendar) -> Count:
    """A fixed day of the year after the one the given date lies in; it does not move."""
    end = date(start.year + 1, limit.month, limit.length)
    lines = (f"{start.isoformat()} 属于 {start.year} 年度", f"{describe(end, calendar)}：次年固定日期，不顺延")
    return Count(end, end, (), lines)


def _derivation(readings: list[Count], binding: Count) -> tuple[str, ...]:
    if len(readings) == 1:
        return binding.lines
    lines: list[str] = []
    for title, count in zip(("较早的算法（从严）", "较晚的算法（从宽）"), readings, strict=True):
        mark = "，本期限按此确定" if count is binding else ""
        lines += [f"{title}：{count.end.isoformat()}{mark}", *count.lines]
    return tuple(lines)
