"""One edition of a discretion benchmark: its rows, its four lists, and how they are read from the tables.

处罚法第三十四条 lets the authority set benchmarks and demands their publication. Everything in here is data with dates;
a row that cannot be read is reported by row and column, and an edition with such a row is not loaded at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from cases.discretion.conditions import Condition, ConditionError, parse
from cases.discretion.facts import Variable, in_order
from cases.discretion.provisions import StatuteNames, is_unchecked

ORDER_FIRST = "先行责令改正"
EXEMPTIONS = ("首违不罚", "不予处罚")
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

Made = TypeVar("Made")
Row = TypeVar("Row")

_DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Fault:
    """What is wrong in which cell. ``line`` counts from 1 below the header."""

    table: str
    line: int
    key: str
    column: str
    message: str


class LoadError(ValueError):
    """Nothing was loaded; every fault is listed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(f"{fault.key} {fault.column}：{fault.message}" for fault in self.faults))


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


def load(rows_text: str, lists_text: str, *, name: str, edition: str, names: StatuteNames | None = None) -> Benchmark:
    """An edition from the text of its two tables. Raises ``LoadError`` naming every broken cell."""
    faults: list[Fault] = []
    rows = _read(rows_text, "benchmark", _row, faults)
    lists = _read(lists_text, "lists", _listed, faults)
    seen: set[str] = set()
    for line, row in enumerate(rows, 1):
        if row.row_id in seen:
            faults.append(Fault("benchmark", line, row.row_id, "row_id", "编号重复。"))
        seen.add(row.row_id)
    if faults:
        raise LoadError(faults)
    return Benchmark(name, edition, tuple(rows), tuple(lists), names=names or StatuteNames())


def load_shipped(statutes_text: str = "") -> Benchmark:
    """The starter edition shipped with the system; ``statutes_text`` is statutes.csv, for full names of statutes."""
    return load(
        (_DATA / "discretion_benchmarks.csv").read_text(encoding="utf-8"),
        (_DATA / "four_lists.csv").read_text(encoding="utf-8"),
        name="交通运输行政处罚裁量基准",
        edition="试行数据第1版",
        names=StatuteNames.read(statutes_text) if statutes_text else None,
    )


class _Cells:
    """The cells of one line; collects faults instead of stopping at the first."""

    def __init__(self, table: str, line: int, cells: Mapping[str, str | None], faults: list[Fault]) -> None:
        self._place = (table, line, cells.get("row_id") or f"{cells.get('list_type')}{cells.get('list_no')}")
        self._cells = cells
        self._faults = faults

    def text(self, column: str) -> str:
        return (self._cells.get(column) or "").strip()

    def needed(self, column: str) -> str:
        if not self.text(column):
            self.fault(column, "不能为空。")
        return self.text(column)

    def fault(self, column: str, message: str) -> None:
        self._faults.append(Fault(*self._place, column, message))

    def amount(self, column: str) -> Decimal | None:
        text = self.text(column)
        if not text:
            return None
        if not (text.isascii() and text.replace(".", "", 1).isdigit()):
            self.fault(column, f"“{text}”不是不带符号的数字。")
            return None
        return Decimal(text)

    def day(self, column: str) -> date | None:
        text = self.text(column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.fault(column, f"“{text}”不是日期，请写成 2024-01-31。")
            return None

    def condition(self, column: str) -> Condition:
        try:
            return parse(self.text(column))
        except ConditionError as error:
            self.fault(column, str(error))
            return parse("")

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        text = self.text(column)
        if text not in allowed:
            self.fault(column, f"“{text}”不在允许的写法之内。")
        return text


def _read(text: str, table: str, make: Callable[[_Cells], Made], faults: list[Fault]) -> list[Made]:
    reader = csv.DictReader(io.StringIO(text))
    return [make(_Cells(table, line, cells, faults)) for line, cells in enumerate(reader, 1)]


def _row(cells: _Cells) -> BenchmarkRow:
    rank = cells.one_of("tier_rank", [str(rank) for rank in range(HIGHEST_RANK + 1)])
    return BenchmarkRow(
        row_id=cells.needed("row_id"),
        item_code=cells.needed("item_code"),
        domain=cells.text("domain"),
        violation=cells.needed("violation"),
        breached_provision=cells.needed("breached_provision"),
        penalty_provision=cells.needed("penalty_provision"),
        statutory_penalty=cells.needed("statutory_penalty"),
        statute_min=cells.amount("statute_min"),
        statute_max=cells.amount("statute_max"),
        statute_unit=cells.one_of("statute_unit", UNITS),
        fine_optional=cells.one_of("fine_optional", "YN") == "Y",
        branch=cells.condition("branch"),
        tier=cells.needed("tier"),
        tier_rank=int(rank) if rank.isdigit() else 0,
        conditions=cells.needed("conditions"),
        condition=cells.condition("condition_expr"),
        penalty_min=cells.amount("penalty_min") or Decimal(0),
        penalty_max=cells.amount("penalty_max") or Decimal(0),
        penalty_unit=cells.one_of("penalty_unit", UNITS),
        other_measures=cells.text("other_measures"),
        effective_from=cells.day("effective_from") or date.max,
        effective_to=cells.day("effective_to"),
        origin_kind=cells.needed("origin_kind"),
        origin=cells.text("origin"),
    )


def _listed(cells: _Cells) -> ListRow:
    expression = cells.condition("condition_expr")
    return ListRow(
        list_type=cells.needed("list_type"),
        list_no=cells.needed("list_no"),
        item_code=cells.needed("item_code"),
        domain=cells.text("domain"),
        matter=cells.needed("matter"),
        conditions=cells.text("conditions"),
        condition=expression if expression.root else None,
        look_back=cells.text("look_back"),
        legal_basis=cells.text("legal_basis"),
        result=cells.text("result"),
        procedure=cells.text("procedure"),
        origin_kind=cells.needed("origin_kind"),
        origin=cells.text("origin"),
    )


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {code: tuple(members) for code, members in groups.items()}
