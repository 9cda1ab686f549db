"""The course of a drill: time passes as fast as the work allows, processes die, the exchange is away for a while."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Min, Q

from disclosure.drill.parts import Clock, Mock, Workers
from disclosure.models import Delivery, DeliveryState, FeedBreaker
from disclosure.outbox.backoff import LEASE
from disclosure.outbox.claim import is_any_due
from lishu_law import clock as law_clock

TICK = 0.03
LONGEST = 3600.0  # real seconds without an end are a failure of their own
# However fast time passes, a living worker needs real seconds for the rows it holds: one taken for dead sooner would lose
# them to the other, and that one to it, without end.
SHORTEST_LEASE = 2.0


class Stalled(Exception):
    """The outbox does not come to rest."""


@dataclass
class Trouble:
    """What is still to go wrong: kills at certain numbers of delivered rows, and one outage."""

    kills: list[tuple[int, str]] = field(default_factory=list)  # delivered rows, "mock" or the worker's number
    outage_from: int | None = None
    outage: timedelta = timedelta()
    back_at: datetime | None = None
    killed: int = 0


def trouble(rows: int, seed: int, *, workers: int, outage: timedelta) -> Trouble:
    """Two deaths of every worker and two of the exchange, spread over the run by chance; an outage after a third."""
    chance = random.Random(seed)
    victims = [str(place) for place in range(workers)] * 2 + ["mock"] * 2
    kills = sorted((chance.randrange(1, max(2, rows * 9 // 10)), victim) for victim in victims)
    return Trouble(kills, rows // 3 if outage else None, outage)


@dataclass
class Course:
    """One run of the outbox to its rest."""

    clock: Clock
    mock: Mock
    workers: Workers
    speed: float
    _lease: datetime | None = None
    _since: float = 0.0

    def run(self, ahead: Trouble) -> None:
        """Until nothing waits, nothing is on its way and no receipt is to be asked for. Raises ``Stalled``."""
        began, parent = time.monotonic(), os.getppid()
        while time.monotonic() - began < LONGEST and os.getppid() == parent:
            self._strike(ahead)
            if self._pass_time(ahead):
                return
            time.sleep(TICK)
        raise Stalled

    def _strike(self, ahead: Trouble) -> None:
        if ahead.back_at is not None and law_clock.now() >= ahead.back_at:
            ahead.back_at = None
            self.mock.start()
        if not ahead.kills and ahead.outage_from is None:
            return
        delivered = Delivery.objects.exclude(state__in=[DeliveryState.PENDING, DeliveryState.SENDING]).count()
        if ahead.outage_from is not None and delivered >= ahead.outage_from:
            ahead.outage_from, ahead.back_at = None, law_clock.now() + ahead.outage
            self.mock.stop()
        while ahead.kills and delivered >= ahead.kills[0][0]:
            if ahead.kills[0][1] == "mock" and ahead.back_at is not None:
                return  # it is dead already; it dies again when it is back
            _at, victim = ahead.kills.pop(0)
            ahead.killed += 1
            if victim == "mock":
                self.mock.stop()
                self.mock.start()
            else:
                self.workers.kill(int(victim))

    def _pass_time(self, ahead: Trouble) -> bool:
        """Let time pass: as it is while something is under way, at once to the next moment when nothing is."""
        now = law_clock.now()
        waiting = Q(state=DeliveryState.PENDING)
        asking = Q(state=DeliveryState.SENT, poll_at__isnull=False)
        sums = Delivery.objects.aggregate(
            send=Min("next_at", filter=waiting),
            poll=Min("poll_at", filter=asking),
            lease=Min("lease_until", filter=Q(state=DeliveryState.SENDING)),
        )
        if not any(sums.values()) and ahead.back_at is None:
            return True
        if sums["lease"] is not None and not self._is_orphaned(sums["lease"]):
            return False
        # A due row that waits behind another one would keep time from passing.
        if sums["send"] is not None and sums["send"] <= now and not is_any_due(now):
            sums["send"] = Delivery.objects.filter(waiting, next_at__gt=now).aggregate(at=Min("next_at"))["at"]
        breaker = FeedBreaker.objects.filter(pk=1).first()
        if breaker and breaker.open_until and breaker.open_until > now:  # until then nobody sends, asks or takes over
            sums = {name: max(moment, breaker.open_until) if moment else None for name, moment in sums.items()}
        soonest = min((moment for moment in (*sums.values(), ahead.back_at) if moment), default=None)
        if soonest is not None and soonest > now:
            self.clock.move((soonest - now).total_seconds() + 0.01)
        return False

    def _is_orphaned(self, lease: datetime) -> bool:
        """Is this lease a dead worker's? Two minutes, sped up, with no progress say so."""
        if lease != self._lease:
            self._lease, self._since = lease, time.monotonic()
        return time.monotonic() - self._since > max(SHORTEST_LEASE, LEASE.total_seconds() / self.speed)
