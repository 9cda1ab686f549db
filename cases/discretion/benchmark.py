"""One edition of a discretion benchmark: its rows and its four lists.

处罚法第三十四条 lets the authority set benchmarks and demands their publication. Everything in here is data with dates;
``reading`` makes it from the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from cases.discretion.conditions import Condition
from cases.discretion.facts import Variable, in_order
from cases.discretion.provisions import StatuteNames, is_unchecked

ORDER_FIRST = "先行责令改正"
FIRST_ONLY = "首违不罚"
EXEMPTIONS = (FIRST_ONLY, "不予处罚")
BASES: Mapping[str, tuple[str, Decimal]] = {
    "x_illegal_income": ("illegal_income", Decimal(1)),
    "x_timber_value": ("timber_value", Decimal(1)),
    "pct_contract_price": ("contract_price", Decimal("0.01")),
    "pct_unit_fine": ("unit_fine", Decimal("0.01")),
}
FINE_UNITS = frozenset({"yuan", "formula_mass", *BASES})
UNITS = FINE_UNITS | {"warning", "none", "measure"}
BARS = ("obstruct", "harm", "order_refused", "blocked_minutes", "traffic_affected")
HIGHEST_RANK = 6

Row = TypeVar("Row")


@dataclass(frozen=True)
class BenchmarkRow:
    """One tier of one violation. ``tier_rank`` 0 is an exemption, 1 … 6 rise with severity; days are inclusive."""

    row_id: str
    item_code: str
    domain: str
    violation: str
    breached_provision: str
    penalty_provision: str
    statutory_penalty: str
    statute_min: Decimal | None
    statute_max: Decimal | None
    statute_unit: str
    fine_optional: bool
    branch: Condition
    tier: str
    tier_rank: int
    conditions: str
    condition: Condition
    penalty_min: Decimal
    penalty_max: Decimal
    penalty_unit: str
    other_measures: str
    effective_from: date
    effective_to: date | None
    origin_kind: str
    origin: str

    @property
    def is_fine(self) -> bool:
        return self.penalty_unit in FINE_UNITS

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    @cached_property
    def is_from_memory(self) -> bool:
        """Whether the legal section has to confirm the row before a decision citing it is sealed."""
        return self.origin_kind == "memory" or is_unchecked(self.breached_provision + self.penalty_provision)


@dataclass(frozen=True)
class ListRow:
    """One matter of the four lists (or of 先行责令改正). ``condition`` is None where the list gives only words."""

    list_type: str
    list_no: str
    item_code: str
    domain: str
    matter: str
    conditions: str
    condition: Condition | None
    look_back: str
    legal_basis: str
    result: str
    procedure: str
    origin_kind: str
    origin: str


@dataclass(frozen=True)
class Benchmark:
    """An edition. ``confirmed`` holds the ids of memory rows the legal section confirmed."""

    name: str
    edition: str
    rows: tuple[BenchmarkRow, ...]
    lists: tuple[ListRow, ...]
    effective_from: date | None = None
    effective_to: date | None = None
    published_on: date | None = None
    is_own: bool = True
    confirmed: frozenset[str] = frozenset()
    names: StatuteNames = field(default_factory=StatuteNames)

    @cached_property
    def _by_item(self) -> dict[str, tuple[BenchmarkRow, ...]]:
        return _grouped(self.rows, lambda row: row.item_code)

    @cached_property
    def _lists_by_item(self) -> dict[str, tuple[ListRow, ...]]:
        return _grouped(self.lists, lambda row: row.item_code)

    @property
    def items(self) -> tuple[str, ...]:
        """The item codes, in the order of the table."""
        return tuple(self._by_item)

    def violations(self, on: date) -> tuple[tuple[str, str, str], ...]:
        """(item code, domain, violation) of every violation with rows in force on that day."""
        current = {row.item_code: (row.item_code, row.domain, row.violation) for row in self.rows if row.in_force(on)}
        return tuple(current.values())

    def item_rows(self, item: str) -> tuple[BenchmarkRow, ...]:
        return self._by_item.get(item, ())

    def rows_for(self, item: str, on: date) -> tuple[BenchmarkRow, ...]:
        """The rows of a violation that were in force on that day, in the order of the table."""
        return tuple(row for row in self.item_rows(item) if row.in_force(on))

    def lists_for(self, item: str, *types: str) -> tuple[ListRow, ...]:
        """The list rows of these types that name the violation itself and can be evaluated."""
        rows = self._lists_by_item.get(item, ())
        return tuple(row for row in rows if row.list_type in types and row.condition is not None)

    def advice_for(self, item: str, list_type: str) -> tuple[ListRow, ...]:
        """All rows of a list that may matter for the violation: its own first, then the general ones (``*``)."""
        both = self._lists_by_item.get(item, ()) + self._lists_by_item.get("*", ())
        return tuple(row for row in both if row.list_type == list_type)

    def inputs_for(self, item: str, on: date | None = None) -> tuple[Variable, ...]:
        """Every variable the rows and lists of a violation look at, in the order of asking."""
        rows = self.item_rows(item) if on is None else self.rows_for(item, on)
        names: set[str] = set()
        for row in rows:
            names |= row.branch.names | row.condition.names
            names |= {BASES[unit][0] for unit in (row.penalty_unit, row.statute_unit) if unit in BASES}
        exemptions = self.lists_for(item, *EXEMPTIONS)
        for listed in (*self.lists_for(item, ORDER_FIRST), *exemptions):
            names |= listed.condition.names if listed.condition else set()
        if exemptions or any(row.tier_rank == 0 for row in rows):
            names |= set(BARS)
        return in_order(names)

    def questions_for(self, item: str, on: date | None = None) -> tuple[Variable, ...]:
        """What the officer has to be asked about a violation: ``inputs_for`` without what the system computes."""
        return tuple(variable for variable in self.inputs_for(item, on) if not variable.computed)

    def needs_confirmation(self, rows: Iterable[BenchmarkRow]) -> tuple[BenchmarkRow, ...]:
        return tuple(row for row in rows if row.is_from_memory and row.row_id not in self.confirmed)


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {code: tuple(members) for code, members in groups.items()}
