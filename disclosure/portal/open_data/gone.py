"""What was public once and is no more: number, kind and day, so that whoever took the data away can delete it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q, QuerySet

from disclosure.models import DisclosureRecord, RecordState
from disclosure.queries.search import NEWEST, cursor_of
from lishu_law import clock
from lishu_law.keyset import beyond

WITHDRAWN, EXPIRED = "withdrawn", "expired"
TITLES = {WITHDRAWN: "已撤回", EXPIRED: "公示期满"}
_OVER = (RecordState.PUBLISHED, RecordState.EXPIRED)


@dataclass(frozen=True)
class Tombstone:
    """One record that is gone. ``date`` is the first day on which it may not be shown any more. No personal datum."""

    public_id: str
    number: str
    kind: str
    date: date
    at: datetime

    def as_data(self) -> dict[str, str]:
        return {
            "public_id": self.public_id, "number": self.number, "kind": self.kind, "date": self.date.isoformat(),
        }  # fmt: skip


def gone(today: date) -> QuerySet[DisclosureRecord]:
    """Withdrawn ones that had been public, and those past their last day (whether or not the worker was there yet)."""
    ever = DisclosureRecord.objects.filter(published_at__isnull=False)
    over = Q(state__in=_OVER, display_until__lt=today) | Q(state=RecordState.EXPIRED)
    rows = ever.filter(Q(state=RecordState.WITHDRAWN) | over)
    return rows.only("public_id", "number", "state", "withdrawn_on", "display_until", "updated_at")


def since(today: date, first: date | None) -> QuerySet[DisclosureRecord]:
    """Those gone from ``first`` on, or all; in the order of their permanent numbers."""
    rows = gone(today).order_by("public_id")
    if first is None:
        return rows
    is_withdrawn = Q(state=RecordState.WITHDRAWN)
    last_shown = first - timedelta(days=1)
    return rows.filter((is_withdrawn & Q(withdrawn_on__gte=first)) | (~is_withdrawn & Q(display_until__gte=last_shown)))


def newest(today: date, most: int) -> list[Tombstone]:
    """The ``most`` that went last, the last one first. Two statements."""
    rows = gone(today)
    withdrawn = rows.filter(state=RecordState.WITHDRAWN).order_by("-withdrawn_on", "-updated_at", "-public_id")[:most]
    over = rows.exclude(state=RecordState.WITHDRAWN).order_by("-display_until", "-public_id")[:most]
    found = [tombstone(record) for record in (*withdrawn, *over)]
    return sorted(found, key=lambda one: (one.at, one.public_id), reverse=True)[:most]


def tombstone(record: DisclosureRecord) -> Tombstone:
    """What remains to be said of a record that is gone."""
    if record.state == RecordState.WITHDRAWN:
        day = record.withdrawn_on or clock.local(record.updated_at).date()
        return Tombstone(record.public_id, record.number, WITHDRAWN, day, record.updated_at)
    day = record.display_until + timedelta(days=1)
    return Tombstone(record.public_id, record.number, EXPIRED, day, midnight(day))


def midnight(day: date) -> datetime:
    """00:00 of a day in Shanghai."""
    return datetime.combine(day, time(), clock.SHANGHAI)


@dataclass(frozen=True)
class Shown:
    """When a record was public during one day. ``until`` is None when it still is."""

    public_id: str
    number: str
    since: datetime
    until: datetime | None
    now: str

    def as_data(self) -> dict[str, str | None]:
        return {
            "public_id": self.public_id,
            "number": self.number,
            "public_from": clock.local(self.since).isoformat(timespec="seconds"),
            "public_until": clock.local(self.until).isoformat(timespec="seconds") if self.until else None,
            "now": self.now,
        }


def shown_on(day: date, after: tuple[date, str] | None, most: int) -> list[DisclosureRecord]:
    """The records that were public at some moment of ``day``, newest decision first, from the cursor on.

    Public from the instant of publication; until the instant of withdrawal, or to the end of the last day. A record
    withdrawn at 00:00:00 sharp was not public that day any more. What it said is not kept, so only ids come back.
    """
    begin, end = midnight(day), midnight(day + timedelta(days=1))
    rows = DisclosureRecord.objects.filter(published_at__lt=end, display_until__gte=day).annotate(
        withdrawn_at=Max("events__at", filter=Q(events__kind="withdraw"))
    )
    rows = rows.filter(
        ~Q(state=RecordState.WITHDRAWN) | Q(withdrawn_at__gt=begin) | Q(withdrawn_at__isnull=True, withdrawn_on__gt=day)
    ).order_by(*NEWEST)
    if after:
        rows = beyond(rows, NEWEST, after)
    return list(rows[:most])


def day_page(day: date, after: tuple[date, str] | None, size: int, now: datetime) -> tuple[list[Shown], str]:
    """One page of :func:`shown_on` and the cursor of the next one, empty after the last."""
    found = shown_on(day, after, size + 1)
    rows = [as_shown(record, now) for record in found[:size]]
    return rows, cursor_of(found[size - 1]) if len(found) > size else ""


def as_shown(record: DisclosureRecord, now: datetime) -> Shown:
    """The times of one record of :func:`shown_on`."""
    over = midnight(record.display_until + timedelta(days=1))
    withdrawn: datetime | None = getattr(record, "withdrawn_at", None)
    ends = [one for one in (withdrawn, over) if one is not None and one <= now]
    is_withdrawn = record.state == RecordState.WITHDRAWN
    state = WITHDRAWN if is_withdrawn else EXPIRED if ends else "shown"
    since = record.published_at or now
    return Shown(record.public_id, record.number, since, min(ends) if ends else None, state)
