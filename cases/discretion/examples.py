"""Files of worked examples: read, assessed and compared row by row, for the assess command and the tests.

Columns: id, items, inputs, act_date, decision_date, expect_tier, expect_min, expect_max, expect_unit, expect_rows,
expect_action. A row stands for a completely answered questionnaire; an absent fact has its default.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

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
_OURS = "earlier_found"  # the register's answer; a row of an examples file has the counters
_FLAGS = frozenset(field.name for field in fields(Circumstances) if field.type == "bool" and field.name != _OURS)
_FACTORS = {"factor_M": "M", "factor_A": "A"}


_FIGURE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_CELL = 20_000


@dataclass(frozen=True)
class Outcome:
    """One row: what was computed, what was expected, and the columns that differ. ``error`` if it could not be run.

    ``suggestion`` and ``notes`` are no part of the comparison: they tell whoever reads the report more.
    """

    id: str
    computed: Mapping[str, str]
    expected: Mapping[str, str]
    differences: tuple[str, ...]
    error: str = ""
    suggestion: str = ""
    notes: tuple[str, ...] = ()

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
            "suggestion": self.suggestion,
            "notes": list(self.notes),
        }


def read_examples(text: str) -> list[dict[str, str]]:
    """The rows of a file. Raises ``RequestError`` for a file that is not of the format, naming the line."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        _check_heading(heading)
        rows = [_row(heading, cells, reader.line_num) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as wrong:
        raise RequestError(f"第 {reader.line_num} 行读不出来（{wrong}）。请重新另存为 CSV。") from None
    if not rows:
        raise RequestError("文件里没有一行例子。第一行是列名，从第二行起每行一个例子。")
    return rows


def _check_heading(heading: list[str]) -> None:
    absent = [column for column in COLUMNS if column not in heading]
    if absent:
        raise RequestError(f"文件缺少这些列：{'、'.join(absent)}。")
    twice = [column for column in COLUMNS if heading.count(column) > 1]
    if twice:
        raise RequestError(f"这些列出现了两次：{'、'.join(twice)}。")


def _row(heading: list[str], cells: list[str], line: int) -> dict[str, str]:
    """One row by column. Fewer cells stand for empty ones at the end; more cannot be told apart."""
    if any(cell.strip() for cell in cells[len(heading) :]):
        raise RequestError(f"第 {line} 行有 {len(cells)} 格，比列名多。含逗号的内容请用英文双引号括起来。")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise RequestError(f"第 {line} 行有一格超过 {LONGEST_CELL} 个字符。")
    found = dict(zip(heading, cells, strict=False))
    return {column: found.get(column, "").strip() for column in COLUMNS}


def assess_report(rows: Iterable[Mapping[str, str]], benchmark: Benchmark) -> dict[str, object]:
    """Assess every row and report."""
    return report([assess_row(row, benchmark) for row in rows], benchmark)


def report(outcomes: Sequence[Outcome], benchmark: Benchmark) -> dict[str, object]:
    """A JSON-ready report with ``equal``, ``total``, ``different`` and ``rows``."""
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
        joint = run_row(row, benchmark)
    except (RequestError, FactError) as error:
        return Outcome(row["id"], {}, expected, (), str(error))
    computed = _computed(joint)
    differences = tuple(name for name, value in expected.items() if not _same(name, value, computed[name]))
    return Outcome(row["id"], computed, expected, differences, "", _suggestion(joint), _notes(joint, benchmark))


def _suggestion(joint: Joint) -> str:
    amounts = [finding.suggestion for finding in joint.findings if finding.suggestion is not None]
    if not amounts:
        return ""
    total = sum(amounts)
    if joint.range is not None and joint.unit == "yuan":
        total = min(total, joint.range.maximum)  # two overload findings together have a cap
    return plain(total)


def _notes(joint: Joint, benchmark: Benchmark) -> tuple[str, ...]:
    unknown = [
        f"裁量基准里没有“{one.item}”这种违法行为。" for one in joint.findings if not benchmark.item_rows(one.item)
    ]
    laws = [one.law.text for one in joint.findings if one.law]
    said = [note.text for one in joint.findings for note in one.notes]
    reasons = [reason for one in joint.findings for reason in one.reasons]
    return tuple(dict.fromkeys((*unknown, *laws, *reasons, *said, *(note.text for note in joint.notes))))


def run_row(row: Mapping[str, str], benchmark: Benchmark) -> Joint:
    """The joint assessment of one row. Raises ``RequestError`` or ``FactError``."""
    requests, same_act = _requests(row)
    return join([assess(request, benchmark) for request in requests], same_act=same_act)


def requests_of(row: Mapping[str, str]) -> list[Request]:
    """What a row asks of the engine: one request for each violation."""
    return _requests(row)[0]


def _requests(row: Mapping[str, str]) -> tuple[list[Request], bool]:
    facts, circumstances, same_act = _inputs(row["inputs"])
    items = [item.strip() for item in row["items"].split("+")]
    if not all(items):
        raise RequestError("没有写明违法行为。")
    act_on, decision_on = _day(row["act_date"], "act_date"), _day(row["decision_date"], "decision_date")
    return [Request(item, act_on, decision_on, facts, circumstances, complete=True) for item in items], same_act


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
    """Empty equals only empty; figures are compared as numbers, so idle zeros do not matter."""
    if column in ("min", "max") and _FIGURE.fullmatch(expected) and computed:
        return Decimal(expected) == Decimal(computed)
    if column in ("tier", "rows"):
        expected = "+".join(part.strip() for part in expected.split("+"))
    return expected == computed


def _inputs(text: str) -> tuple[dict[str, Value], Circumstances, bool]:
    facts: dict[str, Value] = {}
    other: dict[str, object] = {}
    factors: list[str] = []
    given: set[str] = set()
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        name, separator, value = (piece.strip() for piece in pair.partition("="))
        if not separator:
            raise RequestError(f"“{pair[:40]}”没有写成 名称=值。")
        if name in given:
            raise RequestError(f"“{name[:40]}”写了两次，请只留一个。")
        given.add(name)
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
        raise RequestError(f"{name} 里不能写“{value[:40]}”。")
    return codes


def _flag(name: str, value: str) -> bool:
    if value not in ("True", "False"):
        raise RequestError(f"{name} 只能写 True 或 False，现在是“{value[:40]}”。")
    return value == "True"


def _age(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        raise RequestError(f"party_age 要写整数，现在是“{value[:40]}”。")
    return int(value)


def _day(text: str, name: str) -> date:
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a day like 2024-02-30
    raise RequestError(f"{name} 的“{text[:40]}”不是日期，请写成 2024-01-31。")
