"""A party objects to what is public of it: registered with its deadline, looked into, answered (disclosure.md §5, §6).

Upheld, the same act asks for a correction or a withdrawal. Another person decides that, and only then the objection is
answered: its letter says what was done. Refused, it is open again. What is public stays up meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts
from disclosure.actions.correct import WantedCorrection, correction_faults, remember
from disclosure.actions.correct import propose_core as ask_correction_core
from disclosure.actions.publish import lock_record
from disclosure.actions.withdraw import WantedWithdrawal, proposal_faults
from disclosure.actions.withdraw import propose_core as ask_withdrawal_core
from disclosure.models import (
    UPHELD,
    CorrectionSource,
    DisclosureRecord,
    Objection,
    ObjectionOutcome,
    ObjectionWay,
    RecordState,
)
from disclosure.outbox.series import next_serial
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.parameters import DEFAULT_PARAMETERS

REGISTER, DECIDE = "disclosure.register_objection", "disclosure.decide_objection"
CITATION = "政府信息公开条例第四十一条"
SHORTEST = 4
BY_ITS_PAPERS = "网上核对：决定书文号、核验码、证件号码或者信用代码后六位一致。"
NO_CHANGE = WantedCorrection((), "", "")


@dataclass(frozen=True)
class NewObjection:
    """Who objects, how that was checked, and what is said to be wrong."""

    received_on: date
    way: str
    applicant: str
    contact: str
    identity: str
    claim: str


@dataclass(frozen=True)
class OnlineObjection:
    """What the party itself says over the public page, after its identity was checked."""

    applicant: str
    contact: str
    claim: str


@dataclass(frozen=True)
class ObjectionDecision:
    """What was found and answered, and what follows: a correction, a withdrawal, or neither."""

    outcome: str
    findings: str
    answer: str
    late_reason: str = ""
    correction: WantedCorrection | None = None
    withdrawal: WantedWithdrawal | None = None


@transaction.atomic(durable=True)
def register_objection(*, record_id: int, version: int, by: Any, said: NewObjection) -> Objection:
    """Register an objection to a published record; its working days begin with the day it was received."""
    record = lock_record(record_id, version)
    policy.check(by, REGISTER)
    now, today = clock.now(), clock.today()
    if faults := _new_faults(record, said, today):
        raise Refused(faults)
    return _registered(record, said, by, now)


@transaction.atomic(durable=True)
def object_online(*, record_id: int, by: None, said: OnlineObjection) -> Objection:
    """An objection over the public page, by whoever was found to be the party (``queries.objecting``).

    Sent twice in the same words it is one; another one while the first is open is refused.
    """
    record = DisclosureRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    now, today = clock.now(), clock.today()
    first = Objection.objects.filter(record=record, way=ObjectionWay.ONLINE, answered_at__isnull=True).first()
    if first is not None and first.claim == said.claim.strip():
        return first
    if first is not None:
        text = f"您的异议 {first.ticket_no} 正在办理，{first.due:%Y-%m-%d} 前答复。要补充的，请打电话说明异议编号。"
        raise Refused([Refusal("objection.open", text, CITATION)])
    new = NewObjection(today, ObjectionWay.ONLINE, said.applicant, said.contact, BY_ITS_PAPERS, said.claim)
    if faults := _new_faults(record, new, today):
        raise Refused(faults)
    return _registered(record, new, by, now)


def _registered(record: DisclosureRecord, said: NewObjection, by: Any, now: datetime) -> Objection:
    year = clock.local(now).year
    made = Objection.objects.create(
        record=record, ticket_no=f"YY-{year}-{next_serial(f'objection-{year}'):04d}",
        received_on=said.received_on, way=said.way, applicant=said.applicant.strip(), contact=said.contact.strip(),
        identity=said.identity.strip(), claim=said.claim.strip(), due=objection_due(said.received_on),
        registered_by=by, registered_at=now,
    )  # fmt: skip
    details = {"ticket": made.ticket_no, "due": made.due.isoformat(), "way": str(made.way)}
    remember(record, "objection", by, made.ticket_no, now, details=details)
    return made


def objection_due(received_on: date) -> date:
    """The last day to answer (parameter, 待确认: no national number for penalties)."""
    days = int(DEFAULT_PARAMETERS.number("disclosure.objection_days", received_on))
    return DEFAULT_CALENDAR.add_working_days(received_on, days)[0]


def _new_faults(record: DisclosureRecord, said: NewObjection, today: date) -> list[Refusal]:
    found = []
    if record.state != RecordState.PUBLISHED:
        text = f"这条公示现在是“{record.get_state_display()}”，公众已经看不到内容，不用登记异议。"
        found.append(Refusal("record.state", text, CITATION))
    if said.received_on > today:
        found.append(Refusal("objection.received", "收到日期不能晚于今天，请核对。", CITATION, "received_on"))
    if len(said.claim.strip()) < SHORTEST:
        found.append(Refusal("objection.claim", "请写明当事人认为公示的哪一处有误。", CITATION, "claim"))
    if len(said.identity.strip()) < SHORTEST:
        text = "请写明怎样核对了提出人是当事人本人、法定代表人或者受委托人。"
        found.append(Refusal("objection.identity", text, CITATION, "identity"))
    return found


@transaction.atomic(durable=True)
def decide_objection(
    *, objection_id: int, version: int, facts: DecisionFacts | None, by: Any, decision: ObjectionDecision
) -> Objection:
    """Decide an objection. Upheld, it asks for the correction or withdrawal in the same transaction and waits for it.

    Raises ``Conflict`` when it was answered meanwhile, ``NotAllowed`` for a handler of the case or
    whoever registered it, ``Refused``.
    """
    found = Objection.objects.select_related("record").get(pk=objection_id)
    record = lock_record(found.record_id, version)
    found = Objection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    if found.outcome:
        raise Conflict("这件异议已经答复过了。请回到公示页核对。")
    policy.check(by, DECIDE, subject_of(record, facts, found))
    now, today = clock.now(), clock.today()
    if faults := _decision_faults(record, facts, decision, is_late=today > found.due):
        raise Refused(faults)
    found.outcome, found.findings = decision.outcome, decision.findings.strip()
    found.answer, found.late_reason = decision.answer.strip(), decision.late_reason.strip()
    found.decided_by, found.decided_at = by, now
    is_upheld = found.outcome in UPHELD
    found.answered_at = None if is_upheld else now
    found.save(update_fields=[
        "outcome", "findings", "answer", "late_reason", "decided_by", "decided_at", "answered_at",
    ])  # fmt: skip
    if decision.correction:
        ask_correction_core(
            record, decision.correction, source=CorrectionSource.OBJECTION, by=by.staff_number, now=now, objection=found
        )
    if decision.withdrawal:
        ask_withdrawal_core(record, decision.withdrawal, by=by.staff_number, now=now, objection=found)
    details = {"ticket": found.ticket_no, "outcome": found.outcome, "late": today > found.due}
    kind = "uphold_objection" if is_upheld else "answer_objection"
    remember(record, kind, by, found.get_outcome_display(), now, details=details)
    return found


def subject_of(record: DisclosureRecord, facts: DecisionFacts | None, found: Objection) -> policy.Subject:
    """Neither a handler of the case nor whoever registered the objection judges what is said against the publication."""
    handlers = frozenset(record.handlers) | (facts.handlers if facts else frozenset())
    clerk = frozenset({found.registered_by.staff_number} if found.registered_by else ())
    return policy.Subject(involved={"officer": handlers, "editor": clerk})


def _decision_faults(
    record: DisclosureRecord, facts: DecisionFacts | None, decision: ObjectionDecision, *, is_late: bool
) -> list[Refusal]:
    found = []
    if len(decision.findings.strip()) < SHORTEST:
        found.append(Refusal("objection.findings", "请写明核对了哪些材料、结果如何。", CITATION, "findings"))
    if len(decision.answer.strip()) < SHORTEST:
        found.append(Refusal("objection.answer", "请写明答复内容；不予更正的写明理由。", CITATION, "answer"))
    if is_late and len(decision.late_reason.strip()) < SHORTEST:
        found.append(Refusal("objection.late", "已经超过答复期限，请写明超期的原因。", CITATION, "late_reason"))
    return found + _outcome_faults(record, facts, decision)


def _outcome_faults(
    record: DisclosureRecord, facts: DecisionFacts | None, decision: ObjectionDecision
) -> list[Refusal]:
    """What stands against what is to follow. Upheld without anything that follows, it would never be answered."""
    if decision.outcome == ObjectionOutcome.CORRECTED:
        return correction_faults(record, facts, decision.correction or NO_CHANGE)
    if decision.outcome == ObjectionOutcome.WITHDRAWN and decision.withdrawal:
        return proposal_faults(record, facts, decision.withdrawal)
    if decision.outcome == ObjectionOutcome.WITHDRAWN:
        return [
            Refusal("objection.withdrawal", "予以撤回的，请填写撤回原因、日期、文书和理由。", CITATION, "reason_code")
        ]
    if decision.outcome == ObjectionOutcome.ENDED and record.state == RecordState.PUBLISHED:
        text = "这条公示还在公开。属实的请选更正或者撤回，不属实的请选不予更正。"
        return [Refusal("objection.shown", text, CITATION, "outcome")]
    return []
