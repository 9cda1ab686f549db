"""What the launcher says while it works: steps with seconds on standard error, and failures that say what to do."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TAIL_LINES = 15


class LaunchError(Exception):
    """The launcher cannot go on: what happened, and what the person at the keyboard can do about it."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


def say(text: str = "") -> None:
    """One line on standard error; standard output belongs to the command being run."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str, *, slow: bool = False) -> Iterator[None]:
    """Report ``title`` with the seconds it took. ``slow`` steps are announced before they start, too."""
    on_terminal = sys.stderr.isatty()
    if on_terminal:
        print(f"· {title} …", end="", file=sys.stderr, flush=True)
    elif slow:
        say(f"· {title} …")
    started = time.monotonic()
    wipe = "\r\033[K" if on_terminal else ""
    try:
        yield
    except BaseException:
        say(f"{wipe}✗ {title}  {time.monotonic() - started:.1f} s")
        raise
    say(f"{wipe}✓ {title}  {time.monotonic() - started:.1f} s")


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    """The last lines of a log, indented, for a failure message; empty when there is no log."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
