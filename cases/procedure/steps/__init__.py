"""The procedure as a table: one row per step, one module per part of the procedure. The table is the procedure.

Buttons, refusals, the task list, deadlines and docs/procedure.md all read these rows; a step is changed in its row and
nowhere else.
"""

from cases.procedure.steps import (
    branches,
    correction,
    crime,
    discussion,
    evidence,
    execution,
    hearing,
    measures,
    ordinary,
    recusal,
    remedies,
    serving,
    signing,
    summary,
)
from cases.procedure.steps.step_type import StepType

_PARTS = (
    ordinary,
    discussion,
    branches,
    crime,
    correction,
    evidence,
    measures,
    recusal,
    hearing,
    serving,
    signing,
    execution,
    remedies,
    summary,
)
STEPS: tuple[StepType, ...] = tuple(step for part in _PARTS for step in part.STEPS)
BY_CODE: dict[str, StepType] = {step.code: step for step in STEPS}
if len(BY_CODE) != len(STEPS):
    raise ValueError("a step stands twice in the procedure table")
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(step.group for step in STEPS))

__all__ = ["BY_CODE", "GROUPS", "STEPS", "StepType"]
