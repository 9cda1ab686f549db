"""File locks between runs on one home. The kernel drops them with the process: a killed run never blocks the next."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lishu_law.launch.progress import say


def take(path: Path, *, shared: bool = False) -> IO[str] | None:
    """The lock, or None when somebody holds it. Close the file to release it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


@contextmanager
def exclusive(path: Path, *, waiting: str = "") -> Iterator[None]:
    """Hold the lock, waiting for the present holder; ``waiting`` is said when there is one."""
    handle = take(path)
    if handle is None:
        if waiting:
            say(f"· {waiting}")
        handle = path.open("a+", encoding="utf-8")
        fcntl.flock(handle, fcntl.LOCK_EX)
    with handle:
        yield


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock in any way."""
    handle = take(path)
    if handle is None:
        return False
    handle.close()
    return True
