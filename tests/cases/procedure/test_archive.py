"""The archive: nothing is changed any more, and how long it is kept (处罚法47)."""

from __future__ import annotations

from datetime import date

import pytest

from cases.procedure.archive import archive_locked, retained_until
from cases.procedure.states import State
from cases.procedure.steps import STEPS, StepType

pytestmark = pytest.mark.law


@pytest.mark.parametrize("step", [s for s in STEPS if State.ARCHIVED not in s.from_states], ids=lambda step: step.code)
def test_nothing_is_done_to_an_archived_file(step: StepType) -> None:
    [refusal] = archive_locked(State.ARCHIVED, step)
    assert refusal.code == "archive-lock"
    assert archive_locked(State.CLOSED, step) == []


def test_what_a_later_ruling_demands_is_not_locked() -> None:
    later = [step for step in STEPS if State.ARCHIVED in step.from_states]
    assert later
    assert [step.code for step in later if archive_locked(State.ARCHIVED, step)] == []


@pytest.mark.parametrize(
    ("archived", "until"),
    [
        (date(2026, 3, 5), date(2056, 3, 5)),
        (date(2024, 2, 29), date(2054, 2, 28)),
        (date(2026, 12, 31), date(2056, 12, 31)),
    ],
)
def test_thirty_years(archived: date, until: date) -> None:
    assert retained_until(archived) == until
