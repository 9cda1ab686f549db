"""Every shipped row, tried with every set of facts that can make a difference."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.discretion.benchmark import Benchmark, BenchmarkRow
from cases.discretion.conditions import parse
from cases.discretion.coverage import base_facts, days_of, survey, tries_of
from cases.discretion.engine import assess
from cases.discretion.facts import VARIABLES
from cases.discretion.lists import holds
from cases.discretion.reading import load_shipped
from cases.discretion.request import Request
from cases.discretion.result import Assessment
from cases.discretion.snapshot import snapshot

pytestmark = pytest.mark.law

EDITION = load_shipped()
ROWS = {row.row_id: row for row in EDITION.rows}
TIERS = [row.row_id for row in EDITION.rows if row.tier_rank]
# Facts for which the tables that were seen say nothing (discretion.md §4); the engine gives reasons and legal review.
HOLES = {"road-occupy", "road-stall", "road-pile", "ovl-mass"}
# The heavier answer where it is the higher one, and where it is the lower one.
HEAVIER_IS_MORE = {
    *("harm", "obstruct", "order_refused", "repeated_after_correction", "repeat_count", "overdue_days", "days_expired"),
    *("months", "intervals_missed", "passengers", "passengers_over", "rated_tonnes", "vehicles", "over_kg"),
    *("over_ratio", "height_m", "width_m", "length_m", "fleet_violation_ratio", "overloaded_at_same_time"),
    *("damage_yuan", "blocked_minutes", "traffic_affected", "area_m2", "depth_cm", "dangerous_section"),
    *("prior_same_12m", "prior_same_24m", "prior_same_total", "prior_same_calendar_year", "violations_12m"),
    *("prior_same_vehicle_12m", "prior_same_vehicle_total", "road_class", "unit_tier"),
}
HEAVIER_IS_LESS = {
    *("corrected", "corrected_immediately", "cleaned_in_time", "restored", "reloaded_properly", "commitment_signed"),
    *("minor_modification", "vehicle_inspection_valid", "rhc_fully_licensed", "cert_valid", "compensated"),
    "objective_cause",
}
# They choose the branch of the statute or say who it is: no severity.
NEUTRAL = {"illegal_income", "contract_price", "unit_fine", "timber_value", "party_type", "orders"}


def tries(item: str, on: date) -> Iterator[dict[str, Any]]:
    tiers = [row for row in EDITION.rows_for(item, on) if row.tier_rank]
    found, sampled = tries_of(condition for row in tiers for condition in (row.branch, row.condition))
    assert not sampled
    for facts in found:
        yield base_facts(tiers) | facts


def winning_tries(row: BenchmarkRow) -> Iterator[dict[str, Any]]:
    """Facts on which this row is the highest that matches."""
    rows = EDITION.rows_for(row.item_code, row.effective_from)
    for facts in tries(row.item_code, row.effective_from):
        above = (other for other in rows if other.tier_rank > row.tier_rank)
        if holds(row, facts) and not any(holds(other, facts) for other in above):
            yield facts


def assessed(row: BenchmarkRow, facts: dict[str, Any]) -> Assessment:
    return assess(Request(row.item_code, row.effective_from, row.effective_from, facts, complete=True), EDITION)


def test_the_holes_are_those_that_are_known() -> None:
    found = survey(EDITION)
    assert {hole.item for hole in found.holes} == HOLES
    assert all(hole.facts and 0 < hole.missing < hole.tries for hole in found.holes)
    assert found.overlaps == ()
    assert found.idle == ()
    assert found.sampled == ()


@pytest.mark.parametrize("row_id", TIERS)
def test_every_tier_decides_something_inside_the_statute(row_id: str) -> None:
    row = ROWS[row_id]
    # What no tier asks about is answered against the party, so that no list exempts and no order comes first.
    others = dict.fromkeys(HEAVIER_IS_LESS, False) | {"order_refused": True}
    results = [found for facts in winning_tries(row) if row in (found := assessed(row, others | facts)).rows]
    assert results
    for result in results:
        if result.range is None:
            assert not row.is_fine
            continue
        assert row.statute_min is not None
        assert row.statute_max is not None
        assert row.statute_min <= result.range.minimum <= result.range.maximum <= row.statute_max
        assert result.suggestion is not None
        assert result.yuan_range is not None
        assert result.yuan_range.minimum <= result.suggestion <= result.yuan_range.maximum


@pytest.mark.parametrize("row_id", [row.row_id for row in EDITION.rows])
def test_the_order_of_the_facts_changes_nothing(row_id: str) -> None:
    row = ROWS[row_id]
    facts = next(winning_tries(row), None) or {"harm": "none", "prior_same_12m": 0, "corrected": True}
    names = list(facts)
    random.Random(row_id).shuffle(names)
    expected = snapshot(assessed(row, facts))
    assert snapshot(assessed(row, {name: facts[name] for name in names})) == expected


@pytest.mark.parametrize("item", EDITION.items)
def test_worse_facts_never_lead_to_a_lower_tier(item: str) -> None:
    for on in days_of(EDITION.item_rows(item)):
        tiers = sorted((row for row in EDITION.rows_for(item, on) if row.tier_rank), key=lambda row: -row.tier_rank)
        ranks: dict[tuple[Any, ...], int] = {}
        names: tuple[str, ...] = ()
        for facts in tries(item, on):
            names = tuple(facts)
            highest = next((row.tier_rank for row in tiers if holds(row, facts)), None)
            if highest is not None:
                ranks[tuple(facts.values())] = highest
        for values, rank in ranks.items():
            for place, name in enumerate(names):
                worse = heavier(name, values[place], {other[place] for other in ranks})
                higher = ranks.get((*values[:place], worse, *values[place + 1 :]))
                assert higher is None or higher >= rank, (item, dict(zip(names, values, strict=True)), name, worse)


def heavier(name: str, value: Any, known: set[Any]) -> Any:
    """The next heavier answer that is tried; None where there is none."""
    if name in NEUTRAL:
        return None
    assert name in HEAVIER_IS_MORE | HEAVIER_IS_LESS, name
    choices = [code for code, _ in VARIABLES[name].choices]
    order = choices if choices else sorted(known, reverse=name in HEAVIER_IS_LESS)
    later = order[order.index(value) + 1 :]
    return later[0] if later else None


def changed(**changes: Any) -> Benchmark:
    """The tiers of one item, with the second changed."""
    rows = [row for row in EDITION.rows_for("road-dig", date(2025, 1, 1)) if row.tier_rank]
    rows[1] = replace(rows[1], **changes)
    return replace(EDITION, rows=tuple(rows), lists=())


def test_an_overlap_of_one_rank_is_found_with_its_facts() -> None:
    rows = changed().rows
    found = survey(changed(tier_rank=rows[0].tier_rank, condition=rows[0].condition))
    assert {(one.first.row_id, one.second.row_id) for one in found.overlaps} == {(rows[0].row_id, rows[1].row_id)}
    assert found.overlaps[0].differs
    assert found.overlaps[0].facts
    same = survey(
        changed(
            tier_rank=rows[0].tier_rank, condition=rows[0].condition, penalty_min=rows[0].penalty_min,
            penalty_max=rows[0].penalty_max,
        )
    )  # fmt: skip
    assert not same.overlaps[0].differs


def test_a_hole_between_two_tiers_is_found_at_its_edge() -> None:
    tier = changed().rows[0]
    rows = tuple(
        replace(tier, row_id=f"x-{rank}", tier_rank=rank, condition=parse(text))
        for rank, text in ((1, "passengers<=4"), (2, "passengers>5"))
    )
    found = survey(replace(EDITION, rows=rows, lists=()))
    assert [(hole.missing, hole.facts) for hole in found.holes] == [(1, "载客5人")]
    assert found.overlaps == ()


def test_a_row_that_can_never_decide_is_found() -> None:
    found = survey(changed(condition=parse("harm=='serious' and harm=='none'")))
    assert [row.row_id for row in found.idle] == [changed().rows[1].row_id]


def test_too_many_cases_are_sampled_and_said() -> None:
    names = [name for name, one in VARIABLES.items() if one.kind == "bool"]
    text = " or ".join(names[:18])
    rows = (replace(changed().rows[0], condition=parse(text)),)
    found = survey(replace(EDITION, rows=rows, lists=()))
    assert found.sampled == ("road-dig",)
    assert found.holes[0].tries <= 40_000


def test_figures_are_tried_with_their_neighbours() -> None:
    found, sampled = tries_of([parse("1<=months<3 and harm!='none' and corrected")])
    months = {facts["months"] for facts in found}
    assert {Decimal("0.99"), Decimal(1), Decimal("1.01"), Decimal("2.99"), Decimal(3), Decimal("3.01")} < months
    assert not sampled
