"""Legal review before the decision (处罚法58): asked for by the lead, given by somebody who took no part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, LegalReview, ReviewGate, ReviewOutcome
from cases.procedure.review_items import ITEMS
from cases.procedure.states import State
from cases.procedure.steps.discussion import stage_after_review
from cases.queries.thresholds import review_triggers
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS

ARTICLE = "行政处罚法第五十八条"
SHORTEST_OPINION = 10
Items = dict[str, tuple[str, str]]
# Where a returned case goes: its papers are put right, the facts looked into again, or the party told again.
RETURNS = {"papers": State.DEFENCE_REVIEW, "investigation": State.INVESTIGATION, "notice": State.NOTICE_DUE}


@transaction.atomic(durable=True)
def request_review(
    *, case_id: int, version: int, by: Any, opinion: str = "", public_interest: bool = False, complex_case: bool = False,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """Hand the case to the legal section; its five working days start. What makes the review compulsory is kept."""
    doing = begin("request_review", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    case, chosen = doing.case, doing.loaded.case.discretion
    triggers = review_triggers(
        doing.loaded.facts, case.known_party.kind, chosen.amount, doing.today,
        public_interest=public_interest, complex_case=complex_case,
    )  # fmt: skip
    LegalReview.objects.create(case=case, triggers=list(triggers), requested_by=by, requested_at=doing.at)
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""}, details={"triggers": list(triggers)})


@transaction.atomic(durable=True)
def review(
    *, case_id: int, version: int, by: Any, agree: bool, items: Items, opinion: str, departure_opinion: str = "",
    return_to: str = "papers", at: datetime | None = None,
) -> Case:  # fmt: skip
    """Give the written opinion: every item of the checklist with result and remark (review-contents).

    ``items`` maps the code of an item to (result, note); results are passed, problem, not_applicable. ``return_to`` is
    a word of ``RETURNS``: the case goes back to its papers (P07), the investigation (P03) or the notice (P05).
    """
    doing = begin("review", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    row = LegalReview.objects.filter(case=doing.case, gate=ReviewGate.DECISION, outcome="").first()
    if row is None:
        raise NotFound("没有等待审核的材料，可能已经审核过了。")
    refusals = [
        *reviewer_qualified(by, doing), *opinion_complete(items, agree=agree, opinion=opinion),
        *scope_agrees(row.triggers, items), *departure_judged(doing, departure_opinion, agree=agree),
    ]  # fmt: skip
    if refusals:
        raise Refused(refusals)
    row.departure_opinion = departure_opinion.strip() if departs(doing) else ""
    _give(doing, row, agree, items, opinion)
    if agree:
        return conclude(doing, to_state=stage_after_review(doing.loaded.facts), opinion=opinion)
    if return_to == "papers":
        return send_back(doing, opinion)
    return conclude(
        doing, to_state=RETURNS[return_to], outcome="returned", opinion=opinion,
        changed={"returned_reason": opinion[:500]},
    )  # fmt: skip


@transaction.atomic(durable=True)
def review_report(
    *, case_id: int, version: int, by: Any, agree: bool, items: Items, opinion: str, departure_opinion: str = "",
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """The optional review of the report before the notice (gate A). It never stands for the one before the decision."""
    doing = begin("review_report", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refusals = [
        *reviewer_qualified(by, doing), *opinion_complete(items, agree=agree, opinion=opinion),
        *departure_judged(doing, departure_opinion, agree=agree),
    ]  # fmt: skip
    if refusals:
        raise Refused(refusals)
    row = LegalReview(case=doing.case, gate=ReviewGate.REPORT, requested_by=by, requested_at=doing.at)
    row.departure_opinion = departure_opinion.strip() if departs(doing) else ""
    _give(doing, row, agree, items, opinion)
    return conclude(doing, opinion=opinion)


def _give(doing: Doing, row: LegalReview, agree: bool, items: Items, opinion: str) -> None:
    row.reviewer, row.reviewed_at = doing.by, doing.at
    row.outcome = ReviewOutcome.PASSED if agree else ReviewOutcome.RETURNED
    row.items = [
        {"code": i.code, "title": i.title, "result": items[i.code][0], "note": items[i.code][1]} for i in ITEMS
    ]
    row.opinion = opinion
    if row.pk is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=["reviewer", "reviewed_at", "outcome", "items", "opinion", "departure_opinion"])
    data = contexts.legal_review_opinion(doing.loaded, row)
    seal(doing.case, "legal_review_opinion", data, by=doing.by, at=doing.at)


def reviewer_qualified(by: Any, doing: Doing) -> list[Refusal]:
    """review-qualified: who first reviews after the rule came holds the legal qualification (处罚法58第二款)."""
    since = DEFAULT_PARAMETERS.value("review.qualification_since", doing.today)
    if by.legal_qualification_no or (by.reviewing_since and by.reviewing_since.isoformat() < since):
        return []
    return [
        Refusal(
            "review-qualified",
            "您的人员信息里没有法律职业资格，不能从事法制审核。请联系系统管理员登记。",
            "行政处罚法第五十八条第二款",
            "",
        )
    ]


def opinion_complete(items: Items, *, agree: bool, opinion: str) -> list[Refusal]:
    """review-contents: every item answered, agreement only without a problem, and more than 同意 in words."""
    refusals = []
    missing = [item.title for item in ITEMS if items.get(item.code, ("", ""))[0] == ""]
    if missing:
        message = f"还有 {len(missing)} 项没有审核（{missing[0]}等），请逐项选择。"
        refusals.append(Refusal("review-contents", message, ARTICLE, ""))
    problems = [item.title for item in ITEMS if items.get(item.code, ("", ""))[0] == "problem"]
    if agree and problems:
        message = f"“{problems[0]}”有问题，不能同意。请退回补正或者改选。"
        refusals.append(Refusal("review-contents", message, ARTICLE, ""))
    if len(opinion.strip()) < SHORTEST_OPINION:
        message = f"审核意见不能只写“同意”，请写明审核情况（至少 {SHORTEST_OPINION} 字）。"
        refusals.append(Refusal("review-contents", message, ARTICLE, "opinion"))
    return refusals


def departs(doing: Doing) -> str:
    """How the case departs from the benchmark, in words; nothing where it does not."""
    chosen = doing.loaded.facts.discretion
    return chosen.departure if chosen else ""


def departure_judged(doing: Doing, opinion: str, *, agree: bool) -> list[Refusal]:
    """decide-discretion: who agrees to a case below the minimum or beside the benchmark says why in words of its own."""
    how = departs(doing)
    if not how or not agree or len(opinion.strip()) >= SHORTEST_OPINION:
        return []
    message = f"本案{how}。请写明法制机构对这一点的审核意见（至少 {SHORTEST_OPINION} 字）。"
    return [Refusal("decide-discretion", message, "行政处罚法第三十四条、第五十八条", "departure_opinion")]


def scope_agrees(triggers: list[str], items: Items) -> list[Refusal]:
    """review-triggers: what the law names belongs to the scope of the review; the reviewer cannot say otherwise."""
    if not triggers or items.get("scope", ("", ""))[0] != "not_applicable":
        return []
    message = "本案属于应当法制审核的情形，“属于审核范围”不能选“不适用”。请改选。"
    return [Refusal("review-triggers", message, f"{ARTICLE}第一款", "item_scope")]
