"""Becoming late: by the officer or by the calendar, once, on the day after the last day to pay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions import overdue
from cases.models import Deadline
from cases.queries.executions import waiting_for_the_calendar
from lishu_law.audit.models import JournalEntry
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.refusing import refused
from tests.cast import Cast, make_cast

ONE = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_the_last_day_is_in_time_and_the_next_is_late(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.on(walk, scenes.due_of(walk))
    with refused("pay-15d"):
        walk.step(overdue.enter_overdue, cast.lead)
    scenes.on(walk, scenes.due_of(walk) + ONE)
    walk.step(overdue.enter_overdue, cast.lead)
    assert scenes.state_of(walk) == "P15"
    thirty = walk.case.deadlines.get(code="enforce-30d-surcharge")
    assert (thirty.started_on, thirty.due) == (scenes.due_of(walk), scenes.due_of(walk) + 30 * ONE)


def test_the_calendar_does_the_same_without_a_person_and_only_once(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.on(walk, scenes.due_of(walk))
    assert walk.case.pk not in waiting_for_the_calendar(walk.case.decision_served_on + 15 * ONE)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ()
    scenes.on(walk, scenes.due_of(walk) + ONE)
    assert walk.case.pk in waiting_for_the_calendar(scenes.today(walk))
    count = JournalEntry.objects.count()
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ("overdue",)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ()
    entry = JournalEntry.objects.get(seq=count + 1)
    assert (JournalEntry.objects.count(), entry.action, entry.actor_id) == (count + 1, "case.execution_clocks", None)
    assert scenes.state_of(walk) == "P15"


def test_paid_in_time_is_never_late(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.pay(walk, "1000")
    scenes.on(walk, scenes.due_of(walk) + 30 * ONE)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ()
    assert scenes.state_of(walk) == "P13"
    walk.step(overdue.enter_overdue, cast.lead)  # the open duty is late as well
    assert scenes.state_of(walk) == "P15"


def test_the_three_months_start_when_both_periods_are_over(cast: Cast) -> None:
    walk = scenes.late(cast)
    ends = walk.case.deadlines.get(code="sue-6m").due
    scenes.on(walk, ends)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ()
    scenes.on(walk, ends + ONE)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ("enforce-court-3m",)
    assert overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at) == ()
    limit = Deadline.objects.get(case=walk.case, code="enforce-court-3m")
    assert limit.started_on == ends
