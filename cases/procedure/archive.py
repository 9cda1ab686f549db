"""What the archive means for a case: nothing is changed any more, and it is kept for years (处罚法47)."""

from __future__ import annotations

from datetime import date

from cases.procedure.states import State
from cases.procedure.steps import StepType
from lishu_law.errors import Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS


def archive_locked(state: State, step: StepType) -> list[Refusal]:
    """archive-lock: an archived file is read-only; only what a later ruling demands has a row for the archived state."""
    if state is not State.ARCHIVED or State.ARCHIVED in step.from_states:
        return []
    text = f"案卷已经归档，不能再{step.title}。归档以后收到的材料，经批准后另装补充卷。"
    return [Refusal("archive-lock", text, "行政处罚法第四十七条", "case")]


def retained_until(archived_on: date) -> date:
    """archive-retention: the last day the file must be kept, by the local parameter of the day it was archived."""
    years = int(DEFAULT_PARAMETERS.number("archive_retention_years", archived_on))
    last_year = archived_on.year + years
    is_leap_day = (archived_on.month, archived_on.day) == (2, 29)
    return date(last_year, 2, 28) if is_leap_day and not _is_leap(last_year) else archived_on.replace(year=last_year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
