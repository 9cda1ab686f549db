"""Asking for the final state of receipts: a 202 only says "received" (feed_api.md §5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from disclosure.feed.answers import Answer, Meaning
from disclosure.feed.client import FeedClient, Parcel
from disclosure.feed.receipts import FINAL, REJECTED
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox.backoff import next_poll
from lishu_law import clock

MOST = 200
STUCK = "STUCK"


def poll(client: FeedClient, *, most: int = MOST) -> int:
    """Ask about receipts that are due; returns how many were confirmed."""
    due = list(Delivery.objects.filter(state=DeliveryState.SENT, poll_at__lte=clock.now()).order_by("poll_at")[:most])
    confirmed = 0
    for delivery in due:
        answer = client.receipt(_parcel(delivery), delivery.receipt_no)
        fields = outcome(answer, delivery.polls, clock.now())
        Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENT).update(**fields)
        confirmed += fields.get("state") == DeliveryState.CONFIRMED
        if answer.is_outage:
            break  # the exchange is away; the rest stays due
    return confirmed


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
    if answer.is_outage:
        return {"poll_at": next_poll(0, now) if polls == 0 else next_poll(min(polls, 4), now)}
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
