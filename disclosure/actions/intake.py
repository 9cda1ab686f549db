"""Decisions published before this system become public records here: one chunk of a file, one transaction.

The file is read, checked and masked by ``disclosure.intake``, where people also give their orders.
:func:`take_in_core` is the one place that writes such records.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from disclosure.actions.draft import new_public_id
from disclosure.intake.checking import Prepared
from disclosure.models import DisclosureRecord, LegacyDecision, RecordEvent, RecordState
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.registry.models import RegisterImport
from lishu_law.web.loading.copying import copy_rows, reserve_ids
from lishu_law.web.loading.register import Counts

LEGACY = "disclosure.import"
_FROM_DECISION = (
    "case_no", "number", "content", "content_digest", "held_for", "party_display", "is_person", "uscc_search",
    "number_search", "search_text", "violation", "domain", "types", "year", "decided_on", "handlers", "credit_class",
    "exclusion_code", "publish_due", "is_due_provisional", "display_until", "is_late",
)  # fmt: skip
_RECORD = ("id", "public_id", "state", "published_at", *_FROM_DECISION)
_LEGACY = ("record_id", "row", "number_key", "filed_on", "published_on", "is_on_exchange")
_EVENT = ("record_id", "digest_after")


def take_in_core(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> list[int]:
    """Write checked rows as published records, in order, inside the caller's transaction; their primary keys.

    A record whose period is over enters as expired: its address answers 410 and the statistics count it. Nothing is
    written for the exchange. One entry of the journal for the chunk names its numbers and stands for its contents.
    """
    if not rows:
        return []
    today = clock.local(at).date()
    ids = reserve_ids(DisclosureRecord, len(rows))
    copy_rows(
        DisclosureRecord, _RECORD, [_record(one, pk, today) for one, pk in zip(rows, ids, strict=True)],
        created_at=at, updated_at=at, checked_by_id=load.by_id,
    )  # fmt: skip
    copy_rows(
        LegacyDecision, ("id", *_LEGACY),
        [
            (own, pk, one.row, one.number_key, one.filed_on, one.published_on, one.is_on_exchange)
            for own, one, pk in zip(reserve_ids(LegacyDecision, len(rows)), rows, ids, strict=True)
        ],
        load_id=load.pk,
    )  # fmt: skip
    copy_rows(
        RecordEvent, ("id", *_EVENT),
        [
            (own, pk, one.fields["content_digest"])
            for own, one, pk in zip(reserve_ids(RecordEvent, len(rows)), rows, ids, strict=True)
        ],
        at=at, kind="intake", by_id=load.by_id, reason=f"历史公示导入 {load.reference}",
    )  # fmt: skip
    journal.record(
        "disclosure.intake", by=load.by, on=("register_import", load.reference),
        details={
            "count": len(rows), "first_row": rows[0].row, "last_row": rows[-1].row,
            "contents": [one.fields["content_digest"] for one in rows],
        },
    )  # fmt: skip
    return ids


def write(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> Counts:
    """What the loading of files calls for each chunk."""
    return Counts(created=len(take_in_core(rows, load, at)))


def _record(one: Prepared, pk: int, today: date) -> tuple[Any, ...]:
    fields = one.fields
    state = RecordState.PUBLISHED if fields["display_until"] >= today else RecordState.EXPIRED
    day = one.published_on
    published_at = datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
    own = (fields[name] for name in _FROM_DECISION)
    return (pk, new_public_id(fields["year"]), state.value, published_at, *own)
