"""After the on-the-spot decision: collected cash and its two days, the report to the bureau, closing (处罚法52、67–71)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.late_entry import LateEntry
from cases.actions.payment import ZERO, add_payment, channel_separate, reached
from cases.actions.spot_decision import collection_gaps, remote_and_asked
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Closure, Payment, PaymentChannel, PaymentWay, SpotCollection
from cases.procedure.balance import balance, with_receipts
from cases.procedure.execution_facts import ReceiptFact
from lishu_law import clock
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.models import StoredFile


@dataclass(frozen=True)
class Ground:
    """Why officers may take the money themselves."""

    way: str
    reason: str = ""


@transaction.atomic(durable=True)
def collect_on_spot(
    *, case_id: int, version: int, by: Any, receipt_no: str, proof: StoredFile | None = None,
    late: LateEntry | None = None, at: datetime | None = None,
) -> Payment:  # fmt: skip
    """The whole fine in cash against the special receipt, on the ground the decision names (处罚法68、70)."""
    doing = begin("collect_on_spot", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    record, amount = doing.case.spot_record, doing.loaded.facts.decision_amount or Decimal(0)
    refusals = [
        *bank_chosen(record.payment_way),
        *collection_gaps(doing, amount, record.payment_way, record.payment_reason, record.is_asked_by_party),
        *receipt_gaps(receipt_no),
    ]
    if refusals:
        raise Refused(refusals)
    payment = _collected(doing, receipt_no, proof, Ground(record.payment_way, record.payment_reason))
    conclude(doing, details={"payment": payment.pk, "way": record.payment_way, "amount": f"{payment.amount:f}"})
    return payment


@transaction.atomic(durable=True)
def collect_remote(
    *,
    case_id: int,
    version: int,
    by: Any,
    receipt_no: str,
    reason: str,
    is_asked_by_party: bool,
    proof: StoredFile | None = None,
    late: LateEntry | None = None,
    at: datetime | None = None,
) -> Payment:
    """The fine of an ordinary decision in cash: a remote place, and the party asked for it (处罚法69)."""
    doing = begin("collect_remote", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    refusals = [
        *remote_and_asked(reason, is_asked=is_asked_by_party),
        *receipt_gaps(receipt_no),
        *before_serving(doing),
    ]
    if refusals:
        raise Refused(refusals)
    payment = _collected(doing, receipt_no, proof, Ground(PaymentWay.REMOTE, reason.strip()))
    receipt = ReceiptFact(payment.paid_on, payment.amount)
    target = reached(doing, with_receipts(doing.loaded.facts, receipt))
    conclude(doing, to_state=target, opinion=reason, details={"payment": payment.pk})
    return payment


def before_serving(doing: Doing) -> list[Refusal]:
    """insp-offline: nobody collects under a decision that was not handed over yet (处罚法61、69)."""
    served = doing.loaded.facts.decision_served_on
    if doing.late is None or served is None or doing.happened_on >= served:
        return []
    text = f"纸上的办理时间早于处罚决定书送达的日子（{served:%Y-%m-%d}），先后次序不对。请对照纸质文书核对时间。"
    return [Refusal("insp-offline", text, "行政处罚法第六十一条、第六十九条", "late_at")]


def bank_chosen(way: str) -> list[Refusal]:
    """pay-separation: what the decision sends to the bank no officer collects (处罚法67)."""
    if way and way != PaymentWay.BANK:
        return []
    text = "决定书写明到银行缴款，执法人员不能自行收缴。请当事人到银行缴款后登记。"
    return [Refusal("pay-separation", text, "行政处罚法第六十七条", "record_spot_payment")]


def receipt_gaps(receipt_no: str) -> list[Refusal]:
    """collect-receipt: without the finance department's receipt the party may refuse to pay (处罚法70)."""
    if receipt_no.strip():
        return []
    text = "当场收缴必须出具财政部门统一制发的专用票据，请填写票据号。没有票据的不能收缴。"
    return [Refusal("collect-receipt", text, "行政处罚法第七十条", "receipt_no")]


def _collected(doing: Doing, receipt_no: str, proof: StoredFile | None, ground: Ground) -> Payment:
    owed = (doing.loaded.facts.decision_amount or Decimal(0)) - doing.loaded.facts.paid
    payment, _facts = add_payment(
        doing,
        receipt_no=receipt_no,
        amount=owed,
        paid_on=clock.local(doing.happened_at).date(),
        proof=proof,
        channel=PaymentChannel.SPOT,
    )
    SpotCollection.objects.create(
        payment=payment, case=doing.case, way=ground.way, reason=ground.reason, collected_at=doing.happened_at
    )
    return payment


@transaction.atomic(durable=True)
def hand_in_cash(*, case_id: int, version: int, by: Any, hand_in_no: str, at: datetime | None = None) -> Case:
    """The officer hands the cash in to the bureau; its two working days to the bank start (处罚法71)."""
    doing = begin("hand_in_cash", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    cash = _cash(doing, handed_in_at__isnull=True)
    cash.handed_in_at, cash.hand_in_no = doing.at, hand_in_no
    cash.save(update_fields=["handed_in_at", "hand_in_no"])
    return conclude(doing, details={"voucher": hand_in_no})


@transaction.atomic(durable=True)
def bank_cash(*, case_id: int, version: int, by: Any, bank_slip_no: str, at: datetime | None = None) -> Case:
    """The bureau paid the cash in at the bank (处罚法71)."""
    doing = begin("bank_cash", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    cash = _cash(doing, handed_in_at__isnull=False, banked_on__isnull=True)
    cash.banked_on, cash.bank_slip_no, cash.banked_by = doing.today, bank_slip_no, by
    cash.save(update_fields=["banked_on", "bank_slip_no", "banked_by"])
    return conclude(doing, details={"slip": bank_slip_no})


def _cash(doing: Doing, **wanted: Any) -> SpotCollection:
    cash = SpotCollection.objects.filter(case=doing.case, **wanted).first()
    if cash is None:
        raise NotFound("没有找到需要登记的当场收缴罚款，可能已经登记过了。")
    return cash


@transaction.atomic(durable=True)
def record_spot_payment(
    *,
    case_id: int,
    version: int,
    by: Any,
    receipt_no: str,
    amount: Decimal,
    paid_on: date,
    additional: Decimal = ZERO,
    channel: str = PaymentChannel.BANK,
    proof: StoredFile | None = None,
    at: datetime | None = None,
) -> Payment:
    """A receipt of the bank or of electronic payment; the one that completes the fine ends the limit (处罚法67)."""
    doing = begin("record_spot_payment", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    payment, facts = add_payment(
        doing, receipt_no=receipt_no, amount=amount, paid_on=paid_on, proof=proof, additional=additional,
        channel=channel, wrong=channel_separate(channel),
    )  # fmt: skip
    is_complete = balance(facts, doing.today).fine_open == 0
    details = {"payment": payment.pk, "amount": f"{amount:f}", "additional": f"{additional:f}"}
    conclude(doing, outcome="done" if is_complete else "partial", details=details)
    return payment


@transaction.atomic(durable=True)
def report_to_bureau(*, case_id: int, version: int, by: Any, reason: str = "", at: datetime | None = None) -> Case:
    """A copy of the decision goes on file at the bureau (处罚法52第三款); a late report says why."""
    doing = begin("report_to_bureau", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := late_without_reason(doing, reason):
        raise Refused(refusals)
    return conclude(doing, opinion=reason)


def late_without_reason(doing: Doing, reason: str) -> list[Refusal]:
    """simple-report-5d: late is a fault in the file, not in the decision: possible with a reason only."""
    limit = next((one for one in doing.loaded.facts.limits if one.code == "simple-report-5d"), None)
    if limit is None or doing.today <= limit.due or reason.strip():
        return []
    text = f"备案期限到 {limit.due:%Y-%m-%d} 为止，已经超期。请写明原因后再报备案。"
    return [Refusal("simple-report-5d", text, "行政处罚法第五十二条第三款", "reason")]


@transaction.atomic(durable=True)
def pass_to_execution(*, case_id: int, version: int, by: Any, at: datetime | None = None) -> Case:
    """The fine is not paid: deferral, surcharge and enforcement follow as after an ordinary decision (处罚法66、72)."""
    doing = begin("pass_to_execution", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if doing.loaded.facts.paid >= (doing.loaded.facts.decision_amount or Decimal(0)):
        text = "罚款已经缴清，不需要转执行。请办理结案。"
        raise Refused([Refusal("pay-15d", text, "行政处罚法第七十二条", "close_summary")])
    return conclude(doing)


@transaction.atomic(durable=True)
def close_summary(
    *, case_id: int, version: int, by: Any, result: str, execution: str, at: datetime | None = None
) -> Case:
    """Performed, reported, public: closed with the short closing report; the archive's thirty days start."""
    doing = begin("close_summary", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    Closure.objects.create(case=doing.case, result=result, execution=execution, by=by, at=doing.at)
    seal(doing.case, "closing_report", contexts.short_closing_report(doing.loaded, doing), by=by, at=doing.at)
    return conclude(doing, changed={"closed_on": doing.today})
