"""Citations: written out, read from the short form, and kept out of print where nobody checked the number."""

from __future__ import annotations

from datetime import date

import pytest

from lishu_law.law.citations import Cite, chinese_number, for_staff, parse_basis, printable, render, statute_on
from lishu_law.law.rules import RULES

pytestmark = pytest.mark.law

PENALTY = "《中华人民共和国行政处罚法》"
PROCEDURE = "《交通运输行政执法程序规定》"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (64, "六十四"), (90, "九十"), (100, "一百"),
        (103, "一百零三"), (110, "一百一十"), (156, "一百五十六"), (200, "二百"), (999, "九百九十九"),
    ],
)  # fmt: skip
def test_numbers_of_articles(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_outside_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 到 999"):
        chinese_number(number)


@pytest.mark.parametrize(
    ("cite", "text"),
    [
        (Cite("处罚法", 64, item=1), PENALTY + "第六十四条第一项"),
        (Cite("处罚法", 67, 3), PENALTY + "第六十七条第三款"),
        (Cite("处罚法", 72, 1, 1), PENALTY + "第七十二条第一款第一项"),
        (Cite("复议法", 24), "《中华人民共和国行政复议法》第二十四条"),
        (Cite("处罚法"), PENALTY),
        (Cite("解释", 96), "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第九十六条"),
        (Cite("评查标准"), "评查标准"),
    ],
)
def test_written_out(cite: Cite, text: str) -> None:
    assert str(cite) == text


def test_an_alias_is_the_same_statute() -> None:
    assert Cite("程序规定", 61) == Cite("执法程序规定", 61)


@pytest.mark.parametrize(
    ("basis", "cites"),
    [
        ("处罚法44,45;程序规定68", [("处罚法", 44), ("处罚法", 45), ("执法程序规定", 68)]),
        ("强制法56-58,69", [("强制法", 56), ("强制法", 57), ("强制法", 58), ("强制法", 69)]),
        ("强制法35;54", [("强制法", 35), ("强制法", 54)]),
        ("处罚法47(归档保存)", [("处罚法", 47)]),
        ("处罚法66;程序规定", [("处罚法", 66), ("执法程序规定", None)]),
        ("程序规定(案件终结章)", [("执法程序规定", None)]),
        ("程序规定附则", [("执法程序规定", None)]),
        ("54号解答", [("54号解答", None)]),
        ("54号;moj.gov.cn", [("54号", None), ("moj.gov.cn", None)]),
        ("处罚法33;2024年度法治报告", [("处罚法", 33), ("2024年度法治报告", None)]),
        ("行诉解释156", [("解释", 156)]),
        ("国办发〔2018〕118号", [("118号", None)]),
        ("四平十严禁(四)", [("四平十严禁(四)", None)]),
        ("54号;54", [("54号", None), ("54号", 54)]),
        ("评查标准;54", [("评查标准", None), ("54", None)]),
        ("—", []),
        ("", []),
    ],
)
def test_short_forms(basis: str, cites: list[tuple[str, int | None]]) -> None:
    assert [(cite.law, cite.article) for cite in parse_basis(basis)] == cites


@pytest.mark.parametrize(
    ("basis", "text"),
    [
        ("处罚法64(1),85", PENALTY + "第六十四条第一项、第八十五条"),
        ("处罚法72(1)", PENALTY + "第七十二条第一款第一项"),
        ("处罚法58(2)", PENALTY + "第五十八条第一款第二项"),
        ("强制法18(7)(8)", "《中华人民共和国行政强制法》第十八条第七项、第十八条第八项"),
        ("强制法28(4),62", "《中华人民共和国行政强制法》第二十八条第一款第四项、第六十二条"),
        ("复议法23(1)(一),23(2)", "《中华人民共和国行政复议法》第二十三条第一款第一项、第二十三条第二款"),
        ("处罚法60;程序规定77左右", PENALTY + "第六十条；" + PROCEDURE + "（条次待核对）"),
        ("程序规定7-8", PROCEDURE + "第八条（部分条次待核对）"),
        ("程序规定61(3)(4)", PROCEDURE + "第六十一条"),
        ("54号解答;司法部文书格式", "54号解答；司法部文书格式"),
        ("—", ""),
    ],
)
def test_written_for_staff(basis: str, text: str) -> None:
    assert render(parse_basis(basis)) == text


@pytest.mark.parametrize("article", range(1, 130))
def test_only_the_checked_articles_of_the_procedure_rules_are_printed(article: int) -> None:
    cite = Cite("程序规定", article, item=2)

    if article in (6, 8, 9, 18, 60, 61, 62, 63):
        assert printable(cite) == f"{PROCEDURE}第{chinese_number(article)}条"
    else:
        assert printable(cite) is None
        assert for_staff(cite) == f"{PROCEDURE}（条次待核对）"


def test_what_else_is_printed() -> None:
    assert printable(Cite("程序规定")) == PROCEDURE
    assert printable(Cite("处罚法", 61)) == PENALTY + "第六十一条"
    assert printable(Cite("处罚法", 61, is_certain=False)) is None
    assert printable(Cite("四平十严禁(四)")) is None
    assert for_staff(Cite("四平十严禁(四)")) == "四平十严禁(四)"


def test_no_rule_prints_an_unchecked_article() -> None:
    for rule in RULES.values():
        for cite in parse_basis(rule.legal_basis):
            text = printable(cite) or ""
            assert "程序规定》第" not in text or cite.article in (6, 8, 9, 18, 60, 61, 62, 63)


def test_every_basis_names_something_or_is_a_dash() -> None:
    for rule in RULES.values():
        assert parse_basis(rule.legal_basis) or rule.legal_basis == "—"


@pytest.mark.parametrize(
    ("law", "on", "begins"),
    [
        ("道路运输条例", "2022-04-30", "2019-03-02"),
        ("道路运输条例", "2022-05-01", "2022-05-01"),
        ("道路运输条例", "2023-07-19", "2022-05-01"),
        ("道路运输条例", "2023-07-20", "2023-07-20"),
        ("复议法", "2024-01-01", "2024-01-01"),
        ("复议法", "2023-12-31", None),
        ("吉林裁量规则", "2026-01-01", None),
        ("没有的法", "2026-01-01", None),
    ],
)
def test_versions_of_a_statute(law: str, on: str, begins: str | None) -> None:
    statute = statute_on(law, date.fromisoformat(on))

    assert (statute and str(statute.effective_from)) == begins
