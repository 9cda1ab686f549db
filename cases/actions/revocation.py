"""The bureau's own correction, a supervision decision, and the money that goes back (处罚法75; 强制法41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.rulings import NewRuling, affected, rule, ruling_faults
from cases.documents import contexts
from cases.documents.issue import number_for, seal
from cases.models import Approval, Case, Refund, RulingEffect, RulingSource
from lishu_law.errors import NotFound, Refusal, Refused

CORRECTION = "correction"
# The bureau itself revokes, changes, or revokes to decide anew; to condemn its own act is not in its hands.
OWN_EFFECTS = (RulingEffect.REVOKE, RulingEffect.CHANGE, RulingEffect.REMAKE)


@dataclass(frozen=True)
class Correction:
    """What an officer proposes: the error, the article that shows it, what to do."""

    effect: str
    error: str
    basis: str
    new_amount: Decimal | None = None
    back_to: str = ""
    is_procedural: bool = False

    def ruling(self, document_no: str, organ: str, on: date) -> NewRuling:
        return NewRuling(
            RulingSource.SELF, self.effect, organ, document_no, on, self.error, self.new_amount, self.back_to,
            self.is_procedural,
        )  # fmt: skip


@transaction.atomic(durable=True)
def propose_correction(
    *, case_id: int, version: int, by: Any, correction: Correction, at: datetime | None = None
) -> Approval:
    """Propose to revoke or change the decision; another person, a leader, decides."""
    doing = begin("propose_correction", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if faults := correction_faults(doing, correction):
        raise Refused(faults)
    data = {**vars(correction), "new_amount": f"{correction.new_amount:f}" if correction.new_amount else ""}
    approval = ask(doing, CORRECTION, reason=correction.error, data=data)
    conclude(doing, opinion=correction.error, details={"approval": approval.pk, "effect": correction.effect})
    return approval


def correction_faults(doing: Doing, new: Correction) -> list[Refusal]:
    """What the ruling could not say either, asked before a leader is troubled."""
    if new.effect not in OWN_EFFECTS:
        text = "本机关可以撤销、变更，或者撤销后重新作出决定。请重新选择。"
        return [Refusal("revoke-self", text, "行政处罚法第七十五条", "effect")]
    return ruling_faults(doing, new.ruling("待定", doing.case.authority.name, doing.today), affected(doing, None))


@transaction.atomic(durable=True)
def decide_correction(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """Approve: the numbered decision is sealed, has to be served, and the old one falls. Or refuse with the reason."""
    doing = begin("decide_correction", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    approval = decide(doing, kind=CORRECTION, agree=agree, opinion=opinion)
    if not agree:
        return conclude(doing, outcome="refused", opinion=opinion)
    proposed = proposed_by(approval)
    number = number_for(doing.case, "revocation_decision", doing.at)
    old = affected(doing, None)
    ruled = rule(doing, proposed.ruling(number, doing.case.authority.name, doing.today))
    refund = Refund.objects.filter(ruling=ruled.ruling).first()
    data = contexts.revocation_decision(
        doing.loaded, contexts.Revocation(proposed, old, refund.amount if refund else None, doing.today)
    )
    document = seal(
        doing.case, "revocation_decision", data, by=by, at=doing.at, amount=ruled.ruling.new_amount, number=number,
        part=f"ruling:{ruled.ruling.pk}",
    )  # fmt: skip
    return conclude(
        doing, to_state=ruled.to_state, changed=ruled.changed, opinion=opinion,
        details={**ruled.details, "document": document.pk, "number": number},
    )  # fmt: skip


def proposed_by(approval: Approval) -> Correction:
    """What was asked for, as it was typed."""
    data = approval.data
    return Correction(**{**data, "new_amount": Decimal(data["new_amount"]) if data["new_amount"] else None})


@transaction.atomic(durable=True)
def record_ruling(*, case_id: int, version: int, by: Any, ruling: NewRuling, at: datetime | None = None) -> Case:
    """Register the decision of a supervising body about the penalty decision."""
    doing = begin("record_ruling", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    ruled = rule(doing, ruling)
    return conclude(doing, to_state=ruled.to_state, changed=ruled.changed, opinion=ruling.reason, details=ruled.details)


@transaction.atomic(durable=True)
def record_refund(
    *, case_id: int, version: int, by: Any, part_id: int, paid_to: str, receipt_no: str, done_on: date,
    at: datetime | None = None,
) -> Refund:  # fmt: skip
    """The treasury paid back what was no longer owed (enforce-restore)."""
    doing = begin("record_refund", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    refund = Refund.objects.select_for_update().filter(ruling_id=part_id, ruling__case=doing.case).first()
    if refund is None:
        raise NotFound
    if faults := refund_faults(doing, receipt_no, done_on):
        raise Refused(faults)
    refund.paid_to, refund.receipt_no, refund.done_on = paid_to, receipt_no, done_on
    refund.recorded_by, refund.recorded_at = by, doing.at
    refund.save(update_fields=["paid_to", "receipt_no", "done_on", "recorded_by", "recorded_at"])
    conclude(doing, details={"refund": f"{refund.amount:f}", "receipt": receipt_no})
    return refund


def refund_faults(doing: Doing, receipt_no: str, done_on: date) -> list[Refusal]:
    """A day that cannot be, or a paper used before."""
    ruling = doing.loaded.facts.focused_ruling
    found = []
    if done_on > doing.today or (ruling and done_on < ruling.effective_on):
        found.append(
            Refusal("enforce-restore", "退款日期应在撤销、变更生效之后，且不晚于今天。请核对。", "", "done_on")
        )
    if Refund.objects.filter(receipt_no=receipt_no).exists():
        found.append(Refusal("enforce-restore", f"退库凭证 {receipt_no} 已经登记过，请核对。", "", "receipt_no"))
    return found
