"""A suspected crime: reported, decided by the head of the bureau, handed over, answered (移送涉嫌犯罪案件规定)."""

from __future__ import annotations

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import crime as c
from cases.procedure.states import State
from cases.procedure.steps.discussion import UNDECIDED
from cases.procedure.steps.step_type import Applies, StepType

S = State
SUSPECTED = (*UNDECIDED, S.DECIDED, S.PERFORMANCE, S.DEFERRED, S.OVERDUE, S.ENFORCEMENT)
HANDED = (*SUSPECTED, S.TRANSFERRED)


def stands(*states: str) -> Applies:
    """The suspicion in focus stands in one of these states."""

    def applies(facts: CaseFacts) -> bool:
        one = facts.focused_crime
        return bool(one and one.state in states)

    return applies


STEPS: tuple[StepType, ...] = (
    StepType(
        "report_crime", "报告涉嫌犯罪", "移送", SUSPECTED, None, "主办人", "case.report_crime",
        "行政执法机关移送涉嫌犯罪案件的规定第五条", guards=(
            c.no_suspicion_open,
        ), starts=("inv-crime-transfer-decide",), is_side=True, makes="crime",
        applies=lambda facts: not any(one.is_open for one in facts.crimes),
    ),
    StepType(
        "decide_crime", "决定是否移送公安机关", "移送", SUSPECTED, None, "局长", "case.decide_crime",
        "行政执法机关移送涉嫌犯罪案件的规定第五条", guards=(
            c.awaits_decision,
        ), stops=("inv-crime-transfer-decide",), starts=("inv-crime-transfer-24h",), limit="inv-crime-transfer-decide",
        is_side=True, part="crime", applies=stands("reported"),
    ),
    StepType(
        "hand_over_crime", "移送公安机关", "移送", SUSPECTED, None, "承办人", "case.hand_over_crime",
        "行政执法机关移送涉嫌犯罪案件的规定第六条", guards=(
            c.is_approved,
        ), stops=("inv-crime-transfer-24h",), document="crime_transfer_letter", limit="inv-crime-transfer-24h",
        is_side=True, part="crime", applies=stands("approved"),
    ),
    StepType(
        "record_police_answer", "登记公安机关答复", "移送", HANDED, None, "承办人", "case.hand_over_crime",
        "行政执法机关移送涉嫌犯罪案件的规定第八条", guards=(
            c.awaits_answer,
        ), starts=("inv-crime-material", "inv-crime-police-refuse"), is_side=True, part="crime",
        applies=stands("handed_over", "objected"), repeats=True,
    ),
    StepType(
        "hand_over_material", "移交涉案物品和材料", "移送", HANDED, None, "承办人", "case.hand_over_crime",
        "行政执法机关移送涉嫌犯罪案件的规定第十二条", guards=(
            c.police_filed,
        ), stops=("inv-crime-material",), limit="inv-crime-material", is_side=True, part="crime",
        applies=stands("filed"),
    ),
    StepType(
        "object_to_refusal", "提请复议或者建议立案监督", "移送", HANDED, None, "承办人", "case.hand_over_crime",
        "行政执法机关移送涉嫌犯罪案件的规定第九条", guards=(
            c.police_refused,
        ), stops=("inv-crime-police-refuse",), limit="inv-crime-police-refuse", is_side=True, part="crime",
        applies=stands("refused"),
    ),
    StepType(
        "end_crime", "登记刑事处理结果", "移送", HANDED, None, "承办人", "case.hand_over_crime",
        "行政处罚法第二十七条、第三十五条", guards=(
            c.has_answer,
        ), is_side=True, part="crime", applies=stands("refused", "objected", "filed", "material_given"),
    ),
)  # fmt: skip
