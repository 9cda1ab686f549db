"""Reading an edition from the cells of its tables; a row that cannot be read is reported by row and column.

An edition with such a row is not loaded at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cases.discretion.benchmark import HIGHEST_RANK, UNITS, Benchmark, BenchmarkRow, ListRow
from cases.discretion.conditions import Condition, ConditionError, parse
from cases.discretion.provisions import StatuteNames
from lishu_law.law.tables import read_table

DATA = Path(__file__).resolve().parent.parent / "data"
NAME, EDITION = "交通运输行政处罚裁量基准", "试行数据第1版"
Lines = Iterable[tuple[int, Mapping[str, str | None]]]


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


def read_tiers(lines: Lines, faults: list[Fault]) -> list[BenchmarkRow]:
    """The tiers of a table, each with its line; every broken cell goes to ``faults``."""
    seen: set[str] = set()
    rows = []
    for line, cells in lines:
        row = _row(_Cells("benchmark", line, cells, faults))
        if row.row_id in seen:
            faults.append(Fault("benchmark", line, row.row_id, "row_id", "编号重复。"))
        seen.add(row.row_id)
        rows.append(row)
    return rows


def read_lists(lines: Lines, faults: list[Fault]) -> list[ListRow]:
    """The matters of the lists."""
    return [_listed(_Cells("lists", line, cells, faults)) for line, cells in lines]


def load(rows_text: str, lists_text: str, *, name: str, edition: str, names: StatuteNames | None = None) -> Benchmark:
    """An edition from the text of its two tables. Raises ``LoadError`` naming every broken cell."""
    faults: list[Fault] = []
    rows = read_tiers(lines_of(rows_text), faults)
    lists = read_lists(lines_of(lists_text), faults)
    if faults:
        raise LoadError(faults)
    return Benchmark(name, edition, tuple(rows), tuple(lists), names=names or StatuteNames.read(read_table("statutes")))


def lines_of(text: str) -> Lines:
    """The rows of a CSV text, counted from 1 below the heading."""
    return enumerate(csv.DictReader(io.StringIO(text)), 1)


def load_shipped() -> Benchmark:
    """The starter edition shipped with the system."""
    return load(
        (DATA / "discretion_benchmarks.csv").read_text(encoding="utf-8"),
        (DATA / "four_lists.csv").read_text(encoding="utf-8"),
        name=NAME,
        edition=EDITION,
    )


class _Cells:
    """The cells of one line; collects faults instead of stopping at the first."""

    def __init__(self, table: str, line: int, cells: Mapping[str, str | None], faults: list[Fault]) -> None:
        self._place = (table, line, key_of(table, cells))
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


def key_of(table: str, cells: Mapping[str, str | None]) -> str:
    """What names a row of a table."""
    if table == "benchmark":
        return (cells.get("row_id") or "").strip()
    return f"{(cells.get('list_type') or '').strip()}{(cells.get('list_no') or '').strip()}"


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
