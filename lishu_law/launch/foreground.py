"""Commands that own the terminal, and the signals that end a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_on_signals() -> None:
    """The usual signals end the run once, by KeyboardInterrupt; while it winds up, further ones change nothing."""

    def end(number: int, frame: FrameType | None) -> None:
        for ending in ENDINGS:
            signal.signal(ending, lambda *_: None)
        raise KeyboardInterrupt

    for ending in ENDINGS:
        signal.signal(ending, end)


def run(words: Sequence[str | Path], environ: Mapping[str, str], folder: Path | None = None) -> int:
    """Run with our standard streams and return the exit code; signals go to the command, we wait for it."""
    before = {}
    child: subprocess.Popen[bytes] | None = None
    received: list[int] = []

    def pass_on(number: int, frame: FrameType | None) -> None:
        received.append(number)
        if child is not None and not (number == signal.SIGINT and terminal_tells_child()):
            child.send_signal(number)

    for ending in ENDINGS:
        before[ending] = signal.signal(ending, pass_on)
    try:
        child = subprocess.Popen(list(words), env=dict(environ), cwd=folder)
        for number in received:
            child.send_signal(number)
        code = child.wait()
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
    return code if code >= 0 else 128 - code


def terminal_tells_child() -> bool:
    """Whether Ctrl-C was typed in a terminal whose foreground group is ours: then the child has had it already."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
