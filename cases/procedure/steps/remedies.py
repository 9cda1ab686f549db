"""Review and lawsuit against a decision, and the rulings on it (law/procedure.md §8).

An overlay: every row stands beside the road, in whatever state the case is once it has been decided.
"""

from __future__ import annotations

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import remedies as g
from cases.procedure.states import ROAD, SUMMARY, State
from cases.procedure.steps.step_type import StepType

# From the decision on; a remedy goes on while the case is walked again after a remand.
DECIDED = (*ROAD[ROAD.index(State.DECIDED) :], *SUMMARY[SUMMARY.index(State.DECIDED_ON_SPOT) :])
ANY = (*ROAD[ROAD.index(State.INVESTIGATION) :], *SUMMARY[SUMMARY.index(State.DECIDED_ON_SPOT) :])


def has_decision(facts: CaseFacts) -> bool:
    """A decision stands."""
    return bool(facts.decision_number)


def may_be_challenged(facts: CaseFacts) -> bool:
    """A decision stands, or stood."""
    return bool(facts.decision_number or facts.rulings)


def is_open(facts: CaseFacts) -> bool:
    """The review or lawsuit in focus has not ended."""
    one = facts.focused_remedy
    return bool(one and one.is_open)


def waits_to_be_forwarded(facts: CaseFacts) -> bool:
    """The request came through the bureau and was not forwarded yet."""
    one = facts.focused_remedy
    return bool(one and one.is_open and one.came_through_bureau and one.forwarded_on is None)


def waits_for_copy(facts: CaseFacts) -> bool:
    """The request was forwarded; the organ's copy, from which the reply is due, did not arrive yet."""
    one = facts.focused_remedy
    return bool(one and one.is_open and one.forwarded_on and one.copy_on is None)


def waits_for_reply(facts: CaseFacts) -> bool:
    """The copy of a review application arrived and nothing was answered yet."""
    one = facts.focused_remedy
    return bool(one and one.is_open and one.kind == "review" and one.copy_on and one.replied_on is None)


def waits_for_defence(facts: CaseFacts) -> bool:
    """The copy of a complaint arrived and nothing was handed in to the court yet."""
    one = facts.focused_remedy
    return bool(one and one.is_open and one.kind == "lawsuit" and one.replied_on is None)


def may_be_stopped(facts: CaseFacts) -> bool:
    """Execution was not stopped yet."""
    one = facts.focused_remedy
    return bool(one and one.is_open and not one.stops_execution)


def is_correction(facts: CaseFacts) -> bool:
    """The request in focus asks to revoke or change the decision, and waits."""
    one = facts.focused_approval
    return bool(one and one.kind == "correction" and one.outcome == "")


def owes_refund(facts: CaseFacts) -> bool:
    """Because of the ruling in focus something has to be paid back."""
    one = facts.focused_ruling
    return bool(one and one.refund and one.refund.done_on is None)


STEPS: tuple[StepType, ...] = (
    StepType(
        "record_remedy", "登记行政复议、行政诉讼", "复议诉讼", ANY, None, "法制审核员", "case.record_remedy",
        "行政复议法第四十八条", repeats=True, is_side=True, applies=may_be_challenged,
    ),
    StepType(
        "forward_request", "转送复议申请", "复议诉讼", ANY, None, "法制审核员", "case.handle_remedy",
        "行政复议法第三十二条",
        guards=(
            g.remedy_is_open,
        ),
        document="review_reply", limit="review-via-bureau", repeats=True, is_side=True, part="remedy",
        applies=waits_to_be_forwarded,
    ),
    StepType(
        "record_review_copy", "登记收到复议申请书副本", "复议诉讼", ANY, None, "法制审核员", "case.handle_remedy",
        "行政复议法第四十八条",
        guards=(
            g.remedy_is_open,
        ),
        repeats=True, is_side=True, part="remedy", applies=waits_for_copy,
    ),
    StepType(
        "reply_review", "提出复议答复", "复议诉讼", ANY, None, "法制审核员", "case.handle_remedy",
        "行政复议法第四十八条",
        guards=(
            g.remedy_is_open,
        ),
        document="review_reply", limit="review-reply-10d#1", repeats=True, is_side=True, part="remedy",
        applies=waits_for_reply,
    ),
    StepType(
        "reply_lawsuit", "登记答辩和举证", "复议诉讼", ANY, None, "法制审核员", "case.handle_remedy",
        "行政诉讼法第六十七条",
        guards=(
            g.remedy_is_open,
        ),
        limit="sue-reply-15d", repeats=True, is_side=True, part="remedy", applies=waits_for_defence,
    ),
    StepType(
        "record_stop_order", "登记停止执行决定", "复议诉讼", ANY, None, "法制审核员", "case.handle_remedy",
        "行政处罚法第七十三条",
        guards=(
            g.remedy_is_open,
        ),
        repeats=True, is_side=True, is_choice=True, part="remedy", applies=may_be_stopped,
    ),
    StepType(
        "end_remedy", "登记复议、诉讼结果", "复议诉讼", ANY, None, "法制审核员", "case.handle_remedy",
        "行政复议法第六十二条",
        guards=(
            g.remedy_is_open,
        ),
        repeats=True, is_side=True, part="remedy", applies=is_open,
    ),
    StepType(
        "record_ruling", "登记监督决定", "撤销变更", DECIDED, None, "法制审核员", "case.record_remedy",
        "行政处罚法第七十五条",
        guards=(
            g.decision_can_be_corrected,
        ),
        repeats=True, is_side=True, applies=has_decision,
    ),
    StepType(
        "propose_correction", "提请撤销、变更处罚决定", "撤销变更", DECIDED, None, "主办人", "case.propose_correction",
        "行政处罚法第七十五条",
        guards=(
            g.decision_can_be_corrected,
        ),
        repeats=True, is_side=True, applies=has_decision,
    ),
    StepType(
        "decide_correction", "审批撤销、变更处罚决定", "撤销变更", DECIDED, None, "负责人", "case.decide_correction",
        "行政处罚法第七十五条",
        guards=(
            g.decision_can_be_corrected,
        ),
        document="revocation_decision", repeats=True, is_side=True, part="approval", applies=is_correction,
    ),
    StepType(
        "record_refund", "登记退款", "撤销变更", ANY, None, "主办人", "case.record_refund", "行政强制法第四十一条",
        guards=(
            g.refund_waits,
        ),
        repeats=True, is_side=True, part="ruling", applies=owes_refund,
    ),
)  # fmt: skip
