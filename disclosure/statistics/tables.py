"""The yearly tables of enforcement as dated data: which columns a year has, what each counts, which penalty is heavier.

No form of the province was found; the definitions stay replaceable rows (standards/disclosure.md §8). Pure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class ColumnType:
    """One column of a form. ``measure`` says what it counts: ``types:…``, ``total``, ``money_…``, ``case:…`` …"""

    key: str
    group: str
    title: str
    measure: str

    @property
    def types(self) -> frozenset[str]:
        """The penalty types that count here; empty for every other measure."""
        name, _, codes = self.measure.partition(":")
        return frozenset(codes.split("|")) if name == "types" else frozenset()

    @property
    def full_title(self) -> str:
        return f"{self.group}：{self.title}" if self.group else self.title


@dataclass(frozen=True)
class Form:
    """One table of a year."""

    code: str
    title: str
    source: str
    columns: tuple[ColumnType, ...]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _holds(row: dict[str, str], year: int) -> bool:
    return int(row["from_year"]) <= year <= int(row["to_year"] or 9999)


@cache
def forms_of(year: int) -> tuple[Form, ...]:
    """The forms in force for a year, in their order."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows("yearly_tables.csv"):
        if _holds(row, year):
            found.setdefault(row["form"], []).append(row)
    return tuple(
        Form(
            code, rows[0]["form_title"], rows[0]["source"],
            tuple(
                ColumnType(row["key"], row["group"], row["title"], row["measure"])
                for row in sorted(rows, key=lambda one: int(one["order"]))
            ),
        )
        for code, rows in found.items()
    )  # fmt: skip


@cache
def ranks_of(year: int) -> dict[str, int]:
    """How heavy each type is in a year: the larger, the heavier; 其他 is below every named type."""
    return {row["code"]: int(row["rank"]) for row in _rows("penalty_ranks.csv") if _holds(row, year)}


def heaviest(types: Iterable[str], year: int) -> str:
    """The one type under which a decision with several counts (§8 rule 2). Raises ``KeyError`` for an unknown type."""
    ranks = ranks_of(year)
    return max(types, key=lambda code: ranks[code])
