"""Decisions published before this system become public records here: one chunk of a file, one transaction.

The file is read, checked and masked by ``disclosure.intake``, where people also give their orders.
:func:`take_in_core` is the one place that writes such records.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from disclosure.actions.draft import new_public_id
from disclosure.actions.ending import destroy_content
from disclosure.actions.ledger import Event, append_many_core
from disclosure.intake.checking import Prepared
from disclosure.models import DisclosureRecord, LegacyDecision, RecordEvent, RecordState
from disclosure.register.leaf import EXPIRE, PUBLISH
from disclosure.register.shown import notice_content, published_content
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.registry.models import RegisterImport
from lishu_law.web.loading.copying import copy_rows, reserve_ids
from lishu_law.web.loading.register import Counts
from lishu_law.web.loading.resting import collector_resting

LEGACY = "disclosure.import"
_RECORD = (
    "id", "public_id", "state", "published_at", "case_no", "number", "content", "content_digest", "held_for",
    "party_display", "is_person", "uscc_search", "number_search", "search_text", "violation", "domain", "types", "fine",
    "confiscated", "tier", "year", "decided_on", "handlers", "credit_class", "exclusion_code", "publish_due",
    "is_due_provisional", "display_until", "is_late",
)  # fmt: skip
_cells = attrgetter(*_RECORD)
_LEGACY = ("record_id", "row", "number_key", "filed_on", "published_on", "is_on_exchange")
_EVENT = ("record_id", "digest_after")


@collector_resting()
def take_in_core(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> list[int]:
    """Write checked rows as published records, in order, inside the caller's transaction; their primary keys.

    They enter the tamper-evident register at the moment of the intake. A record whose period is over is ended in the same
    moment: its address answers 410 and the statistics count it. Nothing is written for the exchange. One entry of the
    journal for the chunk names its rows and stands for its contents.
    """
    if not rows:
        return []
    records = [_record(one, pk) for one, pk in zip(rows, reserve_ids(DisclosureRecord, len(rows)), strict=True)]
    _enter(records, at)
    copy_rows(
        DisclosureRecord, _RECORD, list(map(_cells, records)), created_at=at, updated_at=at, checked_by_id=load.by_id
    )
    copy_rows(
        LegacyDecision, _LEGACY,
        [
            (record.pk, one.row, one.number_key, one.filed_on, one.published_on, one.is_on_exchange)
            for one, record in zip(rows, records, strict=True)
        ],
        load_id=load.pk,
    )  # fmt: skip
    copy_rows(
        RecordEvent, _EVENT, [(record.pk, record.content_digest) for record in records],
        at=at, kind="intake", by_id=load.by_id, reason=f"历史公示导入 {load.reference}",
    )  # fmt: skip
    journal.record(
        "disclosure.intake", by=load.by, on=("register_import", load.reference),
        details={
            "count": len(rows), "first_row": rows[0].row, "last_row": rows[-1].row,
            "contents": [record.content_digest for record in records],
        },
    )  # fmt: skip
    return [record.pk for record in records]


def _enter(records: Sequence[DisclosureRecord], at: datetime) -> None:
    """Publish in the register, and end what is past its last day; the records are written afterwards."""
    today = clock.local(at).date()
    events = [Event(record, PUBLISH, published_content(record), at) for record in records]
    over = [record for record in records if record.display_until < today]
    for record in over:
        record.state = RecordState.EXPIRED
    append_many_core([*events, *(Event(record, EXPIRE, notice_content(record), at) for record in over)])
    for record in over:
        destroy_content(record)


def write(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> Counts:
    """What the loading of files calls for each chunk."""
    return Counts(created=len(take_in_core(rows, load, at)))


def _record(one: Prepared, pk: int) -> DisclosureRecord:
    day = one.published_on
    published_at = datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
    public_id = new_public_id(one.fields["year"])
    state = RecordState.PUBLISHED
    return DisclosureRecord(id=pk, public_id=public_id, state=state, published_at=published_at, **one.fields)
