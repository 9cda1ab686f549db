"""A public record ends: by withdrawal, or by itself when its display period is over (standards/disclosure.md §5, §6).

With the end the public content is destroyed in the record and, with its salts, in the register; what the office counts
(number, dates, kinds of penalty, credit class) stays, and the case itself is untouched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from disclosure.actions.ledger import Event, append_core
from disclosure.models import DisclosureRecord, RecordEvent, RecordState
from disclosure.register.leaf import EXPIRE, WITHDRAW
from disclosure.register.shown import notice_content
from lishu_law import clock
from lishu_law.audit import journal

# What a record holds of its public content once that is destroyed.
EMPTIED: dict[str, Any] = {
    "content": {}, "corrections": [], "party_display": "", "uscc_search": "", "search_text": "", "held_for": "",
}  # fmt: skip
DESTROYED = tuple(EMPTIED)
_BY_STATE = {RecordState.WITHDRAWN: WITHDRAW, RecordState.EXPIRED: EXPIRE}


def end_core(record: DisclosureRecord, now: datetime, changed: Sequence[str]) -> str:
    """Write the end of a record whose new state is set: leaf, destruction, version. Returns the commit before.

    ``changed`` names the fields the caller set beside the state.
    """
    before = record.content_digest
    append_core(Event(record, _BY_STATE[RecordState(record.state)], notice_content(record), now))
    destroy_content(record)
    record.version += 1
    record.updated_at = now
    record.save(update_fields=["state", "version", "updated_at", "content_digest", *DESTROYED, *changed])
    return before


def destroy_content(record: DisclosureRecord) -> None:
    """Empty what the public saw; the caller saves."""
    record.content, record.corrections = {}, []
    record.party_display = record.uscc_search = record.search_text = record.held_for = ""


@transaction.atomic(durable=True)
def expire(*, record_id: int, by: Any = None, at: datetime | None = None) -> DisclosureRecord | None:
    """End the publication whose last day is over; None where there is nothing to end. Running twice does no harm."""
    now = at or clock.now()
    record = DisclosureRecord.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if record is None or record.state != RecordState.PUBLISHED or record.display_until >= clock.local(now).date():
        return None
    record.state = RecordState.EXPIRED
    before = end_core(record, now, [])
    RecordEvent.objects.create(
        record=record, at=now, kind="expire", by=by, digest_before=before, digest_after=record.content_digest
    )
    details = {"number": record.number, "digest": record.content_digest}
    journal.record("disclosure.expire", by=by, on=("disclosure", record.public_id), details=details)
    return record
