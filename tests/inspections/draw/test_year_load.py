"""The load over a year (standards/inspection.md §6.2): ≤ 1 apart within a draw, ≤ 2 over the year, for equals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.draw import engine
from inspections.draw.checks import MOST_FROZEN, frozen_refusals, pool_refusals
from inspections.draw.loads import EarlierDraw, Took, counts_before
from inspections.draw.pools import OfficerRow, Pool, PoolRow, Stratum
from tests.inspections.draw.scenes import DRAW_NO, a_pool, nonce_of
from tests.inspections.draw.test_draw_engine import chi_square

pytestmark = pytest.mark.law

OVER_THE_YEAR = 2  # §6.2
FREIGHT, REPAIR = frozenset({"freight"}), frozenset({"repair"})
# A kind is whoever is equally eligible: the same specialities, recusals and days off all year. The first is always there.
KINDS = (FREIGHT | REPAIR, FREIGHT, REPAIR)


@dataclass(frozen=True)
class Plan:
    """One draw of a year: objects by stratum, who is away, from how many objects each kind stays out, when it runs."""

    sizes: tuple[int, int]
    team_size: int
    away: frozenset[int]
    stays_out: tuple[int, int]
    waits: bool
    last_first: bool


PLANS = st.builds(
    Plan,
    st.tuples(st.integers(0, 7), st.integers(0, 5)).filter(any),
    st.integers(2, 3),
    st.frozensets(st.sampled_from([1, 2])),
    st.tuples(st.integers(0, 7), st.integers(0, 7)),
    st.booleans(),
    st.booleans(),
)
TEAMS = st.tuples(st.integers(3, 5), st.integers(0, 3), st.integers(0, 3))


class Year:
    """Draws frozen and drawn one after the other, at most ``most_frozen`` waiting at a time."""

    def __init__(self, kinds: list[int]) -> None:
        self.kinds = kinds
        self.done: list[EarlierDraw] = []
        self.visits: Counter[int] = Counter()

    def freeze(self, plan: Plan) -> Pool:
        before = counts_before(self.done, {user: KINDS[kind] for user, kind in enumerate(self.kinds)})
        officers = tuple(
            OfficerRow(f"R{user:02d}", KINDS[kind], "leave" if kind in plan.away else "", before[user])
            for user, kind in enumerate(self.kinds)
        )
        wanted = [(code, size) for code, size in zip(("freight", "repair"), plan.sizes, strict=True) if size]
        strata = tuple(Stratum(code[:1].upper(), code, "100", code) for code, _size in wanted)
        rows = tuple(
            PoolRow(f"{one.code}{n}", one.code)
            for one, (_c, size) in zip(strata, wanted, strict=True)
            for n in range(size)
        )
        recusals = {
            row.object_no: frozenset(
                officers[user].code
                for user, kind in enumerate(self.kinds)
                if kind and number < plan.stays_out[kind - 1]
            )
            for number, row in enumerate(rows)
        }
        pool = Pool(DRAW_NO, plan.team_size, strata, rows, officers, recusals)
        assert pool_refusals(pool) == []
        return pool

    def run(self, pool: Pool, number: int) -> None:
        """Draw, and look at both bounds."""
        loads = engine.standing(engine.draw(pool, nonce_of(number)).drawn).loads(pool)
        taken = {user: Took(one, loads[one.code]) for user, one in enumerate(pool.officers)}
        self.done.append(EarlierDraw(frozenset(one.speciality for one in pool.strata), taken))
        self.visits.update({user: one.visits for user, one in taken.items()})
        assert self.apart({user: one.visits for user, one in taken.items()}) <= 1

    def apart(self, loads: dict[int, int]) -> int:
        """How far equally eligible officers are apart at most."""
        pairs = combinations(range(len(self.kinds)), 2)
        return max(abs(loads[a] - loads[b]) for a, b in pairs if self.kinds[a] == self.kinds[b])


@settings(max_examples=400, deadline=None)
@given(TEAMS, st.lists(PLANS, min_size=1, max_size=12), st.integers(0, 10**6), st.integers(1, MOST_FROZEN))
def test_equals_are_one_apart_within_a_draw_and_two_over_the_year(
    teams: tuple[int, int, int], plans: list[Plan], number: int, most_frozen: int
) -> None:
    """Draw after draw they are even one apart; two, where another frozen pool could not be counted yet."""
    year = Year([kind for kind, count in enumerate(teams) for _ in range(count)])
    waiting: list[Pool] = []
    for turn, plan in enumerate(plans):
        waiting.append(year.freeze(plan))
        if plan.waits and len(waiting) < most_frozen:
            continue
        year.run(waiting.pop(-1 if plan.last_first else 0), number + turn)
        assert year.apart(year.visits) <= min(most_frozen, OVER_THE_YEAR)
    for turn, pool in enumerate(waiting):
        year.run(pool, number + len(plans) + turn)
        assert year.apart(year.visits) <= min(most_frozen, OVER_THE_YEAR)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PLANS, min_size=0, max_size=12), st.lists(PLANS, min_size=1, max_size=12), st.integers(3, 6),
    st.integers(0, 10**6),
)  # fmt: skip
def test_who_joins_late_gets_no_more_than_the_others_from_then_on(
    earlier: list[Plan], later: list[Plan], officers: int, number: int
) -> None:
    year = Year([0] * officers)
    for turn, plan in enumerate(earlier):
        year.run(year.freeze(plan), number + turn)
    known = dict(year.visits)
    year.kinds.append(0)
    for turn, plan in enumerate(later):
        joined = officers
        pool = year.freeze(plan)
        least, most = min(known.values(), default=0), max(known.values(), default=0)
        if not turn:
            assert least <= pool.officers[joined].before <= most
        taken = engine.standing(engine.draw(pool, nonce_of(number + turn)).drawn).loads(pool)
        assert max(taken.values()) - min(taken.values()) <= 1
        year.visits.update({user: taken[one.code] for user, one in enumerate(pool.officers)})
        rows = {user: Took(one, taken[one.code]) for user, one in enumerate(pool.officers)}
        year.done.append(EarlierDraw(frozenset(one.speciality for one in pool.strata), rows))
    since = [year.visits[user] - known.get(user, 0) for user in range(officers + 1)]
    assert max(since) - min(since) <= 2


def took(visits: int, *known: str, absence: str = "") -> Took:
    return Took(OfficerRow("R01", frozenset(known), absence), visits)


def test_own_assignments_count_and_what_was_missed_counts_as_the_average() -> None:
    first = EarlierDraw(frozenset({"freight"}), {1: took(3, "freight"), 2: took(2, "freight"), 3: took(0, "repair")})
    second = EarlierDraw(
        frozenset({"freight"}), {1: took(0, "freight", absence="leave"), 2: took(2, "freight"), 4: took(1, "freight")}
    )
    people = {1: FREIGHT, 2: FREIGHT, 3: REPAIR, 4: FREIGHT, 5: FREIGHT, 6: REPAIR}
    # 1 was away from the second (2 + 1) / 2; 4 missed the first (3 + 2) / 2; 5 both, 2.5 + 1.5; 3 and 6 know nothing of it.
    assert counts_before([first, second], people) == {1: 4, 2: 4, 3: 0, 4: 3, 5: 4, 6: 0}


def test_a_draw_for_any_speciality_is_missed_by_everybody_who_was_not_there() -> None:
    draw = EarlierDraw(frozenset({""}), {1: took(5, "freight"), 2: took(4, "repair"), 3: took(0, absence="leave")})
    assert counts_before([draw], {4: frozenset()}) == {4: 4}
    assert counts_before([EarlierDraw(frozenset({""}), {})], {4: FREIGHT}) == {4: 0}
    assert counts_before([], {4: FREIGHT}) == {4: 0}


def test_the_years_load_decides_between_those_with_the_same_of_this_draw() -> None:
    """Four with the least share the first team evenly, in every pair; the two with more are never in it."""
    pool = a_pool((1,), officers=6)
    officers = tuple(replace(one, before=7 if number < 4 else 8) for number, one in enumerate(pool.officers))
    pool = replace(pool, officers=officers)
    pairs = Counter(frozenset(engine.draw(pool, nonce_of(number)).drawn[0].team) for number in range(6000))
    assert set().union(*pairs) == {"R01", "R02", "R03", "R04"}
    assert len(pairs) == 6
    assert chi_square(list(pairs.values()), 1, 6000) < 15.09  # five degrees of freedom, 1 %


def test_who_is_far_behind_does_not_get_the_whole_draw() -> None:
    """Added up with the year, the one without a visit would stand in all six teams."""
    pool = a_pool((6,), officers=4, ratios=("100",))
    officers = tuple(replace(one, before=0 if one.code == "R01" else 20) for one in pool.officers)
    loads = engine.standing(engine.draw(replace(pool, officers=officers), nonce_of(1)).drawn).loads(pool)
    assert set(loads.values()) == {3}


def test_a_third_pool_is_not_frozen_while_two_wait() -> None:
    assert frozen_refusals([]) == frozen_refusals(["SJ-1"]) == []
    (refusal,) = frozen_refusals(["SJ-1", "SJ-2"])
    assert refusal.code == "draw-frozen"
    assert "SJ-1、SJ-2" in refusal.message
