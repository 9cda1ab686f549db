"""What a ruling does to a sealed decision and its case (law/procedure.md §8): the one place where a decision falls.

Composed by the acts that bring a ruling in (the outcome of a remedy, a supervision decision, the bureau's own
correction). The decision stays readable; what was paid too much is owed back; the publication has to be withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from cases.actions.doing import Doing
from cases.actions.limits import cancel_limit, start_limit
from cases.documents.contexts import changed_result
from cases.models import Case, Decision, Document, Refund, Remedy, Ruling, RulingEffect
from cases.procedure.balance import balance
from cases.procedure.states import Procedure, State
from lishu_law.documents.check_entries import Fall, fell
from lishu_law.errors import Refusal, Refused

# Where a case may be taken up again for a new decision.
BACK_TO = (State.INVESTIGATION, State.NOTICE_DUE)
FELLING = (RulingEffect.REVOKE, RulingEffect.VOID, RulingEffect.REMAKE)
# Limits of a decision that stands; with it they fall away.
_LIMITS_OF_DECISION = frozenset({"serve-7d", "pub-7wd", "review-60d", "sue-6m"})
_EXECUTION = ("pay-", "enforce-")
_UNPERFORMED = (
    State.DECIDED, State.PERFORMANCE, State.DEFERRED, State.OVERDUE, State.ENFORCEMENT, State.CLOSING_APPROVAL,
)  # fmt: skip


@dataclass(frozen=True)
class NewRuling:
    """A ruling as it was typed or follows from what was decided."""

    source: str
    effect: str
    organ: str
    document_no: str
    effective_on: date
    reason: str
    new_amount: Decimal | None = None
    back_to: str = ""
    is_procedural: bool = False
    remake_by: date | None = None
    remedy: Remedy | None = None


@dataclass(frozen=True)
class Ruled:
    """What the act has to conclude with."""

    ruling: Ruling
    to_state: State | None = None
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def details(self) -> dict[str, Any]:
        one = self.ruling
        return {"ruling": one.pk, "effect": one.effect, "source": one.source, "decision": one.decision.number}


def rule(doing: Doing, new: NewRuling) -> Ruled:
    """Write the ruling and everything that follows from it. Raises ``Refused`` with every fault."""
    decision = affected(doing, new.remedy)
    if faults := ruling_faults(doing, new, decision):
        raise Refused(faults)
    stood = decision.case_id is not None
    successor = None
    if stood and new.effect in (*FELLING, RulingEffect.CHANGE):
        _supersede(doing, decision)
        successor = _changed(doing, decision, new) if new.effect == RulingEffect.CHANGE else None
    ruling = Ruling.objects.create(
        case=doing.case, decision=decision, new_decision=successor, old_amount=decision.amount, recorded_by=doing.by,
        recorded_at=doing.at, **_written(new),
    )  # fmt: skip
    fell(_fall(ruling))
    start_limit(doing.case, "pub-withdraw-3d", new.effective_on, part=f"ruling:{ruling.pk}")
    if not stood or new.effect == RulingEffect.UNLAWFUL:
        return Ruled(ruling)
    still_paid = _owed_back(doing, ruling)
    if successor is not None:
        start_limit(doing.case, "pub-7wd", new.effective_on)
        return Ruled(ruling, _after_change(doing, successor, still_paid), {"disclosed_on": None})
    _let_limits_fall(doing)
    return _after_fall(doing, ruling)


def _fall(ruling: Ruling) -> Fall:
    """What the public check says of the decision from now on."""
    return Fall(
        decision=ruling.decision.number, words=ruling.get_effect_display(), organ=ruling.organ,
        document_no=ruling.document_no, since=ruling.effective_on,
        successor=ruling.new_decision.number if ruling.new_decision else "",
    )  # fmt: skip


def affected(doing: Doing, remedy: Remedy | None) -> Decision:
    """The decision that stands; where none does, the one the remedy was about."""
    standing: Decision | None = doing.loaded.part("decision")
    if standing is not None:
        return standing
    if remedy is not None:
        return remedy.decision
    raise Refused([
        Refusal("revoke-self", "本案现在没有有效的处罚决定。请核对案件页。", "行政处罚法第七十五条", "case")
    ])  # fmt: skip


def ruling_faults(doing: Doing, new: NewRuling, decision: Decision) -> list[Refusal]:
    """What a ruling cannot say: of a day that is not, about a decision that fell before, heavier than it was."""
    found = []
    if new.effective_on > doing.today:
        found.append(Refusal("revoke-self", "生效日期不能晚于今天。请等生效后再登记。", "", "effective_on"))
    if new.effective_on < decision.decided_on:
        found.append(Refusal("revoke-self", "生效日期早于处罚决定日，请核对。", "", "effective_on"))
    if decision.case_id is None and new.effect in (RulingEffect.CHANGE, RulingEffect.REMAKE):
        message = f"原处罚决定{decision.number}已经撤销，不能再变更或者重作。请核对结果。"
        found.append(Refusal("revoke-self", message, "行政处罚法第七十五条", "outcome"))
    if new.effect == RulingEffect.CHANGE:
        found += [*change_faults(doing, new, decision), *number_faults(new)]
    if new.effect == RulingEffect.REMAKE:
        found += remake_faults(doing, new)
    return found


def change_faults(doing: Doing, new: NewRuling, decision: Decision) -> list[Refusal]:
    """notice-renotice, defence-no-heavier: a change is lighter; anything heavier needs a new notice and decision."""
    if doing.loaded.facts.decision_served_on is None:
        text = "处罚决定书还没有送达，不能变更。请先送达，或者撤销后重新作出决定。"
        return [Refusal("serve-7d", text, "行政处罚法第六十一条", "serve_decision")]
    before, after = decision.amount or Decimal(0), new.new_amount or Decimal(0)
    if after > before:
        text = f"变更后罚款 {after:f} 元，重于原决定的 {before:f} 元。需要加重的，应撤销原决定，重新告知后另行决定。"
        return [Refusal("notice-renotice", text, "行政处罚法第四十四条、第四十五条", "new_amount")]
    if after == before:
        text = f"变更后罚款与原决定相同，都是 {before:f} 元。请核对变更后的金额。"
        return [Refusal("revoke-self", text, "行政处罚法第七十五条", "new_amount")]
    return []


def number_faults(new: NewRuling) -> list[Refusal]:
    """The document that changes the decision gives its number to what now stands; no number names two decisions."""
    if not Decision.objects.filter(number=new.document_no).exists():
        return []
    return [Refusal("revoke-self", f"文号{new.document_no}已经登记过，请核对文号。", "", "document_no")]


def remake_faults(doing: Doing, new: NewRuling) -> list[Refusal]:
    """Where a new decision may start from; a decision made on the spot has no road to go back to."""
    if doing.loaded.facts.procedure != Procedure.ORDINARY:
        text = "当场处罚决定撤销后，需要处罚的应当另行立案。结果请选“撤销”。"
        return [Refusal("revoke-self", text, "行政处罚法第七十五条", "outcome")]
    if new.back_to not in BACK_TO:
        text = "请选择从哪一步重新办理：重新调查，或者重新告知。"
        return [Refusal("revoke-self", text, "行政处罚法第七十五条", "back_to")]
    return []


def _written(new: NewRuling) -> dict[str, Any]:
    is_remake, is_change = new.effect == RulingEffect.REMAKE, new.effect == RulingEffect.CHANGE
    return {
        **vars(new),
        "new_amount": new.new_amount if is_change else None,
        "back_to": new.back_to if is_remake else "",
        "remake_by": new.remake_by if is_remake else None,
        "is_procedural": new.is_procedural and is_remake,
    }


def _supersede(doing: Doing, decision: Decision) -> None:
    decision.former_case, decision.case = doing.case, None
    decision.superseded_at = doing.at
    decision.save(update_fields=["case", "former_case", "superseded_at"])


def _changed(doing: Doing, old: Decision, new: NewRuling) -> Decision:
    """The decision as it now stands: the old one's facts and reasons, the new amount, the number of the new document."""
    amount = new.new_amount or None
    return Decision.objects.create(
        case=doing.case, number=new.document_no, item_code=old.item_code, tier=old.tier, decided_on=new.effective_on,
        amount=amount,
        penalty_types=old.penalty_types if amount else ["01"], facts=old.facts, breached=old.breached, basis=old.basis,
        discretion_text=old.discretion_text, result_text=changed_result(amount), opinion=new.reason,
        approved_by=doing.by, approved_at=doing.at,
    )  # fmt: skip


def _owed_back(doing: Doing, ruling: Ruling) -> Decimal:
    """Open the refund of what is no longer owed; what stays paid (enforce-restore)."""
    facts, owed = doing.loaded.facts, ruling.new_amount or Decimal(0)
    after = balance(replace(facts, decision_amount=ruling.new_amount), doing.today)
    fine = max(facts.paid - owed, Decimal(0))
    additional = max(after.additional_paid - after.additional, Decimal(0))
    if fine or additional:
        Refund.objects.create(ruling=ruling, amount=fine + additional, fine=fine)
    return facts.paid - fine


def _after_change(doing: Doing, successor: Decision, paid: Decimal) -> State | None:
    is_performed = paid >= (successor.amount or Decimal(0))
    if is_performed and State(doing.case.state) in _UNPERFORMED:
        cancel_limit(doing.case, "pay-15d")
        return State.PERFORMED
    return None


def _let_limits_fall(doing: Doing) -> None:
    for limit in doing.loaded.facts.limits:
        if limit.code in _LIMITS_OF_DECISION or limit.code.startswith(_EXECUTION):
            cancel_limit(doing.case, limit.code, part=limit.part)


def _after_fall(doing: Doing, ruling: Ruling) -> Ruled:
    """Nothing is left to be performed; after a remand the case is walked again from the state named."""
    _nothing_more_to_serve(doing.case)
    if ruling.effect == RulingEffect.REMAKE:
        start_limit(doing.case, "decide-90d", ruling.effective_on)
        fresh = dict.fromkeys(("decided_on", "decision_served_on", "disclosed_on", "closed_on", "archived_on"))
        return Ruled(ruling, State(ruling.back_to), {**fresh, "returned_reason": ""})
    is_open = State(doing.case.state) in _UNPERFORMED
    return Ruled(ruling, State.PERFORMED if is_open else None)


def _nothing_more_to_serve(case: Case) -> None:
    """The fallen decision and its notice, where they were never served, are served no more."""
    Document.objects.filter(
        case=case,
        code__in=("penalty_decision", "spot_decision", "prior_notice"),
        must_be_served=True,
        servings__isnull=True,
    ).update(must_be_served=False)
