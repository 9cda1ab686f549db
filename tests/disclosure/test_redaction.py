"""Masking of names, codes and free text, and the leak gate: the tables of standards/disclosure.md §4.3–4.4."""

from __future__ import annotations

import pytest

from disclosure.detectors import is_id_number, passes_luhn
from disclosure.redaction import (
    Known,
    leaks,
    mask_licence_numbers,
    mask_uscc,
    public_place,
    redact,
)
from lishu_law.registry.identity.masking import mask_person_name

pytestmark = pytest.mark.law


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("王小明", "王**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),  # two characters: the surname alone would hide nothing
        ("司马相如", "司马**"),
        ("诸葛亮", "诸葛*"),
        ("欧 阳 修", "欧阳*"),
        ("  张三 ", "张*"),
        ("\u3000张三\u3000", "张*"),
        ("张 三", "张*"),
        ("张", "*"),
        ("", "*"),
        ("阿不都·热合曼", "阿不都·***"),
        ("阿不都•热合曼", "阿不都·***"),
        ("阿不都・热合曼．买买提", "阿不都·***·***"),
        ("·热合曼", "****"),
        ("𠮷田", "𠮷*"),  # outside the BMP: one star per character, never per surrogate
        ("王𠮷䶮", "王**"),
        ("葛\U000e0100城", "葛\U000e0100*"),  # a variation selector belongs to its character
        ("王e\u0301", "王*"),
        ("\ue863三", "\ue863*"),  # private use: an old font's rare character
        ("John Smith", "J*** *****"),
        ("Jean-Paul O'Neil", "J***-**** *'****"),
        ("É\u0301a", "É\u0301*"),
        ("李Tom", "李***"),
        ("〇三", "〇*"),
    ],
)
def test_person_name(name: str, masked: str) -> None:
    assert mask_person_name(name) == masked


def test_every_compound_surname_of_the_list_is_kept_whole() -> None:
    for surname in ("太史", "端木", "上官", "东方", "独孤", "万俟", "夏侯", "尉迟", "纳兰", "拓跋"):
        assert mask_person_name(surname + "某某") == surname + "**"


@pytest.mark.parametrize(
    ("code", "masked"),
    [
        ("92220322MA0T00038K", "9222**********038K"),
        ("220322600012345", "2203*******2345"),
        ("12345678", "********"),
        ("", ""),
    ],
)
def test_uscc(code: str, masked: str) -> None:
    assert mask_uscc(code) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("吊销道路运输证-220322001234", "吊销道路运输证-22***34"),
        ("暂扣从业资格证AB1234567", "暂扣从业资格证AB***67"),
        ("暂扣许可证 3 个月", "暂扣许可证 3 个月"),
    ],
)
def test_licence_numbers(text: str, masked: str) -> None:
    assert mask_licence_numbers(text) == masked


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("梨树县郭家店镇青石村三组12号", "梨树县郭家店镇"),
        ("G303国道K512+300处", "G303国道"),
        ("国道303线梨树镇段", "国道303线梨树镇"),
        ("梨树镇奉化大街123号", "梨树镇奉化大街"),
        ("Ｇ３０３国道", "G303国道"),
        ("S206", "S206"),
        ("梨树镇G303", "梨树镇G303"),
        ("青石村G303", ""),
        ("张家屯东头", ""),
        ("", ""),
    ],
)
def test_place(place: str, public: str) -> None:
    assert public_place(place) == public


KNOWN = Known(
    punished="王小明",
    people=("李四", "赵铁柱"),
    plates=("吉C12345",),
    values=("22039919850630001X", "13844556677", "梨树县梨树镇幸福街", "LVSHFFAC8FS123456"),
    shown_names=("梨树县王小明汽修部",),
)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("当事人王小明驾驶吉C12345货车", "当事人王**驾驶涉案车辆货车"),
        ("王 小 明承认", "王**承认"),
        ("王小-明承认", "王**承认"),
        ("驾驶员李四和押运员赵铁柱在场", "驾驶员某人和押运员某人在场"),
        ("吉C·12345", "涉案车辆"),
        ("吉c12345", "涉案车辆"),
        ("吉C12345号货车", "涉案车辆货车"),
        ("吉C12345号牌", "涉案车辆号牌"),
        ("吉Ｃ１２３４５", "涉案车辆"),
        ("身份证220399 19850630 001X号", "身份证（略）号"),
        ("电话138-4455-6677。", "电话（略）。"),
        ("车架号LVSHFFAC8FS123456", "车架号（略）"),
        # the shown registered name is not touched, the person's name beside it is
        ("梨树县王小明汽修部的王小明", "梨树县王小明汽修部的王**"),
        # detectors alone
        ("他的身份证是110105194912310021", "他的身份证是（略）"),
        ("老证号130503670401001", "老证号（略）"),
        ("手机13900001111", "手机（略）"),
        ("编号213900001111", "编号213900001111"),
        ("电话0434-5223344", "电话（略）"),
        ("邮箱a.b-c@example.com.cn", "邮箱（略）"),
        ("微信号：abc_123456", "（略）"),
        ("辽A12345挂和吉CD12345", "涉案车辆和涉案车辆"),
        ("家住梨树镇民主街12号3单元502室。", "家住（略）。"),
        ("家住青石村三组", "家住（略）"),
        ("梨树县康平小区7栋", "（略）"),
        ("刘家屯附近", "（略）附近"),
        # not personal
        ("依据《道路运输条例》第六十八条第二项", "依据《道路运输条例》第六十八条第二项"),
        ("吉梨交罚〔2026〕0001号", "吉梨交罚〔2026〕0001号"),
        ("交通运输部令2023年第17号", "交通运输部令2023年第17号"),
        ("梨树县人民政府梨政复决字第20260017号", "梨树县人民政府梨政复决字第20260017号"),
        (
            "2026年3月2日23时02分，在G303国道K512+300处，载运碎砖30吨",
            "2026年3月2日23时02分，在G303国道K512+300处，载运碎砖30吨",
        ),
        ("", ""),
    ],
)
def test_free_text(text: str, public: str) -> None:
    assert redact(text, KNOWN).text == public


def test_card_number_needs_its_check_digit() -> None:
    good = next(f"622202020011223{d}" for d in range(10) if passes_luhn(f"622202020011223{d}"))
    bad = f"{good[:-1]}{(int(good[-1]) + 1) % 10}"
    assert redact(f"卡{good}", Known()).text == "卡（略）"
    assert redact(f"卡{bad}", Known()).text == f"卡{bad}"


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("110105194912310021", False),
        ("130503670401001", True),
        ("130503671301001", False),
        ("1101051949123100", False),
    ],
)
def test_id_number(number: str, valid: bool) -> None:
    assert is_id_number(number) is valid


def test_hits_carry_their_rule_and_rebuild_the_original() -> None:
    text = "王小明驾驶吉C12345，电话13844556677。"
    done = redact(text, KNOWN)
    assert [hit.rule for hit in done.hits] == ["当事人姓名", "车牌", "本案个人信息"]
    assert "".join(part for part, _hit in done.segments(text)) == text
    assert "".join(hit.replacement if hit else part for part, hit in done.segments(text)) == done.text


def test_one_character_names_are_held_for_a_person() -> None:
    known = Known(punished="张三", people=("李",))
    assert known.too_short() == ("李",)
    assert redact("李某在场", known).text == "李某在场"


@pytest.mark.parametrize(
    ("text", "values", "shown", "rules"),
    [
        ("当事人王**", ["王小明"], [], []),
        ("当事人王小明", ["王小明"], [], ["原值"]),
        ("当事人王 小\u200b明", ["王小明"], [], ["原值"]),
        ("王小明汽修部", ["王小明"], ["王小明汽修部"], []),
        ("王小明汽修部 王小明", ["王小明"], ["王小明汽修部"], ["原值"]),
        ("王*明", ["王小明"], [], ["姓名遮盖不足"]),
        ("*小明", ["王小明"], [], ["姓名遮盖不足"]),
        ("王×明", ["王小明"], [], ["姓名遮盖不足"]),
        ("*三", ["张三"], [], ["姓名遮盖不足"]),
        ("张*三月二日", ["张三"], [], []),
        ("欧阳*", ["欧阳修"], [], []),
        ("阿不都·***", ["阿不都·热合曼"], [], []),
        ("阿不都·热**", ["阿不都·热合曼"], [], ["姓名遮盖不足"]),
        ("2203**********0018", ["220399198506300018"], [], ["号码遮盖不足"]),
        ("220399********", ["220399198506300018"], [], ["号码遮盖不足"]),
        ("138****6677", ["13844556677"], [], ["号码遮盖不足"]),
        ("138 4455 6677", ["13844556677"], [], ["原值"]),
        ("１３８４４５５６６７７", ["13844556677"], [], ["原值"]),
        ("9222**********038K", ["92220322MA0T00038K"], [], []),
        ("王**2026年", ["13844552026"], [], ["号码遮盖不足"]),  # doubtful: blocked, a person looks
        ("吉c·123 45", ["吉C12345"], [], ["原值"]),
        ("李", ["李"], [], []),
        ("", ["王小明"], [], []),
    ],
)
def test_leak_gate(text: str, values: list[str], shown: list[str], rules: list[str]) -> None:
    assert [leak.rule for leak in leaks(text, values, shown)] == rules


def test_redacted_text_always_passes_the_gate() -> None:
    text = "王小明（220399 19850630001X，138-4455-6677）驾驶吉C12345，李四、赵铁柱在场，住梨树县梨树镇幸福街5号。"
    assert leaks(redact(text, KNOWN).text, KNOWN.every_value(), KNOWN.shown_names) == []
