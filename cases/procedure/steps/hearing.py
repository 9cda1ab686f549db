"""Hearing: sub-machine H0–H7 (law/procedure.md §4), renewed notice, further statements, review of the report."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import hearing as g
from cases.procedure.guards import notice as n
from cases.procedure.guards import review as r
from cases.procedure.guards import signing
from cases.procedure.states import OPEN, State
from cases.procedure.steps.step_type import Applies, StepType

S = State
HEARING_CITATION = "行政处罚法第六十四条"
_ANY_DAY = date.min  # for guards that look at no date


def in_state(*states: str) -> Applies:
    """The hearing in focus stands in one of these states."""

    def applies(facts: CaseFacts) -> bool:
        one = facts.focused_hearing
        return one is not None and one.state in states

    return applies


def has_party(facts: CaseFacts) -> bool:
    """There is a party who may be represented."""
    return facts.party is not None


def may_request(facts: CaseFacts) -> bool:
    return bool(facts.notice and facts.notice.hearing_offered and facts.notice.served_on)


def needs_people(facts: CaseFacts) -> bool:
    return g.hearing_needs_people(facts, _ANY_DAY) is None


def to_be_scheduled(facts: CaseFacts) -> bool:
    return g.hearing_to_be_scheduled(facts, _ANY_DAY) is None


def is_renewed(facts: CaseFacts) -> bool:
    return n.is_renewed(facts)


def has_spoken_or_may(facts: CaseFacts) -> bool:
    """A statement before is recorded by the step of the road; this one is for every further statement."""
    return bool(facts.notice and facts.notice.served_on)


STEPS: tuple[StepType, ...] = (
    StepType(
        "add_statement", "记录补充或者逾期的陈述申辩", "告知",
        (S.DEFENCE_REVIEW, S.HEARING, S.LEGAL_REVIEW, S.DECISION_APPROVAL), None, "承办人", "case.add_statement",
        "行政处罚法第四十五条第一款", document="defence_record", limit="defence-window", repeats=True, is_side=True,
        applies=has_spoken_or_may,
    ),
    StepType(
        "renotice", "变更处罚意见、重新告知", "告知", (S.DEFENCE_REVIEW, S.DECISION_APPROVAL), S.NOTICE_DUE, "主办人",
        "case.renotice", "行政处罚法第四十四条、第四十五条",
        guards=(
            n.no_hearing_open,
        ),
        limit="decide-90d", repeats=True, is_side=True,
    ),
    StepType(
        "approve_revision", "审批变更后的处罚意见", "告知", (S.NOTICE_DUE,), None, "负责人", "case.approve_revision",
        "行政处罚法第五十七条第一款",
        guards=(
            n.proposal_is_renewed,
        ),
        limit="decide-90d", returns_to=S.INVESTIGATION, repeats=True, is_side=True, applies=is_renewed,
    ),
    StepType(
        "review_report", "告知前审核调查报告", "法制审核", (S.REPORT_APPROVAL,), None, "法制审核员", "case.review_report",
        "行政处罚法第五十八条",
        guards=(
            r.report_review_open,
        ),
        document="legal_review_opinion", repeats=True, is_side=True,
    ),
    StepType(
        "request_hearing", "登记听证申请", "听证", (S.NOTICE_WINDOW, S.DEFENCE_REVIEW), S.HEARING, "承办人",
        "case.request_hearing", "行政处罚法第六十四条第一项",
        guards=(
            g.hearing_right_told,
            g.no_second_request,
        ),
        stops=("hearing-request",), limit="hearing-request", repeats=True, is_side=True, applies=may_request,
    ),
    StepType(
        "appoint_hearing", "受理听证、指定听证人员", "听证", (S.HEARING,), None, "负责人", "case.appoint_hearing",
        "行政处罚法第六十四条第四项",
        guards=(
            g.hearing_needs_people,
        ),
        repeats=True, is_side=True, part="hearing", applies=needs_people,
    ),
    StepType(
        "issue_hearing_notice", "确定时间地点、制作听证通知书", "听证", (S.HEARING,), None, "听证主持人",
        "case.arrange_hearing", "行政处罚法第六十四条第二项",
        guards=(
            g.hearing_staffed,
            g.hearing_to_be_scheduled,
        ),
        document="hearing_notice", repeats=True, is_side=True, part="hearing", applies=to_be_scheduled,
    ),
    StepType(
        "postpone_hearing", "延期听证", "听证", (S.HEARING,), None, "听证主持人", "case.arrange_hearing",
        HEARING_CITATION,
        guards=(
            g.hearing_may_be_postponed,
        ),
        repeats=True, is_side=True, part="hearing", is_choice=True, applies=in_state("scheduled"),
    ),
    StepType(
        "suspend_hearing", "中止听证", "听证", (S.HEARING,), None, "听证主持人", "case.arrange_hearing",
        HEARING_CITATION,
        guards=(
            g.hearing_may_be_suspended,
        ),
        repeats=True, is_side=True, part="hearing", is_choice=True, applies=in_state("accepted", "scheduled", "postponed"),
    ),
    StepType(
        "resume_hearing", "恢复听证", "听证", (S.HEARING,), None, "听证主持人", "case.arrange_hearing",
        HEARING_CITATION,
        guards=(
            g.hearing_is_suspended,
        ),
        repeats=True, is_side=True, part="hearing", applies=in_state("suspended"),
    ),
    StepType(
        "terminate_hearing", "终止听证", "听证", (S.HEARING,), None, "听证主持人", "case.terminate_hearing",
        HEARING_CITATION,
        guards=(
            g.hearing_may_be_terminated,
        ),
        repeats=True, is_side=True, part="hearing", is_choice=True,
        applies=in_state("requested", "accepted", "scheduled", "postponed", "suspended"),
    ),
    StepType(
        "record_hearing", "制作听证笔录", "听证", (S.HEARING,), None, "听证记录员", "case.record_hearing",
        "行政处罚法第六十四条第八项",
        guards=(
            g.hearing_staffed,
            g.hearing_told_in_time,
            g.hearing_day_come,
        ),
        starts=("hearing-report",), document="hearing_record", repeats=True, is_side=True, part="hearing",
        applies=in_state("scheduled"),
    ),
    StepType(
        "report_hearing", "提交听证报告书", "听证", (S.HEARING,), None, "听证主持人", "case.report_hearing",
        "行政处罚法第六十五条",
        guards=(
            g.hearing_waits_for_report,
            signing.hearing_record_signed,
        ),
        stops=("hearing-report",), document="hearing_report", limit="hearing-report", repeats=True, is_side=True,
        part="hearing", applies=in_state("ended"),
    ),
    StepType(
        "authorise_proxy", "制作授权委托书", "听证", OPEN, None, "承办人", "case.authorise_proxy",
        "行政处罚法第六十四条第五项", document="power_of_attorney", repeats=True, is_side=True, applies=has_party,
    ),
)  # fmt: skip
