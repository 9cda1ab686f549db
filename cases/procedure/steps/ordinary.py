"""The straight road of the ordinary procedure: one row per step (law/procedure.md §2.2)."""

from __future__ import annotations

from cases.procedure import guards as g
from cases.procedure.guards import branches as b
from cases.procedure.guards import contents as co
from cases.procedure.guards import correction as cr
from cases.procedure.guards import crime as c
from cases.procedure.guards import discussion as d
from cases.procedure.guards import evidence, execution, recusal, remedies, review, signing
from cases.procedure.guards import measures as m
from cases.procedure.guards import notice as n
from cases.procedure.states import State
from cases.procedure.steps.discussion import RECORD_DISCUSSION
from cases.procedure.steps.step_type import StepType

S = State
CASE_OFFICERS = (g.two_officers, g.certificates_valid)

STEPS: tuple[StepType, ...] = (
    StepType(
        "register_clue", "登记线索", "立案", (), S.CLUE, "执法人员", "case.create",
        "执法程序规定第六十二条", starts=(),
    ),
    StepType(
        "verify_clue", "核查线索", "立案", (S.CLUE,), S.VERIFIED, "承办人", "case.verify_clue",
        "行政处罚法第五十四条第二款", starts=("file-timely",),
    ),
    StepType(
        "request_filing", "提请立案", "立案", (S.VERIFIED,), S.FILING_APPROVAL, "承办人", "case.request_filing",
        "行政处罚法第五十四条第二款",
        guards=(
            *CASE_OFFICERS,
            g.in_jurisdiction,
            g.filing_criteria,
            g.within_limitation,
            g.within_five_years,
        ), limit="file-timely",
    ),
    StepType(
        "recommend_filing", "签署立案意见", "立案", (S.FILING_APPROVAL,), None, "中队长", "case.recommend_filing",
        "执法程序规定第六十三条", limit="file-timely", returns_to=S.VERIFIED,
    ),
    StepType(
        "approve_filing", "审批立案", "立案", (S.FILING_APPROVAL,), S.INVESTIGATION, "负责人", "case.approve_filing",
        "执法程序规定第六十三条", guards=(
            g.filing_recommended,
            g.no_conflict,
            *CASE_OFFICERS,
        ),
        starts=("decide-90d",), stops=("file-timely",), document="filing_form", limit="file-timely",
        returns_to=S.VERIFIED,
    ),
    StepType(
        "record_onscene", "制作现场笔录", "调查取证", (S.CLUE, S.VERIFIED, S.INVESTIGATION), None, "承办人",
        "case.record", "行政处罚法第五十五条", guards=(
            *CASE_OFFICERS,
            remedies.no_review_open,
        ), document="onscene_record", repeats=True,
    ),
    StepType(
        "record_questioning", "制作询问笔录", "调查取证", (S.INVESTIGATION,), None, "承办人",
        "case.record", "行政处罚法第五十五条", guards=(
            *CASE_OFFICERS,
            remedies.no_review_open,
        ), document="questioning_record", repeats=True,
    ),
    StepType(
        "add_evidence", "补充证据", "调查取证", (S.CLUE, S.VERIFIED, S.INVESTIGATION, S.NOTICE_WINDOW), None,
        "承办人", "case.add_evidence", "行政处罚法第四十六条", guards=(
            remedies.no_review_open,
        ), repeats=True,
    ),
    StepType(
        "verify_evidence", "查证核对证据", "调查取证", (S.INVESTIGATION,), None, "承办人", "case.record",
        "行政处罚法第四十六条第二款", guards=(
            *CASE_OFFICERS,
            remedies.no_review_open,
        ), repeats=True,
    ),
    StepType(
        "set_discretion", "裁量", "调查取证", (S.INVESTIGATION, S.NOTICE_DUE), None, "主办人", "case.set_discretion",
        "行政处罚法第三十四条", guards=(
            n.proposal_may_change,
            g.not_under_fourteen,
        ), repeats=True,
    ),
    StepType(
        "submit_report", "提交调查报告", "调查终结", (S.INVESTIGATION,), S.REPORT_APPROVAL, "主办人",
        "case.submit_report", "行政处罚法第五十七条第一款",
        guards=(
            *CASE_OFFICERS,
            g.no_conflict,
            g.party_true,
            g.not_under_fourteen,
            g.transcripts_present,
            g.transcripts_lawful,
            signing.records_signed,
            g.no_overlap,
            evidence.evidence_present,
            g.evidence_verified,
            evidence.monitoring_reviewed,
            evidence.tests_answered,
            g.discretion_or_no_penalty,
            g.questions_answered,
        ),
        limit="decide-90d",
    ),
    StepType(
        "endorse_report", "签署报告意见", "调查终结", (S.REPORT_APPROVAL,), None, "中队长", "case.endorse_report",
        "行政处罚法第五十七条第一款", limit="decide-90d", returns_to=S.INVESTIGATION,
    ),
    StepType(
        "approve_report", "审批调查报告", "调查终结", (S.REPORT_APPROVAL,), S.NOTICE_DUE, "负责人",
        "case.approve_report", "行政处罚法第五十七条第一款", guards=(
            g.report_endorsed,
            b.no_penalty_undecided,
            g.discretion_chosen,
        ),
        document="investigation_report", limit="decide-90d", returns_to=S.INVESTIGATION,
    ),
    StepType(
        "issue_notice", "制作违法行为通知书", "告知", (S.NOTICE_DUE,), None, "主办人", "case.issue_notice",
        "行政处罚法第四十四条", guards=(
            *CASE_OFFICERS,
            n.notice_not_made_yet,
            n.changed_proposal_approved,
            g.discretion_chosen,
            g.party_true,
        ), document="prior_notice",
        limit="decide-90d",
    ),
    StepType(
        "serve_notice", "送达违法行为通知书", "告知", (S.NOTICE_DUE,), S.NOTICE_WINDOW, "承办人", "case.serve",
        "行政处罚法第四十四条", guards=(
            g.notice_sealed,
            *CASE_OFFICERS,
        ),
        starts=("defence-window", "hearing-request"), document="serving_receipt", limit="decide-90d",
    ),
    StepType(
        "record_defence", "记录陈述申辩", "告知", (S.NOTICE_WINDOW,), S.DEFENCE_REVIEW, "承办人",
        "case.record_defence", "行政处罚法第四十五条", stops=("defence-window", "hearing-request"),
        document="waiver_statement", limit="defence-window",
    ),
    StepType(
        "review_defence", "复核陈述申辩", "告知",
        (S.DEFENCE_REVIEW, S.HEARING, S.LEGAL_REVIEW, S.DECISION_APPROVAL), None, "承办人", "case.review_defence",
        "行政处罚法第四十五条第一款", guards=(
            n.statement_waits,
        ), document="defence_review", limit="decide-90d", repeats=True,
    ),
    StepType(
        "request_review", "提交法制审核", "法制审核", (S.DEFENCE_REVIEW, S.HEARING), S.LEGAL_REVIEW, "主办人",
        "case.request_review", "行政处罚法第五十八条",
        guards=(
            g.window_over,
            g.no_hearing_open,
            g.defence_reviewed,
            n.told_again_where_changed,
        ), starts=("review-deadline",), limit="decide-90d",
    ),
    StepType(
        "review", "法制审核", "法制审核", (S.LEGAL_REVIEW,), S.DECISION_APPROVAL, "法制审核员", "case.review",
        "行政处罚法第五十八条", guards=(
            g.window_over,
            g.defence_reviewed,
        ), stops=("review-deadline",),
        document="legal_review_opinion", limit="review-deadline", returns_to=S.DEFENCE_REVIEW,
        also_to=(S.DISCUSSION,),
    ),
    RECORD_DISCUSSION,
    StepType(
        "approve_decision", "审批处罚决定", "决定", (S.DECISION_APPROVAL,), S.DECIDED, "负责人",
        "case.approve_decision", "行政处罚法第五十七条第一款",
        guards=(
            g.review_passed,
            review.reviewed_after_hearing,
            recusal.no_recusal_open,
            recusal.recusal_effect_settled,
            g.no_conflict,
            g.window_over,
            g.no_hearing_open,
            n.told_again_where_changed,
            g.defence_reviewed,
            g.discretion_chosen,
            g.benchmark_confirmed,
            g.not_heavier_than_notice,
            g.discussed_where_due,
            d.discussed_after_review,
            d.discussion_agreed,
            b.no_penalty_undecided,
            b.no_open_transfer,
            b.no_fine_after_criminal_fine,
            b.not_fined_already,
            co.issued_by_the_bureau,
            co.basis_in_force,
            co.contents_complete,
            g.in_ninety_days,
            g.in_order,
            remedies.not_the_same_again,
        ),
        starts=("serve-7d", "pub-7wd"), stops=("decide-90d",), document="penalty_decision", limit="decide-90d",
        returns_to=S.DEFENCE_REVIEW, also_makes=("penalty_approval",),
    ),
    StepType(
        "serve_decision", "送达处罚决定书", "送达", (S.DECIDED,), S.PERFORMANCE, "承办人", "case.serve",
        "行政处罚法第六十一条", guards=CASE_OFFICERS, starts=("pay-15d", "review-60d", "sue-6m"),
        stops=("serve-7d",), document="serving_receipt", limit="serve-7d",
    ),
    StepType(
        "record_payment", "登记缴款", "履行", (S.PERFORMANCE, S.DEFERRED, S.OVERDUE, S.ENFORCEMENT), S.PERFORMED,
        "主办人", "case.record_payment", "行政处罚法第六十七条", guards=(
            g.decision_served,
            execution.something_to_pay,
            remedies.decision_stands,
        ), stops=("pay-15d",), document="fine_receipt", limit="pay-15d", repeats=True,
    ),
    StepType(
        "propose_closing", "提请结案", "结案",
        (S.PERFORMED, S.ENFORCEMENT, S.ENDED, S.TRANSFERRED, S.NO_PENALTY), S.CLOSING_APPROVAL, "主办人",
        "case.propose_closing", "行政处罚法第六十七条", guards=(
            g.fine_paid,
            execution.additional_fine_settled,
            execution.duties_verified,
            execution.enforcement_ended,
            g.everything_served,
            signing.file_signed,
            g.disclosed,
            m.measures_lifted,
            m.incidents_explained,
            b.transfer_sent,
            c.police_answered,
            cr.correction_rechecked,
            remedies.refunds_done,
            remedies.publication_withdrawn,
        ),
    ),
    StepType(
        "endorse_closing", "签署结案意见", "结案", (S.CLOSING_APPROVAL,), None, "中队长", "case.endorse_closing",
        "行政处罚法第五十七条第一款", returns_to=S.PERFORMED,
    ),
    StepType(
        "approve_closing", "审批结案", "结案", (S.CLOSING_APPROVAL,), S.CLOSED, "负责人", "case.approve_closing",
        "行政处罚法第五十七条第一款", guards=(
            g.closing_endorsed,
            recusal.no_recusal_open,
        ), starts=("archive-time",),
        document="closing_report", returns_to=S.PERFORMED,
    ),
    StepType(
        "archive", "归档", "归档", (S.CLOSED, S.SUMMARY_CLOSED, S.NOT_FILED), S.ARCHIVED, "档案员", "case.archive",
        "行政处罚法第四十七条", guards=(remedies.remedies_over,),
        stops=("archive-time",), limit="archive-time",
    ),
)  # fmt: skip
