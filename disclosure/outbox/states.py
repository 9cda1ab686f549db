"""Which states mean what to the exchange, and the one way a row that was taken goes back into the queue."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from disclosure.models import Delivery, DeliveryState

TAKEN = (DeliveryState.SENT, DeliveryState.CONFIRMED)
# States of rows the exchange may know: with a receipt also one it rejected later or a newer version replaced.
KNOWN = (*TAKEN, DeliveryState.FIX, DeliveryState.SUPERSEDED)


def waits_again(rows: QuerySet[Delivery], now: datetime) -> int:
    """Let rows the exchange lost be sent again, same bytes under the same key; returns how many."""
    return rows.update(
        state=DeliveryState.PENDING, next_at=now, lease_until=None, attempts=0, poll_at=None, polls=0,
        last_code="", last_error="平台没有这条记录，重新推送。",
    )  # fmt: skip
