"""公告送达: asked for with reasons, approved by the head, published with a photo, served when its period is over (民诉95)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import confidential
from cases.actions import serving_checks as checks
from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import running, start_limit, stop_limit
from cases.actions.serving import conclude_served, document_at_hand, recipient_of, seal_receipt
from cases.actions.serving_input import NewPublication
from cases.actions.serving_sent import begun
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, ApprovalOutcome, Serving, ServingMethod, ServingOutcome
from cases.queries.public_serving import CODE, public_due
from lishu_law import clock
from lishu_law.errors import Refusal, Refused

KIND = "public_serving"


@transaction.atomic(durable=True)
def request_public_serving(
    *, case_id: int, version: int, by: Any, part_id: int, reason: str, summary: str, at: datetime | None = None
) -> Approval:
    """serve-public-reason: why no other way is left and what was tried; ``summary`` is what the notice will say."""
    doing = begin("request_public_serving", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = document_at_hand(doing, part_id)
    refusals = confidential.keeps_secrets(doing.loaded, summary)
    if len(reason.strip()) < 10:
        text = "请写明公告送达的原因和经过，至少 10 字，例如何时何地送达、为什么没有送到。"
        refusals.append(Refusal("serve-public-reason", text, "民事诉讼法第九十五条", "reason"))
    if refusals:
        raise Refused(refusals)
    approval = ask(
        doing, KIND, reason=reason, part=f"document:{document.pk}", data={"document": document.pk, "summary": summary}
    )
    conclude(doing, details={"approval": approval.pk})
    return approval


@transaction.atomic(durable=True)
def decide_public_serving(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head's decision; on approval the 行政处罚送达公告 (S29) is sealed, ready to be put up."""
    doing = begin("decide_public_serving", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    approval = decide(doing, kind=KIND, agree=agree, opinion=opinion)
    if approval.outcome == ApprovalOutcome.APPROVED:
        document = document_at_hand(doing, approval.data["document"])
        data = contexts.public_serving_notice(doing.loaded, document, approval, doing.today)
        seal(doing.case, "public_serving_notice", data, by=by, at=doing.at, part=f"document:{document.pk}")
    conclude(doing, outcome="done" if agree else "refused", opinion=opinion, details={"approval": approval.pk})
    return approval


@transaction.atomic(durable=True)
def publish_serving(
    *, case_id: int, version: int, by: Any, part_id: int, publication: NewPublication, at: datetime | None = None
) -> Serving:
    """The notice was put up: its period starts in both readings (serve-public-30, serve-public-60)."""
    doing = begin("publish_serving", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = document_at_hand(doing, part_id)
    _check_publication(doing, publication)
    recipient, is_for_party = recipient_of(doing, "")
    approval = Approval.objects.filter(case=doing.case, kind=KIND, part=f"document:{document.pk}").latest("pk")
    serving = Serving.objects.create(
        case=doing.case, document=document, recipient=recipient, is_for_party=is_for_party,
        method=ServingMethod.PUBLIC, outcome=ServingOutcome.PENDING, place=publication.through[:200],
        served_at=publication.published_at, first_server=doing.by, second_server=publication.second_server,
        through=publication.through, note=approval.reason[:500], proof=publication.photo, recorded_at=doing.at,
    )  # fmt: skip
    start_limit(doing.case, CODE, clock.local(publication.published_at).date(), part=f"serving:{serving.pk}")
    begun(doing, document, publication.published_at)
    conclude(doing, details={"serving": serving.pk, "document": document.pk})
    return serving


def _check_publication(doing: Doing, new: NewPublication) -> None:
    approved = doing.loaded.facts.approval(KIND, f"document:{doing.part_id}")
    refusals = checks.two_servers(doing, new.second_server)
    if new.published_at > doing.at:
        refusals.append(Refusal("serve-future", "公告时间不能晚于现在，请核对。", "", "published_at"))
    day = clock.local(new.published_at).date()
    if approved and approved.decided_on and day < approved.decided_on:
        text = f"公告时间早于负责人批准的日期 {approved.decided_on:%Y-%m-%d}，请核对。"
        refusals.append(Refusal("serve-public-reason", text, "民事诉讼法第九十五条", "published_at"))
    if new.photo is None:
        text = "请上传张贴或者刊登公告的照片，公告送达要以此为证。"
        refusals.append(Refusal("serve-public-reason", text, "民事诉讼法第九十五条", "photo"))
    if not new.through.strip():
        text = "请写明公告张贴或者刊登在哪里。"
        refusals.append(Refusal("serve-public-reason", text, "民事诉讼法第九十五条", "through"))
    if refusals:
        raise Refused(refusals)


@transaction.atomic(durable=True)
def complete_public_serving(
    *, case_id: int, by: Any, part_id: int, version: int | None = None, at: datetime | None = None, by_law: bool = False
) -> Serving:
    """The period is over: deemed served on its last day, and the party's limits start from it.

    ``by_law``: done by the sweep when the day has come. A second run finds nothing pending and is refused.
    """
    doing = begin(
        "complete_public_serving", case_id=case_id, version=version, by=by, at=at, part_id=part_id, by_law=by_law
    )
    check_guards(doing)
    serving = next(one for one in doing.loaded.servings if one.pk == part_id)
    document, limit = document_at_hand(doing, serving.document_id), running(doing.case, CODE, part=doing.part).get()
    serving.outcome, serving.completed_at = ServingOutcome.EFFECTIVE, doing.at
    serving.effective_on, serving.strict_on = public_due(limit), limit.due_strict
    serving.save(update_fields=["outcome", "effective_on", "strict_on", "completed_at"])
    stop_limit(doing.case, CODE, serving.effective_on, part=doing.part)
    seal_receipt(doing, document, serving)
    conclude_served(doing, document, serving, by_law=by_law)
    return serving
