"""The geometry of charts."""

from __future__ import annotations

import pytest

from lishu_law.web.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, ColumnChart, draw, top_of_scale


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, (1, 1)),
        (1, (1, 1)),
        (5, (1, 5)),
        (6, (2, 6)),
        (10, (2, 10)),
        (11, (5, 15)),
        (26, (10, 30)),
        (999, (200, 1000)),
    ],
)
def test_the_scale_has_round_steps_and_holds_the_highest(most: int, expected: tuple[int, int]) -> None:
    assert top_of_scale(most) == expected


def test_every_bar_stands_inside_the_picture_and_on_the_one_below() -> None:
    chart = ColumnChart("每月", ("甲", "乙"), tuple((f"{n}月", (n, 13 - n)) for n in range(1, 13)))
    drawing = draw(chart)
    assert len(drawing.bars) == 24
    floor = HEIGHT - BOTTOM
    for lower, upper in zip(drawing.bars[::2], drawing.bars[1::2], strict=True):
        assert lower.y + lower.height == pytest.approx(floor, abs=0.2)
        assert upper.y + upper.height == pytest.approx(lower.y, abs=0.2)
        assert lower.x >= LEFT
        assert lower.x + lower.width <= WIDTH
        assert upper.y >= TOP - 0.2


def test_a_bar_stands_above_its_label() -> None:
    drawing = draw(ColumnChart("每季", ("甲",), (("1季", (3,)),)))
    ((middle, _label),) = drawing.labels
    (bar,) = drawing.bars
    assert bar.x + bar.width / 2 == pytest.approx(middle, abs=0.2)


def test_nothing_to_draw_is_no_bar() -> None:
    assert draw(ColumnChart("无", ("甲",), ())).bars == ()
    assert draw(ColumnChart("零", ("甲",), (("1月", (0,)),))).bars == ()


def test_the_summary_says_every_figure() -> None:
    chart = ColumnChart("每月检查", ("扫了码", "没有扫码"), (("1月", (3, 1)),))
    assert chart.summary == "每月检查。1月：扫了码 3 次，没有扫码 1 次"
