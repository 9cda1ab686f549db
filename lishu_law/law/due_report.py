"""What ``./lishu manage due LIMIT_CODE --from …`` prints: the end date, how it was counted, and the article."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TypedDict

from lishu_law.law.calendar import DEFAULT_CALENDAR, WorkCalendar
from lishu_law.law.citations import render
from lishu_law.law.limits import Due, LimitError, Reckoning, Role, compute

_START = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?P<zone>Z|[+-]\d{2}:\d{2})?)?", re.ASCII
)
CALENDAR_WORDS = {
    Reckoning.WORKING: "按工作日计算",
    Reckoning.NATURAL: "按自然日计算，最后一日休息的顺延",
    Reckoning.NATURAL_NOROLL: "按自然日计算，最后一日不顺延",
    Reckoning.NATURAL_OR_WORKING: "自然日、工作日两种算法并存",
    Reckoning.HOURS: "按小时连续计算",
}
ROLE_WORDS = {Role.DUTY: "义务期限", Role.RIGHT: "权利期限", Role.WAITING: "等待期", Role.OTHER: "其他机关的期限"}


class ExcludedDay(TypedDict):
    date: str
    name: str


class _Always(TypedDict):
    code: str
    title: str
    start_event: str
    due: str
    unit: str
    calendar: str
    length_text: str
    excluded: list[ExcludedDay]
    provisional: bool
    provisional_note: str
    citation: str
    derivation: list[str]
    notices: list[str]
    unrolled: str
    owner: str
    role: str


# "from" is a keyword, and the last three keys are there only where they apply.
DueReport = TypedDict(
    "DueReport",
    {"from": str, "due_strict": str, "due_lenient": str, "may_act_from": str},
    total=False,
)


class Report(_Always, DueReport):
    """The JSON object of the command."""


def parse_start(text: str) -> date:
    """A date (2026-02-13) or an instant (2026-02-13T23:02, a zone may follow). Raises ``LimitError``."""
    match = _START.fullmatch(text.strip())
    if match is None:
        raise LimitError(f"看不懂起算时间“{text[:40]}”，请写成 2026-02-13 或者 2026-02-13T09:30。")
    try:
        if match["time"] is None:
            return date.fromisoformat(match["day"])
        return datetime.fromisoformat(f"{match['day']}T{match['time']}{match['zone'] or ''}")
    except ValueError:
        raise LimitError(f"没有“{text[:40]}”这个日期或者时间，请核对。") from None


def report(code: str, start_text: str, calendar: WorkCalendar = DEFAULT_CALENDAR) -> Report:
    """The computed limit as plain JSON values. Raises ``LimitError``."""
    due = compute(code, parse_start(start_text), calendar=calendar)
    found: Report = {
        "code": due.code,
        "title": due.limit.title,
        "from": due.start.isoformat(),
        "start_event": due.limit.event_title,
        "due": due.due.isoformat(),
        "unit": due.unit.value,
        "calendar": due.calendar.value,
        "length_text": due.limit.length_text,
        "excluded": [{"date": day.isoformat(), "name": name} for day, name in due.excluded],
        "provisional": due.provisional,
        "provisional_note": _note(due, calendar),
        "citation": render(due.citation),
        "derivation": list(due.derivation),
        "notices": list(due.notices),
        "unrolled": due.unrolled.isoformat(),
        "owner": due.limit.actor,
        "role": due.limit.role.value,
    }
    if due.limit.has_two_readings:
        found["due_strict"] = due.due_strict.isoformat()
        found["due_lenient"] = due.due_lenient.isoformat()
    if due.may_act_from is not None:
        found["may_act_from"] = due.may_act_from.isoformat()
    return found


def _note(due: Due, calendar: WorkCalendar) -> str:
    """Which year's notice is missing; empty when the date is firm."""
    years = range(due.start.year, due.due_lenient.year + 1)
    missing = [year for year in years if not calendar.is_published(year)]
    return calendar.estimate_notice(missing[-1]) if due.provisional else ""


def render_text(found: Report) -> str:
    """The report for reading, one fact per line; the derivation last."""
    lines = [
        f"{found['title']}（{found['code']}）",
        f"到期：{found['due']}{'（估算）' if found['provisional'] else ''}",
    ]
    if "due_strict" in found:
        lines.append(f"从严：{found['due_strict']}　从宽：{found['due_lenient']}")
    if "may_act_from" in found:
        lines.append(f"最早可以办理：{found['may_act_from']}")
    lines += [
        f"起算：{found['from']}（{found['start_event']}）",
        f"期限：{found['length_text']}（{CALENDAR_WORDS[Reckoning(found['calendar'])]}）",
        f"性质：{ROLE_WORDS[Role(found['role'])]}（{found['owner']}）",
        f"依据：{found['citation']}",
    ]
    if found["notices"]:
        lines.append(f"日历：{'、'.join(found['notices'])}")
    if found["provisional_note"]:
        lines.append(found["provisional_note"])
    return "\n".join([*lines, "怎么算的：", *(f"  {line}" for line in found["derivation"])])
