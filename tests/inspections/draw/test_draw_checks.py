"""What stops a pool from being frozen, in words that say how to go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspections.draw.checks import counts, pool_refusals
from inspections.draw.pools import EXCLUSIONS, Pool, PoolRow, excluded
from tests.inspections.draw.scenes import a_pool, without

pytestmark = pytest.mark.law


def codes(pool: Pool) -> list[str]:
    return [one.code for one in pool_refusals(pool)]


def words(pool: Pool) -> str:
    return "".join(one.message for one in pool_refusals(pool))


def test_a_good_pool_may_be_frozen() -> None:
    assert pool_refusals(a_pool()) == []


def test_a_stratum_that_the_register_does_not_know_is_empty() -> None:
    pool = a_pool((10, 0))
    assert codes(pool) == ["draw-empty-stratum"]
    assert "“示例2类”在名录里没有对象" in words(pool)


def test_a_stratum_of_which_everything_is_excluded_is_empty() -> None:
    pool = a_pool((10, 2))
    for number in ("DX-S02-00000", "DX-S02-00001"):
        pool = without(pool, number, "white_list")
    assert codes(pool) == ["draw-empty-stratum"]
    assert "“示例2类”的 2 个对象全部被排除" in words(pool)


def test_every_officer_in_recusal() -> None:
    everybody = frozenset(f"R{n:02d}" for n in range(1, 7))
    pool = a_pool((10,), recusals={"DX-S01-00003": everybody, "DX-S01-00007": everybody - {"R01"}})
    assert codes(pool) == ["draw-recusal"]
    assert "有 2 个对象因为执法人员回避，剩下的不足 2 名：DX-S01-00003、DX-S01-00007" in words(pool)


def test_recusal_from_an_excluded_object_stops_nothing() -> None:
    everybody = frozenset(f"R{n:02d}" for n in range(1, 7))
    assert codes(without(a_pool((10,), recusals={"DX-S01-00003": everybody}), "DX-S01-00003")) == []


def test_too_few_officers_are_counted_with_speciality_and_absence() -> None:
    pool = a_pool((10,), officers=2)
    one_away = (pool.officers[0], replace(pool.officers[1], absence="leave"))
    assert "只有 1 名，每组要 2 名" in words(replace(pool, officers=one_away))
    wanting = tuple(replace(stratum, speciality="freight") for stratum in pool.strata)
    assert "只有 0 名" in words(replace(pool, strata=wanting))


def test_an_officer_who_is_away_does_not_help_against_a_recusal() -> None:
    pool = a_pool((10,), officers=3, recusals={"DX-S01-00000": frozenset({"R01"})})
    assert codes(pool) == []
    away = tuple(replace(one, absence="leave" if one.code == "R03" else "") for one in pool.officers)
    assert codes(replace(pool, officers=away)) == ["draw-recusal"]


@pytest.mark.parametrize("size", [0, 1, 7])
def test_a_team_has_two_to_six(size: int) -> None:
    assert "draw-team" in codes(a_pool(officers=9, team_size=size))


@pytest.mark.parametrize("ratio", ["0", "-5", "100.01"])
def test_a_ratio_is_a_share(ratio: str) -> None:
    assert codes(a_pool((10,), ratios=(ratio,))) == ["draw-ratio"]


def test_nothing_chosen_is_nothing_to_draw() -> None:
    assert codes(a_pool(())) == ["draw-strata"]


def test_a_number_twice_or_with_odd_signs_is_named() -> None:
    pool = a_pool((2,))
    rows = (*pool.rows, pool.rows[0], PoolRow("=1+1", "S01"), PoolRow("A,B", "S01"))
    assert codes(replace(pool, rows=rows)) == ["draw-number-twice", "draw-number-odd"]
    assert "DX-S01-00000" in words(replace(pool, rows=rows))
    assert "=1+1、A,B" in words(replace(pool, rows=rows))


def test_all_faults_are_said_at_once() -> None:
    assert codes(a_pool((0, 5), officers=1, ratios=("5", "0"))) == [
        "draw-ratio", "draw-empty-stratum", "draw-officers", "draw-officers",
    ]  # fmt: skip


def test_counts_of_strata_and_reasons() -> None:
    pool = without(without(a_pool((41, 10)), "DX-S01-00000", "cap"), "DX-S02-00000", "white_list")
    assert [(size, out, quota) for _stratum, size, out, quota in counts(pool)] == [(40, 1, 2), (9, 1, 2)]
    assert excluded(pool.rows) == {"white_list": 1, "cap": 1}
    assert set(excluded(pool.rows)) <= set(EXCLUSIONS)
