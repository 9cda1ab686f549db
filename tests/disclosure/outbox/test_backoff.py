"""Waiting times, limits of trying, polling and the breaker: the numbers of feed_api.md §5, §9."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from disclosure.outbox.backoff import Breaker, is_over, next_attempt, next_poll, step_after

pytestmark = pytest.mark.law

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 120), (3, 600), (4, 1800), (5, 7200), (6, 21600), (7, 21600), (99, 21600)]
)
def test_steps(attempts: int, seconds: int) -> None:
    assert step_after(attempts) == seconds
    assert next_attempt(attempts, NOW, 0.0) == NOW
    assert next_attempt(attempts, NOW, 0.5) == NOW + timedelta(seconds=seconds / 2)


def test_attempts_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        step_after(0)


def test_what_the_exchange_asks_for_is_honoured() -> None:
    assert next_attempt(1, NOW, 0.5, retry_after=60) == NOW + timedelta(seconds=60)
    assert next_attempt(1, NOW, 0.5, retry_after=3) == NOW + timedelta(seconds=15)


@pytest.mark.parametrize(("day", "over"), [(16, False), (17, False), (18, True)])
def test_end_of_trying(day: int, over: bool) -> None:
    assert is_over(date(2026, 4, 17), date(2026, 4, day)) is over


@pytest.mark.parametrize(
    ("polls", "seconds"), [(0, 2), (1, 5), (2, 15), (3, 60), (4, 300), (5, 3600), (28, 3600), (29, None), (99, None)]
)
def test_polls(polls: int, seconds: int | None) -> None:
    assert next_poll(polls, NOW) == (None if seconds is None else NOW + timedelta(seconds=seconds))


def test_breaker_opens_probes_doubles_and_closes() -> None:
    breaker = Breaker()
    for _ in range(4):
        breaker = breaker.failed(NOW)
    assert breaker.allowance(NOW, 100) == 100
    lengths = []
    now = NOW
    for _ in range(7):
        breaker = breaker.failed(now)
        assert breaker.open_until is not None
        lengths.append((breaker.open_until - now).total_seconds())
        assert breaker.allowance(breaker.open_until - timedelta(seconds=1), 100) == 0
        assert breaker.allowance(breaker.open_until, 100) == 1
        now = breaker.open_until
    assert lengths == [60, 120, 240, 480, 900, 900, 900]
    assert breaker.succeeded() == Breaker()
