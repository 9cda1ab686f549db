"""Payment and performance: receipts of the fine and the additional fine, and duties that are no money (处罚法66、67、72).

Nobody collects in the system: what the bank or the electronic payment took in is recorded from the fiscal receipt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import stop_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Deadline, DeadlineState, DutyCheck, Payment, PaymentChannel
from cases.procedure.balance import balance, is_performed, with_receipts
from cases.procedure.execution_facts import DutyFact, ReceiptFact
from cases.procedure.facts import CaseFacts
from cases.procedure.states import SUMMARY, State
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile

ZERO = Decimal("0.00")
# Cash taken on the spot has acts of its own, with the law's three grounds (处罚法68、69).
SEPARATE = frozenset(PaymentChannel.values) - {PaymentChannel.SPOT}


@transaction.atomic(durable=True)
def record_payment(
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
    """Record one receipt: what it brings of the fine, and apart from it of the additional fine.

    The fine paid in full ends its fifteen days; with the additional fine paid and every other duty verified the case
    is performed.
    """
    doing = begin("record_payment", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    payment, facts = add_payment(
        doing, receipt_no=receipt_no, amount=amount, paid_on=paid_on, proof=proof, additional=additional,
        channel=channel, wrong=channel_separate(channel),
    )  # fmt: skip
    details = {"payment": payment.pk, "amount": f"{amount:f}", "additional": f"{additional:f}"}
    conclude(doing, to_state=reached(doing, facts), details=details)
    return payment


def add_payment(
    doing: Doing,
    *,
    receipt_no: str,
    amount: Decimal,
    paid_on: date,
    proof: StoredFile | None = None,
    additional: Decimal = ZERO,
    channel: str = PaymentChannel.BANK,
    wrong: Sequence[Refusal] = (),
) -> tuple[Payment, CaseFacts]:
    """The receipt's row, its page in the register (S31) and the facts with it; the fine paid in full ends its limit.

    Raises ``Refused`` with everything wrong with the receipt, together with what the caller found ``wrong``.
    """
    receipt = ReceiptFact(paid_on, amount, additional)
    refusals = [
        *wrong, *amounts_fit(doing.loaded.facts, receipt), *dates_fit(doing, paid_on), *receipt_unused(receipt_no),
    ]  # fmt: skip
    if refusals:
        raise Refused(refusals)
    payment = _kept(doing, receipt, receipt_no=receipt_no, channel=channel, proof=proof)
    paper = contexts.fine_receipt(doing.loaded, payment)
    seal(doing.case, "fine_receipt", paper, by=doing.by, at=doing.at, part=f"payment:{payment.pk}")
    facts = with_receipts(doing.loaded.facts, receipt)
    if balance(facts, doing.today).fine_open == 0:
        stop_limit(doing.case, "pay-15d", paid_on)
    return payment, facts


def _kept(doing: Doing, receipt: ReceiptFact, **fields: Any) -> Payment:
    """The receipt as a row; another one of the same number, recorded at the same time, is refused."""
    try:
        with transaction.atomic():
            return Payment.objects.create(
                case=doing.case, recorded_by=doing.by, recorded_at=doing.at, **vars(receipt), **fields
            )
    except IntegrityError as error:
        raise Refused(_used(fields["receipt_no"])) from error


def channel_separate(channel: str) -> list[Refusal]:
    """pay-separation: money comes through the bank, the electronic payment, the court or an auction, never by hand."""
    if channel in SEPARATE:
        return []
    text = "执法人员不得自行收缴罚款。当事人应当到代收银行或者通过电子支付系统缴款，请凭财政票据登记。"
    return [Refusal("pay-separation", text, "行政处罚法第六十七条第一款", "channel")]


def amounts_fit(facts: CaseFacts, receipt: ReceiptFact) -> list[Refusal]:
    """Never more than is owed on the day of payment, fine and additional fine each for itself."""
    owed, refusals = balance(facts, receipt.paid_on), []
    if receipt.amount == 0 and receipt.additional == 0:
        refusals.append(
            Refusal("pay-amount", "罚款和加处罚款至少填写一项金额。", "行政处罚法第六十七条第三款", "amount")
        )
    if receipt.amount > owed.fine_open:
        message = f"缴款 {receipt.amount:f} 元多于未缴的罚款 {owed.fine_open:f} 元，请核对票据。"
        refusals.append(Refusal("pay-amount", message, "行政处罚法第六十七条第三款", "amount"))
    if receipt.additional > owed.additional_open:
        message = (
            f"加处罚款 {receipt.additional:f} 元多于缴款当日应缴的 {owed.additional_open:f} 元，请核对票据和缴款日期。"
        )
        refusals.append(Refusal("pay-surcharge-cap", message, "行政处罚法第七十二条第一款第一项", "additional"))
    return refusals


def dates_fit(doing: Doing, paid_on: date) -> list[Refusal]:
    """Between the decision and today."""
    decided_on, refusals = doing.loaded.facts.decided_on, []
    if paid_on > doing.today:
        refusals.append(Refusal("pay-date", "缴款日期不能晚于今天，请核对票据。", "", "paid_on"))
    if decided_on and paid_on < decided_on:
        refusals.append(Refusal("pay-date", "缴款日期早于处罚决定日，请核对票据。", "", "paid_on"))
    return refusals


def receipt_unused(receipt_no: str) -> list[Refusal]:
    """One fiscal receipt is recorded once, in whatever case."""
    return _used(receipt_no) if Payment.objects.filter(receipt_no=receipt_no).exists() else []


def _used(receipt_no: str) -> list[Refusal]:
    return [Refusal("collect-receipt", f"票据 {receipt_no} 已经登记过，请核对票据号。", "", "receipt_no")]


def reached(doing: Doing, facts: CaseFacts) -> State:
    """Performed, or where the case stood. Performed, the clocks of the execution no longer matter.

    A decision on the spot has its own states until it is closed: what is left there is the copy for the bureau.
    """
    state = State(doing.case.state)
    if state in SUMMARY or not is_performed(facts, doing.today):
        return state
    running = Deadline.objects.filter(case=doing.case, state=DeadlineState.RUNNING)
    running.filter(code__startswith="enforce-").update(state=DeadlineState.CANCELLED)
    return State.PERFORMED


@transaction.atomic(durable=True)
def verify_duties(
    *,
    case_id: int,
    version: int,
    by: Any,
    duties: tuple[str, ...],
    verified_on: date,
    note: str,
    at: datetime | None = None,
) -> Case:
    """The named duties that are no money were seen to be performed; the last one may complete the performance."""
    doing = begin("verify_duties", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    facts = doing.loaded.facts
    if refusals := [*duties_named(facts, duties), *dates_of_check(doing, verified_on)]:
        raise Refused(refusals)
    for duty in duties:
        DutyCheck.objects.create(case=doing.case, duty=duty, verified_on=verified_on, note=note, by=by, at=doing.at)
    checked = tuple(DutyFact(one.text, verified_on) if one.text in duties else one for one in facts.execution.duties)
    after = replace(facts, execution=replace(facts.execution, duties=checked))
    return conclude(doing, to_state=reached(doing, after), opinion=note, details={"duties": len(duties)})


def duties_named(facts: CaseFacts, duties: tuple[str, ...]) -> list[Refusal]:
    """Only open duties of this decision, at least one where there are any."""
    open_texts = {one.text for one in facts.execution.open_duties}
    wrong = [duty for duty in duties if duty not in open_texts]
    if wrong:
        text = f"“{wrong[0]}”不是本案还没有核实的义务，请核对后重选。"
        return [Refusal("close-conditions", text, "行政处罚法第六十六条", "duties")]
    if open_texts and not duties:
        return [Refusal("close-conditions", "请勾选已经履行的义务。", "行政处罚法第六十六条", "duties")]
    return []


def dates_of_check(doing: Doing, verified_on: date) -> list[Refusal]:
    """Seen after the decision, not in the future."""
    served = doing.loaded.facts.decision_served_on
    if verified_on > doing.today or (served and verified_on < served):
        text = "核实日期应当在处罚决定送达之后、今天之前（含当天），请核对。"
        return [Refusal("close-conditions", text, "行政处罚法第六十六条", "verified_on")]
    return []
