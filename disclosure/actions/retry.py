"""A delivery that needs a person is sent again: 重新推送, with a reason."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts
from disclosure.actions.inspections import frozen_inspection
from disclosure.actions.publish import frozen_body, last_day_of_trying
from disclosure.actions.withdraw import frozen_withdrawal
from disclosure.feed import payload, renewed
from disclosure.feed.receipts import REJECTED
from disclosure.models import Delivery, DeliveryState, Operation, Withdrawal
from disclosure.outbox.poll import STUCK
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused

RETRY = "delivery.retry"
SHORTEST_REASON = 4


@transaction.atomic(durable=True)
def retry_delivery(*, delivery_id: int, by: Any, reason: str, facts: DecisionFacts | None = None) -> Delivery:
    """Put a dead, refused, parked or forgotten delivery back to work; returns the row that will be sent.

    A refused message may carry mended bytes under its old key, so it is built anew when ``facts`` are given; that of an
    inspection always, from its record. One that was taken and rejected later needs a new version, which supersedes it
    (feed_api.md §4). Raises ``Refused``.
    """
    policy.check(by, RETRY)
    delivery = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound
    refusals = _refusals(delivery, reason.strip(), facts)
    if refusals:
        raise Refused(refusals)
    before = delivery.last_code
    if delivery.state == DeliveryState.SENT:
        sent = _asked_again(delivery)
    elif before == REJECTED:
        sent = _next_version(delivery, facts)
    else:
        sent = _waiting_again(delivery, facts)
    details = {"delivery": sent.idem_key, "code": before}
    journal.record(RETRY, by=by, on=("delivery", delivery.idem_key), reason=reason.strip(), details=details)
    return sent


def is_retriable(delivery: Delivery) -> bool:
    """Is this a row for the work screen?"""
    is_stuck = delivery.state == DeliveryState.SENT and delivery.last_code == STUCK
    return is_stuck or delivery.parked_at is not None or delivery.state in (DeliveryState.FIX, DeliveryState.DEAD)


def _refusals(delivery: Delivery, reason: str, facts: DecisionFacts | None) -> list[Refusal]:
    found = []
    if not is_retriable(delivery):
        found.append(Refusal("delivery.state", f"这条推送现在是“{delivery.get_state_display()}”，不用重新推送。"))
    if len(reason) < SHORTEST_REASON:
        found.append(Refusal("delivery.reason", "请写明重新推送的理由，如“平台目录已更新”。", fix="reason"))
    needs_facts = delivery.record is not None and (delivery.op != Operation.WITHDRAW or _is_of_ruling(delivery))
    if delivery.last_code == REJECTED and facts is None and needs_facts:
        found.append(Refusal("delivery.facts", "平台退回的记录要按决定书重新生成，但没有找到决定书。"))
    return found


def _asked_again(delivery: Delivery) -> Delivery:
    delivery.polls, delivery.poll_at = 0, clock.now()
    delivery.last_code = delivery.last_error = ""
    delivery.save(update_fields=["polls", "poll_at", "last_code", "last_error"])
    return delivery


def _waiting_again(delivery: Delivery, facts: DecisionFacts | None) -> Delivery:
    now = clock.now()
    may_change = delivery.state == DeliveryState.FIX or delivery.parked_at is not None
    if may_change and (delivery.about or facts is not None):
        identity = payload.Identity(
            delivery.rui, delivery.data_version, delivery.op, _cd_id(delivery, delivery.data_version)
        )
        delivery.body, delivery.content_digest = _rebuilt(delivery, facts, identity, now)
    delivery.state = DeliveryState.PENDING
    delivery.attempts, delivery.next_at = 0, now
    delivery.give_up_on = last_day_of_trying(clock.local(now).date(), now)
    delivery.last_code = delivery.last_error = ""
    delivery.parked_at = None
    fields = ["body", "content_digest", "state", "attempts", "next_at", "give_up_on", "last_code", "last_error"]
    delivery.save(update_fields=[*fields, "parked_at"])
    return delivery


def _next_version(delivery: Delivery, facts: DecisionFacts | None) -> Delivery:
    now = clock.now()
    newest = Delivery.objects.filter(rui=delivery.rui).order_by("-data_version").values_list("data_version").first()
    version = newest[0] + 1 if newest else 1
    op = Operation.WITHDRAW if delivery.op == Operation.WITHDRAW else Operation.UPDATE
    identity = payload.Identity(delivery.rui, version, op.value, _cd_id(delivery, version))
    body, digest = _rebuilt(delivery, facts, identity, now)
    delivery.state = DeliveryState.SUPERSEDED
    delivery.save(update_fields=["state"])
    return Delivery.objects.create(
        record=delivery.record,
        about=delivery.about,
        waits_for=delivery.waits_for,
        kind=delivery.kind,
        rui=delivery.rui,
        data_version=version,
        op=op,
        idem_key=identity.key,
        body=body,
        content_digest=digest,
        next_at=now,
        give_up_on=last_day_of_trying(clock.local(now).date(), now),
        created_at=now,
    )


def _rebuilt(
    delivery: Delivery, facts: DecisionFacts | None, identity: payload.Identity, now: datetime
) -> tuple[bytes, str]:
    """The bytes anew from what the delivery is about. Raises ``Refused`` naming each fact to mend."""
    if delivery.op == Operation.DELETE or (delivery.op == Operation.WITHDRAW and not _is_of_ruling(delivery)):
        return renewed.next_version(bytes(delivery.body), identity.version, now)
    if delivery.about:
        return frozen_inspection(delivery.about, identity, now)
    if delivery.record is None or facts is None:
        raise NotFound
    if delivery.op == Operation.WITHDRAW:
        wanted = Withdrawal.objects.get(record=delivery.record, refusal="", done_at__isnull=False)
        return frozen_withdrawal(wanted, facts.area_code, identity, now)
    shown = (json.loads(bytes(delivery.body))["data"]["public"].get("fact_display")) or ""
    return frozen_body(delivery.record, facts, identity, now, shown=shown)


def _is_of_ruling(delivery: Delivery) -> bool:
    """Does a ruling stand behind this withdrawal? One that only ends the display says all it needs itself."""
    if delivery.record is None or renewed.scope_of(bytes(delivery.body)) != "all":
        return False
    return Withdrawal.objects.filter(record=delivery.record, refusal="", done_at__isnull=False).exists()


def _cd_id(delivery: Delivery, version: int) -> str:
    return f"{delivery.record.public_id if delivery.record else delivery.about}-{version}"
