"""Finished inspections go to the exchange by themselves, and one that a penalty names goes before it (V09, §9).

A record that changed after it was taken (the object's entry was mended, a case found whom a stop concerned) goes again
as the next version. No act voids a finished inspection; so none is deleted at the exchange.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from disclosure.feed import inspection_payload, payload
from disclosure.models import Delivery, DeliveryState, Operation
from disclosure.outbox.inspections import INCOMPLETE
from disclosure.outbox.series import next_serial
from disclosure.outbox.states import TAKEN
from inspections.api import InspectionFacts, exchange_facts
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refused
from lishu_law.law.limits import compute

PUBLIC_LIMIT = "insp-result-public"


@transaction.atomic(durable=True)
def tell_inspection(check_action_code: str, *, by: None, at: datetime | None = None) -> Delivery | None:
    """Write the message about a finished inspection; None when one is written already. The worker's act.

    The result is public within twenty working days; as long the exchange is tried.
    """
    now = at or clock.now()
    _wait_for_turn(check_action_code)
    facts = exchange_facts(check_action_code)
    if facts is None or Delivery.objects.filter(about=check_action_code).exists():
        return None
    give_up_on = compute(PUBLIC_LIMIT, clock.local(max(facts.checked_at, now)).date()).due
    delivery = _enqueued(facts, now, give_up_on)
    _journal("delivery.inspection", by, delivery)
    return delivery


@transaction.atomic(durable=True)
def tell_change(check_action_code: str, *, by: None, at: datetime | None = None) -> Delivery | None:
    """Write the next version of an inspection the exchange has taken, if its record says something else now."""
    now = at or clock.now()
    _wait_for_turn(check_action_code)
    facts = exchange_facts(check_action_code, by_penalty=True)
    held = Delivery.objects.filter(about=check_action_code).order_by("-data_version").first()
    if facts is None or held is None or held.state not in TAKEN:
        return None
    same = payload.Identity(held.rui, held.data_version, held.op, f"{check_action_code}-{held.data_version}")
    if inspection_payload.frozen(facts, same, now).digest == held.content_digest:
        return None
    version = held.data_version + 1
    changed = payload.Identity(held.rui, version, Operation.UPDATE.value, f"{check_action_code}-{version}")
    delivery = _written(facts, changed, now, compute(PUBLIC_LIMIT, clock.local(now).date()).due)
    _journal("delivery.inspection_changed", by, delivery)
    return delivery


def _journal(action: str, by: None, delivery: Delivery) -> None:
    details = {"inspection": delivery.about, "state": delivery.state}
    journal.record(action, by=by, on=("delivery", delivery.idem_key), details=details)


def inspection_before(check_action_code: str, now: datetime, give_up_on: date) -> str:
    """The rui of the inspection a penalty has to follow, its delivery written now unless there is one; or nothing.

    To be called in the transaction that writes the penalty's delivery. An inspection whose record does not pass the
    rules is written as 待修正: a person sees why, the penalty waits for it, and its publication is not held up.
    """
    if check_action_code == payload.NO_INSPECTION:
        return ""
    _wait_for_turn(check_action_code)
    known = Delivery.objects.filter(about=check_action_code).values_list("rui", flat=True).first()
    if known:
        return known
    facts = exchange_facts(check_action_code, by_penalty=True)
    return "" if facts is None else _enqueued(facts, now, give_up_on).rui


def frozen_inspection(check_action_code: str, identity: payload.Identity, now: datetime) -> tuple[bytes, str]:
    """The bytes of an inspection's record and their digest. Raises ``Refused`` naming each fact to mend."""
    facts = exchange_facts(check_action_code, by_penalty=True)
    if facts is None:
        raise NotFound
    record = inspection_payload.frozen(facts, identity, now)
    if record.faults:
        raise Refused([payload.refusal_of(fault) for fault in record.faults])
    return record.body, record.digest


def _wait_for_turn(check_action_code: str) -> None:
    """Two penalties of one inspection published at once: the second sees what the first has written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"inspection {check_action_code}"])


def _enqueued(facts: InspectionFacts, now: datetime, give_up_on: date) -> Delivery:
    prefix = f"{facts.organ_uscc}-JC-{clock.local(facts.checked_at).year}"
    identity = payload.Identity(f"{prefix}-{next_serial(prefix):06d}", 1, "i", f"{facts.check_action_code}-1")
    return _written(facts, identity, now, give_up_on)


def _written(facts: InspectionFacts, identity: payload.Identity, now: datetime, give_up_on: date) -> Delivery:
    """The message in the outbox; 待修正 with the reasons when the record does not pass the exchange's rules."""
    record = inspection_payload.frozen(facts, identity, now)
    reasons = "".join(fault.message for fault in record.faults)[:500]
    return Delivery.objects.create(
        about=facts.check_action_code,
        kind=payload.INSPECTION_KIND,
        rui=identity.rui,
        data_version=identity.version,
        op=identity.op,
        idem_key=identity.key,
        body=record.body,
        content_digest=record.digest,
        state=DeliveryState.FIX if reasons else DeliveryState.PENDING,
        next_at=None if reasons else now,
        last_code=INCOMPLETE if reasons else "",
        last_error=reasons,
        give_up_on=give_up_on,
        created_at=now,
    )
