"""After the decision: served, paid, public, endorsed (处罚法48、57、61、67)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.procedure.closing import ends_unpaid
from cases.procedure.facts import CaseFacts
from cases.procedure.overlay import felling
from cases.procedure.states import OFF_ROAD
from lishu_law.errors import Refusal


def decision_served(facts: CaseFacts, today: date) -> Refusal | None:
    """pay-15d runs from service only."""
    if facts.decision_served_on:
        return None
    return Refusal("serve-7d", "处罚决定书还没有送达。请先送达。", "行政处罚法第六十一条", "serve_decision")


def fine_paid(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: the fine is paid in full, or the execution ended without that."""
    due = facts.decision_amount or Decimal(0)
    if facts.paid >= due or ends_unpaid(facts, today):
        return None
    return Refusal(
        "close-conditions",
        f"罚款还有 {due - facts.paid:f} 元没有缴清。请登记缴款后再结案。",
        "行政处罚法第六十七条第三款",
        "record_payment",
    )


def everything_served(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: no unserved document."""
    unserved = [d.title for d in facts.documents if d.must_be_served and d.served_on is None]
    if not unserved:
        return None
    return Refusal("close-conditions", f"{unserved[0]}还没有送达。请送达后再结案。", "行政处罚法第六十一条", "case")


def disclosed(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: the decision is public (处罚法48)."""
    if facts.disclosed_on or felling(facts) or (facts.decided_on is None and facts.state in OFF_ROAD):
        return None
    return Refusal(
        "close-conditions",
        "处罚决定还没有公示。请等公示审核员公示后再结案。",
        "行政处罚法第四十八条第一款",
        "",
    )


def closing_endorsed(facts: CaseFacts, today: date) -> Refusal | None:
    """close-approval: the agency head signs before the head."""
    proposed, endorsed = facts.done.get("propose_closing"), facts.done.get("endorse_closing")
    if proposed and endorsed and endorsed >= proposed:
        return None
    return Refusal(
        "close-approval",
        "经办机构负责人还没有签署结案意见。请先由中队长签署。",
        "行政处罚法第五十七条",
        "endorse_closing",
    )
