"""What the party still owes on a day: the fine, the additional fine, the duties that are no money (处罚法66、67、72)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cases.procedure.execution_facts import DeferralFact, InstalmentFact
from cases.procedure.facts import CaseFacts
from cases.procedure.overlay import remedies_of_round
from cases.procedure.surcharge import Accrual, Instalment, Terms, accrue
from lishu_law.law.amounts import to_fen
from lishu_law.law.counting import Pause
from lishu_law.law.limits import Due, compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS

NOTHING = Decimal("0.00")
REMEDY_WORDS = {"review": "行政复议期间", "lawsuit": "行政诉讼期间"}
DEFERRAL_WORD = "批准延期、分期缴纳期间"


@dataclass(frozen=True)
class Balance:
    """Amounts in yuan as of a day. ``accrual`` is None where no additional fine runs (not announced, not overdue)."""

    fine: Decimal
    fine_paid: Decimal
    additional: Decimal
    reduced: Decimal
    additional_paid: Decimal
    accrual: Accrual | None = None

    @property
    def fine_open(self) -> Decimal:
        return max(self.fine - self.fine_paid, NOTHING)

    @property
    def additional_open(self) -> Decimal:
        return max(self.additional - self.reduced - self.additional_paid, NOTHING)

    @property
    def total(self) -> Decimal:
        return self.fine_open + self.additional_open


def first_due(facts: CaseFacts) -> Due | None:
    """pay-15d: the fifteen days from the serving of the decision, with their derivation."""
    return compute("pay-15d", facts.decision_served_on) if facts.decision_served_on else None


def payment_due(facts: CaseFacts) -> date | None:
    """The last day to pay: the fifteen days, or the end of an approved deferral where that is later."""
    due = first_due(facts)
    if due is None:
        return None
    deferral = facts.execution.deferral
    return max(due.due, deferral.ends_on) if deferral else due.due


def pauses(facts: CaseFacts, today: date) -> tuple[Pause, ...]:
    """pay-surcharge-pause: reviews and lawsuits (处罚法73) and approved deferrals; an open one lasts until today."""
    remedies = [
        Pause(one.received_on, one.ended_on or max(today, one.received_on), REMEDY_WORDS[one.kind])
        for one in remedies_of_round(facts)
    ]
    deferrals = [Pause(one.approved_on, one.ends_on, DEFERRAL_WORD) for one in facts.execution.deferrals]
    return (*remedies, *deferrals)


def terms_of(facts: CaseFacts, today: date) -> Terms:
    """The figures in force on the day of the decision."""
    day = facts.decided_on or today
    number, value = DEFAULT_PARAMETERS.number, DEFAULT_PARAMETERS.value
    return Terms(
        number("additional_fine.daily_percent", day),
        number("additional_fine.maximum_percent", day),
        value("additional_fine.base", day),
    )


def additional_fine(facts: CaseFacts, today: date) -> Accrual | None:
    """pay-surcharge, pay-surcharge-cap: what has run up to ``today``; only where the decision announced it."""
    due, fine = first_due(facts), facts.decision_amount
    if due is None or not fine or not facts.execution.announced:
        return None
    paid = [Instalment(one.paid_on, to_fen(one.amount)) for one in facts.execution.receipts]
    return accrue(to_fen(fine), due.due, today, paid=paid, pauses=pauses(facts, today), terms=terms_of(facts, today))


def balance(facts: CaseFacts, today: date) -> Balance:
    """Everything owed and paid in money as of ``today``."""
    accrual, receipts = additional_fine(facts, today), facts.execution.receipts
    return Balance(
        fine=facts.decision_amount or NOTHING,
        fine_paid=sum((one.amount for one in receipts), NOTHING),
        additional=Decimal(accrual.fen if accrual else 0).scaleb(-2),
        reduced=sum((one.reduces for one in facts.execution.agreements), NOTHING),
        additional_paid=sum((one.additional for one in receipts), NOTHING),
        accrual=accrual,
    )


def instalments_open(deferral: DeferralFact, fine_open: Decimal) -> tuple[tuple[InstalmentFact, Decimal], ...]:
    """Each instalment with what is unpaid of it: payments fill the plan from its first line on."""
    paid, found = sum((line.amount for line in deferral.instalments), NOTHING) - fine_open, []
    for line in deferral.instalments:
        covered = min(line.amount, max(paid, NOTHING))
        paid -= covered
        found.append((line, line.amount - covered))
    return tuple(found)


def to_pay_next(facts: CaseFacts, today: date) -> Decimal:
    """What of the fine is expected next: the open rest of the instalment at hand, else all that is unpaid."""
    fine_open, deferral = balance(facts, today).fine_open, facts.execution.deferral
    if deferral is None or today > deferral.ends_on:
        return fine_open
    return next((left for _line, left in instalments_open(deferral, fine_open) if left), fine_open)


def is_overdue(facts: CaseFacts, today: date) -> bool:
    """Has the last day to pay passed with something of the fine unpaid?"""
    due = payment_due(facts)
    return due is not None and today > due and balance(facts, today).fine_open > 0


def is_performed(facts: CaseFacts, today: date) -> bool:
    """Everything paid and every other duty verified: the way into 履行完毕."""
    return balance(facts, today).total == 0 and not facts.execution.open_duties


def with_receipts(facts: CaseFacts, *receipts: object) -> CaseFacts:
    """The same facts with further receipts: what an act is about to make of them."""
    execution = replace(facts.execution, receipts=(*facts.execution.receipts, *receipts))  # type: ignore[arg-type]
    return replace(facts, execution=execution)
