"""Serving in one act: handed over, left, or sent electronically; and attempts that failed (procedure.md §5).

The effective date is computed, never typed. What is posted, entrusted or published: ``cases.actions.serving_sent``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions import serving_checks as checks
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import cancel_limit, start_limit
from cases.actions.serving_input import NewFailure, NewServing
from cases.actions.witness_checks import outside_witness
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import AT_ONCE, Document, Serving, ServingFailure, ServingMethod, ServingOutcome
from cases.procedure.effects import started_by
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE
from cases.procedure.steps.serving import ON_THE_ROAD
from cases.queries.public_serving import CODE as PUBLIC_LIMIT
from lishu_law import clock
from lishu_law.errors import Refusal, Refused

__all__ = [
    "NewServing",
    "conclude_served",
    "document_at_hand",
    "effective_on",
    "record_failed_serving",
    "recipient_of",
    "seal_receipt",
    "serve_decision",
    "serve_document",
    "serve_notice",
]


def effective_on(served_at: datetime) -> date:
    """serve-direct, serve-refuse, serve-electronic, serve-effective: the day it was signed for, left or sent.

    By post and through others it is the day on the receipt (民诉88、89、91；处罚法61).
    """
    return clock.local(served_at).date()


def recipient_of(doing: Doing, typed: str) -> tuple[str, bool]:
    """Who is served, and whether it is the party (who is, where nobody else is named)."""
    party = doing.case.party.name if doing.case.party else ""
    name = typed.strip() or party
    return name, name == party


def document_at_hand(doing: Doing, document_id: int | None) -> Document:
    """The document the act works on."""
    return next(one for one in doing.loaded.documents if one.pk == document_id)


def _newest(doing: Doing, code: str) -> Document:
    found = [document for document in doing.loaded.documents if document.code == code]
    if not found:
        raise Refused(
            [Refusal("notice-served", "还没有可以送达的文书。请先制作。", "行政处罚法第四十四条", "issue_notice")]
        )
    return found[-1]


def _check(doing: Doing, document: Document, new: NewServing, *, is_for_party: bool) -> None:
    method = [] if new.method in AT_ONCE else [
        Refusal("serve-receipt", "这里只登记当场送达和电子送达。邮寄、委托、转交、公告请在案件页另行办理。", "民事诉讼法第八十七条", "case")
    ]  # fmt: skip
    refusals = [
        *method,
        *checks.two_servers(doing, new.second_server),
        *checks.serving_in_order(doing, document, new.served_at),
        *checks.receipt_complete(new.receiver_name, new.relation, new.place),
        *(checks.receiver_may_receive(doing.loaded.facts, new.relation) if is_for_party else ()),
        *checks.left_with_proof(new),
        *_witness_faults(doing, new),
        *checks.electronic_agreed(doing, new),
        *checks.handed_over_on_spot(doing, document, new.method, new.served_at, new.party_present),
    ]
    if refusals:
        raise Refused(refusals)


def _witness_faults(doing: Doing, new: NewServing) -> list[Refusal]:
    """serve-refuse: who refused to take the document is not the witness of the leaving (民诉89)."""
    own = (new.receiver_name, new.recipient) if new.method == ServingMethod.LEFT else ()
    return outside_witness(doing, new.witness_name, "serve-refuse", checks.LEFT_LAW, own=own)


def _serve(doing: Doing, document: Document, new: NewServing) -> Serving:
    check_guards(doing)
    recipient, is_for_party = recipient_of(doing, new.recipient)
    _check(doing, document, new, is_for_party=is_for_party)
    day = effective_on(new.served_at)
    typed = {name: value for name, value in vars(new).items() if name not in {"recipient", "party_present"}}
    _supersede(doing, document, recipient)
    serving = Serving.objects.create(
        case=doing.case, document=document, recipient=recipient, is_for_party=is_for_party, effective_on=day,
        strict_on=day, first_server=doing.by, recorded_at=doing.at, completed_at=doing.at, **typed,
    )  # fmt: skip
    seal_receipt(doing, document, serving)
    conclude_served(doing, document, serving)
    return serving


def _supersede(doing: Doing, document: Document, recipient: str) -> None:
    """Handed over while another attempt was under way: that attempt is closed, its clock falls away."""
    for pending in Serving.objects.filter(document=document, recipient=recipient, outcome=ServingOutcome.PENDING):
        pending.outcome, pending.failure = ServingOutcome.FAILED, ServingFailure.OTHER
        pending.note, pending.completed_at = f"{pending.note}　已改为其他方式送达。".strip(), doing.at
        pending.save(update_fields=["outcome", "failure", "note", "completed_at"])
        cancel_limit(doing.case, PUBLIC_LIMIT, part=f"serving:{pending.pk}")


def seal_receipt(doing: Doing, document: Document, serving: Serving) -> None:
    """The 送达回证 of one effective serving."""
    data = contexts.serving_receipt(doing.loaded, document, serving)
    seal(doing.case, "serving_receipt", data, by=doing.by, at=doing.at)


def conclude_served(doing: Doing, document: Document, serving: Serving, *, by_law: bool = False) -> None:
    """serve-effective: the case moves and limits start from the effective date, when the party is served.

    Notice and decision end the step of the road that stands for them, however they were served.
    """
    day = serving.effective_on
    if day is None:
        raise ValueError(f"serving {serving.pk} is not effective")
    details = {"serving": serving.pk, "effective_on": day.isoformat(), "document": document.pk}
    details |= {"by_law": True} if by_law else {}
    road = BY_CODE.get(ON_THE_ROAD.get(document.code, ""))
    if not serving.is_for_party:
        conclude(doing, to_state=State(doing.case.state), outcome="other_recipient", details=details)
    elif road is None or State(doing.case.state) not in road.from_states:
        for code in started_by(document.code, document.part):
            start_limit(doing.case, code, day, part=document.part)
        conclude(doing, details=details)
    else:
        changed = {"decision_served_on": day} if document.code == "penalty_decision" else None
        conclude(replace(doing, step=road, part_id=None), limit_start=day, changed=changed, details=details)


@transaction.atomic(durable=True)
def serve_notice(*, case_id: int, version: int, by: Any, serving: NewServing, at: datetime | None = None) -> Serving:
    """Serve the notice: the window for defence and hearing request runs from the effective date (处罚法44、64)."""
    doing = begin("serve_notice", case_id=case_id, version=version, by=by, at=at)
    return _serve(doing, _newest(doing, "prior_notice"), serving)


@transaction.atomic(durable=True)
def serve_decision(*, case_id: int, version: int, by: Any, serving: NewServing, at: datetime | None = None) -> Serving:
    """Serve the decision: payment, review and lawsuit limits run from the effective date (处罚法61、67)."""
    doing = begin("serve_decision", case_id=case_id, version=version, by=by, at=at)
    return _serve(doing, _newest(doing, "penalty_decision"), serving)


@transaction.atomic(durable=True)
def serve_document(
    *, case_id: int, version: int, by: Any, part_id: int, serving: NewServing, at: datetime | None = None
) -> Serving:
    """Serve any other document (``part_id``); what its serving starts stands in ``cases.procedure.effects``."""
    doing = begin("serve_document", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    return _serve(doing, document_at_hand(doing, part_id), serving)


@transaction.atomic(durable=True)
def record_failed_serving(
    *, case_id: int, version: int, by: Any, part_id: int, attempt: NewFailure, at: datetime | None = None
) -> Serving:
    """An attempt that did not reach the recipient, with its reason; nothing starts, the document waits on."""
    doing = begin("record_failed_serving", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = document_at_hand(doing, part_id)
    recipient, is_for_party = recipient_of(doing, attempt.recipient)
    refusals = [
        *checks.two_servers(doing, attempt.second_server),
        *checks.serving_in_order(doing, document, attempt.served_at),
        *checks.failure_told(attempt.failure, attempt.note, attempt.place),
        *outside_witness(doing, attempt.witness_name, "serve-refuse", checks.LEFT_LAW),
    ]
    if refusals:
        raise Refused(refusals)
    serving = Serving.objects.create(
        case=doing.case, document=document, is_for_party=is_for_party, outcome=ServingOutcome.FAILED,
        first_server=doing.by, recorded_at=doing.at, completed_at=doing.at, **{**vars(attempt), "recipient": recipient},
    )  # fmt: skip
    conclude(doing, details={"serving": serving.pk, "failure": attempt.failure, "document": document.pk})
    return serving
