"""Before the decision is sealed: discussion, not heavier, in time, in order (处罚法45、57、60)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.procedure.facts import CaseFacts
from cases.procedure.guards.discussion import is_late_explained
from lishu_law.errors import Refusal


def discussed_where_due(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-collective: complex or major cases are discussed by the heads first (处罚法57第二款)."""
    if not facts.discussion_due or facts.discussed_on:  # in which round: discussed_after_review
        return None
    return Refusal(
        "decide-collective",
        "本案达到集体讨论标准，还没有集体讨论记录。请先提请集体讨论。",
        "行政处罚法第五十七条第二款",
        "refer_to_discussion",
    )


def not_heavier_than_notice(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-no-heavier, notice-renotice: never heavier than what the party was told (处罚法45第二款)."""
    proposed = facts.discretion.amount if facts.discretion else None
    noticed = facts.notice.amount if facts.notice else None
    if (proposed or Decimal(0)) <= (noticed or Decimal(0)):
        return None
    return Refusal(
        "defence-no-heavier",
        f"拟罚款 {proposed:f} 元高于告知的 {noticed or Decimal(0):f} 元。不得因申辩或者听证加重；有新的事实的应当重新告知。",
        "行政处罚法第四十五条第二款",
        "renotice",
    )


def in_ninety_days(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-90d, decide-extend-expired: within ninety days from filing, or late with a confirmed explanation (处罚法60)."""
    if facts.decide_due is None or today <= facts.decide_due or is_late_explained(facts):
        return None
    return Refusal(
        "decide-90d",
        f"办案期限已于 {facts.decide_due:%Y-%m-%d} 届满。请先作超期说明，经负责人确认后再作决定。",
        "行政处罚法第六十条",
        "explain_lateness",
    )


def in_order(facts: CaseFacts, today: date) -> Refusal | None:
    """The order invariant of procedure.md §2.4, asked again before the decision is sealed.

    Told before decided: not even an explicit waiver puts both on one day.
    """
    told = facts.notice.served_on if facts.notice else None
    if told and told == today:
        return Refusal(
            "order-invariant",
            "违法行为通知书今天才送达，处罚决定不能在同一天作出。当事人明确放弃陈述申辩的，也请从明天起再审批。",
            "行政处罚法第四十四条",
            "",
        )
    dates = [facts.filed_on, facts.report_approved_on, told, today]
    known = [day for day in dates if day]
    if known == sorted(known):
        return None
    return Refusal("order-invariant", "案件日期先后颠倒，请核对立案、报告、告知的日期。", "行政处罚法第四十四条", "")
