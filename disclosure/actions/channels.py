"""The three channels of a record: opened with the publication, ended early by a withdrawal or a credit repair.

What ends by the calendar ends by itself: ``until`` is the last day.
"""

from __future__ import annotations

from datetime import date

from disclosure.models import Channel, ChannelEnd, ChannelState, DisclosureRecord, RecordChannel
from disclosure.queries.channels import channels_of


def open_core(record: DisclosureRecord) -> dict[str, RecordChannel]:
    """Write the channels of a record that has none yet, inside the caller's transaction."""
    found = channels_of(record)
    if any(row.pk is None for row in found.values()):
        RecordChannel.objects.bulk_create(found.values())
    return found


def end_all_core(record: DisclosureRecord, today: date) -> None:
    """A withdrawal ends every channel that is still shown."""
    for row in open_core(record).values():
        if row.state == ChannelState.SHOWN:
            _end(row, today, ChannelEnd.WITHDRAWAL)


def end_credit_core(record: DisclosureRecord, today: date) -> None:
    """A credit repair ends the credit display; the site's last day follows the record's."""
    found = open_core(record)
    if found[Channel.CREDIT].state == ChannelState.SHOWN:
        _end(found[Channel.CREDIT], today, ChannelEnd.REPAIR)
    site = found[Channel.SITE]
    if site.until != record.display_until:
        site.until = record.display_until
        site.save(update_fields=["until"])


def _end(row: RecordChannel, today: date, why: ChannelEnd) -> None:
    row.state, row.ended_on, row.ended_because = ChannelState.ENDED, today, why
    row.save(update_fields=["state", "ended_on", "ended_because"])
