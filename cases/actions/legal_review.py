"""Legal review before the decision (处罚法58): asked for by the lead, given by somebody who took no part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, LegalReview, ReviewOutcome
from cases.procedure.review_items import ITEMS
from lishu_law.errors import Refusal, Refused


@transaction.atomic(durable=True)
def request_review(*, case_id: int, version: int, by: Any, opinion: str = "", at: datetime | None = None) -> Case:
    """Hand the case to the legal section; its five working days start."""
    doing = begin("request_review", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    LegalReview.objects.update_or_create(
        case=doing.case,
        defaults={
            "requested_by": by,
            "requested_at": doing.at,
            "reviewer": None,
            "reviewed_at": None,
            "outcome": "",
            "items": [],
            "opinion": "",
        },
    )
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""})


@transaction.atomic(durable=True)
def review(
    *,
    case_id: int,
    version: int,
    by: Any,
    agree: bool,
    items: dict[str, tuple[str, str]],
    opinion: str,
    at: datetime | None = None,
) -> Case:
    """Give the written opinion: every item of the checklist with result and remark (review-contents).

    ``items`` maps the code of an item to (result, note); results are passed, problem, not_applicable.
    """
    doing = begin("review", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refusals = [*_qualification(doing), *_complete(items, agree, opinion)]
    if refusals:
        raise Refused(refusals)
    row = doing.loaded.case.legal_review
    row.reviewer, row.reviewed_at = by, doing.at
    row.outcome = ReviewOutcome.PASSED if agree else ReviewOutcome.RETURNED
    row.items = [{"code": i.code, "title": i.title, "result": items[i.code][0], "note": items[i.code][1]} for i in ITEMS]
    row.opinion = opinion
    row.save(update_fields=["reviewer", "reviewed_at", "outcome", "items", "opinion"])
    seal(doing.case, "legal_review_opinion", contexts.legal_review_opinion(doing.loaded, row), by=by, at=doing.at)
    if not agree:
        return send_back(doing, opinion)
    return conclude(doing, opinion=opinion)


def _qualification(doing: Doing) -> list[Refusal]:
    """review-qualified: whoever reviews for the first time must hold the legal qualification (处罚法58第二款)."""
    if doing.by.legal_qualification_no or doing.by.reviewing_since:
        return []
    return [
        Refusal(
            "review-qualified",
            "您的人员信息里没有法律职业资格，不能从事法制审核。请联系系统管理员登记。",
            "行政处罚法第五十八条第二款",
            "",
        )
    ]


def _complete(items: dict[str, tuple[str, str]], agree: bool, opinion: str) -> list[Refusal]:
    refusals = []
    missing = [item.title for item in ITEMS if items.get(item.code, ("", ""))[0] == ""]
    if missing:
        refusals.append(
            Refusal("review-contents", f"还有 {len(missing)} 项没有审核（{missing[0]}等），请逐项选择。", "行政处罚法第五十八条", "")
        )
    problems = [item.title for item in ITEMS if items.get(item.code, ("", ""))[0] == "problem"]
    if agree and problems:
        refusals.append(
            Refusal("review-contents", f"“{problems[0]}”有问题，不能同意。请退回补正或者改选。", "行政处罚法第五十八条", "")
        )
    if len(opinion.strip()) < 10:
        refusals.append(
            Refusal("review-contents", "审核意见不能只写“同意”，请写明审核情况（至少 10 字）。", "行政处罚法第五十八条", "opinion")
        )
    return refusals
