"""Copies of the checkpoints outside the database: an older backup cannot pass for the present beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def keep_copy(size: int, note: str) -> Path:
    """Write the note of one size once; a file that is there already is never changed."""
    folder = Path(settings.REGISTER_KEPT)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{size}.txt"
    with suppress(FileExistsError), path.open("x", encoding="utf-8", newline="") as handle:
        handle.write(note)
    return path


def kept_copies() -> Iterator[tuple[Path, str]]:
    """All copies, the smallest tree first."""
    files = [path for path in Path(settings.REGISTER_KEPT).glob("*.txt") if path.stem.isdigit()]
    for path in sorted(files, key=lambda one: int(one.stem)):
        yield path, path.read_bytes().decode("utf-8", "replace")
