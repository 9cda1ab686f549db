"""The inspection a penalty came from goes to the exchange before it (feed_api.md V09, §9)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from disclosure.feed import inspection_payload, payload
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox.inspections import INCOMPLETE
from disclosure.outbox.series import next_serial
from inspections.api import InspectionFacts, exchange_facts
from lishu_law import clock
from lishu_law.errors import NotFound, Refused


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
    facts = exchange_facts(check_action_code)
    return "" if facts is None else _enqueued(facts, now, give_up_on).rui


def frozen_inspection(check_action_code: str, identity: payload.Identity, now: datetime) -> tuple[bytes, str]:
    """The bytes of an inspection's record and their digest. Raises ``Refused`` naming each fact to mend."""
    facts = exchange_facts(check_action_code)
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
    record = inspection_payload.frozen(facts, identity, now)
    reasons = "".join(fault.message for fault in record.faults)[:500]
    return Delivery.objects.create(
        about=facts.check_action_code,
        kind=payload.INSPECTION_KIND,
        rui=identity.rui,
        data_version=1,
        op="i",
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
