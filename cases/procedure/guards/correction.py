"""Orders to correct and their re-check, and clerical errors (处罚法28、59)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def order_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-correct-order: what is re-checked is an order of this case that is not settled."""
    one = facts.focused_order
    if one is None or one.result in {"", "not_corrected"}:
        return None
    return Refusal(
        "inv-correct-order", "这份责令改正通知已经复查完毕，不用再复查。", "行政处罚法第二十八条第一款", "case"
    )


def correction_rechecked(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: every order to correct was re-checked, and the act no longer goes on."""
    open_order = next((one for one in facts.orders if one.result in {"", "not_corrected"}), None)
    if open_order is None:
        return None
    said = "还没有复查" if not open_order.result else "复查时还没有改正"
    return Refusal(
        "close-conditions",
        f"{open_order.issued_on:%Y-%m-%d} 的责令改正{said}。请复查确认改正后再结案。",
        "行政处罚法第二十八条第一款",
        "recheck_correction",
    )


def document_at_hand(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-correct-clerical: what is corrected is a sealed document of this case."""
    if facts.focused_document:
        return None
    return Refusal("decide-correct-clerical", "没有找到要更正的文书。请从文书页进入。", "行政处罚法第五十九条", "case")
