"""Orders to correct with their re-check (处罚法28), and clerical errors of sealed documents."""

from __future__ import annotations

from cases.procedure import guards as g
from cases.procedure.facts import CaseFacts
from cases.procedure.guards import correction as c
from cases.procedure.guards import discussion as d
from cases.procedure.states import OPEN, State
from cases.procedure.steps.branches import waits
from cases.procedure.steps.discussion import UNDECIDED
from cases.procedure.steps.step_type import StepType

S = State
AFTER = (S.DECIDED, S.PERFORMANCE, S.DEFERRED, S.OVERDUE, S.ENFORCEMENT, S.PERFORMED, S.ENDED, S.NO_PENALTY)
SEALED = (*OPEN, S.CLOSED)
# Papers about other papers: a receipt is signed by hand, a correction is not corrected again.
NOT_CORRECTED = frozenset({"serving_receipt", "document_correction"})


def waits_for_recheck(facts: CaseFacts) -> bool:
    one = facts.focused_order
    return bool(one and one.result in {"", "not_corrected"})


def may_be_corrected(facts: CaseFacts) -> bool:
    one = facts.focused_document
    return bool(one and one.code not in NOT_CORRECTED)


STEPS: tuple[StepType, ...] = (
    StepType(
        "issue_correction_order", "责令改正", "调查取证", (*UNDECIDED, *AFTER), None, "承办人",
        "case.issue_correction_order", "行政处罚法第二十八条第一款", guards=(
            g.two_officers,
            g.certificates_valid,
            g.party_true,
        ), document="correction_order", is_side=True, repeats=True, makes="order",
    ),
    StepType(
        "recheck_correction", "复查改正情况", "调查取证", (*UNDECIDED, *AFTER), None, "承办人",
        "case.issue_correction_order", "行政处罚法第二十八条第一款", guards=(
            c.order_waits,
        ), is_side=True, part="order", repeats=True, applies=waits_for_recheck,
    ),
    StepType(
        "ask_correction", "申请更正文书", "决定", SEALED, None, "主办人", "case.ask_correction",
        "行政处罚法第五十九条", guards=(
            c.document_at_hand,
        ), is_side=True, part="document", repeats=True, applies=may_be_corrected,
    ),
    StepType(
        "decide_clerical", "审批更正文书", "决定", SEALED, None, "负责人", "case.decide_clerical",
        "行政处罚法第五十九条", guards=(
            d.request_endorsed,
        ), document="document_correction", is_side=True, part="approval", repeats=True, applies=waits("clerical"),
    ),
)  # fmt: skip
