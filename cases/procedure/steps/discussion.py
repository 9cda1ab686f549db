"""Collective discussion as a state of its own, the extension of the ninety days and the lateness explained."""

from __future__ import annotations

from cases.procedure import guards as g
from cases.procedure.facts import CaseFacts
from cases.procedure.guards import discussion as d
from cases.procedure.guards import recusal
from cases.procedure.states import State
from cases.procedure.steps.step_type import StepType

S = State
# From filing to decision: where the ninety days run.
UNDECIDED = (
    S.INVESTIGATION, S.REPORT_APPROVAL, S.NOTICE_DUE, S.NOTICE_WINDOW, S.DEFENCE_REVIEW, S.HEARING, S.LEGAL_REVIEW,
    S.DISCUSSION, S.DECISION_APPROVAL,
)  # fmt: skip


def stage_after_review(facts: CaseFacts) -> State:
    """P10 or P11: where the case goes once the legal review has passed."""
    return S.DISCUSSION if facts.discussion_due else S.DECISION_APPROVAL


def waits_for_extension(facts: CaseFacts) -> bool:
    one = facts.focused_request
    return bool(one and one.kind == "extension" and one.is_open and one.is_endorsed)


def waits_for_lateness(facts: CaseFacts) -> bool:
    one = facts.focused_request
    return bool(one and one.kind == "lateness" and one.is_open and one.is_endorsed)


def may_be_extended(facts: CaseFacts) -> bool:
    return facts.decide_due is not None and not d.is_extended(facts) and not facts.open_request("extension")


def may_be_late(facts: CaseFacts) -> bool:
    return facts.decide_due is not None and not facts.open_request("lateness") and not d.is_late_explained(facts)


def not_discussed(facts: CaseFacts) -> bool:
    return not d.is_discussed(facts)


# Stands on the road between review and decision: taken into the table there.
RECORD_DISCUSSION = StepType(
    "record_discussion", "记录集体讨论", "集体讨论", (S.DISCUSSION,), S.DECISION_APPROVAL, "负责人",
    "case.record_discussion", "行政处罚法第五十七条第二款", guards=(
        g.review_passed,
        recusal.no_recusal_open,
        recusal.recusal_effect_settled,
    ), document="collective_discussion", limit="decide-90d", returns_to=S.DEFENCE_REVIEW,
)  # fmt: skip

STEPS: tuple[StepType, ...] = (
    StepType(
        "refer_to_discussion", "提请集体讨论", "集体讨论", (S.DECISION_APPROVAL,), S.DISCUSSION, "负责人",
        "case.refer_to_discussion", "行政处罚法第五十七条第二款", limit="decide-90d", is_side=True,
        applies=not_discussed,
    ),
    StepType(
        "ask_extension", "申请延长办案期限", "决定", UNDECIDED, None, "主办人", "case.ask_extension",
        "行政处罚法第六十条", guards=(
            d.before_expiry,
            d.not_extended_yet,
        ), limit="decide-90d", is_side=True,
        applies=may_be_extended,
    ),
    StepType(
        "decide_extension", "审批延长办案期限", "决定", UNDECIDED, None, "负责人", "case.decide_extension",
        "行政处罚法第六十条", guards=(
            d.request_endorsed,
            d.before_expiry,
            d.not_extended_yet,
        ), document="extension_approval", limit="decide-90d", is_side=True, part="approval",
        applies=waits_for_extension,
    ),
    StepType(
        "explain_lateness", "说明办案超期", "决定", UNDECIDED, None, "主办人", "case.explain_lateness",
        "行政处罚法第六十条", guards=(
            d.is_late,
        ), limit="decide-90d", is_side=True, applies=may_be_late,
    ),
    StepType(
        "confirm_lateness", "确认超期说明", "决定", UNDECIDED, None, "负责人", "case.confirm_lateness",
        "行政处罚法第六十条", guards=(
            d.request_endorsed,
        ), limit="decide-90d", is_side=True, part="approval", applies=waits_for_lateness,
    ),
)  # fmt: skip
