"""办案流程图: an index and four pages with chart and steps, drawn from the procedure's own tables each time the program starts (ux.md §16).

Nobody draws them: a step that changes in its table changes here, in docs/procedure.md and for the officers at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.api import (
    CASE_STATES,
    MEASURE_ENDS,
    MEASURE_MOVES,
    MEASURE_ORDER,
    MEASURE_STATES,
    OFF_ROAD,
    ROAD,
    STEPS,
    SUMMARY_ROAD,
    CaseState,
    MeasureEnd,
    Procedure,
    StepType,
)
from disclosure.portal.caching import cached
from inspections.api import INSPECTION_MOVES, INSPECTION_ORDER, RULE_TITLES
from lishu_law.access.doors import public
from lishu_law.errors import NotFound
from lishu_law.web.flow_chart import Arrow, Drawing, Flow, draw

BACK = "退回"
CALENDAR = "到期自动"
BEGINNING = "（开始）"


@dataclass(frozen=True)
class Row:
    """One step as the table says it. ``basis`` is an article, or what has to be fulfilled."""

    step: str
    begin: str
    end: str
    actor: str
    basis: str


@dataclass(frozen=True)
class Chart:
    """One procedure: picture and table of the same steps."""

    code: str
    title: str
    lead: str
    drawing: Drawing
    rows: tuple[Row, ...]
    states: tuple[str, ...]
    basis_title: str = "依据"

    @property
    def summary(self) -> str:
        """For who cannot see the picture."""
        return f"{self.title}流程图，共 {len(self.rows)} 步，内容与下面的表格相同"

    @property
    def stages(self) -> list[tuple[str, list[Row]]]:
        """The steps by where they begin: what can be done in one state stands together, in the order of the procedure."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.begin, []).append(row)
        order = {words: place for place, words in enumerate((BEGINNING, *self.states))}
        return sorted(found.items(), key=lambda stage: order[stage[0]])


@public
@require_safe
def procedures(request: HttpRequest) -> HttpResponseBase:
    """Which procedures there are; each has a page of its own, so that a phone is never lost in all of them."""
    return cached(request, render(request, "portal/procedures.html", {"title": "办案流程图", "charts": charts()}))


@public
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponseBase:
    """How does one procedure run, step by step, and who does what?"""
    chart = next((one for one in charts() if one.code == code), None)
    if chart is None:
        raise NotFound
    others = [one for one in charts() if one is not chart]
    context = {"title": f"{chart.title}流程图", "chart": chart, "others": others}
    return cached(request, render(request, "portal/procedure.html", context))


@cache
def charts() -> tuple[Chart, ...]:
    """The four charts; what they are made from changes with the program only."""
    return (
        _of_cases("summary", "简易程序", "事实清楚、罚得轻的，可以当场处罚。", SUMMARY_ROAD, Procedure.SUMMARY),
        _of_cases("ordinary", "普通程序", "其他处罚都走普通程序。", (*ROAD, *OFF_ROAD), Procedure.ORDINARY),
        _of_inspections(),
        _of_measures(),
    )


def _of_cases(code: str, title: str, lead: str, road: tuple[CaseState, ...], procedure: Procedure) -> Chart:
    edges = [edge for step in STEPS for edge in _edges(step, road, procedure)]
    ends = dict.fromkeys(end for _step, _start, end, _back in edges if end not in road)
    used = {state for _step, start, end, _back in edges for state in (start, end)}
    boxes = [state for state in (*road, *ends) if state in used]
    arrows = [Arrow(start or "", end, _words(step.title, step.actor, is_back)) for step, start, end, is_back in edges]
    named = tuple((state.value, CASE_STATES[state]) for state in boxes)
    flow = Flow(title, named, tuple(arrows), frozenset(state.value for state in ends))
    rows = [
        Row(f"{step.title}（{BACK}）" if is_back else step.title, _state(start), _state(end), step.actor, step.citation)
        for step, start, end, is_back in edges
    ]
    return Chart(code, title, lead, draw(flow), tuple(rows), tuple(words for _key, words in named))


def _edges(
    step: StepType, road: tuple[CaseState, ...], procedure: Procedure
) -> Iterator[tuple[StepType, CaseState | None, CaseState, bool]]:
    """Where the step leads from and to, as far as it belongs to this road; the last says that it is a return."""
    starts: list[CaseState | None] = [state for state in step.from_states if state in road]
    if not step.from_states and step.procedure == procedure:
        starts = [None]
    for start in starts:
        for end in (step.to_state, *step.also_to):
            if end is not None:
                yield step, start, end, False
        if step.returns_to is not None:
            yield step, start, step.returns_to, True


def _state(state: CaseState | None) -> str:
    return CASE_STATES[state] if state else BEGINNING


def _words(title: str, actor: str, is_back: bool) -> str:
    return BACK if is_back else f"{title}（{actor}）"


def _of_inspections() -> Chart:
    arrows, rows = [], []
    for move in INSPECTION_MOVES:
        rules = "；".join(RULE_TITLES[rule] for rule in move.rules)
        for start in move.from_states or (None,):
            begin = start.label if start else BEGINNING
            if start != move.to_state:
                arrows.append(Arrow(start or "", move.to_state, _words(move.title, move.actor, False)))
                rows.append(Row(move.title, begin, move.to_state.label, move.actor, rules))
            if move.back_to:
                arrows.append(Arrow(start or "", move.back_to, BACK))
                rows.append(Row(f"{move.title}（{BACK}）", begin, move.back_to.label, move.actor, rules))
    boxes = tuple((state.value, state.label) for state in INSPECTION_ORDER)
    title, lead = "行政检查", "检查以前先备案，没有备案可以拒绝。"
    states = tuple(words for _key, words in boxes)
    return Chart("inspection", title, lead, draw(Flow(title, boxes, tuple(arrows))), tuple(rows), states, "要符合什么")


def _of_measures() -> Chart:
    steps = {step.code: step for step in STEPS}
    arrows, rows = [], []
    for move in MEASURE_MOVES:
        step = steps.get(move.step)
        title, actor = (step.title, step.actor) if step else (MEASURE_ENDS[MeasureEnd.LAPSED], CALENDAR)
        basis = step.citation if step else steps["approve_measure_extension"].citation
        for start in move.from_states or (None,):
            begin = MEASURE_STATES[start] if start else BEGINNING
            arrows.append(Arrow(start or "", move.to_state, _words(title, actor, False)))
            rows.append(Row(title, begin, MEASURE_STATES[move.to_state], actor, basis))
            if move.refused_to:
                arrows.append(Arrow(start or "", move.refused_to, "不批准"))
                rows.append(Row(f"{title}（不批准）", begin, MEASURE_STATES[move.refused_to], actor, basis))
    boxes = tuple((state.value, MEASURE_STATES[state]) for state in MEASURE_ORDER)
    title, lead = "行政强制措施（扣押、扣留）", "先批准，后实施；紧急的当场实施，马上补批。"
    states = tuple(words for _key, words in boxes)
    return Chart("measure", title, lead, draw(Flow(title, boxes, tuple(arrows))), tuple(rows), states)
