"""Serving in two acts: posted, entrusted, handed to a unit or prison; effective when the receipt is back (民诉91–94)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import serving_checks as checks
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import stop_limit
from cases.actions.serving import (
    conclude_served,
    document_at_hand,
    effective_on,
    recipient_of,
    seal_receipt,
)
from cases.actions.serving_input import NewAddress, NewReceipt, NewSending
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import (
    SENT,
    AddressConfirmation,
    Document,
    Serving,
    ServingOutcome,
)
from lishu_law import clock
from lishu_law.errors import Refusal, Refused

WARN_ADDRESS = checks.WARN_ADDRESS


@transaction.atomic(durable=True)
def send_document(
    *, case_id: int, version: int, by: Any, part_id: int, sending: NewSending, at: datetime | None = None
) -> Serving:
    """Post a document, entrust another organ with it, or hand it to the recipient's unit or prison."""
    doing = begin("send_document", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = document_at_hand(doing, part_id)
    recipient, is_for_party = recipient_of(doing, sending.recipient)
    _check_sending(doing, document, sending)
    serving = Serving.objects.create(
        case=doing.case, document=document, recipient=recipient, is_for_party=is_for_party, method=sending.method,
        outcome=ServingOutcome.PENDING, place=sending.place, served_at=sending.served_at, first_server=doing.by,
        second_server=sending.second_server, through=sending.through, reference=sending.reference,
        note=sending.reason, proof=sending.proof, recorded_at=doing.at,
        warnings={WARN_ADDRESS: sending.no_address_reason} if sending.no_address_reason.strip() else {},
    )  # fmt: skip
    begun(doing, document, sending.served_at)
    conclude(doing, details={"serving": serving.pk, "method": sending.method, "document": document.pk})
    return serving


def _check_sending(doing: Doing, document: Document, new: NewSending) -> None:
    refusals = [
        *checks.two_servers(doing, new.second_server),
        *checks.serving_in_order(doing, document, new.served_at),
        *checks.mail_traceable(new.method, new.through, new.reference),
        *checks.carrier_named(new.method, new.through),
        *checks.handed_over_on_spot(doing, document, new.method, new.served_at, new.party_present),
        *checks.address_asked(doing.loaded.facts, new.no_address_reason),
    ]
    if new.method not in SENT:
        text = "这里登记邮寄、委托和转交送达。当场交付的，请办理送达文书。"
        refusals.append(Refusal("serve-receipt", text, "民事诉讼法第九十一条", "method"))
    if refusals:
        raise Refused(refusals)


def begun(doing: Doing, document: Document, on: datetime) -> None:
    """serve-7d: by post, through others and by public notice the serving is in time when it was begun in time."""
    if document.code == "penalty_decision":
        stop_limit(doing.case, "serve-7d", clock.local(on).date())


@transaction.atomic(durable=True)
def complete_serving(
    *, case_id: int, version: int, by: Any, part_id: int, result: NewReceipt, at: datetime | None = None
) -> Serving:
    """The receipt is back: served on its date, or failed with a reason, and the document waits again."""
    doing = begin("complete_serving", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    serving = next(one for one in doing.loaded.servings if one.pk == part_id)
    document = document_at_hand(doing, serving.document_id)
    _check_result(doing, serving, result)
    serving.completed_at, serving.receipt = doing.at, result.receipt
    if result.note.strip():
        serving.note = f"{serving.note}　{result.note}".strip()[:500]
    if not result.is_received:
        serving.outcome, serving.failure = ServingOutcome.FAILED, result.failure
        serving.save(update_fields=["outcome", "failure", "note", "receipt", "completed_at"])
        conclude(doing, outcome="failed", details={"serving": serving.pk, "failure": result.failure})
        return serving
    serving.outcome, serving.receiver_name = ServingOutcome.EFFECTIVE, result.receiver_name
    serving.relation, serving.effective_on = result.relation, effective_on(result.received_at)
    serving.strict_on = serving.effective_on
    serving.save(
        update_fields=[
            "outcome", "receiver_name", "relation", "effective_on", "strict_on", "note", "receipt", "completed_at",
        ]
    )  # fmt: skip
    seal_receipt(doing, document, serving)
    conclude_served(doing, document, serving)
    return serving


def _check_result(doing: Doing, serving: Serving, new: NewReceipt) -> None:
    refusals = []
    if new.received_at > doing.at:
        refusals.append(Refusal("serve-future", "收件或者退回的时间不能晚于现在，请核对。", "", "received_at"))
    if clock.local(new.received_at).date() < clock.local(serving.served_at).date():
        refusals.append(Refusal("serve-order", "收件或者退回的时间早于寄出、委托的时间，请核对。", "", "received_at"))
    if new.is_received:
        refusals += checks.receipt_complete(new.receiver_name, new.relation, serving.place)
        refusals += checks.receiver_may_receive(doing.loaded.facts, new.relation) if serving.is_for_party else []
        refusals += checks.slip_returned(serving.method, new)
    else:
        refusals += checks.failure_told(new.failure, new.note, serving.place)
    if refusals:
        raise Refused(refusals)


@transaction.atomic(durable=True)
def confirm_address(
    *, case_id: int, version: int, by: Any, confirmation: NewAddress, at: datetime | None = None
) -> AddressConfirmation:
    """The signed 送达地址确认书 with its choice of electronic serving (处罚法61第二款)."""
    doing = begin("confirm_address", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refusals = [*checks.receiver_may_receive(doing.loaded.facts, confirmation.relation)]
    if confirmation.signed_on > doing.today:
        refusals.append(Refusal("serve-future", "签署日期不能晚于今天，请核对。", "", "signed_on"))
    if confirmation.file is None:
        text = "请上传当事人签名或者盖章的确认书照片。没有签署的不能作为送达的依据。"
        refusals.append(Refusal(WARN_ADDRESS, text, "行政处罚法第六十一条第二款", "file"))
    if refusals:
        raise Refused(refusals)
    typed = {name: value for name, value in vars(confirmation).items() if name != "remarks"}
    row = AddressConfirmation.objects.create(case=doing.case, recorded_by=doing.by, recorded_at=doing.at, **typed)
    data = contexts.address_confirmation(doing.loaded, row, confirmation.remarks)
    seal(doing.case, "address_confirmation", data, by=by, at=doing.at)
    conclude(doing, details={"address": row.pk, "electronic": row.accepts_electronic})
    return row
