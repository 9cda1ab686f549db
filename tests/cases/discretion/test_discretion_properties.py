"""Properties that hold for every shipped row and any facts."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from cases.discretion.checks import allowed_range, check_amount
from cases.discretion.conditions import ConditionError, parse
from cases.discretion.engine import assess
from cases.discretion.facts import TABLE, Variable
from cases.discretion.lists import holds
from cases.discretion.reading import load_shipped
from cases.discretion.request import AGGRAVATING, MITIGATING, Circumstances, Request
from cases.discretion.snapshot import snapshot

pytestmark = pytest.mark.law

EDITION = load_shipped()
FIRST, LAST = date(2021, 7, 15), date(2026, 12, 31)
HARMS = ("none", "minor", "serious")
# The seen tables say nothing about these; the engine then gives no suggestion (known holes of the data).
HOLES = {"road-occupy", "road-stall", "road-pile", "ovl-mass"}

quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def values(variable: Variable) -> st.SearchStrategy[Any]:
    if variable.kind == "bool":
        return st.booleans()
    if variable.kind == "choice":
        return st.sampled_from([key for key, _ in variable.choices])
    if variable.kind == "int":
        return st.integers(0, 12)
    return st.decimals(0, 70000, places=2) | st.decimals(0, 30, places=2)


all_facts = st.fixed_dictionaries({}, optional={variable.name: values(variable) for variable in TABLE})
circumstances = st.builds(
    Circumstances,
    factors=st.lists(st.sampled_from([*MITIGATING, *AGGRAVATING]), unique=True, max_size=3).map(tuple),
    violence=st.booleans(),
    reduce=st.booleans(),
    minutes=st.booleans(),
)
days = st.tuples(st.dates(FIRST, LAST), st.dates(FIRST, LAST)).map(sorted)
requests = st.builds(
    lambda item, span, facts, around, complete: Request(
        item, span[0], span[1], facts, replace(around, discovered_on=span[0]), complete
    ),
    st.sampled_from(EDITION.items),
    days,
    all_facts,
    circumstances,
    st.booleans(),
)


# A share of the contract price: the tier is known, the price is still asked for.
PRICE_UNKNOWN = Request("qual-nopermit", FIRST, FIRST, {"prior_same_12m": 2}, Circumstances(), complete=False)


@quick
@given(requests)
@example(PRICE_UNKNOWN)
def test_every_result_is_inside_the_statute_and_consistent(request: Request) -> None:
    result = assess(request, EDITION)
    assert (result.action == "needs_facts") == bool(result.missing)
    if result.range is None or result.missing:
        assert result.suggestion is None
        assert result.yuan_range is None
    if result.range is None:
        return
    assert result.action in ("penalise", "needs_minutes", "needs_facts")
    assert result.range.minimum <= result.range.maximum
    row, span = result.rows[0], result.range
    assert row.statute_min is not None
    assert row.statute_max is not None
    if result.is_reduced and not result.missing:
        assert result.statute is not None
        assert result.statute.yuan is not None
        assert Decimal(0) < span.minimum <= span.maximum < result.statute.yuan.minimum
        assert span.minimum >= result.statute.yuan.minimum / 10
    elif not result.is_reduced:
        assert row.statute_min <= span.minimum
        assert span.maximum <= row.statute_max
        assert result.tier_range is not None
        assert result.tier_range.minimum <= span.minimum <= span.maximum <= result.tier_range.maximum


@quick
@given(requests)
def test_the_suggestion_can_always_be_decided(request: Request) -> None:
    result = assess(request, EDITION)
    assume(result.suggestion)
    allowed = allowed_range(result)
    assert allowed is not None
    assert allowed.minimum <= result.suggestion <= allowed.maximum  # type: ignore[operator]
    codes = [refusal.code for refusal in check_amount(result, result.suggestion, reason="首次违法")]
    assert codes == (["amount.minutes"] if result.action == "needs_minutes" else [])
    if result.law and result.law.cap is not None and not result.is_reduced and result.statute and result.statute.yuan:
        assert result.suggestion <= max(result.law.cap, result.statute.yuan.minimum)  # type: ignore[operator]


@quick
@given(requests, st.randoms(use_true_random=False))
def test_the_order_of_facts_and_a_second_run_change_nothing(request: Request, chance: random.Random) -> None:
    names = list(request.facts)
    chance.shuffle(names)
    shuffled = replace(request, facts={name: request.facts[name] for name in names})
    assert snapshot(assess(shuffled, EDITION)) == snapshot(assess(request, EDITION))


@quick
@given(requests)
def test_answering_what_is_asked_comes_to_an_end(request: Request) -> None:
    facts = dict(request.facts)
    known = {variable.name for variable in EDITION.inputs_for(request.item)}
    request = replace(request, complete=False)
    for _ in range(len(known) + 1):
        result = assess(replace(request, facts=facts), EDITION)
        if not result.missing:
            return
        assert set(result.missing) <= known
        facts |= {
            v.name: v.default or "org" if v.name == "party_type" else v.default
            for v in TABLE
            if v.name in result.missing
        }
    raise AssertionError("still asking")


@pytest.mark.parametrize("item", EDITION.items)
def test_more_aggravation_never_lowers_the_tier(item: str) -> None:
    base: dict[str, Any] = {"party_type": "org", "road_class": "county_or_lower", "unit_tier": "一般"}
    base["over_kg"] = Decimal(1500)
    ranks: dict[tuple[int, int, int], int | None] = {}
    for harm, prior, obstruct in itertools.product(range(3), range(4), range(2)):
        facts: dict[str, Any] = base | {"harm": HARMS[harm], "prior_same_12m": prior, "obstruct": bool(obstruct)}
        ranks[harm, prior, obstruct] = assess(Request(item, LAST, LAST, facts, complete=True), EDITION).tier_rank
    assert item in HOLES or None not in ranks.values()
    for (harm, prior, obstruct), rank in ranks.items():
        for worse in ((harm + 1, prior, obstruct), (harm, prior + 1, obstruct), (harm, prior, obstruct + 1)):
            higher = ranks.get(worse)
            if rank is not None and higher is not None:
                assert higher >= rank, (harm, prior, obstruct, worse)


@quick
@given(st.sampled_from(EDITION.items), st.dates(FIRST, LAST), all_facts)
def test_never_two_rows_of_one_rank_with_different_amounts(item: str, on: date, facts: Any) -> None:
    full = assess(Request(item, on, on, facts, complete=True), EDITION).facts
    matched: dict[int, set[tuple[Decimal, Decimal, str]]] = {}
    for row in EDITION.rows_for(item, on):
        if row.tier_rank and holds(row, full):
            matched.setdefault(row.tier_rank, set()).add((row.penalty_min, row.penalty_max, row.penalty_unit))
    assert all(len(amounts) == 1 for amounts in matched.values()), matched


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=60) | st.text("obstrucand not()<>=!'1. harm_", max_size=60))
def test_any_text_is_either_a_condition_or_a_clear_refusal(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError as error:
        assert str(error).startswith("条件")
    else:
        assert condition.holds({}) in (True, False, None)
