"""Recusal (回避): declared, asked for, decided, its effect, and the officer who takes over (处罚法42、43)."""

from __future__ import annotations

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import recusal as g
from cases.procedure.states import OPEN
from cases.procedure.steps.step_type import StepType


def request_waits(facts: CaseFacts) -> bool:
    one = facts.focused_recusal
    return one is not None and one.is_open


def effect_waits(facts: CaseFacts) -> bool:
    one = facts.focused_recusal
    return one is not None and one.waits_for_effect


STEPS: tuple[StepType, ...] = (
    StepType(
        "declare_conflict", "声明应当回避并退出本案", "回避", OPEN, None, "承办人", "case.declare_conflict",
        "行政处罚法第四十三条第一款", document="recusal_paper", repeats=True, is_side=True,
    ),
    StepType(
        "request_recusal", "登记当事人的回避申请", "回避", OPEN, None, "承办人", "case.request_recusal",
        "行政处罚法第四十三条第二款", repeats=True, is_side=True,
    ),
    StepType(
        "decide_recusal", "决定是否回避", "回避", OPEN, None, "负责人", "case.decide_recusal",
        "行政处罚法第四十三条第三款",
        guards=(
            g.recusal_waits,
        ),
        document="recusal_paper", limit="gen-recuse-request", repeats=True,
        is_side=True, part="recusal", applies=request_waits,
    ),
    StepType(
        "settle_recusal", "认定回避前行为的效力", "回避", OPEN, None, "负责人", "case.decide_recusal",
        "行政处罚法第四十三条第一款",
        guards=(
            g.recusal_effect_waits,
        ),
        repeats=True, is_side=True, part="recusal", applies=effect_waits,
    ),
    StepType(
        "replace_officer", "更换或者补充承办人", "回避", OPEN, None, "中队长", "case.replace_officer",
        "行政处罚法第四十二条第一款", repeats=True, is_side=True,
    ),
)  # fmt: skip
