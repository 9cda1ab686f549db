"""Before a document is served (民诉87–95; law/procedure.md §5)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal

# Attempts that show that a document cannot be handed over.
ON_SITE = frozenset({"direct", "left"})


def document_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-receipt: the document is one that must be served, and was not served yet."""
    one = facts.focused_document
    if one and one.must_be_served and one.served_on is None:
        return None
    return Refusal(
        "serve-receipt", "这份文书不需要送达，或者已经送达。请回到案件页核对。", "民事诉讼法第八十七条", "case"
    )


def nothing_on_its_way(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-receipt: the document is not under way by post, another organ or public notice already."""
    pending = (s for s in facts.servings if s.document_id == facts.focus and s.outcome == "pending")
    if not any(one.is_for_party for one in pending):
        return None
    return Refusal(
        "serve-receipt",
        "这份文书已经寄出、委托、转交或者公告，正在等结果。请先登记结果，再用别的方式送达。",
        "民事诉讼法第八十七条",
        "case",
    )


def other_ways_failed(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-public-reason: a failed attempt on the spot and a failed one by post stand in the file first."""
    failed = {s.method for s in facts.servings if s.document_id == facts.focus and s.outcome == "failed"}
    missing = [] if failed & ON_SITE else ["直接送达"]
    missing += [] if "mail" in failed else ["邮寄送达"]
    if not missing:
        return None
    return Refusal(
        "serve-public-reason",
        f"公告送达之前，案卷里要有其他方式未能送达的记录，现在还缺{'、'.join(missing)}的记录。请先登记送达情况。",
        "民事诉讼法第九十五条",
        "record_failed_serving",
    )


def public_serving_approved(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-public-reason: the head approved the public notice of this document."""
    approval = facts.approval("public_serving", f"document:{facts.focus}")
    if approval and approval.outcome == "approved":
        return None
    return Refusal(
        "serve-public-reason",
        "公告送达还没有负责人批准。请先提出申请，写明原因和经过，批准后再公告。",
        "民事诉讼法第九十五条",
        "request_public_serving",
    )


def public_serving_asked(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-public-reason: a request for public notice waits for the head."""
    asked = facts.focused_approval
    if asked and asked.kind == "public_serving" and not asked.outcome:
        return None
    return Refusal(
        "serve-public-reason", "没有等待审批的公告送达申请。请回到案件页核对。", "民事诉讼法第九十五条", "case"
    )


def receipt_awaited(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-receipt: posted, entrusted or handed to a unit, and the receipt is not back yet."""
    one = facts.focused_serving
    if one and one.outcome == "pending" and one.method != "public":
        return None
    return Refusal(
        "serve-receipt", "这次送达不在等回执，可能已经登记过了。请回到案件页核对。", "民事诉讼法第九十一条", "case"
    )


def public_period_over(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-public-30, serve-public-60: deemed served only when the period of the notice is over."""
    one = facts.focused_serving
    if one is None or one.outcome != "pending" or one.due is None:
        return Refusal(
            "serve-public-30", "没有正在计算的公告送达期限。请回到案件页核对。", "民事诉讼法第九十五条", "case"
        )
    if today > one.due:
        return None
    return Refusal(
        "serve-public-30",
        f"公告期到 {one.due:%Y-%m-%d} 24 时才届满，届满后系统自动视为送达。请等届满。",
        "民事诉讼法第九十五条",
        "",
    )
