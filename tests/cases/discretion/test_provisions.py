"""Citations out of table cells: full names, articles of the day, no working remarks."""

from __future__ import annotations

from datetime import date

import pytest

from cases.discretion.benchmark import Benchmark
from cases.discretion.provisions import StatuteNames, citation_texts, is_unchecked, read_provisions

pytestmark = pytest.mark.law

NOW = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("cell", "on", "texts"),
    [
        ("道路运输条例(2023修订)第二十六条第二款", NOW, ("《中华人民共和国道路运输条例》第二十六条第二款",)),
        (
            "道路运输条例(2023修订)第六十八条第二款(2022修订第六十九条第(五)项)",
            NOW,
            ("《中华人民共和国道路运输条例》第六十八条第二款",),
        ),
        (
            "道路运输条例(2023修订)第六十八条第二款(2022修订第六十九条第(五)项)",
            date(2023, 7, 19),
            ("《中华人民共和国道路运输条例》第六十九条第五项",),
        ),
        (
            "道路运输条例(2023修订)第六十三条第(一)项;货规第六十一条",
            NOW,
            ("《中华人民共和国道路运输条例》第六十三条第一项", "《道路货物运输及站场管理规定》第六十一条"),
        ),
        ("巡游规定(2021)第四十六条第(二)(三)项", NOW, ("《巡游出租汽车经营服务管理规定》第四十六条第二项、第三项",)),
        ("客规第九十九条(条次凭记忆)", NOW, ("《道路旅客运输及客运站管理规定》第九十九条",)),
        ("网约车暂行办法第三十五条", NOW, ("《网络预约出租汽车经营服务管理暂行办法》第三十五条",)),
        ("动态监督管理办法(2022)", NOW, ("《道路运输车辆动态监督管理办法》",)),
        ("未知办法第三条", NOW, ("《未知办法》第三条",)),
        ("公路法第四十四条;公路法第四十四条", NOW, ("《中华人民共和国公路法》第四十四条",)),
        ("(无罚则)", NOW, ()),
    ],
)
def test_citations(shipped: Benchmark, cell: str, on: date, texts: tuple[str, ...]) -> None:
    assert citation_texts(read_provisions(cell, on, shipped.names), shipped.names) == texts


def test_without_the_statute_table_the_year_decides() -> None:
    cell = "某条例(2023修订)第二条(2022修订第三条)"
    names = StatuteNames()
    assert citation_texts(read_provisions(cell, date(2022, 12, 31), names), names) == ("《某条例》第三条",)
    assert citation_texts(read_provisions(cell, date(2023, 1, 1), names), names) == ("《某条例》第二条",)


@pytest.mark.parametrize(
    ("cell", "checked"),
    [
        ("公路法第四十四条第一款", True),
        ("公路安全保护条例第三十五条至第三十八条", True),
        ("公路安全保护条例第六十二条前段", True),
        ("客规第九十九条(条次凭记忆)", False),
        ("货规关于车辆营运证的规定", False),
        ("危险化学品安全管理条例", False),
        ("出租汽车经营服务管理规定(2014)第四十七条及2016修正后的相应条款", False),
    ],
)
def test_articles_that_were_not_read_are_known(cell: str, checked: bool) -> None:
    (provision,) = read_provisions(cell, NOW, StatuteNames())
    assert provision.is_checked is checked


def test_remarks_never_reach_a_citation(shipped: Benchmark) -> None:
    for row in shipped.rows:
        for cell in (row.breached_provision, row.penalty_provision):
            for text in citation_texts(read_provisions(cell, NOW, shipped.names), shipped.names):
                assert not any(mark in text for mark in ("(", "凭记忆", "未核", "随版本")), text
    assert is_unchecked("第九十九条(条次凭记忆)")
    assert not is_unchecked("公路法第四十四条")
