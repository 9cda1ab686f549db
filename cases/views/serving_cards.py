"""Cards of the case page about serving: documents that wait, what is on its way, requests for public notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cases.models import ServingFailure, ServingMethod
from cases.procedure.facts import CaseFacts
from cases.procedure.serving_facts import ServingFact
from cases.procedure.steps.serving import is_asked, may_be_sent, waiting_document
from cases.views.card_facts import CardFacts
from lishu_law.law.amounts import format_yuan

Line = tuple[str, str]


def documents_to_serve(facts: CaseFacts) -> Iterable[CardFacts]:
    """Sealed documents that still have to be served, with every attempt so far."""
    for one in facts.documents:
        here = replace(facts, focus=one.id)
        if waiting_document(here):
            state = "待送达" if may_be_sent(here) else "已寄出或者公告，等结果"
            amount = ((("金额", f"{format_yuan(one.amount)} 元"),) if one.amount else ())  # fmt: skip
            lines = (("作出日期", f"{one.sealed_on:%Y-%m-%d}"), *amount, *_attempts(facts, one.id))
            yield CardFacts("document", one.id, one.full_title, state, lines)


def _attempts(facts: CaseFacts, document_id: int) -> Iterator[Line]:
    for one in facts.servings:
        if one.document_id == document_id and one.outcome == "failed":
            why = ServingFailure(one.failure).label
            yield "未能送达", f"{one.attempted_on:%Y-%m-%d} {ServingMethod(one.method).label}：{why}"


def servings_on_their_way(facts: CaseFacts) -> Iterable[CardFacts]:
    """Posted, entrusted, handed to a unit, or published: until the receipt is back or the period is over."""
    titles = {one.id: one.title for one in facts.documents}
    for one in facts.servings:
        if one.outcome == "pending":
            title = f"{ServingMethod(one.method).label}：{titles.get(one.document_id, '文书')}"
            state = "公告期内" if one.due else "等回执"
            yield CardFacts("serving", one.id, title, state, tuple(_lines(one)))


def _lines(one: ServingFact) -> Iterator[Line]:
    yield "受送达人", one.recipient
    yield "办理日期", f"{one.attempted_on:%Y-%m-%d}"
    yield "经由", one.through
    if one.due and one.due_strict and one.due_lenient:
        yield "视为送达日期", f"{one.due:%Y-%m-%d}（期满后系统自动办理）"
        yield (
            "两种算法",
            f"按 30 日 {one.due_strict:%Y-%m-%d}，按 60 日 {one.due_lenient:%Y-%m-%d}（待确认）。当事人的期限按较晚的算。",
        )


def public_requests(facts: CaseFacts) -> Iterable[CardFacts]:
    """Requests for public notice that wait for the head."""
    titles = {f"document:{one.id}": one.title for one in facts.documents}
    for one in facts.approvals:
        if is_asked(replace(facts, focus=one.id)):
            title = f"公告送达申请：{titles.get(one.part, '文书')}"
            yield CardFacts("approval", one.id, title, "等负责人审批", (("申请日期", f"{one.asked_on:%Y-%m-%d}"),))
