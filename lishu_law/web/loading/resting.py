"""No search for cycles while a chunk of rows is made: it finds none and walks through every row again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Python's collector rests inside, also as a decorator. A chunk is bounded, so what it holds is too."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
