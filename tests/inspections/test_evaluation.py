"""事后评价 as law: what is bad, what counts, when a quarter closes, what a group may show."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.evaluation import (
    FEWEST,
    Answers,
    UnitQuarter,
    counted,
    counts,
    groups,
    is_bad,
    last_day,
    may_release,
    quarter_end,
    quarter_of,
)

pytestmark = pytest.mark.law
GOOD, FAIR, BAD = Answers("good"), Answers("fair"), Answers("bad")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (GOOD, False),
        (FAIR, False),
        (BAD, True),
        (Answers("good", demanded=True), True),
        (Answers("good", bans=("quota",)), True),
        (Answers("fair", no_certificate=True, beyond_told=True, disturbance="serious", uncivil=True), False),
    ],
)
def test_what_goes_to_supervision(answers: Answers, expected: bool) -> None:
    """§4.4: 不满意 or q4 = 是; one of the eight (§2, row 9) as well."""
    assert is_bad(answers) is expected


@pytest.mark.parametrize(
    "ban", ["gifts", "banquets", "costs", "agency", "representative", "seizure", "quota", "disguise"]
)
def test_each_of_the_eight_goes_to_supervision(ban: str) -> None:
    """insp-five-ban."""
    assert is_bad(Answers("good", bans=(ban,)))


def test_nobody_improves_a_rating_by_adding_another() -> None:
    for some in ([GOOD, BAD], [BAD, GOOD], [FAIR, BAD, GOOD]):
        assert counted(some) == BAD
    assert counted([GOOD, FAIR]) == FAIR
    assert counted([BAD, Answers("good", demanded=True)]) == BAD
    assert counted([GOOD, Answers("good", uncivil=True)]).uncivil


def test_the_window_ends_fifteen_days_after_the_visit() -> None:
    assert last_day(date(2026, 3, 4), 15) == date(2026, 3, 19)
    assert last_day(date(2026, 12, 31), 15) == date(2027, 1, 15)
    assert last_day(date(2028, 2, 14), 15) == date(2028, 2, 29)


def test_quarters() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [
        "2026Q1", "2026Q1", "2026Q2", "2026Q2", "2026Q3", "2026Q3", "2026Q4", "2026Q4",
    ]  # fmt: skip
    ends = [quarter_end(f"2026Q{number}") for number in (1, 2, 3, 4)]
    assert ends == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 4, 15), False), (date(2026, 4, 16), True)])
def test_a_quarter_is_released_when_its_last_window_has_closed(day: date, expected: bool) -> None:
    assert may_release("2026Q1", 15, day) is expected


def unit(code: str, given: int, visits: int = 20) -> UnitQuarter:
    return UnitQuarter(code, f"单位{code}", visits, (GOOD,) * given)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ((4,), []),
        ((5,), [("Z0", 5)]),
        ((5, 4), [("Z0", 5)]),
        ((5, 4, 1), [("Z0", 5), ("", 5)]),
        ((4, 1), [("", 5)]),
        ((2, 2), []),
        ((5, 0), [("Z0", 5)]),
        ((7, 6, 3), [("Z0", 7), ("Z1", 6)]),
    ],
)
def test_only_five_or_more_are_shown(given: tuple[int, ...], shown: list[tuple[str, int]]) -> None:
    found = groups([unit(f"Z{number}", count) for number, count in enumerate(given)])
    assert [(one.code, len(one.given)) for one in found] == shown


@pytest.mark.parametrize("given", [(5, 4), (6, 4, 1), (5, 5, 2), (4, 3, 2), (9, 1, 1, 1), (5, 4, 4)])
def test_no_unit_below_five_is_named_or_left_alone_in_the_rest(given: tuple[int, ...]) -> None:
    found = groups([unit(f"Z{number}", count) for number, count in enumerate(given)])
    named = {one.code for one in found if one.code}
    assert named == {f"Z{number}" for number, count in enumerate(given) if count >= FEWEST}
    rest = [one for one in found if not one.code]
    small = [count for count in given if count < FEWEST]
    assert [len(one.given) for one in rest] == ([sum(small)] if sum(small) >= FEWEST else [])
    assert not rest or len(small) > 1


def test_the_others_stand_without_units_nobody_rated() -> None:
    (rest,) = groups([unit("Z1", 4, 9), unit("Z2", 1, 3), unit("Z3", 0, 50)])
    assert (rest.name, rest.visits) == ("其余单位合计", 12)


def test_the_figures_of_a_group_add_up() -> None:
    given = [GOOD, GOOD, FAIR, BAD, Answers("bad", demanded=True, disturbance="serious", bans=("gifts", "costs"))]
    found = counts(given)
    assert (found["given"], found["good"], found["fair"], found["bad"]) == (5, 2, 1, 2)
    assert (found["demanded"], found["disturbed_seriously"], found["banned"], found["uncivil"]) == (1, 1, 1, 0)


def test_answers_survive_the_seal() -> None:
    full = Answers("bad", True, True, "slight", True, True, ("gifts", "costs"), "“引号”\n换行", "0434-5222222", True)
    assert Answers.from_words(full.as_words()) == full
