"""``./lishu check``: every static check, each reported, all of them run even when one fails."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from lishu_law.launch import database, embedded, environment, sizes, system, variables
from lishu_law.launch.home import Home
from lishu_law.launch.progress import say

SHOWN_LINES = 60


@dataclass(frozen=True)
class Check:
    """One check: a command, or a function that returns findings."""

    title: str
    words: tuple[str, ...] = ()
    function: Callable[[], list[str]] | None = None


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    title: str
    passed: bool
    words: str
    seconds: float


def check(home: Home, environ: Mapping[str, str]) -> int:
    """Run all checks; 1 when any of them found something."""
    system.prepare(home, tests=True)
    environment.prepare(home, "dev")
    state = home.scratch("test").create()
    with embedded.services(home, state, environ, durable=False) as services:
        settings = variables.for_children(home, state, environ, demo=False) | services.variables()
        if services.cluster:
            database.make_own(home, services.cluster)
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 2)) as pool:
            waiting = [pool.submit(outcome, one, home, settings) for one in all_checks(home)]
            outcomes = [report(future.result()) for future in waiting]
    failed = [one.title for one in outcomes if not one.passed]
    say(
        f"\n✗ {len(failed)} of {len(outcomes)} checks found something: {', '.join(failed)}"
        if failed
        else "\n✓ All green"
    )
    return 1 if failed else 0


def all_checks(home: Home) -> list[Check]:
    """The checks, slowest first so that two cores end together."""
    python = str(home.python)
    manage = (python, str(home.root / "manage.py"))
    return [
        Check("types (mypy)", (python, "-m", "mypy", "lishu_law", "cases", "inspections", "disclosure")),
        Check("format (ruff)", (python, "-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
        Check("lint (ruff)", (python, "-m", "ruff", "check", "--output-format", "concise", ".")),
        Check("import contracts", (str(home.venv / "bin" / "lint-imports"),)),
        Check("Django's own checks", (*manage, "check", "--fail-level", "ERROR")),
        Check("migrations fit the models", (*manage, "makemigrations", "--check", "--dry-run")),
        Check("generated docs are fresh", (*manage, "gen_docs", "--check")),
        Check("bash", ("bash", "-n", "lishu", ".ci/run")),
        Check("sizes and names", function=lambda: sizes.findings(home.root)),
    ]


def outcome(one: Check, home: Home, environ: Mapping[str, str]) -> Outcome:
    """Run one check and keep what it says."""
    started = time.monotonic()
    if one.function is not None:
        found = one.function()
        return Outcome(one.title, not found, "\n".join(found), time.monotonic() - started)
    try:
        done = subprocess.run(
            one.words,
            env=dict(environ),
            cwd=home.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return Outcome(one.title, False, f"{one.words[0]}: {error.strerror}", time.monotonic() - started)
    return Outcome(one.title, done.returncode == 0, done.stdout.rstrip(), time.monotonic() - started)


def report(done: Outcome) -> Outcome:
    """Say how it went; the findings only when there are any."""
    say(f"{'✓' if done.passed else '✗'} {done.title}  {done.seconds:.1f} s")
    if not done.passed:
        lines = done.words.splitlines()
        for line in lines[:SHOWN_LINES]:
            say(f"    {line}")
        if len(lines) > SHOWN_LINES:
            say(f"    … and {len(lines) - SHOWN_LINES} more lines")
    return done
