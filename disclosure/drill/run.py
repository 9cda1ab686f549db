"""One drill inside its own database: a quiet run for the measure, the troubled one, reconciliation, the checks."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

from disclosure.actions.reconcile import ask_for_run
from disclosure.comparing import run_waiting
from disclosure.drill.checks import calls_in, held_in, problems
from disclosure.drill.course import Course, Trouble, trouble
from disclosure.drill.parts import Clock, Mock, Workers
from disclosure.drill.scene import Plan, fill, plan, wait_again
from disclosure.feed.client import FeedClient
from disclosure.models import Delivery, Difference, Finding, ReconcileRun

MOST_ROUNDS = 5
MOST_CALLS = 3.0
DAYS = 35


@dataclass(frozen=True)
class Wish:
    """What was asked for. ``faults``: share of requests that go wrong; ``speed``: how much faster time passes."""

    records: int
    faults: float
    seed: int
    speed: float
    outage: timedelta
    workers: int


def drill(wish: Wish, folder: Path) -> dict[str, Any]:
    """The whole drill; what it found is returned, and every process it started is ended."""
    clock = Clock(Path(settings.DEMO_CLOCK_FILE))
    mock = Mock(folder, wish.seed)
    workers = Workers(mock.url, wish.workers)
    try:
        with override_settings(FEED_URL=mock.url):
            fill(wish.records, wish.seed)
            rows = Delivery.objects.count()
            course = Course(clock, mock, workers, wish.speed)
            quiet, took = _quiet(course)
            chosen = plan(wish.seed)
            ahead = trouble(rows, wish.seed, workers=wish.workers, outage=wish.outage)
            _troubled(course, wish, chosen, ahead)
            rounds = _reconciled(course)
            workers.stop()
            mock.stop(signal.SIGTERM)
            held = held_in(mock.database)
            found = problems(held, chosen)
            calls = calls_in(mock.database)
    finally:
        workers.stop()
        mock.stop()
    ratio = round(calls / max(1, quiet), 2)
    found["calls"] = [f"{ratio}"] if ratio > MOST_CALLS else []
    seen = Counter(Difference.objects.values_list("finding", flat=True))
    return {
        "ok": not any(found.values()), "records": wish.records, "rows": rows, "seed": wish.seed,
        "faults": wish.faults, "speed": wish.speed, "outage": int(wish.outage.total_seconds()),
        "killed": ahead.killed, "calls": calls, "quiet_calls": quiet, "quiet_seconds": took, "ratio": ratio,
        "rejected": sum(one.status == "REJECTED" for one in held), "stuck": sum(one.is_stuck for one in held),
        "rounds": rounds, "findings": dict(seen),
        "checks": {name: not wrong for name, wrong in found.items()},
        "problems": {name: [str(one) for one in wrong[:20]] for name, wrong in found.items() if wrong},
    }  # fmt: skip


def _quiet(course: Course) -> tuple[int, float]:
    """The same records without any trouble: calls and seconds."""
    course.mock.start()
    course.workers.start()
    began = time.monotonic()
    course.run(Trouble())
    took = round(time.monotonic() - began, 1)
    course.mock.stop(signal.SIGTERM)
    calls = calls_in(course.mock.database)
    course.mock.start()
    course.mock.control("reset")
    return calls, took


def _troubled(course: Course, wish: Wish, chosen: Plan, ahead: Trouble) -> None:
    """The same records once more. A killed exchange comes back without its switches: they are set again."""
    course.mock.control("faults", {"fault": "foreign_record", "count": 1})
    course.mock.on_start = lambda: _set_faults(course.mock, wish, chosen)
    with transaction.atomic():  # nothing is to be claimed before the switches are set
        wait_again()
        course.mock.on_start()
    course.run(ahead)
    course.mock.on_start = None
    course.mock.control("faults", method="DELETE")


def _set_faults(mock: Mock, wish: Wish, chosen: Plan) -> None:
    """The faults of single records that were not taken yet, then the mix for everybody."""
    new = set(Delivery.objects.filter(receipt__isnull=True, data_version=1).values_list("rui", flat=True))
    for name, ruis in (("late_reject", chosen.rejected), ("stuck", chosen.stuck), ("lost_write", chosen.lost)):
        for rui in ruis:
            if rui in new:
                mock.control("faults", {"fault": name, "match": {"rui": rui}, "count": 1})
    if wish.faults:
        mock.control("hostile", {"share": wish.faults})


def _reconciled(course: Course) -> int:
    """Compare, let the workers do what it asks for, compare again, until only what a person must close is left."""
    for rounds in range(1, MOST_ROUNDS + 1):
        run = ask_for_run(by=None, days=DAYS)
        with FeedClient() as client:
            run_waiting(client)
        course.run(Trouble())
        run = ReconcileRun.objects.get(pk=run.pk)
        if run.state == "done" and not run.differences.exclude(finding=Finding.FOREIGN).exists():
            return rounds
    return MOST_ROUNDS
