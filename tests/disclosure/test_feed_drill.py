"""The drill by its command: real workers, the real mock, a hostile exchange, kills and an outage; 8,707 as a long drill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from disclosure.drill.course import Course, Trouble
from disclosure.drill.parts import Clock, Mock, Workers
from disclosure.drill.place import url_of
from disclosure.drill.scene import fill
from disclosure.models import Delivery
from lishu_law import clock as law_clock
from tests.disclosure.exchange import ROOT

LONG = [pytest.mark.drill, pytest.mark.skipif(not os.environ.get("LISHU_LONG"), reason="minutes; LISHU_LONG=1")]
CHECKS = {
    "equal", "nothing_lost", "nothing_twice", "no_phantom", "same_content", "withdrawn_absent", "rejected_to_work",
    "stuck_to_work", "only_those_to_work", "at_rest", "calls",
}  # fmt: skip


def _databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'lishu_drill_%%'")
        return {row[0] for row in cursor.fetchall()}


def _drill(*words: str) -> tuple[int, dict[str, Any]]:
    name = connection.settings_dict["NAME"]
    environ = {**os.environ, "DATABASE_URL": url_of(connection.settings_dict, str(name))}
    command = [sys.executable, "manage.py", "feed_drill", "--json", *words]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.stdout.strip(), done.stderr
    return done.returncode, json.loads(done.stdout.strip().splitlines()[-1])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("records", "outage", "seed"),
    [
        (60, "10m", 4),
        pytest.param(150, "10m", 5, marks=LONG),
        pytest.param(1000, "24h", 11, marks=LONG),
        pytest.param(8707, "24h", 12, marks=LONG),
    ],
)
def test_both_sides_agree_after_faults_kills_and_an_outage(records: int, outage: str, seed: int) -> None:
    before = _databases()
    code, report = _drill("--records", str(records), "--faults", "0.1", "--outage", outage, "--seed", str(seed))
    assert report["problems"] == {}
    assert (code, report["ok"], set(report["checks"])) == (0, True, CHECKS)
    assert report["killed"] == 6
    assert report["ratio"] <= 3
    assert report["findings"]["foreign"] >= 1
    # Of a few batches only one record each meets a fault of its own; with more records both kinds are met.
    met = (report["rejected"], report["stuck"])
    assert (min(met) if records >= 1000 else max(met)) >= 1
    assert _databases() == before


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("--outage", "soon"), ("--records", "1"), ("--workers", "0"), ("--faults", "2")])
def test_what_cannot_be_drilled_is_refused(words: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("feed_drill", *words)


@pytest.mark.django_db
@pytest.mark.parametrize(("wait", "leaps"), [(timedelta(hours=3), True), (timedelta(minutes=-1), False)])
def test_a_withdrawal_behind_a_version_that_waits_does_not_keep_time_from_passing(
    tmp_path: Path, wait: timedelta, leaps: bool
) -> None:
    """Due, but nobody may claim it yet: time goes on to when the version before it is due, unless that is now."""
    fill(10, 1)  # every tenth record has a withdrawal behind it
    now = law_clock.now()
    behind = Delivery.objects.get(data_version=2)
    Delivery.objects.filter(data_version=1).exclude(rui=behind.rui).update(state="SUPERSEDED", next_at=None)
    Delivery.objects.filter(data_version=1, rui=behind.rui).update(next_at=now + wait)
    Delivery.objects.filter(pk=behind.pk).update(next_at=now - timedelta(hours=1))
    course = Course(Clock(tmp_path / "clock"), Mock(tmp_path, 1), Workers("http://127.0.0.1:1", 1), speed=60)
    assert not course._pass_time(Trouble())
    assert (course.clock.offset > timedelta(hours=2, minutes=59).total_seconds()) is leaps
