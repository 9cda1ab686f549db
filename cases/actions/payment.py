"""Payment of the fine, recorded from the fiscal receipt; nobody collects in the system (处罚法67; S13)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.models import Payment
from cases.procedure.states import State
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile


@transaction.atomic(durable=True)
def record_payment(
    *,
    case_id: int,
    version: int,
    by: Any,
    receipt_no: str,
    amount: Decimal,
    paid_on: date,
    proof: StoredFile | None = None,
    at: datetime | None = None,
) -> Payment:
    """Record one receipt. The last one that completes the fine ends the payment limit."""
    doing = begin("record_payment", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    open_amount = (doing.loaded.facts.decision_amount or Decimal(0)) - doing.loaded.facts.paid
    if refusals := _faults(doing, receipt_no, amount, paid_on, open_amount):
        raise Refused(refusals)
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                case=doing.case, receipt_no=receipt_no, amount=amount, paid_on=paid_on, proof=proof, recorded_by=by,
                recorded_at=doing.at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused([_used(receipt_no)]) from error
    complete = amount == open_amount
    conclude(
        doing,
        to_state=State.PERFORMED if complete else State.PERFORMANCE,
        details={"payment": payment.pk, "amount": f"{amount:f}"},
    )
    return payment


def _faults(doing: Doing, receipt_no: str, amount: Decimal, paid_on: date, open_amount: Decimal) -> list[Refusal]:
    decided_on, refusals = doing.loaded.facts.decided_on, []
    if amount > open_amount:
        message = f"缴款 {amount:f} 元多于未缴的 {open_amount:f} 元，请核对票据。"
        refusals.append(Refusal("pay-amount", message, "行政处罚法第六十七条", "amount"))
    if paid_on > doing.today:
        refusals.append(Refusal("pay-date", "缴款日期不能晚于今天，请核对票据。", "", "paid_on"))
    if decided_on and paid_on < decided_on:
        refusals.append(Refusal("pay-date", "缴款日期早于处罚决定日，请核对票据。", "", "paid_on"))
    if Payment.objects.filter(receipt_no=receipt_no).exists():
        refusals.append(_used(receipt_no))
    return refusals


def _used(receipt_no: str) -> Refusal:
    return Refusal("collect-receipt", f"票据 {receipt_no} 已经登记过，请核对票据号。", "", "receipt_no")
