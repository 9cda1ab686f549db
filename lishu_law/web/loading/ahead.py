"""The next chunk is read and shaped in another thread while the database writes the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")
_END = object()


def one_ahead(made: Iterator[Made]) -> Iterator[Made]:
    """What ``made`` yields, in its order; one item is made ahead of the one in use, never more.

    ``made`` runs in a thread of its own and must not ask the database. What it raises is raised here, in its place.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as pool:
        following: Callable[[], object] = lambda: next(made, _END)  # noqa: E731
        coming = pool.submit(following)
        while (item := coming.result()) is not _END:
            coming = pool.submit(following)
            yield item  # type: ignore[misc]  # only the end is no item
