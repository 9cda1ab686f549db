"""Review, lawsuit and rulings: what they forbid meanwhile and what they ask for afterwards (law/procedure.md §8)."""

from __future__ import annotations

import unicodedata
from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.overlay import EFFECTS, felling, last_remand
from lishu_law.errors import Refusal
from lishu_law.law.amounts import format_yuan


def no_review_open(facts: CaseFacts, today: date) -> Refusal | None:
    """review-no-self-collect: during the review the bureau collects no evidence by itself (复议法46)."""
    open_one = next((one for one in facts.remedies if one.kind == "review" and one.is_open), None)
    if open_one is None:
        return None
    return Refusal(
        "review-no-self-collect",
        f"行政复议正在进行（{open_one.received_on:%Y-%m-%d} 收到），本机关不得自行收集证据。请等复议结束后再办。",
        "行政复议法第四十六条",
        "case",
    )


def remedies_over(facts: CaseFacts, today: date) -> Refusal | None:
    """archive-time: what a review or lawsuit still brings belongs in the file, so it is archived only afterwards."""
    open_one = next((one for one in facts.remedies if one.is_open), None)
    if open_one is None:
        return None
    kind = "行政复议" if open_one.kind == "review" else "行政诉讼"
    return Refusal(
        "archive-time",
        f"{kind}还在进行（{open_one.received_on:%Y-%m-%d} 收到），它的材料也要归入本卷。请登记结果以后再归档。",
        "行政处罚法第四十七条",
        "case",
    )


def decision_stands(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-restore: nothing is collected or enforced on a decision that was revoked or is void (强制法41)."""
    ruling = felling(facts)
    if ruling is None:
        return None
    return Refusal(
        "enforce-restore",
        f"处罚决定{ruling.old_number}已被{EFFECTS[ruling.effect]}，不能再收缴或者执行。已经收取的应当退还。",
        "行政强制法第四十一条",
        "case",
    )


def decision_can_be_corrected(facts: CaseFacts, today: date) -> Refusal | None:
    """revoke-self: only a decision that stands can be revoked or changed (处罚法75)."""
    if facts.decision_number:
        return None
    return Refusal(
        "revoke-self", "本案现在没有有效的处罚决定，不需要撤销或者变更。请核对案件页。", "行政处罚法第七十五条", "case"
    )


def not_the_same_again(facts: CaseFacts, today: date) -> Refusal | None:
    """revoke-self, the remand rule: not basically the same decision on the same facts and reasons (行诉71).

    A decision that fell for its procedure alone may be made again. Texts are compared without spaces and punctuation.
    """
    remand, chosen = last_remand(facts.rulings), facts.discretion
    if remand is None or remand.is_procedural or facts.decision_number or chosen is None:
        return None
    same_act = chosen.amount == remand.old_amount
    same_facts = _plain(facts.report_text) == _plain(remand.old_facts)
    same_reasons = bool(_plain(chosen.reason)) and _plain(chosen.reason) in _plain(remand.old_reasons)
    if not (same_act and same_facts and same_reasons):
        return None
    return Refusal(
        "revoke-self",
        f"原决定{remand.old_number}被撤销并责令重作，不得以同一事实和理由作出基本相同的决定。请退回补充调查或者重新裁量。",
        "行政诉讼法第七十一条",
        "case",
    )


def remedy_is_open(facts: CaseFacts, today: date) -> Refusal | None:
    """review-decide-60d: the review or lawsuit at hand has not ended yet (复议法62)."""
    one = facts.focused_remedy
    if one and one.is_open:
        return None
    return Refusal(
        "review-decide-60d", "这件复议或者诉讼已经结束，不能再办理。请回到案件页核对。", "行政复议法第六十二条", "case"
    )


def refund_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-restore: there is something to pay back, and it was not paid back yet (强制法41)."""
    ruling = facts.focused_ruling
    if ruling and ruling.refund and ruling.refund.done_on is None:
        return None
    return Refusal(
        "enforce-restore", "没有等待退还的款项，或者已经登记过退款。请回到案件页核对。", "行政强制法第四十一条", "case"
    )


def refunds_done(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-restore, close-conditions: what is no longer owed went back before the case is closed (强制法41)."""
    open_one = next((one.refund for one in facts.rulings if one.refund and one.refund.done_on is None), None)
    if open_one is None:
        return None
    return Refusal(
        "enforce-restore",
        f"还有 {format_yuan(open_one.amount)} 元应当退还当事人。请经财政退库并登记退款后再结案。",
        "行政强制法第四十一条",
        "record_refund",
    )


def publication_withdrawn(facts: CaseFacts, today: date) -> Refusal | None:
    """pub-withdraw-3d, close-conditions: the publication of a fallen decision was withdrawn (处罚法48第二款)."""
    waiting = next((one for one in facts.rulings if one.withdrawn_on is None), None)
    if waiting is None:
        return None
    return Refusal(
        "pub-withdraw-3d",
        f"{waiting.old_number}的公示信息还没有撤回。请公示审核员撤回并公开说明理由后再结案。",
        "行政处罚法第四十八条第二款",
        "",
    )


def _plain(text: str) -> str:
    """The text without spaces and punctuation: a comma more makes no other reason."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign)[0] in "LN")
