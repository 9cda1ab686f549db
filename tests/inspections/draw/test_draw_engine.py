"""The draw: reproducible, independent, even, without a breach of recusal (standards/inspection.md §6.2, §10.4)."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inspections.draw import engine, files
from inspections.draw.engine import DrawError, Drawn
from inspections.draw.pools import OfficerRow, Pool, PoolRow, Stratum, months_before, pool_digest, quota
from tests.inspections.draw.scenes import DRAW_NO, a_pool, nonce_of, redrawn, without

pytestmark = pytest.mark.law

RATIOS = st.sampled_from(["0.5", "1", "5", "7.25", "33.33", "100"])
WISHES = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 2)), max_size=6)


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    """Any pool that could be frozen: recusals leave enough officers for every object; the year counted anything."""
    sizes = draw(st.lists(st.integers(1, 25), min_size=1, max_size=3))
    officers, team_size = draw(st.integers(4, 9)), draw(st.integers(2, 3))
    pool = a_pool(
        tuple(sizes), officers, ratios=tuple(draw(st.lists(RATIOS, min_size=1, max_size=3))), team_size=team_size
    )
    codes = [one.code for one in pool.officers]
    before = draw(st.lists(st.integers(0, 4), min_size=officers, max_size=officers))
    counted = tuple(replace(one, before=count) for one, count in zip(pool.officers, before, strict=True))
    pool = replace(pool, officers=counted)
    most = officers - team_size
    barred = st.frozensets(st.sampled_from(codes), max_size=most)
    numbers = st.sampled_from([row.object_no for row in pool.rows])
    return replace(pool, recusals=draw(st.dictionaries(numbers, barred, max_size=12)))


def numbers_of(drawn: tuple[Drawn, ...]) -> list[str]:
    return [one.object_no for one in drawn]


@given(pools(), st.integers(0, 10**6))
def test_the_same_input_gives_the_same_output(pool: Pool, number: int) -> None:
    shuffled = replace(pool, rows=tuple(reversed(pool.rows)), officers=tuple(reversed(pool.officers)))
    assert engine.draw(pool, nonce_of(number)) == engine.draw(shuffled, nonce_of(number))


@given(pools(), st.integers(0, 10**6))
def test_every_stratum_gives_its_quota_of_different_objects(pool: Pool, number: int) -> None:
    drawn = engine.draw(pool, nonce_of(number)).drawn
    assert len(set(numbers_of(drawn))) == len(drawn)
    for stratum in pool.strata:
        open_ones = [row.object_no for row in pool.rows if row.stratum == stratum.code]
        found = [one for one in drawn if one.stratum == stratum.code]
        assert len(found) == max(1, ceil(len(open_ones) * Fraction(stratum.ratio) / 100))
        assert {one.object_no for one in found} <= set(open_ones)
        assert [one.place for one in found] == list(range(1, len(found) + 1))


@given(pools(), st.integers(0, 10**6), WISHES)
def test_nobody_inspects_what_he_has_to_stay_out_of(
    pool: Pool, number: int, wishes: list[tuple[int, int | None]]
) -> None:
    now, steps = redrawn(pool, nonce_of(number), wishes)
    for one in (*now.current, *engine.draw(pool, nonce_of(number)).drawn):
        assert len(set(one.team)) == pool.team_size
        assert not set(one.team) & pool.recused_from(one.object_no)
        assert set(one.passed) <= pool.recused_from(one.object_no) | {gone for _why, _name, gone, _new in steps}
    for _reason, name, gone, _new in steps:
        assert all(gone not in one.team for one in now.current if one.object_no == name)


@given(pools(), st.integers(0, 10**6))
def test_equally_eligible_officers_differ_by_one_assignment_at_most(pool: Pool, number: int) -> None:
    drawn = engine.draw(pool, nonce_of(number)).drawn
    loads = engine.standing(drawn).loads(pool)
    stays_out = {
        one.code: frozenset(name for name, codes in pool.recusals.items() if one.code in codes) for one in pool.officers
    }
    for first, second in combinations(loads, 2):
        if stays_out[first] == stays_out[second]:
            assert abs(loads[first] - loads[second]) <= 1


@given(pools(), st.integers(0, 10**6), st.data())
def test_one_object_more_or_less_changes_only_its_own_rank(pool: Pool, number: int, data: st.DataObject) -> None:
    """With one seed the others keep their order: an object's place depends on its own number alone."""
    seed = engine.seed_of(nonce_of(number), pool_digest(pool.open_numbers()), DRAW_NO)
    names = pool.open_numbers()
    gone = data.draw(st.sampled_from(names))
    order = engine.ordered(seed, names)
    assert engine.ordered(seed, [one for one in names if one != gone]) == [one for one in order if one != gone]
    renamed = engine.ordered(seed, [one if one != gone else "DX-NEW" for one in names])
    assert [one for one in renamed if one != "DX-NEW"] == [one for one in order if one != gone]


def test_the_seed_is_what_the_document_says() -> None:
    pool = a_pool((3,))
    nonce = nonce_of(1)
    digest = hashlib.sha256(b"DX-S01-00000\nDX-S01-00001\nDX-S01-00002").digest()
    assert pool_digest(pool.open_numbers()) == digest.hex()
    seed = hashlib.sha256(bytes.fromhex(nonce) + digest + DRAW_NO.encode()).digest()
    assert engine.draw(pool, nonce).seed == seed.hex()
    first = min(pool.open_numbers(), key=lambda name: hmac.new(seed, name.encode(), "sha256").digest())
    assert numbers_of(engine.draw(pool, nonce).drawn) == [first]
    assert engine.nonce_hash(nonce) == hashlib.sha256(bytes.fromhex(nonce)).hexdigest()


@pytest.mark.parametrize("changed", ["nonce", "number", "pool"])
def test_another_nonce_number_or_pool_is_another_draw(changed: str) -> None:
    pool = a_pool((200,), ratios=("10",))
    before = set(numbers_of(engine.draw(pool, nonce_of(1)).drawn))
    other = {"number": replace(pool, draw_no="SJ-220322-2026-000002"), "pool": without(pool, "DX-S01-00199")}
    after = set(numbers_of(engine.draw(other.get(changed, pool), nonce_of(2 if changed == "nonce" else 1)).drawn))
    assert len(before & after) < 10


@pytest.mark.parametrize(
    ("size", "ratio", "expected"),
    [(0, "5", 0), (1, "5", 1), (19, "5", 1), (20, "5", 1), (21, "5", 2), (100, "0.01", 1), (300, "33.33", 100), (7, "100", 7)],
)  # fmt: skip
def test_the_quota_is_rounded_up_and_never_nothing(size: int, ratio: str, expected: int) -> None:
    assert quota(size, ratio) == expected


def chi_square(counts: list[int], drawn_each: int, draws: int) -> float:
    """χ² of how often each object was drawn; the factor is that of drawing without putting back."""
    size = len(counts)
    expected = draws * drawn_each / size
    return sum((count - expected) ** 2 / expected for count in counts) * (size - 1) / (size - drawn_each)


CRITICAL_19_AT_1_PERCENT = 36.19


def test_ten_thousand_draws_are_uniform() -> None:
    """Four of twenty, ten thousand times: objects at 1 %, and so is the pair of officers of the first object."""
    pool = a_pool((20,), officers=5, ratios=("20",))
    objects: Counter[str] = Counter()
    pairs: Counter[frozenset[str]] = Counter()
    for number in range(10_000):
        drawn = engine.draw(pool, nonce_of(number)).drawn
        objects.update(numbers_of(drawn))
        pairs[frozenset(drawn[0].team)] += 1
    assert len(objects) == 20
    assert chi_square(list(objects.values()), 4, 10_000) < CRITICAL_19_AT_1_PERCENT
    assert len(pairs) == 10
    assert chi_square(list(pairs.values()), 1, 10_000) < 21.67  # nine degrees of freedom


def test_the_uniformity_test_notices_a_small_bias() -> None:
    """An order that prefers one object of twenty by a tenth does not pass: the test above can fail."""
    counts = [2000] * 19 + [2200]
    scaled = [round(count * 40_000 / sum(counts)) for count in counts]
    assert chi_square(scaled, 4, 10_000) < CRITICAL_19_AT_1_PERCENT
    counts = [1900] * 10 + [2100] * 10
    assert chi_square(counts, 4, 10_000) > CRITICAL_19_AT_1_PERCENT


def test_recusals_are_passed_over_and_recorded() -> None:
    everybody = {f"DX-S01-{n:05d}": frozenset({"R01", "R02"}) for n in range(30)}
    pool = a_pool((30,), officers=4, recusals=everybody, ratios=("20",))
    drawn = engine.draw(pool, nonce_of(3)).drawn
    assert {code for one in drawn for code in one.team} == {"R03", "R04"}
    assert any(one.passed for one in drawn)
    assert {code for one in drawn for code in one.passed} == {"R01", "R02"}


def test_only_who_knows_the_field_and_is_there_is_drawn() -> None:
    officers = (
        OfficerRow("R01", frozenset({"freight"})), OfficerRow("R02", frozenset({"freight", "repair"})),
        OfficerRow("R03", frozenset({"repair"})), OfficerRow("R04", frozenset({"freight"}), "leave"),
    )  # fmt: skip
    strata = (Stratum("S01", "货运", "100", "freight"), Stratum("S02", "维修", "100", "repair"))
    rows = (PoolRow("A1", "S01"), PoolRow("A2", "S01"), PoolRow("B1", "S02"))
    drawn = engine.draw(Pool(DRAW_NO, 2, strata, rows, officers, {}), nonce_of(4)).drawn
    teams = {one.object_no: set(one.team) for one in drawn}
    assert teams == {"A1": {"R01", "R02"}, "A2": {"R01", "R02"}, "B1": {"R02", "R03"}}


def test_every_officer_recused_is_an_error_that_names_the_object() -> None:
    pool = a_pool((1,), officers=3, recusals={"DX-S01-00000": frozenset({"R01", "R02"})})
    with pytest.raises(DrawError, match="DX-S01-00000"):
        engine.draw(pool, nonce_of(1))


def test_a_redraw_takes_the_next_in_order_and_never_a_new_seed() -> None:
    pool, nonce = a_pool((40,), ratios=("10",)), nonce_of(5)
    result = engine.draw(pool, nonce)
    order = engine.ordered(bytes.fromhex(result.seed), pool.open_numbers())
    now = engine.standing(result.drawn)
    for expected in (order[4], order[5]):
        now, new = engine.replace_object(pool, result.seed, now, now.current[0].object_no)
        assert new.object_no == expected
        assert new.team == result.drawn[0].team
    assert new.place == 6
    assert [one.object_no for one in now.current] == [order[5], *order[1:4]]


def test_a_stratum_that_is_used_up_cannot_be_redrawn() -> None:
    pool = a_pool((2,), ratios=("100",))
    result = engine.draw(pool, nonce_of(5))
    with pytest.raises(DrawError, match="递补"):
        engine.replace_object(pool, result.seed, engine.standing(result.drawn), result.drawn[0].object_no)


def test_who_left_a_team_never_comes_back_to_it() -> None:
    pool = a_pool((1,), officers=4, ratios=("100",))
    result = engine.draw(pool, nonce_of(6))
    now, gone = engine.standing(result.drawn), []
    for _ in range(2):
        gone.append(now.current[0].team[0])
        now, new = engine.replace_officer(pool, result.seed, now, "DX-S01-00000", gone[-1])
        assert not set(gone) & set(new.team)
    with pytest.raises(DrawError, match="没有足够的执法人员"):
        engine.replace_officer(pool, result.seed, now, "DX-S01-00000", now.current[0].team[0])


@settings(max_examples=30)
@given(pools(), st.integers(0, 10**6))
def test_a_frozen_pool_is_read_back_as_it_was(pool: Pool, number: int) -> None:
    excluded = without(pool, pool.rows[0].object_no)
    assume(excluded.by_stratum()[excluded.rows[0].stratum])
    texts = files.frozen_files(excluded, engine.nonce_hash(nonce_of(number)))
    again = files.read_pool(texts)
    assert sorted(again.rows) == sorted(excluded.rows)
    assert (again.strata, again.officers, again.team_size) == (excluded.strata, excluded.officers, excluded.team_size)
    assert again.recusals == {name: codes for name, codes in excluded.recusals.items() if codes}
    assert engine.draw(again, nonce_of(number)) == engine.draw(excluded, nonce_of(number))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-03-15", 3, "2025-12-15"), ("2024-02-29", 12, "2023-02-28"), ("2026-05-01", 0, "2026-05-01")],
)  # fmt: skip
def test_months_before(day: str, months: int, expected: str) -> None:
    assert months_before(date.fromisoformat(day), months).isoformat() == expected
