"""Reading editions: shipped data, faults by cell, validation, questions, and a changed edition."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import cases
from cases.discretion.benchmark import BARS, Benchmark, BenchmarkRow
from cases.discretion.engine import assess
from cases.discretion.reading import LoadError, load
from cases.discretion.request import Request
from cases.discretion.validation import validate

pytestmark = pytest.mark.law

DATA = Path(cases.__file__).parent / "data"
LISTS = (DATA / "four_lists.csv").read_text(encoding="utf-8")
with open(DATA / "discretion_benchmarks.csv", encoding="utf-8", newline="") as _source:
    TABLE = list(csv.DictReader(_source))


def text_of(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, TABLE[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_the_shipped_edition(shipped: Benchmark) -> None:
    assert (len(shipped.rows), len(shipped.lists), len(shipped.items)) == (581, 101, 138)
    assert validate(shipped) == ()
    assert {row.origin_kind for row in shipped.rows} == {"constructed", "seen", "seen-statute", "memory"}
    assert all(row.conditions and row.origin for row in shipped.rows)


def test_rows_by_day(shipped: Benchmark) -> None:
    assert {row.row_id for row in shipped.rows_for("pax-stops", date(2023, 7, 19))} == {
        "pax-stops-04",
        "pax-stops-05",
        "pax-stops-06",
    }
    assert {row.row_id[-2:] for row in shipped.rows_for("pax-stops", date(2023, 7, 20))} == {"01", "02", "03"}
    assert shipped.rows_for("pax-stops", date(2021, 7, 14)) == ()
    assert shipped.rows_for("nonsense", date(2025, 1, 1)) == ()


def test_violations_to_pick_from(shipped: Benchmark) -> None:
    assert ("frt-scatter", "道路货运", "货运经营者没有采取必要措施防止货物脱落、扬撒") in shipped.violations(
        date(2026, 3, 4)
    )
    assert len(shipped.violations(date(2026, 3, 4))) == 138
    assert "bus-suspend" not in {code for code, _, _ in shipped.violations(date(2024, 11, 30))}


def test_questions_are_only_what_the_item_needs(shipped: Benchmark) -> None:
    assert [variable.name for variable in shipped.questions_for("frt-scatter")] == [
        "harm",
        "obstruct",
        "corrected_immediately",
        "order_refused",
        "blocked_minutes",
        "traffic_affected",
    ]
    assert [variable.name for variable in shipped.inputs_for("frt-scatter")][:2] == ["prior_same_12m", "prior_same_24m"]
    assert {"contract_price"} < {variable.name for variable in shipped.questions_for("qual-jerry")}
    assert [variable.name for variable in shipped.questions_for("ovl-mass", date(2025, 1, 1))] == ["over_kg"]
    assert set(BARS) <= {variable.name for variable in shipped.inputs_for("road-occupy-sc")}
    assert "order_refused" in {variable.name for variable in shipped.inputs_for("gps-offline")}


def test_lists(shipped: Benchmark) -> None:
    assert [row.list_no for row in shipped.lists_for("frt-scatter", "首违不罚", "不予处罚")] == ["16"]
    assert shipped.lists_for("pax-unlicensed", "减轻处罚") == ()
    advice = shipped.advice_for("pax-unlicensed", "减轻处罚")
    assert [row.item_code for row in advice] == ["pax-unlicensed", "*", "*"]


def test_rows_from_memory_need_confirmation(shipped: Benchmark) -> None:
    rows = shipped.rows_for("pax-charter", date(2025, 1, 1))
    assert len(shipped.needs_confirmation(rows)) == 3
    confirmed = replace(shipped, confirmed=frozenset(row.row_id for row in rows))
    assert confirmed.needs_confirmation(rows) == ()
    assert shipped.needs_confirmation(shipped.rows_for("road-dig", date(2025, 1, 1))) == ()
    remark = shipped.rows_for("taxi-meter", date(2025, 1, 1))
    assert "项次凭记忆" in remark[0].penalty_provision
    assert shipped.needs_confirmation(remark) == remark


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("row_id", "", "不能为空"),
        ("violation", "", "不能为空"),
        ("tier_rank", "7", "不在允许的写法之内"),
        ("tier_rank", "", "不在允许的写法之内"),
        ("penalty_unit", "dollars", "不在允许的写法之内"),
        ("fine_optional", "maybe", "不在允许的写法之内"),
        ("penalty_min", "-5", "不是不带符号的数字"),
        ("penalty_max", "1,000", "不是不带符号的数字"),
        ("penalty_max", "=1+1", "不是不带符号的数字"),
        ("statute_min", "１０", "不是不带符号的数字"),
        ("effective_from", "2023/07/20", "不是日期"),
        ("effective_to", "2023-02-30", "不是日期"),
        ("condition_expr", "__import__('os')", "没有“__import__”"),
        ("branch", "income>3", "没有“income”"),
    ],
)
def test_every_broken_cell_is_named(column: str, value: str, said: str) -> None:
    rows = [TABLE[0], TABLE[1] | {column: value}]
    with pytest.raises(LoadError) as caught:
        load(text_of(rows), LISTS, name="基准", edition="一")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, column)]
    assert said in str(caught.value)


def test_repeated_ids_and_broken_lists_are_named_together() -> None:
    broken = LISTS.replace("prior_same_24m==0 and harm=='none' and corrected_immediately,", "prior_same_99m==0,", 1)
    with pytest.raises(LoadError) as caught:
        load(text_of([TABLE[0], TABLE[0]]), broken, name="基准", edition="一")
    assert {(fault.table, fault.column) for fault in caught.value.faults} == {
        ("benchmark", "row_id"),
        ("lists", "condition_expr"),
    }


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"effective_to": date(2020, 1, 1)}, ["effective_to"]),
        ({"penalty_min": Decimal(1700)}, ["penalty_max"]),
        ({"penalty_min": Decimal(999)}, ["penalty_min"]),
        ({"penalty_max": Decimal(3001)}, ["penalty_max"]),
        ({"statute_min": None}, ["statute_min"]),
        ({"statute_max": None}, ["statute_min"]),
        ({"statute_min": Decimal(4000)}, ["statute_max", "penalty_min"]),
        ({"tier_rank": 0}, ["penalty_unit"]),
        ({"penalty_unit": "x_illegal_income"}, ["penalty_unit"]),
    ],
)
def test_validation(shipped: Benchmark, change: dict[str, object], columns: list[str]) -> None:
    row = shipped.rows_for("frt-scatter", date(2025, 1, 1))[0]
    edition = replace(shipped, rows=(replace(row, **change),))  # type: ignore[arg-type]
    assert [fault.column for fault in validate(edition)] == columns


def edition_with(shipped: Benchmark, change: Callable[[BenchmarkRow], BenchmarkRow]) -> Benchmark:
    return replace(shipped, edition="第2版", rows=tuple(change(row) for row in shipped.rows))


@pytest.mark.parametrize(("top", "governs"), [(Decimal(1500), "new"), (Decimal(1700), "old"), (Decimal(1600), None)])
def test_a_new_edition_applies_only_where_it_is_lighter(shipped: Benchmark, top: Decimal, governs: str | None) -> None:
    newer = edition_with(shipped, lambda row: replace(row, penalty_max=top) if row.row_id == "frt-scatter-01" else row)
    request = Request("frt-scatter", date(2025, 6, 20), date(2025, 7, 10), complete=True)
    result = assess(request, newer, earlier=shipped)
    assert (result.law.governs if result.law else None) == governs
    if governs == "new":
        assert result.range is not None
        assert result.range.maximum == 1500


def test_versions_that_cannot_be_compared_keep_the_old(shipped: Benchmark) -> None:
    request = Request("waterway-dump", date(2025, 6, 20), date(2025, 7, 10), complete=True)
    newer = edition_with(shipped, lambda row: replace(row, conditions=row.conditions + "。"))
    result = assess(request, newer, earlier=shipped)
    assert result.law is not None
    assert "无法比较" in result.law.text
    assert result.action == "no_suggestion"


def test_a_heavier_law_does_not_reach_back(shipped: Benchmark) -> None:
    def heavier(row: BenchmarkRow) -> BenchmarkRow:
        return replace(row, statute_max=Decimal(9000)) if row.item_code == "frt-scatter" else row

    request = Request("frt-scatter", date(2025, 6, 20), date(2025, 7, 10), complete=True)
    result = assess(request, edition_with(shipped, heavier), earlier=shipped)
    assert result.law is not None
    assert (result.law.governs, "新规定处罚更重" in result.law.text) == ("old", True)


def test_an_order_is_due_even_where_no_tier_says_so(shipped: Benchmark) -> None:
    edition = replace(shipped, rows=tuple(row for row in shipped.rows if row.row_id != "bus-suspend-01"))
    result = assess(Request("bus-suspend", date(2025, 6, 20), date(2025, 7, 10), complete=True), edition)
    assert (result.action, result.tier, result.rows) == ("order_only", "", ())


def test_an_item_gone_by_the_decision_day_has_no_suggestion(shipped: Benchmark) -> None:
    gone = replace(shipped, rows=tuple(row for row in shipped.rows if row.item_code != "frt-scatter"))
    request = Request("frt-scatter", date(2025, 6, 20), date(2025, 7, 10), complete=True)
    assert assess(request, gone, earlier=shipped).action == "no_suggestion"
