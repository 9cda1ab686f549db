"""Credit repair: an application is registered, checked against the data, decided; the credit display ends early.

信用中国 is the single window; the bureau decides as the body that made the record (谁认定、谁修复, disclosure.md §6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from cases.api import DecisionFacts, decisions_of_same_person
from disclosure.actions.channels import end_credit_core
from disclosure.actions.correct import remember
from disclosure.actions.ledger import Event, append_core
from disclosure.actions.publish import last_day_of_trying, lock_record
from disclosure.credit import TITLES, CreditClass, least_shown_until, months_after
from disclosure.feed import payload, renewed, withdrawal_payload
from disclosure.feed.withdrawal_payload import WITHDRAWAL_KIND, Withdrawn
from disclosure.models import (
    Channel,
    CreditRepair,
    Delivery,
    DeliveryState,
    DisclosureRecord,
    Operation,
    RecordState,
    RepairOutcome,
    Withdrawal,
)
from disclosure.queries.channels import channels_of
from disclosure.register.leaf import CORRECT
from disclosure.register.shown import published_content
from disclosure.repairing import RULE, Asked, Check, checks
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.parameters import DEFAULT_PARAMETERS

REGISTER, DECIDE = "disclosure.register_repair", "disclosure.decide_repair"
REPAIRED = "W5"
SHORTEST = 4
SHORTENED = "公示截止日调整为{day}：依法信用修复"


@dataclass(frozen=True)
class NewRepair:
    """One application as 信用中国 passed it on."""

    application_no: str
    applied_on: date
    received_on: date
    evidence: str
    has_commitment: bool


@dataclass(frozen=True)
class RepairDecision:
    """``confirmed``: whoever decides looked at the evidence for what the data cannot say."""

    agree: bool
    reasons: str
    is_false: bool = False
    confirmed: bool = False
    late_reason: str = ""


@transaction.atomic(durable=True)
def register_repair(*, record_id: int, version: int, by: Any, said: NewRepair) -> CreditRepair:
    """Register an application; the working days of the decision begin with the day it was received."""
    record = lock_record(record_id, version)
    policy.check(by, REGISTER)
    now, today = clock.now(), clock.today()
    if faults := _new_faults(record, said, today):
        raise Refused(faults)
    made = CreditRepair.objects.create(
        record=record, application_no=said.application_no.strip(), applied_on=said.applied_on,
        received_on=said.received_on, evidence=said.evidence.strip(), has_commitment=said.has_commitment,
        due=repair_due(said.received_on), registered_by=by, registered_at=now,
    )  # fmt: skip
    details = {"application": made.application_no, "due": made.due.isoformat()}
    remember(record, "repair", by, f"申请编号 {made.application_no}", now, details=details)
    return made


def repair_due(received_on: date) -> date:
    """The last day to decide (parameter, 待确认: the days of the rules are not known)."""
    days = int(DEFAULT_PARAMETERS.number("credit.repair_days", received_on))
    return DEFAULT_CALENDAR.add_working_days(received_on, days)[0]


def _new_faults(record: DisclosureRecord, said: NewRepair, today: date) -> list[Refusal]:
    found = []
    if not channels_of(record) or not channels_of(record)[Channel.CREDIT].is_shown(today):
        text = "这条处罚没有信用公示，或者已经停止，不用修复。请在公示页的“公示渠道”里核对原因后答复申请人。"
        found.append(Refusal("repair.not_shown", text, RULE))
    if CreditRepair.objects.filter(record=record, outcome="").exists():
        found.append(Refusal("repair.open", "这条公示已经有一件修复申请等待决定。请先办结它。", RULE))
    if CreditRepair.objects.filter(application_no=said.application_no.strip()).exists():
        found.append(Refusal("repair.number", "这个申请编号已经登记过，请核对。", RULE, "application_no"))
    if not record.decided_on <= said.applied_on <= said.received_on <= today:
        text = "日期应当依次是：处罚决定、申请、收到、今天。请核对申请日期和收到日期。"
        found.append(Refusal("repair.days", text, RULE, "applied_on"))
    if len(said.evidence.strip()) < SHORTEST:
        found.append(Refusal("repair.evidence", "请写明收到的材料，如缴款凭证、整改材料。", RULE, "evidence"))
    return found


def checks_of(repair: CreditRepair, facts: DecisionFacts | None, today: date) -> list[Check]:
    """The conditions as they stand on ``today``."""
    record = repair.record
    credit = channels_of(record).get(Channel.CREDIT)
    level = CreditClass(record.credit_class)
    asked = Asked(
        today=today,
        is_shown=credit is not None and credit.is_shown(today) and record.state == RecordState.PUBLISHED,
        least_until=least_shown_until(level, record.decided_on, today),
        class_title=TITLES[level],
        is_falling=_is_falling(record) or bool(facts and facts.fallen_because),
        barred_until=barred_until(record, today),
        has_commitment=repair.has_commitment,
    )
    return checks(asked, facts)


def _is_falling(record: DisclosureRecord) -> bool:
    """Is a withdrawal under way, or did the decision fall though what was asked for was refused?"""
    return Withdrawal.objects.filter(Q(refusal="") | Q(is_still_due=True), record=record).exists()


def barred_until(record: DisclosureRecord, today: date) -> date | None:
    """The last day without a new application: false material bars the party, not the one record.

    A firm is known by its credit code, a person or the operator of a shop by what the cases know of them: nothing of
    a person's number stands in this package.
    """
    barred = CreditRepair.objects.filter(barred_until__gte=today)
    same = Q(record=record)
    if record.uscc_search:
        same |= Q(record__uscc_search=record.uscc_search)
    if record.decision_id is not None:
        others = barred.exclude(record=record).values_list("record__decision_id", flat=True)
        ids = {decision_id for decision_id in others if decision_id is not None}
        same |= Q(record__decision_id__in=decisions_of_same_person(record.decision_id, ids))
    found: date | None = barred.filter(same).aggregate(last=Max("barred_until"))["last"]
    return found


@transaction.atomic(durable=True)
def decide_repair(
    *, repair_id: int, version: int, facts: DecisionFacts | None, by: Any, decision: RepairDecision
) -> CreditRepair:
    """Decide an application by another person than the one who registered it.

    Agreed, the credit display ends at once, and with it the bureau's own page at the end of the day, where the dated
    parameter says so; the exchange is told in the same transaction. Raises ``Conflict``, ``NotAllowed``, ``Refused``.
    """
    record = lock_record(CreditRepair.objects.values_list("record_id", flat=True).get(pk=repair_id), version)
    repair = CreditRepair.objects.select_for_update(of=("self",)).get(pk=repair_id)
    repair.record = record
    if repair.outcome:
        raise Conflict("这件修复申请已经决定过了。请回到公示页核对。")
    policy.check(by, DECIDE, subject_of(repair, facts))
    now, today = clock.now(), clock.today()
    found = checks_of(repair, facts, today)
    if faults := _decision_faults(repair, found, decision, today):
        raise Refused(faults)
    _decided(repair, found, decision, by, now)
    before, details = record.content_digest, {"application": repair.application_no, "late": today > repair.due}
    if decision.agree:
        details["deliveries"] = _stopped(repair, now)
    kind = "repaired" if decision.agree else "refuse_repair"
    remember(record, kind, by, repair.reasons, now, details=details, before=before)
    return repair


def subject_of(repair: CreditRepair, facts: DecisionFacts | None) -> policy.Subject:
    """Neither a handler of the case nor whoever registered the application."""
    handlers = frozenset(repair.record.handlers) | (facts.handlers if facts else frozenset())
    return policy.Subject(involved={"officer": handlers, "editor": frozenset({repair.registered_by.staff_number})})


def _decision_faults(repair: CreditRepair, found: list[Check], decision: RepairDecision, today: date) -> list[Refusal]:
    faults = []
    if len(decision.reasons.strip()) < SHORTEST:
        faults.append(Refusal("repair.reasons", "请写明决定的理由；不同意的逐项写明哪一条不符合。", RULE, "reasons"))
    if today > repair.due and len(decision.late_reason.strip()) < SHORTEST:
        faults.append(Refusal("repair.late", "已经超过办理期限，请写明超期的原因。", RULE, "late_reason"))
    if not decision.agree:
        return faults
    if decision.is_false:
        faults.append(Refusal("repair.false", "材料虚假的不能同意修复。请选不同意。", RULE, "is_false"))
    faults += [Refusal("repair.check", f"{one.title}：{one.found}。", RULE) for one in found if one.is_met is False]
    if any(one.is_met is None for one in found) and not decision.confirmed:
        text = "有的条件系统没有数据。请核对材料，再勾选“已核对材料”。"
        faults.append(Refusal("repair.confirm", text, RULE, "confirmed"))
    return faults


def _decided(repair: CreditRepair, found: list[Check], decision: RepairDecision, by: Any, now: datetime) -> None:
    day = clock.local(now).date()
    repair.outcome = RepairOutcome.AGREED if decision.agree else RepairOutcome.REFUSED
    repair.checks = [[one.title, one.found, one.word] for one in found]
    repair.reasons, repair.late_reason = decision.reasons.strip(), decision.late_reason.strip()
    repair.is_false = decision.is_false
    if decision.is_false:
        repair.barred_until = months_after(day, int(DEFAULT_PARAMETERS.number("credit.repair_false_months", day)))
    repair.decided_by, repair.decided_at = by, now
    repair.save(update_fields=[
        "outcome", "checks", "reasons", "late_reason", "is_false", "barred_until", "decided_by", "decided_at",
    ])  # fmt: skip


def _stopped(repair: CreditRepair, now: datetime) -> list[str]:
    """End the display where the repair reaches, and write what the exchange is told; returns the keys."""
    record, today = repair.record, clock.local(now).date()
    stops_site = DEFAULT_PARAMETERS.number("credit.stop_site_on_repair", today) == 1 and record.display_until > today
    if stops_site:
        record.display_until = today  # the page ends by itself at midnight, as every page does
        record.version += 1
        record.updated_at = now
        record.corrections = [*record.corrections, f"{today.isoformat()} {SHORTENED.format(day=today.isoformat())}"]
        append_core(Event(record, CORRECT, published_content(record), now))
        record.save(update_fields=["display_until", "version", "updated_at", "corrections", "content_digest"])
    end_credit_core(record, today)
    scopes = ("credit", "public") if stops_site else ("credit",)
    return [row.idem_key for scope in scopes if (row := _told(repair, scope, now))]


def _told(repair: CreditRepair, scope: str, now: datetime) -> Delivery | None:
    """The message that one display ends (W5); None where the exchange was never sent the record by us."""
    record = repair.record
    newest = Delivery.objects.filter(record=record).order_by("-data_version").first()
    if newest is None or (newest.op == Operation.WITHDRAW and renewed.scope_of(bytes(newest.body)) == "all"):
        return None
    version = newest.data_version + 1
    identity = payload.Identity(newest.rui, version, "w", f"{record.public_id}-{version}")
    what = "信用公示" if scope == "credit" else "公开展示"
    reason = f"原认定机关已依法作出信用修复决定，该行政处罚信息提前停止{what}。"
    told = Withdrawn(REPAIRED, reason, clock.local(now).date(), repair.application_no, scope=scope)
    body, digest = withdrawal_payload.frozen(told, newest.rui[2:8], identity, now)
    return Delivery.objects.create(
        record=record, kind=WITHDRAWAL_KIND, rui=newest.rui, data_version=version, op=Operation.WITHDRAW,
        idem_key=identity.key, body=body, content_digest=digest, state=DeliveryState.PENDING, next_at=now,
        give_up_on=last_day_of_trying(clock.local(now).date(), now), created_at=now,
    )  # fmt: skip
