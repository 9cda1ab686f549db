"""The list of planted defects, from the notice to the archive."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.cases.dossier_review import defects as x
from tests.cases.dossier_review.defects import DAY, HEARD, HOUR, ORDINARY, SUMMARY, Planted

PLANTED = (
    # what the party was told
    Planted(ORDINARY, "V6", "no-notice", x.gone("prior_notice")),
    Planted(ORDINARY, "V6", "decided-before-notice", x.serving_of("prior_notice", effective_on=x.decided)),
    Planted(
        ORDINARY, "V6", "inside-window",
        x.serving_of("prior_notice", effective_on=lambda d: x.decided(d) - DAY),
    ),
    Planted(SUMMARY, "V6", "not-told-on-the-spot", x.spot(is_told=False)),
    Planted(SUMMARY, "V6", "not-heard-on-the-spot", x.spot(is_heard=False)),
    Planted(HEARD, "V7", "hearing-not-told", x.paper("prior_notice", has_hearing_right=False)),
    Planted(HEARD, "V7", "hearing-not-held", x.hearing(state="scheduled")),
    Planted(HEARD, "V7", "hearing-refused-in-time", x.hearing(state="not_accepted")),
    Planted(ORDINARY, "22", "notice-without-amount", x.paper("prior_notice", planned_penalty="罚款人民币一千元以上三千元以下")),
    Planted(ORDINARY, "22", "no-planned-penalty", x.paper("prior_notice", planned_penalty="")),
    Planted(ORDINARY, "22", "notice-without-basis", x.paper("prior_notice", basis="")),
    Planted(ORDINARY, "22", "breached-changed", x.paper("prior_notice", breached="《公路安全保护条例》第三十六条")),
    Planted(ORDINARY, "22", "defence-right-not-told", x.paper("prior_notice", has_defence_right=False)),
    Planted(ORDINARY, "22", "notice-without-contact", x.paper("prior_notice", phone="")),
    Planted(ORDINARY, "23", "notice-not-served", x.unserved("prior_notice")),
    Planted(ORDINARY, "23", "notice-date-differs", x.paper("prior_notice", issued_on="2026年3月30日")),
    Planted(
        ORDINARY, "23", "served-before-made",
        x.serving_of("prior_notice", effective_on=lambda d: d.notice.sealed_on - DAY),
    ),
    Planted(ORDINARY, "24", "points-unanswered", x.plea(answered=1)),
    Planted(ORDINARY, "24", "no-review-paper", x.gone("defence_review")),
    Planted(ORDINARY, "24", "no-defence-record", x.plea(kind="oral")),
    Planted(ORDINARY, "24", "answer-not-in-decision", x.paper("penalty_decision", defence=["已经告知。"])),
    Planted(ORDINARY, "25", "waiver-same-day", x.waived_at_once),
    Planted(ORDINARY, "25", "waiver-before-notice", x.waived_before),
    Planted(HEARD, "26", "short-notice", x.told_late),
    Planted(HEARD, "26", "investigator-in-hearing", x.hearing(people=x.chaired_by_officer)),
    Planted(HEARD, "26", "no-hearing-record", x.gone("hearing_record")),
    Planted(HEARD, "26", "no-hearing-report", x.gone("hearing_report")),
    Planted(HEARD, "26", "hearing-order", x.row("sessions", party_answered=False)),
    # legal review and discussion
    Planted(HEARD, "V8", "no-legal-review", lambda d: replace(d, opinions=())),
    Planted(HEARD, "V8", "review-before-hearing", x.reviewed(requested_at=lambda d: d.facts.hearings[-1].reported_at - HOUR)),
    Planted(ORDINARY, "V8", "reviewer-involved", x.reviewed(reviewer=lambda d: d.handlers[0].number)),
    Planted(ORDINARY, "V8", "reviewer-unqualified", x.reviewed(is_qualified=False)),
    Planted(ORDINARY, "V9", "no-discussion", x.discussion_missing),
    Planted(ORDINARY, "27", "opinion-empty", x.reviewed(text="同意。")),
    Planted(ORDINARY, "27", "passed-with-problems", x.reviewed(problems=1)),
    Planted(ORDINARY, "27", "no-review-paper", x.gone("legal_review_opinion")),
    # the decision
    Planted(ORDINARY, "29", "decision-date-differs", x.paper("penalty_decision", decided_on="2026年1月1日")),
    Planted(ORDINARY, "29", "decision-sum-differs", x.paper("penalty_decision", penalty=["罚款人民币壹万元整（¥10,000.00）。"])),
    Planted(ORDINARY, "29", "facts-without-time", x.paper("penalty_decision", facts=["当事人未采取苫盖措施。"])),
    Planted(ORDINARY, "29", "no-number", lambda d: x.with_paper(d, "penalty_decision", fields={"number": ""})),
    Planted(ORDINARY, "29", "decision-without-evidence", x.paper("penalty_decision", evidence=[])),
    Planted(ORDINARY, "30", "defence-not-mentioned", x.paper("penalty_decision", defence=[])),
    Planted(ORDINARY, "31", "no-bank", x.paper("penalty_decision", payment=None)),
    Planted(ORDINARY, "32", "wrong-review-organ", x.paper("penalty_decision", review_organ="四平市交通运输局")),
    Planted(ORDINARY, "32", "wrong-court", x.paper("penalty_decision", court="长春铁路运输法院")),
    Planted(SUMMARY, "32", "review-not-first", x.paper("spot_decision", remedy=["可以向梨树县人民政府申请行政复议或者起诉。"])),
    Planted(SUMMARY, "32", "wrong-review-organ", x.paper("spot_decision", remedy=["60日内先向四平市交通运输局申请行政复议。"])),
    Planted(ORDINARY, "33", "decided-late", x.limit_before("decide-90d")),
    # serving, execution, publication, closing, archive
    Planted(ORDINARY, "34", "decision-not-served", x.unserved("penalty_decision")),
    Planted(ORDINARY, "34", "served-late", x.serving_of("penalty_decision", served_on=lambda d: x.decided(d) + 30 * DAY)),
    Planted(
        ORDINARY, "34", "served-before-decision",
        x.serving_of("penalty_decision", effective_on=lambda d: x.decided(d) - DAY),
    ),
    Planted(ORDINARY, "34", "no-relation", x.serving_of("penalty_decision", relation="")),
    Planted(ORDINARY, "34", "no-receiver", x.serving_of("penalty_decision", receiver="")),
    Planted(SUMMARY, "34", "left-without-witness", x.serving_of("spot_decision", method="left", refusal_reason="拒收")),
    Planted(ORDINARY, "34", "no-mail-slip", x.serving_of("penalty_decision", method="mail")),
    Planted(ORDINARY, "34", "no-electronic-consent", x.serving_of("penalty_decision", method="electronic")),
    Planted(ORDINARY, "34", "public-without-reason", x.serving_of("penalty_decision", method="public")),
    Planted(ORDINARY, "35", "paid-sum-differs", x.paid(amount=Decimal(900))),
    Planted(ORDINARY, "35", "collected-by-officers", x.paid(channel="spot")),
    Planted(ORDINARY, "35", "paid-before-decision", x.paid(paid_on=lambda d: x.decided(d) - DAY)),
    Planted(ORDINARY, "36", "surcharge-over-cap", x.paid(additional=Decimal("1000.01"))),
    Planted(ORDINARY, "38", "published-late", lambda d: x.facts(disclosed_on=x.decided(d) + 30 * DAY)(d)),
    Planted(SUMMARY, "38", "not-published", x.facts(disclosed_on=None)),
    Planted(ORDINARY, "39", "no-closing-report", x.gone("closing_report")),
    Planted(ORDINARY, "39", "closing-without-execution", x.paper("closing_report", execution=[])),
    Planted(ORDINARY, "39", "closed-before-served", lambda d: x.facts(closed_on=x.decided(d) - DAY)(d)),
    Planted(ORDINARY, "40", "cause-differs", x.paper("closing_report", cause="擅自超限行驶公路")),
    Planted(ORDINARY, "40", "archived-late", x.limit_before("archive-time")),
    Planted(ORDINARY, "40", "not-bound", x.long_archived()),
    Planted(ORDINARY, "40", "bound-without-later", x.long_archived(at=lambda d: d.papers[-1].sealed_at - HOUR)),
    Planted(ORDINARY, "40", "bound-without-secondary", x.long_archived(at=x.after_all_papers, with_secondary=False)),
    Planted(ORDINARY, "41", "dated-ahead", x.paper("legal_review_opinion", reviewed_on="2027年1月1日")),
    Planted(ORDINARY, "41", "signed-ahead", x.opinion("filing_form", "head_opinion", signed_on="2027年1月1日")),
)  # fmt: skip
