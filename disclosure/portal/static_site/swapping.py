"""Two folders change places in one step where the system can do that, else in two renames."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def swap(fresh: Path, target: Path) -> None:
    """``fresh`` becomes ``target``; an old ``target`` is afterwards under the name of ``fresh``."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        old = fresh.with_name(f"{fresh.name}.old")
        target.rename(old)
        fresh.rename(target)
        old.rename(fresh)


def _exchanged(one: Path, other: Path) -> bool:
    """False where the system or its file system knows no exchange."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
