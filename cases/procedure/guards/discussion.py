"""Collective discussion and the ninety days: held in order, extended in time, lateness explained (处罚法57、60)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def is_discussed(facts: CaseFacts) -> bool:
    """Was it discussed since the legal review passed? An earlier round no longer counts."""
    held, reviewed = facts.done.get("record_discussion"), facts.done.get("review")
    return bool(facts.discussed_on and (held is None or reviewed is None or held >= reviewed))


def is_extended(facts: CaseFacts) -> bool:
    return facts.approved_request("extension") is not None


def is_late_explained(facts: CaseFacts) -> bool:
    """The lateness was explained and a head confirmed it, after the end of the limit."""
    one = facts.approved_request("lateness")
    return bool(one and one.asked_on and facts.decide_due and one.asked_on > facts.decide_due)


def discussed_after_review(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-collective-before: the discussion follows the legal review (and the hearing before it)."""
    if not facts.discussion_due or not facts.discussed_on or is_discussed(facts):
        return None
    return Refusal(
        "decide-collective-before",
        "集体讨论在法制审核之前，顺序不对。请在审核通过后重新集体讨论。",
        "行政处罚法第五十七条第二款、第五十八条",
        "refer_to_discussion",
    )


def discussion_agreed(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-collective: the decision follows the conclusion of the discussion."""
    newest = facts.discussions[-1] if facts.discussions and is_discussed(facts) else None
    if newest is None or newest.outcome == "penalise":
        return None
    return Refusal(
        "decide-collective",
        "集体讨论的结论不是作出处罚。请按讨论结论办理，不能作出处罚决定。",
        "行政处罚法第五十七条第二款",
        "propose_no_penalty",
    )


def before_expiry(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-90d-extend: asked for and approved before the ninety days are over."""
    if facts.decide_due is not None and today <= facts.decide_due:
        return None
    over = f"已于 {facts.decide_due:%Y-%m-%d} 届满" if facts.decide_due else "没有在计算"
    return Refusal(
        "decide-90d-extend",
        f"办案期限{over}，不能再延长。已经超期的请办理超期说明。",
        "行政处罚法第六十条",
        "explain_lateness",
    )


def not_extended_yet(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-90d-extend: once."""
    if not is_extended(facts):
        return None
    return Refusal("decide-90d-extend", "办案期限已经延长过一次，不能再延长。", "行政处罚法第六十条", "case")


def request_endorsed(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-report, file-approval: the agency head signs before the head, on every request of the case."""
    one = facts.focused_request
    if one is None or not one.is_open or one.is_endorsed:
        return None
    return Refusal(
        "file-approval",
        "经办机构负责人还没有签署意见。请先由中队长在案件页签署。",
        "行政处罚法第五十七条",
        "endorse_request",
    )


def is_late(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-extend-expired: only what is late needs the explanation."""
    if facts.decide_due is not None and today > facts.decide_due:
        return None
    return Refusal(
        "decide-extend-expired", "办案期限还没有届满，不需要超期说明。请在期限内办理。", "行政处罚法第六十条", "case"
    )
