"""Sending what the clocks have to tell. May run at any time and twice: each message exists once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cases.api import Moved, RunningLimit, limits_of, limits_to_tell, pending_message, told
from lishu_law import clock
from lishu_law.desk.messages.recipients import Staff, recipients, staff
from lishu_law.desk.messages.wording import moved_message, words_of
from lishu_law.desk.models import Message, MessageKind
from lishu_law.registry.models import User

BATCH = 200
ESCALATED = (MessageKind.DUE, MessageKind.DAY_AFTER)


def send_due(now: datetime | None = None) -> int:
    """Every message that is due: how many were written. Batches of their own, so that a fault loses one batch only."""
    at, sent = now or clock.now(), 0
    while True:
        found, written = _send_batch(at)
        sent += written
        if found < BATCH:
            return sent


@transaction.atomic(durable=True)
def _send_batch(at: datetime) -> tuple[int, int]:
    waiting = limits_to_tell(at, BATCH)
    here = staff() if waiting else None
    rows: list[Message] = []
    for one in waiting:
        pending = pending_message(one.limit, at)
        if pending and here:
            rows += _messages(one, MessageKind(pending[0].value), here, at)
        told(one.limit, pending[1] if pending else at)
    return len(waiting), write(rows)


def tell_moved(moved: Iterable[Moved], at: datetime) -> int:
    """Tell whom a changed calendar touched: the old and the new day. In the caller's transaction."""
    by_limit = {one.limit_id: one for one in moved}
    here = staff() if by_limit else None
    rows: list[Message] = []
    for one in limits_of(by_limit):
        if here:
            people = recipients(one, here, is_escalated=True)
            rows += [moved_message(user_id, one, by_limit[one.limit.pk], at) for user_id in sorted(people)]
    return write(rows)


def _messages(one: RunningLimit, kind: MessageKind, here: Staff, at: datetime) -> list[Message]:
    title, text = words_of(one, kind)
    people = recipients(one, here, is_escalated=kind in ESCALATED)
    return [
        Message(
            user_id=user_id, kind=kind, case=one.limit.case, limit=one.limit, due=one.due, title=title, text=text,
            created_at=at,
        )
        for user_id in sorted(people)
    ]  # fmt: skip


def write(rows: list[Message]) -> int:
    """Store the messages that are not there yet and count everybody's unread ones anew."""
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        count_unread({row.user_id for row in rows})
    return len(rows)


def count_unread(user_ids: Iterable[int]) -> None:
    """The number in the header: kept with the person, so that showing it costs no statement.

    Locked in one order, so that two workers telling the same people never wait for each other.
    """
    rows = User.objects.filter(pk__in=user_ids).order_by("pk").select_for_update(no_key=True)
    people = list(rows.values_list("pk", flat=True))
    unread = Message.objects.filter(user=OuterRef("pk"), read_at__isnull=True).order_by().values("user")
    counted = Coalesce(Subquery(unread.annotate(count=Count("pk")).values("count")), 0)
    User.objects.filter(pk__in=people).update(unread_messages=counted)


@transaction.atomic(durable=True)
def mark_read(*, by: User, message_id: int | None = None, at: datetime | None = None) -> int:
    """Mark one message of the person as read, or all; how many were unread."""
    rows = Message.objects.filter(user=by, read_at__isnull=True)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
    marked = rows.update(read_at=at or clock.now())
    count_unread([by.pk])
    return marked
