"""The commands of ``./lishu``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from lishu_law.launch import checks, database, decoder, embedded, environment, foreground, locks, system, up, variables
from lishu_law.launch.home import Home, find_home
from lishu_law.launch.progress import LaunchError, say

USAGE = """\
./lishu — the front door of Lishu Law 梨树县交通运输行政执法案件管理系统

  up              prepare this machine, start everything, print address and accounts; Ctrl-C stops it
  up --check      start everything afresh, drive the main job through it, print what happened, stop
  test [args]     all tests; args go to pytest; --mutate-guards switches every rule off in turn to see its test fail
  check           format, lint, types, import contracts, migrations, generated docs, sizes
  bench [args]    measure against the floors
  manage …        manage.py in the prepared environment
  down            stop what runs on this LISHU_HOME, also after a killed run

  LISHU_HOME      where database, logs, uploads and secrets are kept (default: .lishu beside this script)
  LISHU_PORT      port of the web server (default 8000; when taken, the next free one)
  DATABASE_URL, REDIS_URL   use these servers instead of embedded ones
"""
# These work on a database that is not there yet, or decide themselves about its schema.
WITHOUT_SCHEMA = {
    *("check", "compilemessages", "collectstatic", "diffsettings", "due", "gen_docs", "help", "makemigrations"),
    *(
        "migrate",
        "showmigrations",
        "sqlmigrate",
        "assess",
        "feed_drill",
        "load_law",
        "mock_feed",
        "startapp",
        "version",
        "--help",
        "--version",
        "-h",
    ),
}


def main() -> int:
    """Run the command of the command line; the exit code."""
    root = Path(__file__).resolve().parent.parent.parent
    home = find_home(root, os.environ)
    words = sys.argv[1:]
    foreground.end_on_signals()
    commands: dict[str, Callable[[], int]] = {
        "up": lambda: run_up(home, words[1:], os.environ),
        "test": lambda: test(home, words[1:], os.environ),
        "check": lambda: checks.check(home, os.environ),
        "bench": lambda: bench(home, words[1:], os.environ),
        "manage": lambda: manage(home, words[1:], os.environ),
        "down": lambda: up.down(home),
    }
    if not words or words[0] not in commands:
        asked = words and words[0] in {"help", "--help", "-h"}
        print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        if words[0] != "down":
            home.create()
        return commands[words[0]]()
    except LaunchError as failure:
        say(f"\n✗ {failure.what}")
        if failure.advice:
            say(f"  → {failure.advice}")
        return 1
    except KeyboardInterrupt:
        say("Stopped. 已停止。")
        return 130


def run_up(home: Home, words: list[str], environ: Mapping[str, str]) -> int:
    """``up`` or ``up --check``."""
    if words not in ([], ["--check"]):
        raise LaunchError(f"`up` does not know {' '.join(words)}.", "Use ./lishu up or ./lishu up --check")
    return up.check(home, environ) if words else up.up(home, environ)


def test(home: Home, words: list[str], environ: Mapping[str, str]) -> int:
    """All tests, or those asked for, on services of their own; pytest's exit code."""
    system.prepare(home, tests=True)
    environment.prepare(home, "dev")
    decoder.prepare(home)
    state = home.scratch("test").create()
    with (
        locks.exclusive(home.folder / "test.lock", waiting="waiting for the other test run 等待另一个测试"),
        embedded.services(home, state, environ, durable=False) as services,
    ):
        settings = variables.for_children(home, state, environ, demo=False) | services.variables()
        if services.cluster:
            database.make_own(home, services.cluster)
        if words[:1] == ["--mutate-guards"]:
            return foreground.run([home.python, "-m", "tests.mutate_guards", *words[1:]], settings, home.root)
        return foreground.run([home.python, "-m", "pytest", *pytest_words(home, words)], settings, home.root)


def pytest_words(home: Home, words: list[str]) -> list[str]:
    """Two processes that share the work evenly, unless the caller says how many or names what to run."""
    chosen = any(word.startswith("-n") or word == "--numprocesses" for word in words)
    named = any(not word.startswith("-") and (home.root / word.partition("::")[0]).exists() for word in words)
    return words if chosen or named else ["-n", "2", "--dist", "worksteal", *words]


def bench(home: Home, words: list[str], environ: Mapping[str, str]) -> int:
    """``manage bench`` on a database of its own with production's durability."""
    system.prepare(home, tests=False)
    environment.prepare(home, "dev")
    state = home.scratch("bench").create()
    with embedded.services(home, state, environ) as services:
        settings = variables.for_children(home, state, environ, demo=True) | services.variables()
        up.bring_up_to_date(home, state, settings, services.cluster)
        return foreground.run([home.python, home.root / "manage.py", "bench", *words], settings, home.root)


def manage(home: Home, words: list[str], environ: Mapping[str, str]) -> int:
    """manage.py with the caller's folder and streams; embedded services run at least as long as the command."""
    environment.prepare(home, "embedded")
    state = home.state.create()
    with embedded.services(home, state, environ) as services:
        settings = variables.for_children(home, state, environ, demo=bool(services.cluster)) | services.variables()
        if services.cluster:
            database.make_own(home, services.cluster)
            if words and words[0] not in WITHOUT_SCHEMA:
                database.prepare(home, state, settings, own=True)
        return foreground.run([home.python, home.root / "manage.py", *words], settings)


if __name__ == "__main__":
    sys.exit(main())
