"""Legal review before the decision: passed, after the hearing, of the proposal as it is now (处罚法58)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def review_passed(facts: CaseFacts, today: date) -> Refusal | None:
    """review-no-pass-no-decision: not reviewed or not passed, no decision (处罚法58)."""
    if facts.review and facts.review.outcome == "passed":
        return None
    return Refusal(
        "review-no-pass-no-decision",
        "法制审核还没有通过，不能作出决定。请等审核意见。",
        "行政处罚法第五十八条",
        "review",
    )


def reviewed_after_hearing(facts: CaseFacts, today: date) -> Refusal | None:
    """review-after-hearing: a review asked for before the hearing was closed does not count (处罚法58第一款第二项)."""
    held = [one.reported_at for one in facts.hearings if one.was_held and one.reported_at]
    if not held or facts.review is None or facts.review.requested_at is None:
        return None
    if facts.review.requested_at >= max(held):
        return None
    return Refusal(
        "review-after-hearing",
        "法制审核在听证结束之前提交，不能作为决定的依据。请在听证之后重新提交法制审核。",
        "行政处罚法第五十八条第一款第二项",
        "request_review",
    )


def report_review_open(facts: CaseFacts, today: date) -> Refusal | None:
    """review-triggers: the report may be reviewed before the notice, once a round."""
    submitted = facts.done.get("submit_report")
    done = [one.requested_at for one in facts.reviews if one.gate == "report" and one.requested_at]
    if submitted and not any(one >= submitted for one in done):
        return None
    return Refusal(
        "review-triggers", "这份调查报告已经审核过。作出决定前还要再提交法制审核。", "行政处罚法第五十八条", "case"
    )
