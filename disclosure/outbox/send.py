"""Draining the outbox: claim, send over one kept connection with no transaction open, write back together.

Over ten waiting rows the records travel in batches of up to a hundred. The breaker is one row shared by all workers.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from disclosure.feed.answers import DAILY_QUOTA, LIMITED, Answer, Meaning
from disclosure.feed.client import MOST_BYTES, FeedClient
from disclosure.models import DeliveryState
from disclosure.outbox import claim as rows
from disclosure.outbox import inspections
from disclosure.outbox.backoff import LEASE, Breaker, after_limit, is_over, next_attempt, next_poll
from disclosure.outbox.claim import Claimed, Mark
from disclosure.outbox.series import next_serial
from disclosure.outbox.settle import settled
from lishu_law import clock

BATCH_FROM = 11
LONGEST_RUN = 40.0  # seconds; a task stays under a minute
TOO_LARGE = "E2002"
SAFE_LEASE = LEASE.total_seconds() - 40  # one request may take 40 s and must end inside the lease

Random = Callable[[], float]


@dataclass
class Drained:
    """What one run did, for the command and the log."""

    sent: int = 0
    retried: int = 0
    stopped: int = 0
    batches: int = 0
    alarm: str = ""
    most_in_batch: int = rows.MOST  # halved when the exchange finds a batch too large


def drain(client: FeedClient, *, seconds: float = LONGEST_RUN, batches: bool = True, most: int = rows.MOST) -> Drained:
    """Send whatever is due until nothing is left, the breaker opens or the time is up; ``most`` rows at a time."""
    ends_at = time.monotonic() + seconds
    done = Drained()
    breaker, alarm = rows.load_breaker()
    while time.monotonic() < ends_at:
        allowed = breaker.allowance(clock.now(), most)
        claimed = rows.claim(clock.now(), allowed) if allowed else []
        if not claimed:
            break
        answers = _sent(client, claimed, breaker, batches=batches, done=done)
        before, breaker = breaker, _after(breaker, answers, clock.now())
        halted = next((a for a in answers if a is not None and a.meaning is Meaning.HALT), None)
        limited = next((a for a in answers if a is not None and a.code in LIMITED), None)
        marks = [_marked(client, row, answer) for row, answer in zip(claimed, answers, strict=True)]
        rows.record_marks(_all_later(marks, limited))
        for row, answer in zip(claimed, answers, strict=True):
            if inspections.is_missed(row, answer):
                inspections.look_up(client, row.waits_for)
        done.alarm = client.alarm or (f"平台拒绝本机的身份：{halted.message}" if halted else "")
        is_quiet = not done.alarm and not any(answer and answer.is_outage for answer in answers)
        if breaker != before or done.alarm != alarm and (done.alarm or is_quiet):
            alarm = done.alarm or ("" if is_quiet else alarm)
            rows.save_breaker(breaker, alarm)
        _count(done, marks)
        if halted or limited:
            break
    return done


def _all_later(marks: Sequence[Mark], limited: Answer | None) -> Sequence[Mark]:
    """A limit is said to all of us: what was not tried waits until the same time as what was."""
    if limited is None:
        return marks
    until = _free_again(limited, clock.now())
    return [replace(mark, next_at=until) if mark.unsent else mark for mark in marks]


def _free_again(limited: Answer, now: datetime) -> datetime:
    return _tomorrow(now) if limited.code == DAILY_QUOTA else after_limit(now, limited.retry_after)


def _sent(
    client: FeedClient, claimed: Sequence[Claimed], breaker: Breaker, *, batches: bool, done: Drained
) -> list[Answer | None]:
    """One answer per row; None for a row that was not tried because sending had to stop."""
    if batches and len(claimed) >= BATCH_FROM and done.most_in_batch >= BATCH_FROM:
        return _sent_together(client, claimed, done)
    ends_at = time.monotonic() + SAFE_LEASE

    def is_last(answer: Answer) -> bool:
        nonlocal breaker
        breaker = _after(breaker, [answer], clock.now())
        must_stop = breaker.open_until is not None or answer.meaning is Meaning.HALT or answer.code in LIMITED
        return must_stop or time.monotonic() > ends_at

    answers = client.send_until([row.parcel for row in claimed], is_last)
    return [*answers, *[None] * (len(claimed) - len(answers))]


def _sent_together(client: FeedClient, claimed: Sequence[Claimed], done: Drained) -> list[Answer | None]:
    """As many rows as fit into one body. A batch refused as a whole says nothing about its rows.

    One that is too large is halved, any other refused one is left: then the rows go one by one.
    """
    fitting, size = 0, 0
    for row in claimed[: done.most_in_batch]:
        size += len(row.parcel.body) + 1
        if size > MOST_BYTES - 100:
            break
        fitting += 1
    done.batches += 1
    day = f"{clock.local(clock.now()):%Y%m%d}"
    result = client.send_batch(f"{day}{next_serial(f'batch-{day}'):05d}", [row.parcel for row in claimed[:fitting]])
    rest: list[Answer | None] = [None] * (len(claimed) - fitting)
    if isinstance(result, list):
        return [*result, *rest]
    if result.meaning in (Meaning.FIX, Meaning.DEAD):
        done.most_in_batch = fitting // 2 if result.code == TOO_LARGE else 1
        return [None] * len(claimed)
    return [result] * fitting + rest


def _after(breaker: Breaker, answers: Sequence[Answer | None], now: datetime) -> Breaker:
    """The breaker after these answers; a batch that failed as a whole counts once."""
    last: Answer | None = None
    for answer in answers:
        if answer is None or answer is last:
            continue
        last = answer
        if answer.code == DAILY_QUOTA:
            return breaker.paused(_tomorrow(now))
        breaker = breaker.failed(now) if answer.is_outage else breaker.succeeded()
    return breaker


def _marked(client: FeedClient, row: Claimed, answer: Answer | None) -> Mark:
    now = clock.now()
    mark = None
    if answer is not None and not inspections.is_missed(row, answer):
        mark = settled(client, row, answer, now, random.random())
    return mark or _mark(row, answer, now, random.random)


def _mark(row: Claimed, answer: Answer | None, now: datetime, share: Random) -> Mark:
    if answer is None:
        return Mark(row, DeliveryState.PENDING, next_at=now, unsent=True)
    if answer.meaning is Meaning.ACCEPTED:
        return Mark(
            row,
            DeliveryState.SENT,
            trace_id=answer.trace_id,
            receipt=answer.receipt,
            sent_at=now,
            poll_at=next_poll(0, now),
        )
    state, next_at = _failed(row, answer, now, share)
    return Mark(row, state, next_at=next_at, code=answer.code, error=answer.message, trace_id=answer.trace_id)


def _failed(row: Claimed, answer: Answer, now: datetime, share: Random) -> tuple[DeliveryState, datetime | None]:
    if answer.meaning is Meaning.FIX and not inspections.is_missed(row, answer):
        return DeliveryState.FIX, None
    if answer.meaning is Meaning.DEAD or is_over(row.give_up_on, clock.local(now).date()):
        return DeliveryState.DEAD, None
    if answer.code in LIMITED:
        return DeliveryState.PENDING, _free_again(answer, now)
    return DeliveryState.PENDING, next_attempt(row.attempts, now, share(), answer.retry_after)


def _tomorrow(now: datetime) -> datetime:
    """The next day 00:05: the exchange's quota is per day."""
    midnight = clock.local(now).replace(hour=0, minute=5, second=0, microsecond=0)
    return midnight + timedelta(days=1)


def _count(done: Drained, marks: Sequence[Mark]) -> None:
    for mark in marks:
        if mark.state is DeliveryState.SENT:
            done.sent += 1
        elif mark.state is DeliveryState.PENDING:
            done.retried += not mark.unsent
        else:
            done.stopped += 1
