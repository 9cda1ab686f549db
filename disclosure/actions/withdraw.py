"""A published decision fell: its record is withdrawn within three working days, with the public reason (行政处罚法48).

The ruling is pulled from the cases; whoever brought it in cannot withdraw the record too. Of an earlier decision, or
where a record may not be shown at all, one person asks for the withdrawal and another withdraws, or refuses it. The
permanent page answers 410 with the reason from then on, and leaf and message to the exchange are written in the same
transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts, RulingFacts, TakenDown, mark_withdrawn_core
from disclosure import content as whitelist
from disclosure.actions.answering import answered_core, late_faults
from disclosure.actions.channels import end_all_core
from disclosure.actions.correct import shown_names
from disclosure.actions.ending import end_core
from disclosure.actions.publish import CITATION, last_day_of_trying, lock_record
from disclosure.feed import payload, renewed, withdrawal_payload
from disclosure.feed.withdrawal_payload import LONGEST, SHORTEST, WITHDRAWAL_KIND, Withdrawn
from disclosure.models import (
    RULED,
    Delivery,
    DeliveryState,
    DisclosureRecord,
    Objection,
    Operation,
    RecordEvent,
    RecordState,
    Withdrawal,
    WithdrawalReason,
)
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Refusal, Refused
from lishu_law.law.limits import compute

WITHDRAW, PROPOSE = "disclosure.withdraw", "disclosure.propose_withdrawal"
LIMIT = "pub-withdraw-3d"
REASON_CODES = {
    "change": WithdrawalReason.CHANGED,
    "revoke": WithdrawalReason.REVOKED,
    "order_remake": WithdrawalReason.REVOKED,
    "confirm_unlawful": WithdrawalReason.UNLAWFUL,
    "void": WithdrawalReason.VOID,
}
SOURCES = {"self": "依法自行纠正的决定", "review": "复议决定", "court": "裁判", "supervision": "监督决定"}
EFFECTS = {
    "change": "变更", "revoke": "撤销", "order_remake": "撤销", "confirm_unlawful": "确认违法", "void": "确认无效",
}  # fmt: skip


@transaction.atomic(durable=True)
def draft_withdrawal(facts: RulingFacts, *, by: Any = None, at: datetime | None = None) -> Withdrawal | None:
    """What the ruling asks of the record of its decision, written once; None where nobody has to be told.

    A draft that was never published is set aside; then the duty is done at once. Of a record whose display is over the
    exchange still holds its copy. ``by`` is None for the worker.
    """
    record = DisclosureRecord.objects.select_for_update().filter(decision_id=facts.decision_id).first()
    if record is None:
        return None  # its draft is not made yet; the next round finds it
    now = at or clock.now()
    if record.state != RecordState.PUBLISHED and not _is_held_elsewhere(record):
        _never_public(record, facts, by, now)
        return None
    known: Withdrawal | None = Withdrawal.objects.filter(record=record, refusal="").first()
    if known is not None and known.ruling_id is not None:
        return known
    # A withdrawal that a person asked for gives way to the ruling: its reason, its day, its duty.
    found, _new = Withdrawal.objects.update_or_create(record=record, refusal="", defaults={
        "ruling_id": facts.ruling_id, "successor_id": facts.successor_id,
        "reason_code": REASON_CODES[facts.effect], "reason": standard_reason(facts), "event_on": facts.effective_on,
        "basis_no": facts.document_no[:128], "due": facts.due, "proposed_by": facts.recorded_by, "created_at": now,
    })  # fmt: skip
    _remember(record, "draft_withdrawal", by, found.reason, now, details={"due": facts.due.isoformat()})
    return found


def _is_held_elsewhere(record: DisclosureRecord) -> bool:
    """Did the exchange get this expired record, and was it not told yet to take the whole of it down?"""
    newest = Delivery.objects.filter(record=record).order_by("-data_version").first()
    if record.state != RecordState.EXPIRED or newest is None:
        return False
    return not (newest.op == Operation.WITHDRAW and renewed.scope_of(bytes(newest.body)) == "all")


def standard_reason(facts: RulingFacts) -> str:
    """The public reason in the words of the ruling; the checker may complete it."""
    who = f"{facts.organ}{SOURCES[facts.source]}（{facts.document_no}）"
    return f"{who}{EFFECTS[facts.effect]}了该行政处罚决定，现依法撤回公示信息。"


def _never_public(record: DisclosureRecord, facts: RulingFacts, by: Any, now: datetime) -> None:
    day = clock.local(now).date()
    if record.state == RecordState.DRAFT:
        record.state, record.withdrawn_on, record.withdrawal_reason = RecordState.WITHDRAWN, day, standard_reason(facts)
        record.version += 1
        record.updated_at = now
        record.save(update_fields=["state", "withdrawn_on", "withdrawal_reason", "version", "updated_at"])
    mark_withdrawn_core(ruling_id=facts.ruling_id, on=day)
    _remember(record, "drop_draft", by, standard_reason(facts), now, details={"ruling": facts.ruling_id})


@transaction.atomic(durable=True)
def withdraw(
    *, record_id: int, version: int, facts: DecisionFacts | None, by: Any, reason: str, late_reason: str = "",
    at: datetime | None = None,
) -> DisclosureRecord:  # fmt: skip
    """Withdraw a published record: state, history, leaf of the register, outbox row and journal in one transaction.

    ``facts`` are those of the record's decision, for the leak gate; none for an earlier decision.
    ``late_reason``: why an objection it answers is answered after its last day. Raises ``Conflict`` for a stale page,
    ``NotAllowed`` for a handler or whoever brought the ruling in, ``Refused`` with every cause.
    """
    record = lock_record(record_id, version)
    wanted: Withdrawal | None = Withdrawal.objects.filter(record=record, done_at__isnull=True).first()
    policy.check(by, WITHDRAW, subject_of(record, facts, wanted))
    now = at or clock.now()
    today = clock.local(now).date()
    if wanted is None:
        raise Refused([_nothing_to_withdraw(record)])
    if refusals := [*withdrawal_faults(record, facts, reason), *late_faults(wanted.objection, late_reason, today)]:
        raise Refused(refusals)
    wanted.reason, wanted.done_at, wanted.done_by = reason.strip(), now, by
    wanted.save(update_fields=["reason", "done_at", "done_by"])
    record.withdrawn_on, record.withdrawal_reason = today, wanted.reason
    delivery = enqueue_withdrawal(wanted, facts, clock.now())
    if wanted.ruling_id is not None:
        told = TakenDown(
            record.public_id, record.number, wanted.get_reason_code_display(), wanted.reason, wanted.basis_no
        )  # fmt: skip
        mark_withdrawn_core(ruling_id=wanted.ruling_id, on=today, why=told, by=by, at=now)
    end_all_core(record, today)
    before = _taken_down(record, now)
    sent = {"delivery": delivery.idem_key} if delivery else {}
    details = {**sent, "late": today > wanted.due, "digest": record.content_digest}
    details |= answered_core(wanted.objection, now, late_reason)
    _remember(record, "withdraw", by, wanted.reason, now, details=details, digest_before=before)
    return record


def _taken_down(record: DisclosureRecord, now: datetime) -> str:
    """What has ended by itself meanwhile stays ended: only the ruling's duty and the exchange remain."""
    if record.state == RecordState.PUBLISHED:
        record.state = RecordState.WITHDRAWN
        return end_core(record, now, ["withdrawn_on", "withdrawal_reason"])
    record.version += 1
    record.updated_at = now
    record.save(update_fields=["withdrawn_on", "withdrawal_reason", "version", "updated_at"])
    return record.content_digest


@dataclass(frozen=True)
class WantedWithdrawal:
    """Why a person wants a record taken down: code, day and document of what happened, and the public reason."""

    reason_code: str
    event_on: date
    basis_no: str
    reason: str


@transaction.atomic(durable=True)
def propose_withdrawal(
    *, record_id: int, version: int, facts: DecisionFacts | None, by: Any, wanted: WantedWithdrawal
) -> Withdrawal:
    """Ask that a published record be withdrawn; another person withdraws it within the three working days.

    Of a decision of ours only for what is no ruling: those come from the case. Raises ``Refused`` with every cause.
    """
    record = lock_record(record_id, version)
    policy.check(by, PROPOSE)
    if faults := proposal_faults(record, facts, wanted):
        raise Refused(faults)
    now = clock.now()
    made = propose_core(record, wanted, by=by.staff_number, now=now)
    _remember(record, "draft_withdrawal", by, made.reason, now, details={"due": made.due.isoformat()})
    return made


def propose_core(
    record: DisclosureRecord, wanted: WantedWithdrawal, *, by: str, now: datetime, objection: Objection | None = None
) -> Withdrawal:
    """Write the request inside the caller's transaction; the caller checked it and keeps the journal."""
    due = compute(LIMIT, wanted.event_on).due
    return Withdrawal.objects.create(
        record=record, objection=objection, reason_code=wanted.reason_code, reason=wanted.reason.strip(), event_on=wanted.event_on,
        basis_no=wanted.basis_no.strip(), due=min(due, objection.due) if objection else due, proposed_by=by,
        created_at=now,
    )  # fmt: skip


def proposal_faults(record: DisclosureRecord, facts: DecisionFacts | None, wanted: WantedWithdrawal) -> list[Refusal]:
    """What stands against asking for this withdrawal."""
    if record.state != RecordState.PUBLISHED:
        return [Refusal("record.state", f"这条公示现在是“{record.get_state_display()}”，不用撤回。", CITATION)]
    if Withdrawal.objects.filter(record=record, refusal="").exists():
        return [Refusal("withdrawal.open", "这条公示已经提请撤回，正等另一名人员办理。", CITATION, "withdraw")]
    found = []
    if facts is not None and wanted.reason_code in RULED:
        said = "本系统案件的决定被变更、撤销、确认违法或者无效的，请在案件里登记复议、诉讼结果或者自行纠正，系统随后提请撤回。"
        found.append(Refusal("withdrawal.ruling", said, CITATION, "case"))
    if wanted.event_on > clock.today():
        found.append(Refusal("withdrawal.event", "生效日期不能晚于今天，请核对。", CITATION, "event_on"))
    if wanted.event_on < record.decided_on:
        found.append(Refusal("withdrawal.event", "生效日期不能早于处罚决定日期，请核对。", CITATION, "event_on"))
    if not wanted.basis_no.strip():
        found.append(Refusal("withdrawal.basis", "请填写据以撤回的文书名称或者文号。", CITATION, "basis_no"))
    return [*found, *withdrawal_faults(record, facts, wanted.reason)]


def subject_of(record: DisclosureRecord, facts: DecisionFacts | None, wanted: Withdrawal | None) -> policy.Subject:
    """Neither a handler of the case nor whoever brought the ruling in or asked for it (security.md S6)."""
    proposer = frozenset({wanted.proposed_by}) if wanted else frozenset()
    handlers = frozenset(record.handlers) | (facts.handlers if facts else frozenset())
    return policy.Subject(involved={"officer": handlers, "editor": proposer})


def may_withdraw(
    record: DisclosureRecord, facts: DecisionFacts | None, wanted: Withdrawal, user: Any
) -> policy.Decision:
    """Would :func:`withdraw` let this person? For the page's button."""
    return policy.can(user, WITHDRAW, subject_of(record, facts, wanted))


def withdrawal_faults(record: DisclosureRecord, facts: DecisionFacts | None, reason: str) -> list[Refusal]:
    """The public reason is long enough to say something, and says nothing personal."""
    text, found = reason.strip(), []
    if record.state not in (RecordState.PUBLISHED, RecordState.EXPIRED):
        return [_nothing_to_withdraw(record)]
    if not SHORTEST <= len(text) <= LONGEST:
        said = f"撤回理由要向社会公开，请写 {SHORTEST} 到 {LONGEST} 字，现在 {len(text)} 字。"
        found.append(Refusal("pub-withdraw-3d", said, CITATION, "reason"))
    if whitelist.says_personal(text, facts, shown_names(record)):
        said = "撤回理由里有个人信息，不能公开。请删去姓名、号码、号牌和住址。"
        found.append(Refusal("leak", said, CITATION, "reason"))
    return found


def _nothing_to_withdraw(record: DisclosureRecord) -> Refusal:
    state = record.get_state_display()
    return Refusal("record.state", f"这条公示现在是“{state}”，没有等待撤回的事项。请回到公示页核对。", CITATION)


def enqueue_withdrawal(wanted: Withdrawal, facts: DecisionFacts | None, now: datetime) -> Delivery | None:
    """The message behind the record's own ones; None where the exchange was never sent the record."""
    newest = Delivery.objects.filter(record=wanted.record).order_by("-data_version").first()
    if newest is None:
        return None
    version = newest.data_version + 1
    identity = payload.Identity(newest.rui, version, "w", f"{wanted.record.public_id}-{version}")
    area = facts.area_code if facts else newest.rui[2:8]  # the area stands in the organ's own code
    body, digest = frozen_withdrawal(wanted, area, identity, now)
    return Delivery.objects.create(
        record=wanted.record, kind=WITHDRAWAL_KIND, rui=newest.rui, data_version=version, op="w",
        idem_key=identity.key, body=body, content_digest=digest, state=DeliveryState.PENDING, next_at=now,
        give_up_on=last_day_of_trying(wanted.event_on, now), created_at=now,
    )  # fmt: skip


def frozen_withdrawal(
    wanted: Withdrawal, area_code: str, identity: payload.Identity, now: datetime
) -> tuple[bytes, str]:
    """The bytes for the exchange; the record that replaces this one is named once it has an identity there."""
    successor = Delivery.objects.filter(record__decision_id=wanted.successor_id, op="i").exclude(
        record__decision_id=None
    )
    told = Withdrawn(
        wanted.reason_code, wanted.reason, wanted.event_on, wanted.basis_no,
        successor.values_list("rui", flat=True).first() or "",
    )  # fmt: skip
    return withdrawal_payload.frozen(told, area_code, identity, now)


def _remember(
    record: DisclosureRecord, kind: str, by: Any, reason: str, now: datetime, *, details: dict[str, Any],
    digest_before: str | None = None,
) -> None:  # fmt: skip
    after = record.content_digest
    before = after if digest_before is None else digest_before
    RecordEvent.objects.create(
        record=record, at=now, kind=kind, by=by, reason=reason, digest_before=before, digest_after=after
    )
    journal.record(
        f"disclosure.{kind}", by=by, on=("disclosure", record.public_id), reason=reason,
        details={"number": record.number, **details},
    )  # fmt: skip
