"""The public flow charts say what the tables say: each step once in the table and in the picture, nothing by hand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.api import (
    CASE_STATES,
    MEASURE_MOVES,
    MEASURE_ORDER,
    MEASURE_STATES,
    OFF_ROAD,
    ROAD,
    STEPS,
    SUMMARY_ROAD,
    CaseState,
)  # fmt: skip
from cases.procedure.facts import CaseFacts
from cases.procedure.measures_facts import MeasureFact, MeasureKind, MeasureState
from disclosure.portal import flows
from disclosure.portal.flows import BACK, charts
from inspections.models import FilingState
from inspections.moves import MOVES, ORDER
from inspections.rule_table import TITLES

BY_CODE = {chart.code: chart for chart in charts()}


def said(code: str) -> set[tuple[str, str, str]]:
    return {(row.step, row.begin, row.end) for row in BY_CODE[code].rows}


@pytest.mark.parametrize(("code", "road"), [("summary", SUMMARY_ROAD), ("ordinary", (*ROAD, *OFF_ROAD))])
def test_every_step_that_moves_a_case_stands_in_its_chart(code: str, road: tuple[Any, ...]) -> None:
    expected = set()
    for step in STEPS:
        for start in (one for one in step.from_states if one in road):
            ends = [(step.title, one) for one in (step.to_state, *step.also_to) if one]
            ends += [(f"{step.title}（{BACK}）", step.returns_to)] if step.returns_to else []
            expected |= {(title, CASE_STATES[start], CASE_STATES[end]) for title, end in ends}
    found = {row for row in said(code) if row[1] != flows.BEGINNING}
    assert found == expected
    assert {row[0] for row in said(code)} - {row[0] for row in found} == {
        step.title for step in STEPS if not step.from_states and step.to_state in road
    }


def test_each_state_of_both_roads_has_its_box() -> None:
    for code, road in (("summary", SUMMARY_ROAD), ("ordinary", (*ROAD, *OFF_ROAD))):
        words = "".join(text.words for text in BY_CODE[code].drawing.texts)
        assert [state for state in road if CASE_STATES[state] not in words] == []


def test_inspections_move_as_their_actions_ask() -> None:
    assert set(ORDER) == set(FilingState) - {FilingState.DRAFT}
    assert {move.to_state for move in MOVES} | {move.back_to for move in MOVES if move.back_to} == set(ORDER)
    assert {rule for move in MOVES for rule in move.rules} <= set(TITLES)
    assert ("审批（退回）", "待审批", "退回") in said("inspection")
    assert ("紧急情况先查后报", flows.BEGINNING, "检查中") in said("inspection")


def test_seizures_move_by_steps_that_exist_and_reach_every_state() -> None:
    assert {move.step for move in MEASURE_MOVES if move.step} <= {
        step.code for step in STEPS if step.part == "measure" or step.is_side
    }
    assert set(MEASURE_ORDER) == set(MEASURE_STATES) == {move.to_state for move in MEASURE_MOVES}
    assert ("期满自动解除", "实施中", "已解除") in said("measure")


@pytest.mark.parametrize("state", MeasureState)
def test_a_step_of_a_seizure_applies_where_its_row_begins(state: MeasureState) -> None:
    """The steps that are offered by the state alone; the others wait for a request as well."""
    by_code = {step.code: step for step in STEPS}
    facts = CaseFacts(CaseState.INVESTIGATION, measures=(MeasureFact(1, MeasureKind.SEIZURE, state),), focus=1)
    for code in ("approve_measure", "take_measure", "approve_urgent_measure", "send_for_testing", "finish_testing"):
        begins = {start for move in MEASURE_MOVES if move.step == code for start in move.from_states}
        assert by_code[code].applies(facts) is (state in begins), (code, state)


@pytest.mark.django_db
def test_the_index_leads_to_a_page_for_each_procedure(client: Client) -> None:
    page = client.get("/procedures/")
    text = page.content.decode()
    assert page["Cache-Control"].startswith("public")
    assert len(charts()) == 4
    for chart in charts():
        assert f'id="{chart.code}"' in text  # where the addresses of one long page led
        assert f'href="/procedures/{chart.code}/"' in text
    assert "<svg viewBox" not in text
    assert client.get("/procedures/nothing/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_page_holds_picture_and_table_of_the_same_steps(client: Client, code: str) -> None:
    page, chart = client.get(f"/procedures/{code}/"), BY_CODE[code]
    text = unescape(page.content.decode())
    assert page["Cache-Control"].startswith("public")
    assert text.count("<svg viewBox") == 1
    stages = re.findall(r"<details><summary>([^<]*)（(\d+) 步）</summary>\s*<div(.*?)</details>", text, re.S)
    shown = []
    for begin, count, body in stages:
        found = re.findall(r'<th scope="row">([^<]*)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>', body)
        assert len(found) == int(count)
        shown += [(step, begin, end, actor) for step, end, actor in found]
    assert Counter(shown) == Counter((row.step, row.begin, row.end, row.actor) for row in chart.rows)
    assert re.findall(r"<text [^>]*>([^<]*)</text>", text) == [one.words for one in chart.drawing.texts]
    assert chart.summary in text
    assert "style=" not in text
    assert "<script" not in text


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_stages_stand_in_the_order_of_the_procedure(code: str) -> None:
    chart = BY_CODE[code]
    order = [flows.BEGINNING, *chart.states]
    places = [order.index(begin) for begin, _rows in chart.stages]
    assert places == sorted(places)
    assert len(places) == len(set(places))


def test_a_changed_table_is_a_changed_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    first = STEPS[0]
    monkeypatch.setattr(flows, "STEPS", (replace(first, title="登记新的线索"), *STEPS[1:]))
    anew = {chart.code: chart for chart in charts.__wrapped__()}["ordinary"]
    assert anew.rows[0].step == "登记新的线索"
    assert "登记新的线索（执法人员）" in "".join(text.words for text in anew.drawing.texts)
