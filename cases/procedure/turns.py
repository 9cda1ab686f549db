"""Whose turn it is, read from the table: the work list of many cases at once (ux.md §4.1, 待办).

The guards stay out of it: what the law still asks for is shown on the act's own page, and the act is somebody's turn all
the same. Nothing here names a step: a new row of the table stands on the desk of its actor by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_type_hints

from cases.procedure.facts import CaseFacts
from cases.procedure.states import State
from cases.procedure.steps import STEPS, StepType, serving
from cases.procedure.tasks import is_settled

# Enough letters to know "remedies" by "remedy".
_STEM = 4


def turn(facts: CaseFacts) -> StepType | None:
    """The station of the road that is next: opinions given within the state first, then the step that leaves it.

    Records that may be made again and again (transcripts, evidence) are no stations.
    """
    stations = [step for step in STATIONS.get(facts.state, ()) if step.procedure == facts.procedure]
    return next((step for step in stations if step.applies(facts) and not is_settled(step, facts)), None)


def _stations(state: State) -> tuple[StepType, ...]:
    rows = [step for step in STEPS if state in step.from_states and not step.is_side and not step.part]
    within = [step for step in rows if step.to_state is None and not step.repeats]
    return (*within, *(step for step in rows if step.to_state is not None))


STATIONS: dict[State, tuple[StepType, ...]] = {state: _stations(state) for state in State}
# A document waits for nothing but its serving; that it may be corrected is offered on the case page.
_SERVING = frozenset(step.code for step in serving.STEPS)
PART_ROWS: dict[State, tuple[StepType, ...]] = {
    state: tuple(
        step
        for step in STEPS
        if step.part
        and not step.is_choice
        and state in step.from_states
        and (step.part != "document" or step.code in _SERVING)
    )
    for state in State
}


def part_acts(facts: CaseFacts) -> Iterator[tuple[StepType, Any]]:
    """Every act that the case's sub-objects (measures, hearings, requests, documents to serve) wait for, with the
    object, in the order of the table. A document that a station of the road serves is that station's business."""
    for step in PART_ROWS[facts.state]:
        for one in sub_objects(facts, step.part):
            if getattr(one, "code", "") not in serving.ON_THE_ROAD and step.applies(replace(facts, focus=one.id)):
                yield step, one


def sub_objects(facts: CaseFacts, part: str) -> tuple[Any, ...]:
    """The objects of one kind: in the field of the facts that is named after it ("measure" → measures)."""
    return tuple(one for path in paths_of(part) for one in _objects(attrgetter(path)(facts)))


@lru_cache(maxsize=64)
def paths_of(part: str) -> tuple[str, ...]:
    """Where the facts hold objects of this kind: a field, or a field of the facts of one part ("execution.courts")."""
    stem, types = part[:_STEM], get_type_hints(CaseFacts)
    found = [field.name for field in fields(CaseFacts) if field.name.startswith(stem)]
    for name, kind in types.items():
        if is_dataclass(kind):
            found += [f"{name}.{inner.name}" for inner in fields(kind) if inner.name.startswith(stem)]
    return tuple(found)


def _objects(value: Any) -> tuple[Any, ...]:
    found = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in found if hasattr(one, "id"))
