"""Files of worked examples: read, assessed and compared row by row, for the assess command and the tests.

Columns: id, items, inputs, act_date, decision_date, expect_tier, expect_min, expect_max, expect_unit, expect_rows,
expect_action. A row stands for a completely answered questionnaire; an absent fact has its default.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from cases.discretion.benchmark import Benchmark
from cases.discretion.engine import assess
from cases.discretion.facts import FactError, Value, plain, read_value
from cases.discretion.joint import Joint, join
from cases.discretion.request import Circumstances, Request, RequestError

COLUMNS = (
    "id",
    "items",
    "inputs",
    "act_date",
    "decision_date",
    "expect_tier",
    "expect_min",
    "expect_max",
    "expect_unit",
    "expect_rows",
    "expect_action",
)
_DAYS = {"act_end": "act_ended_on", "discovered": "discovered_on"}
_FLAGS = frozenset(field.name for field in fields(Circumstances) if field.type == "bool")
_FACTORS = {"factor_M": "M", "factor_A": "A"}


@dataclass(frozen=True)
class Outcome:
    """One row: what was computed, what was expected, and the columns that differ. ``error`` if it could not be run."""

    id: str
    computed: Mapping[str, str]
    expected: Mapping[str, str]
    differences: tuple[str, ...]
    error: str = ""

    @property
    def is_equal(self) -> bool:
        return not self.differences and not self.error

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "id": self.id,
            "equal": self.is_equal,
            "computed": dict(self.computed),
            "expected": dict(self.expected),
            "differences": list(self.differences),
            "error": self.error,
        }


def read_examples(text: str) -> list[dict[str, str]]:
    """The rows of a file. Raises ``RequestError`` when a column is missing."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    absent = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if absent:
        raise RequestError(f"文件缺少这些列：{'、'.join(absent)}。")
    return [{column: (row[column] or "").strip() for column in COLUMNS} for row in reader]


def assess_report(rows: Iterable[Mapping[str, str]], benchmark: Benchmark) -> dict[str, object]:
    """Assess every row; a JSON-ready report with ``equal``, ``total``, ``different`` and ``rows``."""
    outcomes = [assess_row(row, benchmark) for row in rows]
    different = sum(1 for outcome in outcomes if not outcome.is_equal)
    return {
        "benchmark": benchmark.name,
        "edition": benchmark.edition,
        "total": len(outcomes),
        "different": different,
        "equal": different == 0,
        "rows": [outcome.as_dict() for outcome in outcomes],
    }


def assess_row(row: Mapping[str, str], benchmark: Benchmark) -> Outcome:
    """Run one row and compare. Input that cannot be is an ``error`` of the outcome, never an exception."""
    expected = {column.removeprefix("expect_"): row[column] for column in COLUMNS if column.startswith("expect_")}
    try:
        computed = _computed(run_row(row, benchmark))
    except (RequestError, FactError) as error:
        return Outcome(row["id"], {}, expected, (), str(error))
    differences = tuple(name for name, value in expected.items() if not _same(name, value, computed[name]))
    return Outcome(row["id"], computed, expected, differences)


def run_row(row: Mapping[str, str], benchmark: Benchmark) -> Joint:
    """The joint assessment of one row. Raises ``RequestError`` or ``FactError``."""
    facts, circumstances, same_act = _inputs(row["inputs"])
    items = [item.strip() for item in row["items"].split("+")]
    if not all(items):
        raise RequestError("没有写明违法行为。")
    act_on, decision_on = _day(row["act_date"], "act_date"), _day(row["decision_date"], "decision_date")
    findings = [
        assess(Request(item, act_on, decision_on, facts, circumstances, complete=True), benchmark) for item in items
    ]
    return join(findings, same_act=same_act)


def _computed(joint: Joint) -> dict[str, str]:
    span = joint.range
    return {
        "tier": joint.tier,
        "min": plain(span.minimum) if span else "",
        "max": plain(span.maximum) if span else "",
        "unit": joint.unit,
        "rows": joint.row_ids,
        "action": joint.action,
    }


def _same(column: str, expected: str, computed: str) -> bool:
    if column in ("min", "max") and "." in expected:
        expected = expected.rstrip("0").rstrip(".")
    return expected == computed


def _inputs(text: str) -> tuple[dict[str, Value], Circumstances, bool]:
    facts: dict[str, Value] = {}
    other: dict[str, object] = {}
    factors: list[str] = []
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        name, separator, value = (piece.strip() for piece in pair.partition("="))
        if not separator:
            raise RequestError(f"“{pair}”没有写成 名称=值。")
        if name in _FACTORS:
            factors += _factor_codes(name, value)
        elif name in _DAYS:
            other[_DAYS[name]] = _day(value, name)
        elif name in _FLAGS or name == "same_act":
            other[name] = _flag(name, value)
        elif name == "party_age":
            other[name] = _age(value)
        else:
            facts[name] = read_value(name, value)
    same_act = bool(other.pop("same_act", False))
    return facts, Circumstances(**other, factors=tuple(factors)), same_act  # type: ignore[arg-type]  # typed above


def _factor_codes(name: str, value: str) -> list[str]:
    codes = [code.strip() for code in value.split("+")]
    if not all(code.startswith(_FACTORS[name]) for code in codes):
        raise RequestError(f"{name} 里不能写“{value}”。")
    return codes


def _flag(name: str, value: str) -> bool:
    if value not in ("True", "False"):
        raise RequestError(f"{name} 只能写 True 或 False，现在是“{value}”。")
    return value == "True"


def _age(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise RequestError(f"party_age 要写整数，现在是“{value}”。")
    return int(value)


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(f"{name} 的“{text}”不是日期，请写成 2024-01-31。") from None
