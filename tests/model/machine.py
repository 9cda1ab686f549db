"""One run: acts, waiting and the calendar's own work in any order, with everything that must hold asked after each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from hypothesis import note
from hypothesis import strategies as st

from cases import tasks
from cases.models import Deadline, DeadlineState
from cases.queries.find import OpenedCase
from lishu_law import clock
from lishu_law.desk.messages.sending import send_due
from tests.model.invariants import Invariants
from tests.model.official import Official
from tests.scenarios import Walk

# What beat does every minute, as late as it may come.
CLOCKWORK = (tasks.turn_execution_clocks, tasks.lapse_measures, tasks.complete_public_servings, send_due)
Tally = Counter[tuple[str, str]]


def runs_of(length: int) -> st.SearchStrategy[list[int]]:
    """Runs of so many moves. A move is a number from which everything in it is drawn; 0 is no move, to shrink to."""
    return st.lists(st.integers(min_value=0, max_value=2**32 - 1), min_size=length, max_size=length)


class Run:
    """One walk from a scene. ``moves_clock`` moves the time, ``tally`` counts the acts by their result."""

    def __init__(self, walk: Walk, moves_clock: Any, tally: Tally) -> None:
        self.now: datetime = walk.at
        self.moves_clock, self.tally = moves_clock, tally
        self.moves_clock.move_to(self.now)
        self.official = Official(tuple(walk.cast.everybody().values()), walk.case.pk)
        self.must_hold = Invariants(self.official)
        self.known: tuple[date, OpenedCase] = clock.today(), self.official.open()

    def walk(self, moves: list[int]) -> None:
        for move in moves:
            if move:
                chance = Random(move)
                chance.choices((self.act, self.wait, self.turn_clockwork), (75, 17, 8))[0](chance)
        self.must_hold.at_the_end()

    def act(self, chance: Random) -> None:
        self._later(timedelta(minutes=chance.choice((1, 7, 15, 40, 90))))
        before = self._known()
        attempt = self.official.act(before, chance)
        if attempt is not None:
            self.tally[attempt.step.code, attempt.result] += 1
            note(
                f"{self.now:%m-%d %H:%M} {attempt.by.username} {attempt.step.code} {attempt.part_id or ''} {attempt.result}: {attempt.said}"
            )
            self.known = clock.today(), self.must_hold.after_act(before, attempt)

    def wait(self, chance: Random) -> None:
        """Hours, days, or to the edge of a running limit."""
        limits = Deadline.objects.filter(
            case_id=self.official.case_id, state=DeadlineState.RUNNING, due__gte=clock.today()
        )
        ends = sorted(set(limits.values_list("due", flat=True)))
        if ends and chance.random() < 0.5:
            days = (chance.choice(ends[:3]) - clock.today()).days + chance.choice((-1, 0, 1))
            self._later(timedelta(days=max(days, 0)))
        else:
            self._later(timedelta(hours=chance.choice((3, 20, 24, 72, 240))))

    def turn_clockwork(self, chance: Random) -> None:
        before = self._known()
        for work in CLOCKWORK:
            work()
        self.known = clock.today(), self.must_hold.after_clockwork(before)

    def _known(self) -> OpenedCase:
        """The case as it was seen last; looked at anew on another day, for what it amounts to depends on the date."""
        day, opened = self.known
        return opened if day == clock.today() else self.official.open()

    def _later(self, wait: timedelta) -> None:
        self.now += wait
        self.moves_clock.move_to(self.now)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back: the next run starts from the same scene."""
    inner = transaction.atomic()
    inner._from_testcase = True  # type: ignore[attr-defined]  # the actions are durable
    with inner:
        yield
        connection.set_rollback(True)
