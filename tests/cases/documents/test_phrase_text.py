"""The text of a phrase: which placeholders it may name, how it is filled in, what became of it afterwards."""

from __future__ import annotations

import pytest

from cases.documents.phrase_text import (
    CHANGED,
    DROPPED,
    IN,
    KEPT,
    OUT,
    SAME,
    Piece,
    difference,
    faults,
    filled,
    pieces,
    standing,
)

pytestmark = pytest.mark.law
KNOWN = ("当事人", "案由")
TEXT = "经查，{当事人}于{违法时间}【待填：经过】，事实清楚。"


@pytest.mark.parametrize(("text", "said"), [
    ("{当事人}的行为已经查清。", []),
    ("【待填：现场情况】，{案由}。", []),
    ("{车号}和{当事人}", ["没有{车号}这个填空"]),
    ("{}", ["没有{}这个填空"]),
    ("{{当事人}}", ["花括号"]),
    ("{当事人", ["花括号"]),
    ("当事人}", ["花括号"]),
    ("{当事\n人}", ["花括号"]),
    ("{ 当事人}", ["没有{ 当事人}这个填空"]),
    ("{<b>当事人</b>}", ["没有{<b>当事人</b>}这个填空"]),
    ("【待填】", ["【待填：要写什么】"]),
    ("【待填：】", ["【待填：要写什么】"]),
    ("【待填：" + "长" * 31 + "】", ["【待填：要写什么】"]),
    ("【待填：" + "长" * 30 + "】", []),
    ("【　】", ["【待填：要写什么】"]),
    ("【当事人】以外的人", []),
    ("依照《交通运输行政执法程序规定》第六条", []),
    ("依照《交通运输行政执法程序规定》第七十三条", ["第七十三条的条次还没有核对"]),
    ("依照《交通运输行政执法程序规定》（2021修正）第59条", ["第59条的条次还没有核对"]),
    ("依照《行政处罚法》第五十九条", []),
])  # fmt: skip
def test_what_may_stand_in_a_phrase(text: str, said: list[str]) -> None:
    found = faults(text, KNOWN)
    assert len(found) == len(said)
    assert [part in one for part, one in zip(said, found, strict=True)] == [True] * len(said)


def test_an_unknown_placeholder_is_told_with_those_that_may_be_used() -> None:
    assert faults("{车号}{车号}{货物}", KNOWN) == [
        "没有{车号}、{货物}这个填空。可以用的有：{当事人}、{案由}。",
    ]


def test_a_fact_is_filled_in_and_what_is_missing_stays_a_marked_gap() -> None:
    found = pieces(TEXT, {"当事人": "示例公司", "违法时间": ""})
    assert found == (
        Piece("经查，"), Piece("示例公司"), Piece("于"), Piece("【待填：违法时间】", is_gap=True),
        Piece("【待填：经过】", is_gap=True), Piece("，事实清楚。"),
    )  # fmt: skip
    assert filled(TEXT, {"当事人": "示例公司"}) == "经查，示例公司于【待填：违法时间】【待填：经过】，事实清楚。"


def test_what_stands_in_a_fact_is_never_read_again() -> None:
    assert filled("{当事人}。", {"当事人": "{案由}<b>", "案由": "x"}) == "{案由}<b>。"


INSERTED = "经查，示例公司【待填：经过】，未采取防护措施。其行为造成路面污染。"


@pytest.mark.parametrize(("submitted", "expected"), [
    ("前文。经查，示例公司运输碎砖，未采取防护措施。其行为造成路面污染。后文。", KEPT),
    ("经查，示例公司运输碎砖，未采取防护措施。后果轻微。", CHANGED),
    ("其行为造成路面污染。经查，示例公司运输碎砖。", CHANGED),
    ("当事人如实陈述。", DROPPED),
    ("", DROPPED),
    ("经查，示例公司，未采取防护措施。其行为造成路面污染。", CHANGED),  # the gap was cut out with nothing in its place
    ("经查，示例公司" + "长" * 501 + "，未采取防护措施。其行为造成路面污染。", CHANGED),
    ("经查，示例公司" + "长" * 500 + "，未采取防护措施。其行为造成路面污染。", KEPT),
    ("经查，示例公司说明。经查，示例公司运输碎砖，未采取防护措施。其行为造成路面污染。", KEPT),
])  # fmt: skip
def test_what_became_of_the_words(submitted: str, expected: str) -> None:
    assert standing(INSERTED, submitted) == expected


@pytest.mark.parametrize("inserted", ["【待填：时间】，当事人装载碎砖", "当事人装载碎砖，【待填：经过】"])
def test_a_gap_at_either_end_stands_anywhere(inserted: str) -> None:
    submitted = "长" * 800 + "昨日，当事人装载碎砖，未苫盖。"
    assert standing(inserted, submitted) == KEPT


def test_nothing_but_a_gap_is_never_found_again() -> None:
    assert standing("【待填：经过】", "任意文字") == DROPPED


def test_the_difference_is_by_sentence() -> None:
    old, new = "第一句。第二句；第三句", "第一句。改了的；第三句。新增。"
    assert difference(old, new) == (
        (SAME, "第一句。"), (OUT, "第二句；第三句"), (IN, "改了的；第三句。新增。"),
    )  # fmt: skip
    assert difference("甲。乙。", "甲。乙。丙。") == ((SAME, "甲。乙。"), (IN, "丙。"))
    assert difference("甲。乙。", "乙。") == ((OUT, "甲。"), (SAME, "乙。"))
    assert "".join(text for mark, text in difference(old, new) if mark != IN) == old
    assert "".join(text for mark, text in difference(old, new) if mark != OUT) == new
