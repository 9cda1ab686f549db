"""Taking rows of the outbox and writing back what became of them (feed_api.md §9, security.md §12).

Claiming is one short transaction; nothing is locked while a request is on its way. A worker that dies leaves rows whose
lease runs out after two minutes; they are sent again under the same key, and the exchange knows the key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from disclosure.feed.client import Parcel
from disclosure.models import DeliveryState, FeedBreaker
from disclosure.outbox.backoff import LEASE, Breaker

MOST = 100

# Rows whose lease ran out wait again, no more of them at once than may be claimed.
RELEASE = """
UPDATE disclosure_delivery SET state = 'PENDING', lease_until = NULL
WHERE id IN (
    SELECT id FROM disclosure_delivery WHERE state = 'SENDING' AND lease_until < %(now)s
    ORDER BY lease_until LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
"""

# A version waits until every earlier version of its record has been taken by the exchange. A penalty waits until the
# exchange has taken the inspection it names: sent before it, even in one batch with it, it would be refused whenever the
# inspection is (V09).
DUE = """
w.state = 'PENDING' AND w.next_at <= %(now)s
    AND NOT EXISTS (
        SELECT 1 FROM disclosure_delivery AS e
        WHERE e.rui = w.rui AND e.data_version < w.data_version AND e.state NOT IN ('SENT', 'CONFIRMED', 'SUPERSEDED')
    )
    AND (w.waits_for = '' OR EXISTS (
        SELECT 1 FROM disclosure_delivery AS i WHERE i.rui = w.waits_for AND i.state IN ('SENT', 'CONFIRMED')
    ))
"""

# Records with a withdrawal go first, so that the public reason arrives as early as it can.
# The order is that of the index delivery_in_turn: a claim reads what it takes and passes over what must wait for another
# row, however many wait behind them.
CLAIM = f"""
UPDATE disclosure_delivery AS d SET state = 'SENDING', attempts = attempts + 1, lease_until = %(lease)s
WHERE id IN (
    SELECT w.id FROM disclosure_delivery AS w
    WHERE {DUE}
    ORDER BY (w.op = 'w') DESC, w.next_at, w.id
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, rui, data_version, op, idem_key, body, content_digest, attempts, give_up_on, created_at,
    waits_for
"""

MARK = """
UPDATE disclosure_delivery AS d SET
    state = v.state, attempts = d.attempts - v.unsent, next_at = v.next_at, lease_until = NULL,
    last_code = v.last_code, last_error = v.last_error, trace_id = v.trace_id,
    receipt = COALESCE(v.receipt, d.receipt), receipt_no = COALESCE(v.receipt_no, d.receipt_no),
    sent_at = COALESCE(v.sent_at, d.sent_at), confirmed_at = COALESCE(v.confirmed_at, d.confirmed_at),
    poll_at = v.poll_at,
    parked_at = CASE WHEN v.parked_at IS NULL THEN NULL ELSE COALESCE(d.parked_at, v.parked_at) END
FROM (VALUES {rows}) AS v (
    id, lease, state, unsent, next_at, last_code, last_error, trace_id, receipt, receipt_no, sent_at, confirmed_at,
    poll_at, parked_at
)
WHERE d.id = v.id AND d.state = 'SENDING' AND d.lease_until = v.lease
"""
TEMPLATE = (
    "(%s::bigint, %s::timestamptz, %s, %s::int, %s::timestamptz, %s, %s, %s, %s::jsonb, %s,"
    " %s::timestamptz, %s::timestamptz, %s::timestamptz, %s::timestamptz)"
)


@dataclass(frozen=True)
class Claimed:
    """A row this worker holds until ``lease``; ``attempts`` counts the try that is about to be made."""

    id: int
    parcel: Parcel
    attempts: int
    give_up_on: date
    lease: datetime
    waits_for: str  # rui of the inspection it names


@dataclass(frozen=True)
class Mark:
    """What becomes of a claimed row. ``unsent`` takes back the counted attempt of a row that was never tried."""

    row: Claimed
    state: DeliveryState
    next_at: datetime | None = None
    code: str = ""
    error: str = ""
    trace_id: str = ""
    receipt: dict[str, Any] | None = None
    sent_at: datetime | None = None
    confirmed_at: datetime | None = None
    poll_at: datetime | None = None
    unsent: bool = False
    parked_at: datetime | None = None  # kept from the first time on


def claim(now: datetime, most: int = MOST) -> list[Claimed]:
    """Take up to ``most`` due rows for two minutes. The attempt is counted before it is made: a crash still shows."""
    lease = now + LEASE
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RELEASE, {"now": now, "most": most})
        cursor.execute(CLAIM, {"now": now, "lease": lease, "most": most})
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (row[4] != "w", row[10], row[0]))
    return [
        Claimed(
            id=row[0],
            parcel=Parcel(row[1], row[2], row[3], row[4], row[5], bytes(row[6]), row[7]),
            attempts=row[8],
            give_up_on=row[9],
            lease=lease,
            waits_for=row[11],
        )
        for row in rows
    ]


def is_any_due(now: datetime) -> bool:
    """Is there a row that waits for its time alone, and the time has come?"""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM disclosure_delivery AS w WHERE {DUE})", {"now": now})
        (found,) = cursor.fetchone()
    return bool(found)


def record_marks(marks: Sequence[Mark]) -> None:
    """Write back all results in one statement; a row whose lease another worker has taken over is left alone."""
    if not marks:
        return
    with connection.cursor() as cursor:
        rows = ", ".join([TEMPLATE] * len(marks))
        cursor.execute(MARK.format(rows=rows), [value for mark in marks for value in _values(mark)])


def _values(mark: Mark) -> tuple[Any, ...]:
    receipt = None if mark.receipt is None else json.dumps(mark.receipt, ensure_ascii=False)
    number = None if mark.receipt is None else mark.receipt["receipt_no"]
    return (
        mark.row.id,
        mark.row.lease,
        mark.state.value,
        int(mark.unsent),
        mark.next_at,
        mark.code[:20],
        mark.error[:500],
        mark.trace_id,
        receipt,
        number,
        mark.sent_at,
        mark.confirmed_at,
        mark.poll_at,
        mark.parked_at,
    )


def load_breaker() -> tuple[Breaker, str]:
    """The breaker and what a person has to see to."""
    row = FeedBreaker.objects.filter(pk=1).first()
    return (Breaker(row.failures, row.open_until, row.open_seconds), row.alarm) if row else (Breaker(), "")


def save_breaker(breaker: Breaker, alarm: str = "") -> None:
    FeedBreaker.objects.update_or_create(
        pk=1,
        defaults={
            "failures": breaker.failures,
            "open_until": breaker.open_until,
            "open_seconds": breaker.open_seconds,
            "alarm": alarm[:300],
        },
    )
