"""The CSV tables shipped beside this package: the law as data, read once at import and never written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

DATA_FOLDER = Path(__file__).resolve().parent / "data"

Row = Mapping[str, str]


def read_table(name: str, folder: Path = DATA_FOLDER) -> tuple[dict[str, str], ...]:
    """All rows of ``<name>.csv`` in file order; every cell is text, an empty cell is the empty string."""
    with open(folder / f"{name}.csv", encoding="utf-8-sig", newline="") as source:
        return tuple(dict(row) for row in csv.DictReader(source, strict=True))


def keyed(rows: Iterable[Row], column: str) -> dict[str, Row]:
    """The rows by a column that must be unique. Raises ``ValueError`` naming the first repeated key."""
    found: dict[str, Row] = {}
    for row in rows:
        if row[column] in found:
            raise ValueError(f"{column} {row[column]} 在数据中重复。")
        found[row[column]] = row
    return found


def optional_date(cell: str) -> date | None:
    """An ISO date, or None for an empty cell."""
    return date.fromisoformat(cell) if cell else None
