"""Before the decision is sealed: review, discussion, not heavier, in time, in order (处罚法45、57、58、60)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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


def discussed_where_due(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-collective: complex or major cases are discussed by the heads first (处罚法57第二款)."""
    if not facts.discussion_due or facts.discussed_on:
        return None
    return Refusal(
        "decide-collective",
        "本案达到集体讨论标准，还没有集体讨论记录。请先组织集体讨论。",
        "行政处罚法第五十七条第二款",
        "record_discussion",
    )


def not_heavier_than_notice(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-no-heavier, notice-renotice: never heavier than what the party was told (处罚法45第二款)."""
    proposed = facts.discretion.amount if facts.discretion else None
    noticed = facts.notice.amount if facts.notice else None
    if (proposed or Decimal(0)) <= (noticed or Decimal(0)):
        return None
    return Refusal(
        "defence-no-heavier",
        f"拟罚款 {proposed:f} 元高于告知的 {noticed or Decimal(0):f} 元。不得因申辩加重；事实变化的应重新告知。",
        "行政处罚法第四十五条第二款",
        "issue_notice",
    )


def in_ninety_days(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-90d: within ninety days from filing (处罚法60)."""
    if facts.decide_due is None or today <= facts.decide_due:
        return None
    return Refusal(
        "decide-90d",
        f"办案期限已于 {facts.decide_due:%Y-%m-%d} 届满。请先办理延长或者超期说明。",
        "行政处罚法第六十条",
        "",
    )


def in_order(facts: CaseFacts, today: date) -> Refusal | None:
    """The order invariant of procedure.md §2.4, asked again before the decision is sealed."""
    dates = [facts.filed_on, facts.report_approved_on, facts.notice.served_on if facts.notice else None, today]
    known = [day for day in dates if day]
    if known == sorted(known):
        return None
    return Refusal("order-invariant", "案件日期先后颠倒，请核对立案、报告、告知的日期。", "行政处罚法第四十四条", "")
