"""Signatures by hand under a sealed document (处罚法52、55、56、64): beside the road, at any time the file is open."""

from __future__ import annotations

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import signing as g
from cases.procedure.states import OPEN, State
from cases.procedure.steps.step_type import StepType

SIGNABLE = (*OPEN, State.CLOSED, State.SUMMARY_CLOSED)


def is_to_be_signed(facts: CaseFacts) -> bool:
    return g.is_waiting(facts.focused_document)


STEPS: tuple[StepType, ...] = (
    StepType(
        "sign_document", "签名", "调查取证", SIGNABLE, None, "承办人", "case.sign_document", "行政处罚法第五十五条",
        guards=(
            g.paper_to_sign,
        ), is_side=True, part="document", repeats=True, applies=is_to_be_signed,
    ),
)  # fmt: skip
