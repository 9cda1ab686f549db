"""Asking for the final state of receipts: a 202 only says "received" (feed_api.md §5)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from disclosure.feed.answers import LIMITED, Answer, Meaning
from disclosure.feed.client import FeedClient, Parcel
from disclosure.feed.receipts import FINAL, REJECTED
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox.backoff import LEASE, TRIP_AFTER, after_limit, next_poll
from disclosure.outbox.claim import load_breaker
from lishu_law import clock

MOST = 200
LONGEST_RUN = 40.0  # seconds; a task stays under a minute
TAKE = """
UPDATE disclosure_delivery SET poll_at = %(until)s
WHERE id IN (
    SELECT id FROM disclosure_delivery WHERE state = 'SENT' AND poll_at <= %(now)s
    ORDER BY poll_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
RETURNING id
"""
STUCK = "STUCK"
UNKNOWN_RECEIPT = "E4040"
AWAY = 3  # the step of a minute


def poll(client: FeedClient, *, most: int = MOST, seconds: float = LONGEST_RUN) -> int:
    """Ask about receipts that are due; returns how many were confirmed. Nothing is asked while the breaker is open.

    One lost answer says nothing about the next; as many in a row as open the breaker end the round.
    What is left when the time is up is given back and due at once.
    """
    ends_at = time.monotonic() + seconds
    breaker, _alarm = load_breaker()
    if not breaker.is_pause and not breaker.allowance(clock.now(), most):
        return 0
    until = clock.now() + LEASE
    mine = list(Delivery.objects.filter(pk__in=_taken(until, most)).defer("body").order_by("pk"))
    confirmed = outages = 0
    for place, delivery in enumerate(mine):
        if time.monotonic() > ends_at:
            _given_back(mine[place:], until, clock.now())
            break
        answer = client.receipt(_parcel(delivery), delivery.receipt_no)
        fields = outcome(answer, delivery.polls, clock.now())
        Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENT).update(**fields)
        confirmed += fields.get("state") == DeliveryState.CONFIRMED
        outages = outages + 1 if answer.is_outage else 0
        if outages >= TRIP_AFTER or answer.code in LIMITED:  # away, or asked too often; the rest waits with this one
            _given_back(mine[place + 1 :], until, fields["poll_at"])
            break
    return confirmed


def _given_back(rows: Sequence[Delivery], until: datetime, poll_at: datetime) -> None:
    """Not asked about: due again at ``poll_at``, unless another worker took them meanwhile."""
    waiting = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=DeliveryState.SENT, poll_at=until)
    waiting.update(poll_at=poll_at)


def _taken(until: datetime, most: int) -> list[int]:
    """The rows that are due, not asked about by another worker before ``until``."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"now": clock.now(), "until": until, "most": most})
        return [row[0] for row in cursor.fetchall()]


def outcome(answer: Answer, polls: int, now: datetime) -> dict[str, Any]:
    """The columns to write for one answer about a receipt."""
    if answer.meaning is Meaning.ACCEPTED and answer.receipt is not None:
        status = answer.receipt["status"]
        if status in FINAL:
            return {
                "state": DeliveryState.CONFIRMED,
                "receipt": answer.receipt,
                "confirmed_at": now,
                "poll_at": None,
                "last_code": "",
                "last_error": "",
            }
        if status == REJECTED:
            errors = answer.receipt.get("errors") or []
            said = "；".join(str(e.get("message", "")) for e in errors if isinstance(e, dict))
            return {
                "state": DeliveryState.FIX,
                "receipt": answer.receipt,
                "poll_at": None,
                "last_code": REJECTED,
                "last_error": (said or "平台收下后又退回")[:500],
            }
    if (
        answer.is_outage
    ):  # no answer to count; a minute at least, so that an outage is not met with a storm of questions
        return {"poll_at": next_poll(AWAY if polls < AWAY else AWAY + 1, now)}
    if answer.code in LIMITED:  # no answer to count either
        return {"poll_at": after_limit(now, answer.retry_after)}
    if answer.code == UNKNOWN_RECEIPT:  # asking on would tell nothing new: the comparison finds out and sends it again
        return {"poll_at": None, "last_code": STUCK, "last_error": "平台找不到这张回执，对账时会核对并重新推送"}
    later = next_poll(polls + 1, now)
    if later is None:
        return {
            "polls": polls + 1,
            "poll_at": None,
            "last_code": STUCK,
            "last_error": "平台一天多没有给出结果，请电话询问",
        }
    return {"polls": polls + 1, "poll_at": later}


def _parcel(delivery: Delivery) -> Parcel:
    return Parcel(
        delivery.kind,
        delivery.rui,
        delivery.data_version,
        delivery.op,
        delivery.idem_key,
        b"",
        delivery.content_digest,
    )
