"""The way of one 扣押、扣留 as a table: which step takes it from which state to which (law/procedure.md §3).

The steps themselves, their guards and articles stand in ``steps/measures.py``; the public flow chart is drawn from both.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases.procedure.measures_facts import MeasureState

S = MeasureState
LAPSES = ""  # no step: the calendar ends it (行政强制法第二十五条)


@dataclass(frozen=True)
class MeasureMove:
    """One row: the step's code, and where it leads; ``refused_to`` where the head does not agree."""

    step: str
    from_states: tuple[MeasureState, ...]
    to_state: MeasureState
    refused_to: MeasureState | None = None


MEASURE_MOVES: tuple[MeasureMove, ...] = (
    MeasureMove("take_measure_urgent", (), S.URGENT),
    MeasureMove("approve_urgent_measure", (S.URGENT,), S.TAKEN, S.LIFTED),
    MeasureMove("request_measure", (), S.PROPOSED),
    MeasureMove("approve_measure", (S.PROPOSED,), S.APPROVED, S.LIFTED),
    MeasureMove("take_measure", (S.APPROVED,), S.TAKEN),
    MeasureMove("approve_measure_extension", (S.TAKEN,), S.EXTENDED),
    MeasureMove("send_for_testing", (S.TAKEN, S.EXTENDED), S.TESTING),
    MeasureMove("finish_testing", (S.TESTING,), S.TAKEN),
    MeasureMove("finish_testing", (S.TESTING,), S.EXTENDED),
    MeasureMove("approve_lifting", (S.URGENT, S.TAKEN, S.EXTENDED, S.TESTING), S.LIFTED),
    MeasureMove(LAPSES, (S.TAKEN, S.EXTENDED), S.LIFTED),
    MeasureMove("publish_unclaimed", (S.TAKEN, S.EXTENDED, S.LIFTED), S.PENDING),
    MeasureMove("return_items", (S.PENDING,), S.LIFTED),
    MeasureMove("approve_disposal", (S.TAKEN, S.EXTENDED, S.PENDING), S.DISPOSED),
    MeasureMove("transfer_items", (S.TAKEN, S.EXTENDED), S.TRANSFERRED),
)
# The order in which a reader meets them.
MEASURE_ORDER: tuple[MeasureState, ...] = (
    S.URGENT, S.PROPOSED, S.APPROVED, S.TAKEN, S.EXTENDED, S.TESTING, S.LIFTED, S.PENDING, S.DISPOSED, S.TRANSFERRED,
)  # fmt: skip
