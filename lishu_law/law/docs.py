"""The generated page docs/time-limits.md: every limit of the registry with its counting and its article."""

from __future__ import annotations

from lishu_law.law.calendar import SHIPPED_CALENDAR
from lishu_law.law.citations import render
from lishu_law.law.limits import LIMITS, Role, TimeLimit

_HEAD = """# Time limits

Generated from `lishu_law/law/data/procedure_rules.csv` and `time_limits.csv`; do not edit by hand.
`./lishu manage due CODE --from 2026-02-13` counts one of them day by day.

Counting: the starting day is not counted. `working` is the n-th working day; `natural` moves to the next working day
when the last day is a day off; `natural-noroll` does not move; `natural/working` has two readings, the bureau's duties
take the earlier, the party's rights the later; `hours` is the clock. A limit ends at 24:00 of its last day.
"""
_COLUMNS = ("Code", "名称", "起算", "期限", "Calendar", "Owner", "Role", "Effect", "依据")
_ROLES = {
    Role.DUTY: "duty",
    Role.RIGHT: "right, lapses",
    Role.WAITING: "waiting time",
    Role.OTHER: "another body's",
}


def _length(limit: TimeLimit) -> str:
    return f"{limit.length_text}（参数 `{limit.parameter}`）" if limit.parameter else limit.length_text


def _row(limit: TimeLimit) -> str:
    calendar = limit.calendar.value
    if limit.is_not_before:
        calendar += ", not before"
    if limit.has_two_readings and limit.uses_lenient:
        calendar += ", later reading binds"
    cells = (
        f"`{limit.code}`",
        limit.title,
        limit.event_title,
        _length(limit),
        calendar,
        limit.actor,
        _ROLES[limit.role],
        f"{limit.hard_or_soft}/{limit.system_effect}",
        render(limit.citation),
    )
    return "| " + " | ".join(cells) + " |"


def render_time_limits() -> str:
    """The whole page, ending in a newline; the same input gives the same bytes."""
    years = "\n".join(f"- {year}: {SHIPPED_CALENDAR.notice_number(year)}" for year in SHIPPED_CALENDAR.years_published)
    table = [
        "| " + " | ".join(_COLUMNS) + " |",
        "|" + "---|" * len(_COLUMNS),
        *(_row(limit) for limit in LIMITS.values()),
    ]
    return (
        f"{_HEAD}\nHoliday notices entered (dates of other years are estimates):\n\n{years}\n\n"
        + "\n".join(table)
        + "\n"
    )
