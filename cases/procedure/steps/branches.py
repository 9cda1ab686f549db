"""Ways off the straight road: not filed, withdrawn or terminated, transferred to another organ, no penalty (X1–X4)."""

from __future__ import annotations

from cases.procedure import guards as g
from cases.procedure.facts import CaseFacts
from cases.procedure.guards import branches as b
from cases.procedure.guards import discussion as d
from cases.procedure.guards import recusal, signing
from cases.procedure.states import OPEN, State
from cases.procedure.steps.discussion import UNDECIDED
from cases.procedure.steps.step_type import Applies, StepType

S = State
# An open request for recusal stops whatever decides the case, not the investigation (处罚法43第三款).
UNBIASED = (recusal.no_recusal_open, recusal.recusal_effect_settled)
ENDED_STATES = (S.ENDED, S.TRANSFERRED, S.NO_PENALTY)
# Kinds of requests the squad leader signs before a head decides.
ENDORSED = frozenset({
    "not_filing", "withdrawal", "termination", "transfer", "extension", "lateness", "no_penalty", "clerical",
})  # fmt: skip


def waits(*kinds: str) -> Applies:
    """The request in focus is of one of these kinds, signed by the squad leader (or with the report), and undecided."""

    def applies(facts: CaseFacts) -> bool:
        one = facts.focused_request
        if one is None or one.kind not in kinds or not one.is_open:
            return False
        return one.is_endorsed or (one.kind == "no_penalty" and facts.state == S.REPORT_APPROVAL)

    return applies


def waits_for_endorsement(facts: CaseFacts) -> bool:
    one = facts.focused_request
    return bool(one and one.kind in ENDORSED and one.is_open and not one.is_endorsed)


def waits_for_review(facts: CaseFacts) -> bool:
    one = facts.focused_request
    return bool(one and one.kind == "no_penalty" and one.is_open and one.is_listed and not one.is_reviewed)


def none_asked(*kinds: str) -> Applies:
    """No request of these kinds waits."""

    def applies(facts: CaseFacts) -> bool:
        return not any(facts.open_request(kind) for kind in kinds)

    return applies


def has_letter_to_send(facts: CaseFacts) -> bool:
    return any(limit.code == "gen-transfer-no-jurisdiction" for limit in facts.limits)


STEPS: tuple[StepType, ...] = (
    StepType(
        "record_informant", "登记举报人", "立案", (S.CLUE, S.VERIFIED), None, "承办人", "case.record_informant",
        "行政处罚法第五十条", document="report_record", is_side=True,
        applies=lambda facts: facts.source == "report" and not facts.informants,
    ),
    StepType(
        "answer_informant", "答复举报人", "立案",
        (S.CLUE, S.VERIFIED, S.FILING_APPROVAL, *UNDECIDED, S.NOT_FILED), None, "承办人", "case.record_informant",
        "行政处罚法第五十四条", is_side=True,
        applies=lambda facts: any(not one.is_answered for one in facts.informants),
    ),
    StepType(
        "propose_not_filing", "提请不予立案", "立案", (S.VERIFIED,), None, "主办人", "case.propose_not_filing",
        "行政处罚法第五十四条第二款", limit="file-timely", is_side=True, applies=none_asked("not_filing", "transfer"),
    ),
    StepType(
        "decide_not_filing", "审批不予立案", "立案", (S.VERIFIED,), S.NOT_FILED, "负责人", "case.decide_not_filing",
        "行政处罚法第五十四条第二款", guards=(
            d.request_endorsed,
            *UNBIASED,
            b.nothing_held,
        ), starts=("archive-time",), stops=("file-timely",), document="no_filing_approval", limit="file-timely",
        is_side=True, part="approval", applies=waits("not_filing"),
    ),
    StepType(
        "endorse_request", "签署申请意见", "立案", (*OPEN, S.CLOSED), None, "中队长", "case.endorse_request",
        "行政处罚法第五十七条", guards=(
            b.request_waits,
        ), is_side=True, part="approval", applies=waits_for_endorsement, repeats=True,
    ),
    StepType(
        "propose_ending", "提请撤销立案、终止调查", "调查终结", UNDECIDED, None, "主办人", "case.propose_ending",
        "行政处罚法第五十七条第一款", is_side=True, applies=none_asked("withdrawal", "termination"),
    ),
    StepType(
        "decide_withdrawal", "审批撤销立案", "调查终结", UNDECIDED, S.ENDED, "负责人", "case.decide_ending",
        "行政处罚法第五十七条第一款", guards=(
            d.request_endorsed,
            *UNBIASED,
            b.nothing_held,
            b.no_open_transfer,
        ), document="withdrawal_approval", is_side=True, part="approval", applies=waits("withdrawal"),
    ),
    StepType(
        "decide_termination", "审批终止调查", "调查终结", UNDECIDED, S.ENDED, "负责人", "case.decide_ending",
        "行政处罚法第五十七条第一款", guards=(
            d.request_endorsed,
            *UNBIASED,
            b.nothing_held,
            b.no_open_transfer,
        ), document="termination_approval", is_side=True, part="approval", applies=waits("termination"),
    ),
    StepType(
        "propose_transfer", "提请移送其他机关", "移送", (S.VERIFIED, *UNDECIDED), None, "主办人", "case.propose_transfer",
        "执法程序规定第九条", starts=("gen-transfer-no-jurisdiction",), limit="gen-transfer-no-jurisdiction",
        is_side=True, applies=none_asked("transfer", "not_filing"),
    ),
    StepType(
        "decide_transfer", "审批移送其他机关", "移送", (S.VERIFIED, *UNDECIDED), S.TRANSFERRED, "负责人",
        "case.decide_transfer", "执法程序规定第九条", guards=(
            d.request_endorsed,
            *UNBIASED,
        ), document="transfer_letter", limit="gen-transfer-no-jurisdiction", is_side=True, part="approval",
        applies=waits("transfer"),
    ),
    StepType(
        "send_transfer", "登记移送案卷", "移送", (S.TRANSFERRED,), None, "承办人", "case.send_transfer",
        "执法程序规定第九条", guards=(
            b.letter_waits,
        ), stops=("gen-transfer-no-jurisdiction",), document="transfer_notice", limit="gen-transfer-no-jurisdiction",
        is_side=True,
        applies=has_letter_to_send,
    ),
    StepType(
        "propose_no_penalty", "提出不予处罚意见", "决定",
        (S.INVESTIGATION, S.DEFENCE_REVIEW, S.DECISION_APPROVAL), None, "主办人", "case.propose_no_penalty",
        "行政处罚法第三十三条、第五十七条第一款", guards=(
            g.party_true,
            signing.records_signed,
        ), limit="decide-90d", is_side=True, applies=none_asked("no_penalty"),
    ),
    StepType(
        "review_no_penalty", "审核不予处罚意见", "法制审核", (S.REPORT_APPROVAL, S.DECISION_APPROVAL), None, "法制审核员",
        "case.review_no_penalty", "行政处罚法第五十八条", guards=(
            b.request_waits,
        ), is_side=True, part="approval", applies=waits_for_review,
    ),
    StepType(
        "decide_no_penalty", "审批不予行政处罚", "决定", (S.REPORT_APPROVAL, S.DECISION_APPROVAL), S.NO_PENALTY, "负责人",
        "case.decide_no_penalty", "行政处罚法第五十七条第一款", guards=(
            *UNBIASED,
            b.no_penalty_endorsed,
            b.no_penalty_reviewed,
            b.correction_ordered,
            b.no_open_transfer,
            signing.records_signed,
            g.in_ninety_days,
        ), stops=("decide-90d",), document="no_penalty_decision", limit="decide-90d", is_side=True, part="approval",
        applies=waits("no_penalty"),
    ),
)  # fmt: skip
