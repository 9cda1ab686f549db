"""Random acts by random people at random moments (issue: the procedure as law). 200 runs of 40 steps here, 2,000 as a drill.

Each scene is a test of its own; a failing run prints its acts by their seeds, shrunk to the fewest that still fail.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings

from lishu_law.registry.models import Certificate
from tests.cast import make_cast
from tests.model.machine import Run, Tally, runs_of, undone
from tests.model.scenes import SCENES

STEPS_OF_A_RUN = 40
RUNS = 200
DRILL = 2000
# A failing run tells its acts; with LISHU_SHRINK=1 they are the fewest that still fail, which takes minutes.
PHASES = (Phase.explicit, Phase.generate, *((Phase.shrink,) if os.environ.get("LISHU_SHRINK") else ()))
# Written there, if set: how often each act was done, refused and misfilled.
TALLY = os.environ.get("LISHU_MODEL_TALLY", "")


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path, DEMO=True):  # the invented identity numbers of the scenes
        yield


def explore(scene: str, runs: int, *, derandomize: bool) -> Tally:
    """Walk ``runs`` times from the scene; what was tried with which result."""
    tally: Tally = Counter()
    cast = make_cast()
    # One certificate runs out on the way.
    Certificate.objects.filter(user=cast.third_officer).update(valid_until=date(2026, 3, 31))
    walk = SCENES[scene](cast)

    @settings(
        max_examples=runs, deadline=None, database=None, derandomize=derandomize, print_blob=True,
        suppress_health_check=list(HealthCheck), phases=PHASES,
    )  # fmt: skip
    @given(runs_of(STEPS_OF_A_RUN))
    def run(moves: list[int]) -> None:
        with undone():
            Run(walk, moves_clock, tally).walk(moves)

    with time_machine.travel(walk.at, tick=False) as moves_clock:
        run()
    if TALLY:
        lines = (f"{scene}\t{code}\t{result}\t{count}\n" for (code, result), count in sorted(tally.items()))
        with open(TALLY, "a", encoding="utf-8") as file:
            file.writelines(lines)
    return tally


@pytest.mark.django_db
@pytest.mark.parametrize("scene", SCENES)
def test_whatever_anybody_does_the_file_stays_lawful(scene: str) -> None:
    tally = explore(scene, -(-RUNS // len(SCENES)), derandomize=True)
    results = Counter(result for (_code, result), count in tally.items() for _ in range(count))
    assert results["done"] >= 20, results  # a run in which nothing happens proves nothing
    assert results["refused"] >= 5, results


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.skipif(not os.environ.get("LISHU_LONG"), reason="the long drill runs with LISHU_LONG=1")
@pytest.mark.parametrize("scene", SCENES)
def test_two_thousand_runs(scene: str) -> None:
    explore(scene, -(-DRILL // len(SCENES)), derandomize=False)
