"""When to try again: a pure function of attempts and time (standards/feed_api.md §9).

Full jitter: a random share of the step, so that many rows failing together do not come back together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

STEPS = (30, 120, 600, 1800, 7200)  # seconds after the first, second … attempt
LAST_STEP = 6 * 3600
POLLS = (2, 5, 15, 60, 300)
POLL_HOURLY = 3600
HOURLY_POLLS = 24
LEASE = timedelta(minutes=2)
PARKED_FOR = timedelta(hours=6)  # until the exchange's catalogue is tried again
TRIP_AFTER = 5
FIRST_OPEN = 60
LONGEST_OPEN = 15 * 60


def step_after(attempts: int) -> int:
    """The full waiting time in seconds after ``attempts`` tries (1 = the first)."""
    if attempts < 1:
        raise ValueError("attempts start at 1")
    return STEPS[attempts - 1] if attempts <= len(STEPS) else LAST_STEP


def next_attempt(attempts: int, now: datetime, share: float, retry_after: int | None = None) -> datetime:
    """When to try again. ``share`` is a random number in [0, 1); what the exchange asks for is always honoured."""
    wait = step_after(attempts) * share
    return now + timedelta(seconds=max(wait, retry_after or 0))


def after_limit(now: datetime, retry_after: int | None) -> datetime:
    """When to come back after "too often": as the exchange says, no later; a second where it says nothing."""
    return now + timedelta(seconds=max(1, retry_after or 0))


def is_over(give_up_on: date, today: date) -> bool:
    """True when the row is to be dead: trying ends with the last day of the limit."""
    return today > give_up_on


def next_poll(polls: int, now: datetime) -> datetime | None:
    """When to ask for the receipt's state after ``polls`` unfinished answers; None: a person has to look."""
    if polls < len(POLLS):
        return now + timedelta(seconds=POLLS[polls])
    if polls < len(POLLS) + HOURLY_POLLS:
        return now + timedelta(seconds=POLL_HOURLY)
    return None


@dataclass(frozen=True)
class Breaker:
    """Five failures in a row open it for a minute; then one probe; each failed probe doubles the time."""

    failures: int = 0
    open_until: datetime | None = None
    open_seconds: int = 0

    def allowance(self, now: datetime, most: int) -> int:
        """How many rows may be sent now: none while open, one as a probe, else ``most``."""
        if self.open_until is None:
            return most
        return 1 if now >= self.open_until else 0

    def paused(self, until: datetime) -> Breaker:
        """No failure: the exchange asks for nothing more until then (daily quota)."""
        return Breaker(0, until, 0)

    @property
    def is_pause(self) -> bool:
        """True while it is the quota that keeps us from sending, not an outage."""
        return self.open_until is not None and self.failures == 0

    def succeeded(self) -> Breaker:
        return Breaker()

    def failed(self, now: datetime) -> Breaker:
        count = self.failures + 1
        if count < TRIP_AFTER:
            return replace(self, failures=count)
        seconds = min(self.open_seconds * 2, LONGEST_OPEN) if self.open_seconds else FIRST_OPEN
        return Breaker(count, now + timedelta(seconds=seconds), seconds)
