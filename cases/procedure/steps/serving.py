"""Serving of documents by every method (law/procedure.md §5). Notice and decision have steps of their own on the road.

What is handed over, left or sent electronically is served in one act (``serve_notice``, ``serve_decision``,
``serve_document``). What is posted, entrusted, handed to a unit or published is on its way first and served when the
receipt is back or the period of the notice is over: only then the case moves and the party's limits start.
"""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts, DocumentFact
from cases.procedure.guards import serving as g
from cases.procedure.guards import signing
from cases.procedure.states import OPEN, State
from cases.procedure.steps.step_type import StepType

# A decision that revokes another is served even when the case was closed long ago.
SERVABLE = (*OPEN, State.CLOSED, State.ARCHIVED, State.SUMMARY_CLOSED)
# For guards that do not ask for the day.
_ANY_DAY = date.min
# Documents whose serving moves the case, with the step that does it.
ON_THE_ROAD = {"prior_notice": "serve_notice", "penalty_decision": "serve_decision"}
# Handed over on the scene by a step of its own, and its own receipt.
HANDED_OVER = frozenset({"spot_decision"})


def waiting_document(facts: CaseFacts) -> DocumentFact | None:
    """The document in focus, if it must be served and was not yet. Of notice and decision only the newest counts."""
    one = facts.focused_document
    if one is None or not one.must_be_served or one.served_on is not None or one.code in HANDED_OVER:
        return None
    newer = (d for d in facts.documents if d.code == one.code and d.id > one.id)
    return None if one.code in ON_THE_ROAD and any(newer) else one


def waits_to_be_served(facts: CaseFacts) -> bool:
    """The document in focus must be served, was not yet, and has no step of its own."""
    one = waiting_document(facts)
    return bool(one and one.code not in ON_THE_ROAD)


def may_be_sent(facts: CaseFacts) -> bool:
    """The document in focus waits and is not under way."""
    return waiting_document(facts) is not None and g.nothing_on_its_way(facts, _ANY_DAY) is None


def may_be_asked_for(facts: CaseFacts) -> bool:
    """Some way has failed, and no request for public notice is open or granted."""
    asked = facts.approval("public_serving", f"document:{facts.focus}")
    is_open = asked is not None and asked.outcome in {"", "approved"}
    failed = any(s.document_id == facts.focus and s.outcome == "failed" for s in facts.servings)
    return may_be_sent(facts) and failed and not is_open


def may_be_published(facts: CaseFacts) -> bool:
    """The head approved the public notice."""
    return may_be_sent(facts) and g.public_serving_approved(facts, _ANY_DAY) is None


def is_awaited(facts: CaseFacts) -> bool:
    """The serving in focus waits for its receipt."""
    return g.receipt_awaited(facts, _ANY_DAY) is None


def is_published(facts: CaseFacts) -> bool:
    """The serving in focus is a public notice whose period runs."""
    one = facts.focused_serving
    return bool(one and one.outcome == "pending" and one.method == "public")


def is_asked(facts: CaseFacts) -> bool:
    """The request in focus is one for public notice and waits."""
    return g.public_serving_asked(facts, _ANY_DAY) is None


def has_party(facts: CaseFacts) -> bool:
    """There is a party to ask for an address."""
    return facts.party is not None


STEPS: tuple[StepType, ...] = (
    StepType(
        "confirm_address", "登记送达地址确认书", "送达", SERVABLE, None, "承办人", "case.confirm_address",
        "行政处罚法第六十一条第二款", document="address_confirmation", repeats=True, is_side=True, applies=has_party,
    ),
    StepType(
        "serve_document", "送达文书", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第八十七条",
        guards=(
            g.document_waits,
            signing.served_paper_signed,
        ),
        document="serving_receipt", repeats=True, is_side=True, part="document", applies=waits_to_be_served,
    ),
    StepType(
        "record_failed_serving", "登记未能送达", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第八十七条",
        guards=(
            g.document_waits,
        ),
        repeats=True, is_side=True, part="document", applies=may_be_sent,
    ),
    StepType(
        "send_document", "邮寄、委托、转交送达", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第九十一条",
        guards=(
            g.document_waits,
            g.nothing_on_its_way,
            signing.served_paper_signed,
        ),
        repeats=True, is_side=True, part="document", applies=may_be_sent,
    ),
    StepType(
        "complete_serving", "登记回执", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第九十一条",
        guards=(
            g.receipt_awaited,
        ),
        document="serving_receipt", repeats=True, is_side=True, part="serving", applies=is_awaited,
    ),
    StepType(
        "request_public_serving", "申请公告送达", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第九十五条",
        guards=(
            g.document_waits,
            g.nothing_on_its_way,
            g.other_ways_failed,
        ),
        repeats=True, is_side=True, part="document", applies=may_be_asked_for,
    ),
    StepType(
        "decide_public_serving", "审批公告送达", "送达", SERVABLE, None, "负责人", "case.decide_public_serving",
        "民事诉讼法第九十五条",
        guards=(
            g.public_serving_asked,
        ),
        document="public_serving_notice", repeats=True, is_side=True, part="approval", applies=is_asked,
    ),
    StepType(
        "publish_serving", "登记公告送达", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第九十五条",
        guards=(
            g.document_waits,
            g.nothing_on_its_way,
            g.public_serving_approved,
            signing.served_paper_signed,
        ),
        repeats=True, is_side=True, part="document", applies=may_be_published,
    ),
    StepType(
        "complete_public_serving", "确认公告期满", "送达", SERVABLE, None, "承办人", "case.serve_document",
        "民事诉讼法第九十五条",
        guards=(
            g.public_period_over,
        ),
        document="serving_receipt", repeats=True, is_side=True, part="serving", applies=is_published,
    ),
)  # fmt: skip
