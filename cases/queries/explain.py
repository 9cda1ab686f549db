"""怎么算的: one limit of a case explained, so that anybody can count it again (ux.md §10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from cases.models import Deadline, DeadlineState
from cases.queries.limits import LimitLine, due_of, limit_lines
from lishu_law import clock
from lishu_law.law.calendar import DEFAULT_CALENDAR, WEEKDAY_NAMES, weekday_name
from lishu_law.law.citations import for_staff
from lishu_law.law.due_report import CALENDAR_WORDS, ROLE_WORDS
from lishu_law.law.limits import LIMITS, Due, find
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.law.rules import RULES

WEEKEND = "周末"


@dataclass(frozen=True)
class Span:
    """Days in a row that were not counted for one reason."""

    name: str
    text: str
    count: int


@dataclass(frozen=True)
class Change:
    """Something that happened to the clock."""

    on: date
    text: str


@dataclass(frozen=True)
class Explanation:
    """Everything the panel shows; the template only prints it.

    ``readings`` are the two results with which of them binds, where the law can be read in two ways. ``is_remembered``:
    the rule rests on a text nobody has read again (待核对).
    """

    line: LimitLine
    rows: tuple[tuple[str, str], ...]
    readings: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    excluded: tuple[Span, ...]
    pauses: tuple[tuple[str, str, str, str], ...]
    extensions: tuple[tuple[str, str, str], ...]
    citations: tuple[str, ...]
    notices: tuple[str, ...]
    estimate: str
    is_remembered: bool
    history: tuple[Change, ...]


def explain(limit: Deadline) -> Explanation:
    """The explanation of a limit, running or ended."""
    due, law = due_of(limit), LIMITS[limit.code]
    return Explanation(
        line=limit_lines([limit])[0],
        rows=tuple(_rows(limit, due)),
        readings=tuple(_readings(due)),
        lines=due.derivation,
        excluded=tuple(_spans(due)),
        pauses=tuple((one["from"], one["to"] or "还没有恢复", one["reason"], one["document"]) for one in limit.pauses),
        extensions=tuple(
            (find(one["code"]).title, f"{one['days'] or find(one['code']).length} 日", one["document"])
            for one in limit.extensions
        ),
        citations=tuple(for_staff(cite) for cite in law.citation),
        notices=due.notices,
        estimate=_estimate(due),
        is_remembered=not RULES[law.rule_id].is_seen,
        history=tuple(sorted(_history(limit), key=lambda change: change.on)),
    )


def _rows(limit: Deadline, due: Due) -> Iterator[tuple[str, str]]:
    law = due.limit
    yield "起算的事件", law.event_title
    yield "起算时间", _moment(limit.started_at) if limit.started_at else _day(limit.started_on)
    yield "期限", f"{law.length_text}，{CALENDAR_WORDS[law.calendar]}"
    if law.parameter:
        parameter = DEFAULT_PARAMETERS.at(law.parameter, limit.started_on)
        remark = "" if parameter.is_confirmed else "（待确认）"
        yield "期限的来源", f"{parameter.title}，{parameter.source}{remark}"
    yield "性质", f"{ROLE_WORDS[law.role]}（{law.owner}）"
    end = due.due
    yield "到期", _moment(end) if isinstance(end, datetime) else f"{_day(end)} 24:00"
    if due.may_act_from:
        yield "最早可以办理", _day(due.may_act_from)


def _readings(due: Due) -> Iterator[tuple[str, str]]:
    if not due.limit.has_two_readings:
        return
    both = (("从严（较早）", due.due_strict), ("从宽（较晚）", due.due_lenient))
    binding = both[1] if due.limit.uses_lenient else both[0]
    why = "当事人的权利和公告送达按较晚的算" if due.limit.uses_lenient else "机关的义务按较早的算"
    for title, end in both:
        yield title, f"{_day(end)}{f'，按此执行：{why}' if title == binding[0] else ''}"


def _spans(due: Due) -> Iterator[Span]:
    """Holidays by name with the number of days, weekends together."""
    named = [(day, WEEKEND if name in WEEKDAY_NAMES else name) for day, name in sorted(due.excluded)]
    runs = groupby(enumerate(named), lambda pair: (pair[1][1], pair[1][0] - timedelta(days=pair[0])))
    for (name, _start), run in runs:
        days = [day for _place, (day, _name) in run]
        text = _day(days[0]) if len(days) == 1 else f"{_day(days[0])} 至 {_day(days[-1])}"
        yield Span(name, text, len(days))


def _estimate(due: Due) -> str:
    if not due.provisional:
        return ""
    years = range(due.start.year, due.due_lenient.year + 1)
    missing = [year for year in years if not DEFAULT_CALENDAR.is_published(year)]
    return f"{DEFAULT_CALENDAR.estimate_notice(missing[-1])}公布后会重新计算，并通知有关人员。" if missing else ""


def _history(limit: Deadline) -> Iterator[Change]:
    yield Change(limit.started_on, f"开始计时（{LIMITS[limit.code].event_title}）")
    for pause in limit.pauses:
        proof = f"，凭证：{pause['document']}" if pause["document"] else ""
        yield Change(date.fromisoformat(pause["from"]), f"停止计时：{pause['reason']}{proof}")
        if pause["to"]:
            yield Change(date.fromisoformat(pause["to"]), "恢复计时")
    for move in limit.moves:
        yield Change(date.fromisoformat(move["on"]), f"{move['why']}：到期日由 {move['from']} 改为 {move['to']}")
    if limit.ended_on:
        yield Change(limit.ended_on, str(DeadlineState(limit.state).label))


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d} {weekday_name(day)}"


def _moment(moment: datetime) -> str:
    local = clock.local(moment)
    return f"{_day(local.date())} {local:%H:%M}"
