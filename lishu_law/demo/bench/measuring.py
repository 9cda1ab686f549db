"""Two ways of doing the same thing, measured in turns; the best of three turns of each counts.

Absolute times swing with the machine; the ratio of two things measured alternately moves little, so goals are ratios.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """Seconds of one call: by the wall clock, and of this process on a processor."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Line:
    """One line of the report. ``goal`` is the most the ratio may be, or the least where ``more_is_better``."""

    code: str
    subject: str
    unit: str
    floor: float
    ours: float
    goal: float
    more_is_better: bool = False
    also_holds: bool = True
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def holds(self) -> bool:
        is_near = self.ratio >= self.goal if self.more_is_better else self.ratio <= self.goal
        return is_near and self.also_holds

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "holds": self.holds}

    def __str__(self) -> str:
        sign = "≥" if self.more_is_better else "≤"
        verdict = "holds" if self.holds else "MISSED"
        numbers = f"floor {self.floor:.4g} {self.unit}, ours {self.ours:.4g} {self.unit}"
        goal = f"ratio {self.ratio:.2f}, goal {sign} {self.goal:g}: {verdict}"
        return f"{self.code:4} {self.subject}: {numbers}, {goal}" + (f"  [{self.note}]" if self.note else "")


def in_turns(floor: Callable[[], Cost], ours: Callable[[], Cost], rounds: int = ROUNDS) -> tuple[Cost, Cost]:
    """The best of ``rounds`` turns of each, one after the other."""
    found: tuple[list[Cost], list[Cost]] = ([], [])
    for turn in range(rounds):
        # The order changes, so that what one leaves behind in the caches serves both.
        for which, run in ((0, floor), (1, ours)) if turn % 2 == 0 else ((1, ours), (0, floor)):
            gc.collect()
            found[which].append(run())
    return best(found[0]), best(found[1])


def best(costs: list[Cost]) -> Cost:
    """The smallest wall time and the smallest processor time."""
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def each(act: Callable[[], Any], times: int) -> Callable[[], Cost]:
    """A turn of ``times`` calls; its cost is the fastest tenth's slowest: what the machine's other work does not reach."""

    def turn() -> Cost:
        walls, processor = [], []
        for _ in range(times):
            wall, cpu = time.perf_counter(), time.process_time()
            act()
            walls.append(time.perf_counter() - wall)
            processor.append(time.process_time() - cpu)
        return Cost(_undisturbed(walls), _undisturbed(processor))

    return turn


def _undisturbed(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 10]


def whole(act: Callable[[], Any]) -> Callable[[], Cost]:
    """A turn of one long call."""

    def turn() -> Cost:
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        return Cost(time.perf_counter() - wall, time.process_time() - cpu)

    return turn


def processor_of(pid: int) -> float:
    """Seconds a process has spent on a processor so far, as Linux counts them; 0 where it tells nothing."""
    try:
        counted = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(counted[11]) + int(counted[12])) / os.sysconf("SC_CLK_TCK")


def in_all(act: Callable[[], Any], *others: int) -> float:
    """Processor seconds of one call: of this process, of the database's side of its connection, and of ``others``."""
    connection.ensure_connection()
    pids = (os.getpid(), connection.connection.get_backend_pid(), *others)
    before = sum(map(processor_of, pids))
    act()
    return sum(map(processor_of, pids)) - before


def at_best(seconds: float, floor: Cost) -> str:
    """What so much work takes at least on this machine, however it is shared out among its processors."""
    count = len(os.sched_getaffinity(0))
    return f"{seconds:.2f} s of processor in all, so {seconds / count / floor.wall:.2f} times at best on {count}"
