"""The mirror of similar cases: usual amounts, steps of the chart, sentences; with too few cases nothing is usual."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.discretion.mirror import MOST_BARS, Spread, report_sentence, spread_of

pytestmark = pytest.mark.law


def of(*amounts: int) -> Spread:
    counts = {amount: amounts.count(amount) for amount in amounts}
    return spread_of([(Decimal(amount), count) for amount, count in counts.items()], 5, Decimal(80))


TEN = of(1000, 1000, 1100, 1200, 1200, 1200, 1300, 1300, 1500, 3000)


@pytest.mark.parametrize(
    ("amount", "outside"), [(1000, False), (1500, False), (999, True), (1501, True), (3000, True), (1200, False)]
)
def test_the_usual_leaves_out_a_tenth_at_each_end(amount: int, outside: bool) -> None:
    assert TEN.usual == (1000, 1500)
    assert TEN.median == 1200
    assert TEN.stands_out(Decimal(amount)) is outside
    assert ("请写明理由" in TEN.sentence(Decimal(amount))) is outside


def test_four_cases_say_nothing_is_usual() -> None:
    few = of(1000, 1000, 1000, 1000)
    assert not few.stands_out(Decimal(9000))
    assert "只有 4 件" in few.sentence(Decimal(9000))
    assert report_sentence(few, Decimal(9000), "") == ""
    assert of(*[1000] * 5).stands_out(Decimal(9000))


def test_no_case_at_all() -> None:
    assert not of().stands_out(Decimal(1))
    assert "还没有" in of().sentence(Decimal(1))
    assert of().bars() == ()


def test_sentences_say_which_side() -> None:
    assert "高于通常的数额" in TEN.sentence(Decimal(2000))
    assert "低于通常的数额" in TEN.sentence(Decimal(900))
    assert TEN.sentence(None).endswith("中间数 1200 元。")
    assert report_sentence(TEN, Decimal(2000), "多次被投诉。") == (
        "与本机关近年同类同档的10件已决案件比较，通常罚款1000元至1500元，本案拟罚款数额高于通常的数额，理由是：多次被投诉。"
    )
    assert "在通常的范围以内" in report_sentence(TEN, Decimal(1200), "")


@given(st.lists(st.integers(1, 60), min_size=1, max_size=60))
def test_every_case_stands_in_exactly_one_bar(amounts: list[int]) -> None:
    found = of(*amounts)
    bars = found.bars()
    assert 1 <= len(bars) <= MOST_BARS
    assert sum(bar.count for bar in bars) == found.count == len(amounts)
    assert all(sum(bar.low <= amount <= bar.high for bar in bars) == 1 for amount in amounts)
    low, high = found.usual
    assert min(amounts) <= low <= found.median <= high <= max(amounts)
