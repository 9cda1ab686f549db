"""The work calendar of this process, kept in step with the notices in the database.

Every process counts by ``DEFAULT_CALENDAR``. Pages learn with the signed-in user, at no further statement, how many
notices are published and read them when that changed; tasks look before they run; whoever computes a limit to store it
holds the calendar, so that no limit is computed by a calendar that is being replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from lishu_law.law.calendar import DEFAULT_CALENDAR, DayKind, Notice, SpecialDay
from lishu_law.registry.models import Holiday, HolidayNotice, NoticeOutcome

_LOCK = 0x6C737263  # of pg_advisory_xact_lock: "the calendar"


def published_notices() -> list[Notice]:
    """What was published, oldest first."""
    rows = (
        Holiday.objects.filter(notice__outcome=NoticeOutcome.PUBLISHED)
        .order_by("notice__decided_at", "notice_id", "on")
        .values_list("notice_id", "notice__year", "notice__number", "on", "kind", "name")
    )
    found: dict[int, tuple[int, str, list[SpecialDay]]] = {}
    for pk, year, number, on, kind, name in rows:
        days = found.setdefault(pk, (year, number, []))[2]
        days.append(SpecialDay(on, DayKind(kind), name, number))
    return [Notice(year, number, tuple(days)) for year, number, days in found.values()]


def version() -> int:
    """How many notices are published: none is ever taken back, a later one replaces it."""
    return HolidayNotice.objects.filter(outcome=NoticeOutcome.PUBLISHED).count()


def follow(known: int | None) -> None:
    """Read the notices again unless this process already counts by version ``known`` (None: nobody knows)."""
    if known is not None and known != DEFAULT_CALENDAR.version:
        read()


def read() -> None:
    """Count by what is published now."""
    notices = published_notices()
    DEFAULT_CALENDAR.enter(notices, len(notices))


def look(**_signal: Any) -> None:
    """Before a task: one statement, and the notices only when they changed."""
    follow(version())


def hold() -> None:
    """In a transaction that computes limits: nobody replaces the calendar until its end, and it is the newest."""
    _lock("pg_advisory_xact_lock_shared")
    look()


def take() -> None:
    """In the transaction that replaces the calendar: wait for all who hold it, keep others waiting."""
    _lock("pg_advisory_xact_lock")
    look()


def enter_days(notice: HolidayNotice, days: Iterable[SpecialDay]) -> None:
    """Store the days of a notice."""
    Holiday.objects.bulk_create(
        Holiday(notice=notice, on=day.on, kind=day.kind.value, name=day.holiday) for day in days
    )


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])
