"""Inspections in the outbox: a penalty goes behind the one it names, and one that got lost is sent again (V09)."""

from __future__ import annotations

from disclosure.feed.answers import Answer
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import INSPECTION_KIND
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox.claim import Claimed
from disclosure.outbox.states import TAKEN
from lishu_law import clock

INCOMPLETE = "LOCAL"  # last_code of a record never sent: its own facts do not pass the exchange's rules yet
MISSED = ("V09",)


def is_missed(row: Claimed, answer: Answer | None) -> bool:
    """True when the exchange misses an inspection we sent, and nothing else is wrong with the penalty."""
    return answer is not None and bool(row.waits_for) and answer.rules == MISSED


def look_up(client: FeedClient, rui: str) -> None:
    """Send an inspection that is gone again; of one that was rejected, let its receipt say why. The penalty waits."""
    reply = client.record(INSPECTION_KIND, rui)
    sent = Delivery.objects.filter(rui=rui, state__in=TAKEN)
    if reply.status == 404:
        sent.update(state=DeliveryState.PENDING, next_at=clock.now(), poll_at=None, polls=0)
    elif reply.status == 200:
        sent.filter(state=DeliveryState.SENT).update(poll_at=clock.now())
