"""The steps of the engine one by one: gates, unknown facts, versions, circumstances, reduction, consequences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.discretion.benchmark import Benchmark
from cases.discretion.consequences import Thresholds, spot_limit
from cases.discretion.engine import assess
from cases.discretion.request import Request

pytestmark = pytest.mark.law

SCATTER = {"prior_same_12m": 0, "prior_same_24m": 0, "harm": "none", "obstruct": False, "corrected_immediately": False}


def codes(notes: Any) -> list[str]:
    return [note.code for note in notes]


def test_the_demo_story_holds_a_thousand_yuan(run: Any) -> None:
    result = run(
        "frt-scatter", SCATTER | {"party_type": "org"}, act="2026-03-04", decision="2026-04-08", complete=False
    )
    assert (result.action, result.tier, result.tier_rank) == ("penalise", "较轻", 2)
    assert (result.yuan_range.minimum, result.yuan_range.maximum) == (1000, 1600)
    assert result.breached == ("《中华人民共和国道路运输条例》第二十六条第二款",)
    assert result.basis == ("《中华人民共和国道路运输条例》第六十八条第二款",)
    assert result.missing == ()
    (check,) = result.lists
    assert (check.row.list_type, check.row.list_no, check.outcome) == ("首违不罚", "16", "not_applied")
    assert [clause.met for clause in check.clauses] == [True, True, False]
    assert check.reason == "该项要求当场改正，本案没有当场改正，不符合该项全部条件，不予适用。"


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, {"prior_same_24m", "harm", "corrected_immediately"}),
        ({"corrected_immediately": False}, {"harm", "prior_same_12m", "obstruct"}),
        ({"corrected_immediately": False, "harm": "serious"}, set()),
        ({"corrected_immediately": False, "harm": "none", "obstruct": False, "prior_same_12m": 1}, set()),
        (
            {"corrected_immediately": True, "harm": "none", "prior_same_24m": 0},
            {"obstruct", "order_refused", "blocked_minutes", "traffic_affected"},
        ),
        ({"corrected_immediately": True, "harm": "none", "prior_same_24m": 0, "obstruct": True}, set()),
    ],
)
def test_an_unknown_fact_is_asked_for_and_only_while_it_matters(run: Any, facts: Any, missing: set[str]) -> None:
    result = run("frt-scatter", facts, complete=False)
    assert set(result.missing) == missing
    assert (result.action == "needs_facts") is bool(missing)


@pytest.mark.parametrize(
    ("item", "facts", "missing"),
    [
        ("gps-offline", {}, {"order_refused", "repeated_after_correction"}),
        ("pax-unlicensed", {}, {"illegal_income", "prior_same_12m", "passengers", "harm", "obstruct"}),
        ("qual-jerry", {"prior_same_12m": 0, "harm": "none", "obstruct": False}, {"contract_price"}),
        ("road-stall", {"corrected": True, "prior_same_total": 0, "dangerous_section": False}, {"blocked_minutes"}),
        (
            "road-occupy-sc",
            {"road_class": "county_or_lower", "area_m2": Decimal(4), "restored": True, "harm": "none"},
            {"obstruct", "order_refused", "blocked_minutes", "traffic_affected"},
        ),
    ],
)
def test_other_unknown_facts(run: Any, item: str, facts: Any, missing: set[str]) -> None:
    result = run(item, facts, complete=False)
    assert result.action == "needs_facts"
    assert missing & set(result.missing)


def test_unknown_income_is_asked_before_laws_are_compared(run: Any) -> None:
    result = run("pax-unlicensed", {}, act="2023-06-20", decision="2023-09-01", complete=False)
    assert result.missing == ("illegal_income",)


@pytest.mark.parametrize(
    ("ended", "found", "safety", "action"),
    [
        ("2022-03-01", "2024-03-01", False, "penalise"),
        ("2022-03-01", "2024-03-02", False, "limitation"),
        ("2022-03-01", "2024-03-02", True, "penalise"),
        ("2022-03-01", "2027-03-01", True, "penalise"),
        ("2022-03-01", "2027-03-02", True, "limitation"),
        ("2024-02-29", "2026-02-28", False, "penalise"),
        ("2024-02-29", "2026-03-01", False, "limitation"),
    ],
)
def test_limitation(run: Any, ended: str, found: str, safety: bool, action: str) -> None:
    result = run(
        "pax-transfer-licence",
        act="2021-08-01",
        decision="2028-01-01",
        act_ended_on=date.fromisoformat(ended),
        discovered_on=date.fromisoformat(found),
        safety_harm=safety,
    )
    assert result.action == action


@pytest.mark.parametrize(
    ("circumstances", "action", "rows"),
    [
        ({"party_age": 13}, "no_penalty", 0),
        ({"party_age": 14}, "penalise", 1),
        ({"incapable": True}, "no_penalty", 0),
        ({"no_fault": True}, "no_penalty", 0),
        ({"competent": False, "party_age": 13}, "no_jurisdiction", 0),
    ],
)
def test_capacity_and_fault(run: Any, circumstances: Any, action: str, rows: int) -> None:
    result = run("pax-handover", **circumstances)
    assert (result.action, len(result.rows)) == (action, rows)


def test_the_missing_element_goes_before_no_fault_and_age_before_the_element(run: Any) -> None:
    assert run("gps-offline", no_fault=True, act="2024-03-01", decision="2024-03-02").action == "order_only"
    assert run("gps-offline", party_age=13, act="2024-03-01", decision="2024-03-02").action == "no_penalty"


def test_a_listed_exemption_without_benchmark_row(run: Any) -> None:
    result = run("taxi-receipt", {"corrected_immediately": True})
    assert (result.action, result.tier, result.rows) == ("no_penalty", "不予处罚", ())
    assert result.applied_list is not None
    assert "初次违法" in result.reasons[0]
    assert codes(result.approvals) == ["head_approval"]
    result = run("pax-stops", {"objective_cause": True})
    assert "违法行为轻微并及时改正" in result.reasons[0]


@pytest.mark.parametrize(
    ("item", "facts", "said"),
    [
        ("frt-modify", {"minor_modification": True, "restored": True}, "初次违法"),
        ("road-pile", {}, "违法行为轻微并及时改正"),
    ],
)
def test_an_exemption_tier_without_a_list_names_its_limb(shipped: Benchmark, item: str, facts: Any, said: str) -> None:
    bare = replace(shipped, lists=())
    result = assess(Request(item, date(2025, 6, 20), date(2025, 7, 10), facts, complete=True), bare)
    assert (result.action, said in result.reasons[0]) == ("no_penalty", True)


def test_what_bars_an_exemption_is_said(run: Any) -> None:
    facts = {"corrected_immediately": True, "order_refused": True}
    result = run("road-occupy", facts)
    assert result.action == "penalise"
    assert codes(result.notes) == ["exemption_barred"]
    assert [check.outcome for check in result.lists] == ["barred"]
    assert "责令改正后拒不改正" in result.lists[0].reason


@pytest.mark.parametrize(
    ("item", "facts", "act", "decision", "governs", "row"),
    [
        ("pax-unlicensed", {"illegal_income": Decimal(20000)}, "2023-06-20", "2023-09-01", "new", "pax-unlicensed-04"),
        ("pax-unlicensed", {"illegal_income": Decimal(20001)}, "2023-06-20", "2023-09-01", "old", "pax-unlicensed-07"),
        ("rhc-platform", {}, "2022-11-29", "2022-11-30", "old", None),
        ("gps-offline", {"repeated_after_correction": True}, "2022-02-01", "2022-03-01", "old", "gps-offline-05"),
        ("gps-offline", {"order_refused": True}, "2022-02-01", "2022-03-01", "new", "gps-offline-04"),
        ("pax-nocarry", {}, "2023-07-19", "2023-07-20", "new", "pax-nocarry-05"),
    ],
)
def test_the_lighter_law_governs(
    *, run: Any, item: str, facts: Any, act: str, decision: str, governs: str, row: str | None
) -> None:
    result = run(item, facts, act=act, decision=decision)
    assert result.law.governs == governs
    assert "第三十七条" in result.law.text
    assert row is None or result.rows[0].row_id == row


def test_no_comparison_without_change(run: Any) -> None:
    assert run("pax-unlicensed", act="2023-07-19", decision="2023-07-19").law is None
    assert run("pax-unlicensed", act="2023-07-20", decision="2025-01-01").law is None
    assert run("bus-suspend", act="2024-11-30", decision="2024-12-02").action == "no_suggestion"


def test_articles_follow_the_governing_day(run: Any) -> None:
    old = run("frt-scatter", act="2023-07-19", decision="2023-07-19")
    assert old.basis == ("《中华人民共和国道路运输条例》第六十九条第五项",)


def test_the_cap_below_the_present_tier_is_flagged(run: Any) -> None:
    result = run("pax-unlicensed", {"passengers": 6}, act="2023-06-20", decision="2023-09-01")
    assert result.range.minimum == 37000
    assert result.suggestion == 30000
    assert "cap_below_tier" in codes(result.notes)


def test_exactly_on_the_boundary_goes_to_legal_review(run: Any) -> None:
    assert "branch_boundary" in codes(run("pax-unlicensed", {"illegal_income": Decimal(20000)}).notes)
    assert run("pax-unlicensed", {"illegal_income": Decimal(19999)}).notes == ()


@pytest.mark.parametrize(
    ("facts", "circumstances", "tier", "low", "high"),
    [
        ({}, {"factors": ("M7",)}, "较轻", "1000", "1090"),
        ({}, {"factors": ("A2",)}, "较轻", "1210", "1300"),
        ({}, {"factors": ("A2", "A6")}, "一般", "1300", "1700"),
        ({}, {"factors": ("A2", "A6", "M1")}, "较轻", "1000", "1300"),
        ({}, {"violence": True}, "一般", "1300", "1700"),
        ({}, {"violence": True, "factors": ("M1",)}, "较轻", "1000", "1300"),
        ({"obstruct": True}, {"violence": True}, "严重", "1910", "2000"),
        ({"obstruct": True}, {"factors": ("A1",)}, "严重", "1700", "2000"),
        ({"prior_same_12m": 1}, {"factors": ("A3",)}, "一般", "1300", "1700"),
        ({"prior_same_12m": 1}, {"factors": ("A3", "A2")}, "一般", "1580", "1700"),
        ({"harm": "serious"}, {"factors": ("A5",)}, "严重", "1700", "2000"),
        ({"harm": "serious", "prior_same_12m": 1}, {"factors": ("A3",)}, "严重", "1910", "2000"),
        ({}, {"party_age": 16}, "较轻", "1000", "1090"),
        ({}, {"limited_capacity": True}, "较轻", "1000", "1090"),
    ],
)
def test_circumstances_move_the_range(
    *, run: Any, facts: Any, circumstances: Any, tier: str, low: str, high: str
) -> None:
    result = run("pax-stops", facts, **circumstances)
    assert (result.tier, str(result.range.minimum), str(result.range.maximum)) == (tier, low, high)


def test_a_fixed_amount_is_not_narrowed_and_a_warning_can_rise(run: Any) -> None:
    fixed = run("road-occupy", {"blocked_minutes": Decimal(70)}, factors=("M7",))
    assert fixed.range.minimum == fixed.range.maximum == 30000
    old = {"act": "2022-07-01", "decision": "2022-08-01"}
    warned = run("pax-nocarry", {"corrected": False}, factors=("A2",), **old)
    assert (warned.unit, warned.range) == ("warning", None)
    raised = run("pax-nocarry", {"corrected": False}, violence=True, **old)
    assert (raised.tier, raised.range.minimum) == ("一般", 50)
    formula = run("ovl-mass", {"over_kg": Decimal(800)}, violence=True)
    assert formula.unit == "warning"


@pytest.mark.parametrize(
    ("item", "facts", "circumstances", "reduced", "low", "high"),
    [
        ("pax-stops", {}, {"factors": ("M1",), "minutes": True}, True, "100", "999"),
        ("pax-stops", {}, {"factors": ("M7",), "minutes": True}, False, "1000", "1090"),
        ("pax-stops", {}, {}, False, "1000", "1300"),
        ("road-spill", {}, {"factors": ("M1",), "minutes": True}, False, "0", "450"),
        ("pax-unlicensed", {"illegal_income": Decimal(30000)}, {"factors": ("M4",)}, True, "6000.00", "59999.00"),
    ],
)
def test_reduction(*, run: Any, item: str, facts: Any, circumstances: Any, reduced: bool, low: str, high: str) -> None:
    result = run(item, facts, reduce=True, **circumstances)
    assert result.is_reduced is reduced
    assert (Decimal(low), Decimal(high)) == (result.range.minimum, result.range.maximum)
    assert ("reduce_refused" in codes(result.notes)) is not reduced
    assert (result.action == "needs_minutes") is (reduced and not circumstances.get("minutes", False))


@pytest.mark.parametrize(
    ("item", "facts", "thresholds", "expected"),
    [
        ("pax-stops", {"party_type": "org"}, Thresholds(), {"hearing_threshold_unknown", "simple_possible"}),
        ("pax-stops", {"party_type": "person"}, Thresholds(Decimal(1300)), {"hearing_notice"}),
        ("pax-stops", {"party_type": "person"}, Thresholds(Decimal(1301)), set()),
        ("pax-modify", {"party_type": "org"}, Thresholds(None, Decimal(50000)), set()),
        ("ovl-mass", {"over_kg": Decimal(500)}, Thresholds(), {"simple_possible"}),
        ("ovl-repeat", {"violations_12m": 4}, Thresholds(), {"hearing_notice", "collective_discussion"}),
        ("pax-charter", {"party_type": "org"}, Thresholds(None, Decimal(50000)), {"simple_possible", "confirm_rows"}),
        ("road-occupy", {"corrected": False}, Thresholds(), {"legal_review"}),
    ],
)
def test_consequences(shipped: Benchmark, item: str, facts: Any, thresholds: Thresholds, expected: set[str]) -> None:
    request = Request(item, date(2025, 6, 20), date(2025, 7, 10), facts, complete=True)
    assert set(codes(assess(request, shipped, thresholds=thresholds).approvals)) == expected


@pytest.mark.parametrize(("on", "party", "limit"), [
    (date(2021, 7, 14), "person", None),  # 处罚法51 of 2021 is in force from the next day; no earlier figure on record
    (date(2021, 7, 15), "person", Decimal(200)),
    (date(2026, 3, 2), "org", Decimal(3000)),
    (date(2026, 3, 2), None, Decimal(200)),
])  # fmt: skip
def test_the_limit_of_the_spot_is_the_parameter_of_the_day(on: date, party: str | None, limit: Decimal | None) -> None:
    assert spot_limit(party, on) == limit


def test_responsible_persons_answer_with_a_share(run: Any) -> None:
    (note,) = run("qual-jerry", {"contract_price": Decimal(3200000)}).notes
    assert note.text == "直接负责的主管人员和其他直接责任人员，处单位罚款数额5%以上6.5%以下的罚款。"


def test_same_as_left_is_spelled_out(run: Any) -> None:
    result = run("repair-fake-parts", {"prior_same_12m": 1, "illegal_income": Decimal(500)})
    assert result.measures[0] == "没收违法所得、假冒伪劣配件及报废车辆"
    nothing_gained = run("repair-fake-parts", {"prior_same_12m": 1})
    assert nothing_gained.measures[0] == "没收假冒伪劣配件及报废车辆"
    assert "没收违法所得" in run("pax-unlicensed", {"illegal_income": Decimal(60)}).measures
    assert "没收违法所得" not in run("pax-unlicensed").measures
