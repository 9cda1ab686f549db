"""The additional fine: counted by hand at every boundary, and its laws for any fine, payments and pauses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.procedure.surcharge import FINE, UNPAID, Accrual, Instalment, Terms, accrue
from lishu_law.law.counting import Pause

pytestmark = pytest.mark.law

DUE = date(2026, 3, 31)
TERMS = Terms()


def day(number: int) -> date:
    """The ``number``-th day after the last day to pay."""
    return DUE + timedelta(days=number)


def run(fine: int, until: date, *paid: Instalment, pauses: tuple[Pause, ...] = (), terms: Terms = TERMS) -> Accrual:
    return accrue(fine, DUE, until, paid=paid, pauses=pauses, terms=terms)


@pytest.mark.parametrize(("fine", "days", "fen"), [
    (100_000, 0, 0),  # 行政处罚法第七十二条: the last day to pay itself does not count
    (100_000, 1, 3_000),
    (100_000, 2, 6_000),
    (100_000, 30, 90_000),
    (100_000, 31, 93_000),
    (100_000, 33, 99_000),
    (100_000, 34, 100_000),  # 102 % would be 1,020.00: not more than the fine
    (100_000, 35, 100_000),
    (100_000, 400, 100_000),
    (333, 1, 9),  # 3.33 yuan: 9.99 fen, what is no whole fen is dropped
    (333, 2, 19),
    (333, 33, 329),
    (333, 34, 333),
    (1, 33, 0),
    (1, 34, 1),
])  # fmt: skip
def test_three_per_cent_a_day_up_to_the_fine(fine: int, days: int, fen: int) -> None:
    assert run(fine, day(days)).fen == fen


def test_the_cap_is_reached_on_day_34() -> None:
    assert run(100_000, day(33)).capped_on is None
    found = run(100_000, day(60))
    assert (found.capped_on, found.counted_days, found.last_on) == (day(34), 34, day(34))
    assert found.first_on == day(1)


@pytest.mark.parametrize(("paid_on", "days"), [(day(-1), 0), (DUE, 0), (day(1), 1), (day(10), 10)])
def test_the_day_of_payment_counts_and_the_next_does_not(paid_on: date, days: int) -> None:
    assert run(100_000, day(90), Instalment(paid_on, 100_000)).counted_days == days


def test_a_partial_payment_lowers_nothing_with_the_fine_as_base() -> None:
    half = Instalment(day(10), 50_000)
    assert run(100_000, day(20), half).fen == 60_000
    unpaid = Terms(base=UNPAID)
    assert run(100_000, day(20), half, terms=unpaid).fen == 10 * 3_000 + 10 * 1_500


@pytest.mark.parametrize(("pauses", "days", "named"), [
    ((), 30, {}),
    # procedure.md 0.5-6: the first day of a pause is still counted, its last day is not.
    ((Pause(day(5), day(15), "复议"),), 20, {"复议": 10}),
    ((Pause(day(5), day(15), "复议"), Pause(day(10), day(20), "诉讼")), 15, {"复议": 10, "诉讼": 5}),
    ((Pause(day(5), day(20), "复议"), Pause(day(8), day(12), "延期")), 15, {"复议": 15}),
    ((Pause(day(-20), day(3), "延期"),), 27, {"延期": 3}),
    ((Pause(day(0), day(90), "延期"),), 0, {"延期": 30}),
    ((Pause(day(40), day(50), "复议"),), 30, {}),
])  # fmt: skip
def test_days_of_remedies_and_deferrals_do_not_count(
    pauses: tuple[Pause, ...], days: int, named: dict[str, int]
) -> None:
    found = run(100_000, day(30), pauses=pauses)
    assert (found.counted_days, dict(found.paused)) == (days, named)
    assert found.fen == days * 3_000


fines = st.integers(1, 10_000_000)
payments = st.lists(
    st.builds(Instalment, st.integers(-20, 120).map(day), st.integers(1, 5_000_000)), max_size=4
).map(tuple)  # fmt: skip
stretches = st.lists(
    st.tuples(st.integers(-20, 100), st.integers(0, 60)).map(lambda p: Pause(day(p[0]), day(p[0] + p[1]), "复议")),
    max_size=3,
).map(tuple)
spans = st.integers(0, 150).map(day)
bases = st.sampled_from([FINE, UNPAID])


@given(fines, spans, payments, stretches, bases)
def test_never_more_than_the_fine_and_never_less_the_next_day(
    fine: int, until: date, paid: tuple[Instalment, ...], pauses: tuple[Pause, ...], base: str
) -> None:
    terms = Terms(base=base)
    today, tomorrow = (run(fine, d, *paid, pauses=pauses, terms=terms) for d in (until, until + timedelta(days=1)))
    assert 0 <= today.fen <= tomorrow.fen <= fine
    assert tomorrow.counted_days - today.counted_days in {0, 1}


@given(fines, spans, payments, stretches)
def test_the_fine_as_base_is_three_per_cent_of_the_counted_days(
    fine: int, until: date, paid: tuple[Instalment, ...], pauses: tuple[Pause, ...]
) -> None:
    found = run(fine, until, *paid, pauses=pauses)
    assert found.fen == min(fine * found.counted_days * 3 // 100, fine)
    assert run(fine, until, *paid, pauses=pauses, terms=Terms(base=UNPAID)).fen <= found.fen


@given(fines, spans, stretches, stretches)
def test_more_pauses_never_cost_more(
    fine: int, until: date, pauses: tuple[Pause, ...], more: tuple[Pause, ...]
) -> None:
    assert run(fine, until, pauses=(*pauses, *more)).fen <= run(fine, until, pauses=pauses).fen


@given(fines, st.integers(1, 34))
def test_other_percentages_are_data(fine: int, percent: int) -> None:
    terms = Terms(Decimal(percent), Decimal(50))
    assert run(fine, day(200), terms=terms).fen == fine // 2
