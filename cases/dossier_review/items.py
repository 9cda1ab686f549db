"""The 14 vetoes and 41 scored items as dated data (cases/data/dossier_review_items.csv): a proposal of this project.

The county's own table was not found (law/procedure.md §11.1); the legal section replaces the file. ``each`` is what one
finding costs, at most the item's points; an item that both a machine and a person judge has a question for the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from lishu_law.law.citations import parse_basis, render
from lishu_law.law.rules import RULES
from lishu_law.law.tables import Row, optional_date, read_table

DATA = Path(__file__).resolve().parent.parent / "data"
MACHINE, PERSON, BOTH = "machine", "person", "both"
FULL = Decimal(100)


@dataclass(frozen=True)
class Item:
    """One row. A veto has no points: any finding on it makes the file 不合格."""

    code: str
    title: str
    part: str  # of the sheet: items of one part stand together
    points: Decimal
    each: Decimal
    rules: tuple[str, ...]
    judge: str
    question: str
    valid_from: date
    valid_to: date | None

    @property
    def is_veto(self) -> bool:
        return self.code.startswith("V")

    @property
    def asks_person(self) -> bool:
        return self.judge != MACHINE

    @cached_property
    def citation(self) -> str:
        """The articles behind the item, as staff see them."""
        cells = dict.fromkeys(RULES[rule].legal_basis for rule in self.rules)
        cites = dict.fromkeys(cite for cell in cells for cite in parse_basis(cell))
        return render(cites)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @classmethod
    def from_row(cls, row: Row) -> Item:
        """Raises ``ValueError`` for a rule or a judge nobody knows, and for an item without its question."""
        rules = tuple(row["rules"].split(";"))
        if unknown := [rule for rule in rules if rule not in RULES]:
            raise ValueError(f"item {row['code']}: unknown rules {unknown}")
        if row["judge"] not in {MACHINE, PERSON, BOTH} or (row["judge"] != MACHINE) != bool(row["question"]):
            raise ValueError(f"item {row['code']}: judge {row['judge']} and question do not fit")
        return cls(
            row["code"], row["title"], row["part"], Decimal(row["points"]), Decimal(row["each"]), rules, row["judge"],
            row["question"], date.fromisoformat(row["from"]), optional_date(row["to"]),
        )  # fmt: skip


ALL_ITEMS: tuple[Item, ...] = tuple(Item.from_row(row) for row in read_table("dossier_review_items", DATA))


def items_on(day: date, items: Iterable[Item] = ALL_ITEMS) -> tuple[Item, ...]:
    """The items in force on a day. Raises ``ValueError`` unless the scored ones add up to a hundred points."""
    found = tuple(one for one in items if one.holds_on(day))
    total = sum((one.points for one in found), Decimal(0))
    if total != FULL:
        raise ValueError(f"the items of {day} add up to {total} points, not to {FULL}")
    return found
