"""Serving the notice and the decision; the effective date is computed, never typed (procedure.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Document, Serving, ServingMethod
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile


@dataclass(frozen=True)
class NewServing:
    """One successful serving."""

    method: str
    receiver_name: str
    relation: str
    place: str
    served_at: datetime
    second_server: Any
    refusal_reason: str = ""
    witness_name: str = ""
    proof: StoredFile | None = None


def effective_on(new: NewServing) -> date:
    """serve-direct, serve-refuse: the day it was signed for or left (民诉88、89)."""
    return clock.local(new.served_at).date()


def _check(doing: Doing, document: Document, new: NewServing) -> None:
    refusals = []
    if new.second_server.pk == doing.by.pk:
        refusals.append(
            Refusal("gen-two-officers", "送达人要有两名，不能是同一人。", "行政处罚法第四十二条第一款", "second_server")
        )
    elif new.second_server.staff_number not in {o.staff_number for o in doing.loaded.facts.officers}:
        refusals.append(
            Refusal("gen-two-officers", f"{new.second_server.full_name}不是本案承办人，请另选。", "行政处罚法第四十二条", "second_server")
        )
    if new.served_at > doing.at:
        refusals.append(Refusal("serve-future", "送达时间不能晚于现在，请核对。", "", "served_at"))
    if new.served_at < document.sealed_at:
        refusals.append(Refusal("serve-order", "送达时间早于文书作出的时间，请核对。", "行政处罚法第六十一条", "served_at"))
    if new.method == ServingMethod.LEFT:
        if not new.refusal_reason.strip():
            refusals.append(Refusal("serve-refuse", "留置送达要记明拒收事由和日期。", "民事诉讼法第八十九条", "refusal_reason"))
        if not new.witness_name.strip() and new.proof is None:
            refusals.append(
                Refusal("serve-refuse", "留置送达要有见证人签名，或者上传拍照、录像。", "民事诉讼法第八十九条", "witness_name")
            )
    if refusals:
        raise Refused(refusals)


def _newest(doing: Doing, code: str) -> Document:
    found = [document for document in doing.loaded.documents if document.code == code]
    if not found:
        raise Refused([Refusal("notice-served", "还没有可以送达的文书。请先制作。", "行政处罚法第四十四条", "issue_notice")])
    return found[-1]


def _serve(doing: Doing, code: str, new: NewServing) -> tuple[Serving, date]:
    check_guards(doing)
    document = _newest(doing, code)
    _check(doing, document, new)
    day = effective_on(new)
    serving = Serving.objects.create(
        case=doing.case,
        document=document,
        effective_on=day,
        first_server=doing.by,
        recorded_at=doing.at,
        **vars(new),
    )
    data = contexts.serving_receipt(doing.loaded, document, serving)
    seal(doing.case, "serving_receipt", data, by=doing.by, at=doing.at)
    return serving, day


@transaction.atomic(durable=True)
def serve_notice(*, case_id: int, version: int, by: Any, serving: NewServing, at: datetime | None = None) -> Serving:
    """Serve the notice: the window for defence and hearing request runs from the effective date (处罚法44、64)."""
    doing = begin("serve_notice", case_id=case_id, version=version, by=by, at=at)
    done, day = _serve(doing, "prior_notice", serving)
    conclude(doing, limit_start=day, details={"serving": done.pk, "effective_on": day.isoformat()})
    return done


@transaction.atomic(durable=True)
def serve_decision(*, case_id: int, version: int, by: Any, serving: NewServing, at: datetime | None = None) -> Serving:
    """Serve the decision: payment, review and lawsuit limits run from the effective date (处罚法61、67)."""
    doing = begin("serve_decision", case_id=case_id, version=version, by=by, at=at)
    done, day = _serve(doing, "penalty_decision", serving)
    conclude(
        doing,
        limit_start=day,
        changed={"decision_served_on": day},
        details={"serving": done.pk, "effective_on": day.isoformat()},
    )
    return done
