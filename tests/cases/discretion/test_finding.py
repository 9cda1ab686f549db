"""Finding a violation: words, everyday words, initials in every reading, articles in every spelling."""

from __future__ import annotations

from datetime import date

import pytest

from cases.discretion.benchmark import Benchmark
from cases.discretion.finding import Findable, Hit, find, letters
from cases.discretion.provisions import Provision
from cases.queries.violations import EVERYDAY, index

pytestmark = pytest.mark.law
ROAD_RULE = Provision("道路运输条例", "第六十八条第二款")
SCATTER = Findable("scatter", "货运经营者没有采取必要措施防止货物脱落、扬撒", "道路货运", (ROAD_RULE,), ("没盖苫布",))
HEAVY = Findable("heavy", "车货总质量超过限定标准,重载行驶", "超限超载", (Provision("公路法", "第十八条至第二十条"),))
BOTH = (SCATTER, HEAVY)


def codes(text: str, known: tuple[str, ...] = ()) -> list[str]:
    return [hit.code for hit in find(text, BOTH, known)]


@pytest.mark.parametrize(
    "text", ["货物", "货物脱落扬撒", "脱落 货物", "没盖苫布", "道路货运", "hwtl", "HWTL", "《货物》、脱落"]
)
def test_found_by_name_by_what_people_say_and_by_initials(text: str) -> None:
    assert codes(text) == ["scatter"]


@pytest.mark.parametrize("text", ["货物 超限", "没盖苫布 cl", "没有这种行为", "hwtx", "货物 zz", "18条 货物"])
def test_every_part_has_to_fit(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("text", ["", "   ", "，、", "\t"])
def test_nothing_typed_finds_nothing(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("text", ["zzxs", "czxs", "zz", "cz"])
def test_a_character_is_found_by_each_of_its_readings(text: str) -> None:
    """重载行驶: 重 is zhong or chong, 行 is xing or hang."""
    assert "heavy" in codes(text)


def test_readings_of_single_characters() -> None:
    heavy, load, *rest = letters("重载、a1")
    assert heavy >= {"z", "c"}
    assert load == {"z"}
    assert rest == [{"a"}, {"1"}]


@pytest.mark.parametrize(
    "text",
    [
        "道路运输条例 68",
        "道路运输条例68",
        "道路运输条例第六十八条",
        "条例 第68条",
        "68条",
        "dlystl 68",
        "货物 68",
        "68",
    ],
)
def test_found_by_its_article_however_it_is_written(text: str) -> None:
    assert find(text, BOTH) == (Hit("scatter", SCATTER.title, "《道路运输条例》第六十八条第二款"),)


@pytest.mark.parametrize(("number", "is_found"), [(17, False), (18, True), (19, True), (20, True), (21, False)])
def test_a_citation_from_to_names_each_article_between(number: int, is_found: bool) -> None:
    assert codes(f"公路法 {number}") == (["heavy"] if is_found else [])


@pytest.mark.parametrize("text", ["道路运输条例 6", "公路法 68", "道路运输条例 6 68 7", "道路运输条例 400"])
def test_the_article_is_the_number_and_belongs_to_the_statute(text: str) -> None:
    assert codes(text) == []


def test_letters_may_be_left_out_only_where_nothing_fits_better() -> None:
    assert codes("hwts") == ["scatter"]  # 货物脱落、扬撒 without 落 and 扬
    assert codes("ht") == []
    exact = Findable("exact", "货物托收", "道路货运", ())
    assert [hit.code for hit in find("hwts", (*BOTH, exact))] == ["exact"]


def test_better_fits_come_first_and_of_equal_ones_those_used_lately() -> None:
    named = Findable("named", "没盖苫布的车辆", "道路货运", ())
    assert [hit.code for hit in find("没盖苫布", (named, SCATTER))] == ["scatter", "named"]
    twin = Findable("twin", "货物堆放", "公路路政", ())
    assert [hit.code for hit in find("货物", (SCATTER, twin))] == ["scatter", "twin"]
    assert [hit.code for hit in find("货物", (SCATTER, twin), ["twin"])] == ["twin", "scatter"]


def test_every_violation_shipped_is_found_by_its_name_and_its_initials(shipped: Benchmark) -> None:
    everything = index(shipped.rows, date(2026, 3, 2))
    lost = [
        (one.code, text)
        for one in everything
        for text in (one.title[:50], "".join(sorted(found)[0] for found in letters(one.title))[:12])
        if one.code not in {hit.code for hit in find(text, everything)}
    ]
    assert lost == []
    assert len(everything) == 138


def test_articles_of_today_are_searched_not_those_of_an_older_text(shipped: Benchmark) -> None:
    everything = index(shipped.rows, date(2026, 3, 2))
    now = {hit.code for hit in find("道路运输条例 68", everything)}
    assert {"pax-stops", "frt-scatter"} <= now
    assert "pax-stops" not in {hit.code for hit in find("道路运输条例 69", everything)}


def test_everyday_words_belong_to_violations_that_exist(shipped: Benchmark) -> None:
    assert set(EVERYDAY) <= {row.item_code for row in shipped.rows}
    assert all(words for words in EVERYDAY.values())
