"""The worked examples W01–W36 as a file, and the boundaries named beside them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import cases
from cases.discretion.benchmark import Benchmark
from cases.discretion.examples import COLUMNS, assess_report, assess_row, read_examples, run_row
from cases.discretion.request import RequestError

pytestmark = pytest.mark.law

FILE = Path(cases.__file__).parent / "data" / "discretion_examples.csv"
EXAMPLES = read_examples(FILE.read_text(encoding="utf-8"))


def test_there_are_thirty_eight() -> None:
    assert len(EXAMPLES) == 38


@pytest.mark.parametrize("row", EXAMPLES, ids=[row["id"] for row in EXAMPLES])
def test_worked_example(row: dict[str, str], shipped: Benchmark) -> None:
    outcome = assess_row(row, shipped)
    assert outcome.error == ""
    assert dict(outcome.computed) == dict(outcome.expected)


def test_report_is_json_and_counts(shipped: Benchmark) -> None:
    wrong = EXAMPLES[0] | {"expect_action": "penalise"}
    report = assess_report([EXAMPLES[1], wrong], shipped)
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report
    assert (report["total"], report["different"], report["equal"]) == (2, 1, False)
    rows: Any = report["rows"]
    assert rows[1]["differences"] == ["action"]
    assert rows[1]["equal"] is False


@pytest.mark.parametrize(
    ("id_", "suggestion"),
    [
        ("W02", "4200.00"),
        ("W05", "7200.00"),
        ("W09", "1500.00"),
        ("W14", "15000.00"),
        ("W15", "30000.00"),
        ("W16", "4000.00"),
        ("W19", "20000.00"),
        ("W20", "60000.00"),
        ("W21", "4000.00"),
        ("W22", "6500.00"),
        ("W24", "720.00"),
        ("W31", "1500.00"),
        ("W32", "73600.00"),
        ("W35", "23500.00"),
        ("W36", "86500.00"),
    ],
)
def test_suggested_amounts(id_: str, suggestion: str, shipped: Benchmark) -> None:
    joint = run_row(next(row for row in EXAMPLES if row["id"] == id_), shipped)
    assert str(joint.findings[0].suggestion) == suggestion


ALL_FIVE = {
    "prior_same_total": "0",
    "obstruct": "False",
    "reloaded_properly": "True",
    "harm": "none",
    "cleaned_in_time": "True",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prior_same_total", "1"),
        ("obstruct", "True"),
        ("reloaded_properly", "False"),
        ("harm", "minor"),
        ("cleaned_in_time", "False"),
        ("order_refused", "True"),
        ("blocked_minutes", "1"),
        ("traffic_affected", "True"),
    ],
)
def test_w01_turns_into_a_fine_when_one_condition_fails(name: str, value: str, shipped: Benchmark) -> None:
    inputs = "; ".join(f"{key}={text}" for key, text in (ALL_FIVE | {name: value}).items())
    joint = run_row(EXAMPLES[0] | {"inputs": inputs}, shipped)
    assert joint.action == "penalise"
    assert joint.range is not None


@pytest.mark.parametrize(
    ("items", "inputs", "action", "unit", "low", "high"),
    [
        ("ovl-mass", "over_kg=0", "no_suggestion", "none", "", ""),
        ("ovl-mass", "over_kg=1000", "penalise", "warning", "", ""),
        ("ovl-mass", "over_kg=1001", "penalise", "yuan", "500", "500"),
        ("ovl-mass", "over_kg=1999", "penalise", "yuan", "500", "500"),
        ("ovl-mass", "over_kg=2000", "penalise", "yuan", "1000", "1000"),
        ("ovl-mass", "over_kg=60000", "penalise", "yuan", "30000", "30000"),
        ("ovl-repeat", "violations_12m=3", "penalise", "none", "", ""),
        ("road-stall", "dangerous_section=False", "no_penalty", "none", "", ""),
        ("road-stall", "dangerous_section=False; corrected=False", "penalise", "yuan", "0", "200"),
        ("gps-offline", "order_refused=True", "penalise", "yuan", "620", "800"),
        ("ovl-route", "order_refused=True", "order_only", "none", "", ""),
        (
            "ovl-dimension+ovl-mass",
            "height_m=4.3; width_m=2; length_m=9; over_kg=2500",
            "penalise",
            "yuan",
            "1200",
            "2000",
        ),
        (
            "ovl-dimension+ovl-mass",
            "height_m=4.3; width_m=2; length_m=9; over_kg=900",
            "penalise",
            "yuan",
            "200",
            "1000",
        ),
        ("ovl-mass+ovl-repeat", "over_kg=900; violations_12m=4", "penalise", "warning", "", ""),
        ("gps-offline+pax-nocarry", "", "order_only", "none", "", ""),
        ("road-dig+pax-stops", "area_m2=4; depth_cm=20", "penalise", "yuan", "4000", "6300"),
        ("nonsense", "", "no_suggestion", "none", "", ""),
        ("pax-stops", "competent=False", "no_jurisdiction", "none", "", ""),
    ],
)
def test_boundaries(
    *, items: str, inputs: str, action: str, unit: str, low: str, high: str, shipped: Benchmark
) -> None:
    row = EXAMPLES[0] | {"items": items, "inputs": inputs, "act_date": "2025-05-10", "decision_date": "2025-05-20"}
    computed = assess_row(row, shipped).computed
    assert (computed["action"], computed["unit"], computed["min"], computed["max"]) == (action, unit, low, high)


def test_one_act_under_two_norms_keeps_the_other_as_concurring(shipped: Benchmark) -> None:
    row = next(row for row in EXAMPLES if row["id"] == "W30")
    joint = run_row(row, shipped)
    assert [other.item for other in joint.concurring] == ["frt-scatter"]
    exempt = "prior_same_total=0; reloaded_properly=True; cleaned_in_time=True; same_act=True"
    joint = run_row(row | {"inputs": exempt}, shipped)
    assert joint.action == "no_penalty"
    assert [note.code for note in joint.notes] == ["concurrence_review"]


def test_one_act_with_equal_ceilings_keeps_the_first_named(shipped: Benchmark) -> None:
    row = EXAMPLES[0] | {"items": "pax-stops+pax-handover", "inputs": "same_act=True"}
    assert run_row(row, shipped).findings[0].item == "pax-stops"


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": "prior_same_total"},
        {"inputs": "wrong=1"},
        {"inputs": "obstruct=maybe"},
        {"inputs": "competent=maybe"},
        {"inputs": "passengers=-1"},
        {"inputs": "party_age=twelve"},
        {"inputs": "party_age=200"},
        {"inputs": "factor_M=A1"},
        {"inputs": "factor_M=M9"},
        {"inputs": "factor_A=A9"},
        {"inputs": "factor_M="},
        {"inputs": "act_end=2025-13-01"},
        {"inputs": "act_end=2025-05-09"},
        {"inputs": "act_end=2025-06-01"},
        {"inputs": "discovered=2025-05-09"},
        {"inputs": "discovered=2026-05-09"},
        {"items": ""},
        {"items": "road-spill+"},
        {"act_date": "10.5.2025"},
        {"act_date": "2025-05-13"},
    ],
)
def test_impossible_rows_are_reported_not_raised(change: dict[str, str], shipped: Benchmark) -> None:
    outcome = assess_row(EXAMPLES[0] | change, shipped)
    assert outcome.error
    assert not outcome.is_equal


def test_a_file_without_a_column_is_refused() -> None:
    with pytest.raises(RequestError, match="expect_action"):
        read_examples(",".join(COLUMNS[:-1]) + "\n")


def test_expected_figures_may_have_idle_zeros(shipped: Benchmark) -> None:
    row = next(row for row in EXAMPLES if row["id"] == "W32")
    assert assess_row(row | {"expect_max": "2.60", "expect_min": "2.0"}, shipped).is_equal
    assert not assess_row(row | {"expect_max": "2.61"}, shipped).is_equal
    assert run_row(row, shipped).range is not None
    assert run_row(row, shipped).findings[0].yuan_range.maximum == Decimal(83200)  # type: ignore[union-attr]
