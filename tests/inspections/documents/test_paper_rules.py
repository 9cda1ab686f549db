"""When a paper may be made, who may have written it, and what telling a result asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from inspections import rules
from inspections.models import ONCE, FilingState
from inspections.rules import papers
from lishu_law.errors import Refusal

START = datetime(2026, 3, 4, 1, 5, tzinfo=UTC)
END = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAIR = frozenset({"A1", "A2"})


def codes(refusals: list[Refusal]) -> list[str]:
    return [one.code for one in refusals]


def sitting(**changed: Any) -> rules.Sitting:
    given: dict[str, Any] = {
        "started_at": START, "ended_at": END, "first": "A1", "second": "A2", "is_refused": False, "refusal_note": "",
        "witness": "",
    }  # fmt: skip
    return rules.Sitting(**{**given, **changed})


@pytest.mark.parametrize(
    ("code", "state", "allowed"),
    [
        ("inspection_notice", FilingState.SUBMITTED, False),
        ("inspection_notice", FilingState.FILED, True),
        ("inspection_notice", FilingState.STARTED, True),
        ("inspection_notice", FilingState.FINISHED, False),
        ("inspection_questioning", FilingState.FILED, False),
        ("inspection_questioning", FilingState.STARTED, True),
        ("inspection_sampling", FilingState.FINISHED, True),
        ("inspection_inquest", FilingState.CANCELLED, False),
        ("inspection_result", FilingState.STARTED, False),
        ("inspection_result", FilingState.FINISHED, True),
        ("inspection_slip", FilingState.RETURNED, False),
        ("inspection_slip", FilingState.EVALUATED, True),
        ("inspection_approval", FilingState.FILED, False),
        ("inspection_record", FilingState.FINISHED, False),
    ],
)
def test_a_paper_belongs_to_its_part_of_the_way(code: str, state: str, allowed: bool) -> None:
    assert codes(rules.paper_fits(code, state, frozenset())) == ([] if allowed else ["paper-state"])


def test_a_numbered_paper_is_made_once() -> None:
    assert codes(rules.paper_fits("inspection_result", "finished", frozenset({"inspection_result"}))) == ["paper-once"]
    assert rules.paper_fits("inspection_slip", "finished", frozenset({"inspection_slip"})) == []
    assert set(papers.ONCE) <= set(ONCE)


def test_the_words_of_the_states_are_the_models() -> None:
    known = {one.value for one in FilingState}
    assert {state for states in papers.STATES.values() for state in states} <= known


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"started_at": START - MINUTE}, ["insp-record"]),
        ({"ended_at": END + MINUTE}, ["insp-record"]),
        ({"ended_at": START}, ["insp-record"]),
        ({"second": "A1"}, ["insp-two"]),
        ({"second": "B9"}, ["insp-two"]),
        ({"is_refused": True}, ["insp-record"]),
        ({"is_refused": True, "refusal_note": "不愿签名"}, ["insp-record"]),
        ({"is_refused": True, "refusal_note": "不愿签名", "witness": "示例庚"}, []),
        ({"ended_at": START, "second": "A1", "is_refused": True}, ["insp-record", "insp-two", "insp-record"]),
    ],
)
def test_a_transcript_is_made_in_the_visit_by_two_of_its_officers(changed: dict[str, Any], refused: list[str]) -> None:
    assert codes(rules.sitting_allowed(sitting(**changed), (START, END), PAIR)) == refused


NOW = END + timedelta(hours=1)
LAST = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"told_at": END - MINUTE}, ["told_at"]),
        ({"told_at": NOW + MINUTE}, ["told_at"]),
        ({"way": "post"}, ["note"]),
        ({"way": "post", "note": "EMS 示例单号"}, []),
        ({"way": "electronic"}, ["note"]),
        ({"way": "left", "note": "门卫拒收"}, ["witness_name"]),
        ({"way": "left"}, ["note", "witness_name"]),
        ({"way": "left", "note": "门卫拒收", "witness": "示例庚"}, []),
    ],
)
def test_a_result_is_told_in_a_way_that_can_be_shown(changed: dict[str, Any], fields: list[str]) -> None:
    told = rules.Told(**{"way": "on_spot", "told_at": END + MINUTE, "note": "", "witness": "", **changed})
    refusals = rules.telling_complete(told, (END, LAST), END, NOW)
    assert [one.fix for one in refusals] == fields
    assert {one.code for one in refusals} <= {"insp-result-tell"}


def test_a_telling_in_the_minute_of_the_end_is_no_earlier_than_the_end() -> None:
    """A form takes minutes, the end of the visit has seconds."""
    ended = END + timedelta(seconds=40)
    for told_at, refused in ((END, []), (END - MINUTE, ["told_at"])):
        told = rules.Told("on_spot", told_at, "", "")
        assert [one.fix for one in rules.telling_complete(told, (ended, LAST), ended, NOW)] == refused


def test_a_result_without_its_paper_is_not_told() -> None:
    told = rules.Told("on_spot", END + MINUTE, "", "")
    assert [one.fix for one in rules.telling_complete(told, (END, LAST), None, NOW)] == ["paper"]


def test_a_result_is_told_once_after_the_visit() -> None:
    assert rules.may_tell("finished", is_told=False) == []
    assert codes(rules.may_tell("started", is_told=False)) == ["paper-state"]
    assert codes(rules.may_tell("published", is_told=True)) == ["paper-once"]


@pytest.mark.parametrize(("day", "note", "fields"), [(11, "", []), (12, "", ["note"]), (12, "对方停业，无法联系", [])])
def test_a_late_telling_says_why(day: int, note: str, fields: list[str]) -> None:
    told = rules.Told("on_spot", datetime(2026, 3, day, 1, 0, tzinfo=UTC), note, "")
    refusals = rules.telling_complete(told, (END, LAST), END, datetime(2026, 3, 20, tzinfo=UTC))
    assert [one.fix for one in refusals] == fields
