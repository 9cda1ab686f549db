"""The geometry of flow charts: everything stands inside the picture, nothing on anything else, every step has its line."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from disclosure.portal.flows import charts
from lishu_law.web.flow_chart import BOX_LEFT, BOX_RIGHT, LINE, WIDTH, Arrow, Drawing, Flow, draw, wrapped

SMALL = Flow(
    "小", (("a", "甲"), ("b", "乙"), ("c", "丙")),
    (Arrow("", "a", "开始"), Arrow("a", "b", "一"), Arrow("b", "c", "二"), Arrow("a", "c", "跳过"), Arrow("c", "a", "退回"),
     Arrow("b", "b", "再来"), Arrow("", "c", "另一个开头")),
)  # fmt: skip
DRAWN = [pytest.param(draw(SMALL), id="small"), *(pytest.param(one.drawing, id=one.code) for one in charts())]


@pytest.mark.parametrize("drawing", DRAWN)
def test_everything_stands_inside_the_picture(drawing: Drawing) -> None:
    for text in drawing.texts:
        assert 0 < text.y < drawing.height
        assert text.x + 12 * len(text.words) <= WIDTH
    for box, below in pairwise(drawing.boxes):
        assert box.y + box.height < below.y
    for line in drawing.lines:
        assert all(0 <= int(number) <= max(WIDTH, drawing.height) for number in re.findall(r"\d+", line.path))


@pytest.mark.parametrize("drawing", DRAWN)
def test_no_words_stand_on_others(drawing: Drawing) -> None:
    for one, other in combinations(drawing.texts, 2):
        side_by_side = one.x + 12 * len(one.words) <= other.x or other.x + 12 * len(other.words) <= one.x
        assert side_by_side or abs(one.y - other.y) >= LINE - 1, (one, other)


@pytest.mark.parametrize("drawing", DRAWN)
def test_lines_up_and_down_never_share_a_place(drawing: Drawing) -> None:
    spans = [
        tuple(map(int, found.groups()))
        for line in drawing.lines
        if (found := re.fullmatch(r"M(\d+) (\d+)V(\d+)", line.path))
    ]
    for (x, top, bottom), (other, begin, end) in combinations(spans, 2):
        assert x != other or bottom < begin or end < top


def test_each_step_has_its_words_and_its_line() -> None:
    drawing = draw(SMALL)
    assert [
        text.words for text in drawing.texts if text.words in ("开始", "一", "二", "跳过", "退回", "另一个开头")
    ] != []
    assert "再来" not in {text.words for text in drawing.texts}  # done again in the same state: the table says so
    assert len(drawing.heads) == 3 + 2 + 1
    assert sum(line.is_back for line in drawing.lines) == 3
    assert [box.kind for box in drawing.boxes] == ["", "", ""]


def test_words_are_cut_into_lines_of_like_length() -> None:
    assert wrapped("一二三四五六七", 4) == ["一二三四", "五六七"]
    assert wrapped("一二三四", 4) == ["一二三四"]
    assert wrapped("审批移送其他机关（负责人）", 8) == ["审批移送其他机关", "（负责人）"]
    assert BOX_LEFT < BOX_RIGHT < WIDTH
