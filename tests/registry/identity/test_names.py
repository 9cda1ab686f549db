"""Names: rare characters survive, private code points are mapped, what is no name is refused."""

from __future__ import annotations

import pytest

from lishu_law.registry.identity import InvalidValue, parse_organisation_name, parse_person_name

pytestmark = pytest.mark.law


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("张三", "张三"),
        (" 张 三\u3000", "张三"),
        ("王\u3000小明", "王小明"),
        ("𠮷田", "𠮷田"),
        ("䶮", "䶮"),
        ("李〇一", "李〇一"),
        ("\uf9dc", "\uf9dc"),  # compatibility Han: NFC would make 隆 of it
        ("\ufa0c", "\ufa0c"),
        ("王\U000e0100", "王\U000e0100"),  # ideographic variation
        ("𰻝", "𰻝"),
        ("阿不都·热合曼", "阿不都·热合曼"),
        ("阿不都•热合曼", "阿不都·热合曼"),
        ("阿不都‧热合曼", "阿不都·热合曼"),
        ("阿不都・热合曼", "阿不都·热合曼"),
        ("阿不都．热合曼", "阿不都·热合曼"),
        ("John Smith", "John Smith"),
        ("Ana-María O'Neil", "Ana-María O'Neil"),
        ("Zoe\u0308 B", "Zoe\u0308 B"),  # decomposed stays decomposed
        ("𠮷" * 50, "𠮷" * 50),
    ],
)
def test_names_stay_as_they_are(typed: str, value: str) -> None:
    name = parse_person_name(typed)
    assert (name.value, name.notes, name.needs_check) == (value, (), False)


@pytest.mark.parametrize(
    ("private", "standard"),
    [
        ("\ue81e", "\u9fb4"),
        ("\ue826", "\u9fb5"),
        ("\ue82b", "\u9fb6"),
        ("\ue832", "\u9fb8"),
        ("\ue843", "\u9fb9"),
        ("\ue854", "\u9fba"),
        ("\ue864", "\u9fbb"),
        ("\ue863", "䶮"),
    ],
)
def test_old_private_characters_become_standard(private: str, standard: str) -> None:
    name = parse_person_name(f"刘{private}")
    assert name.value == f"刘{standard}"
    assert name.notes == (f"已换成标准字“{standard}”。",)
    assert not name.needs_check


def test_unknown_private_character_asks_for_a_photo() -> None:
    name = parse_person_name("刘\ue000")
    assert (name.value, name.needs_check) == ("刘\ue000", True)
    assert name.notes


@pytest.mark.parametrize("raw", ["FE59", "FE61", "FE66", "FE6D", "FE7E", "FE90", "FEA0"])
def test_what_old_bytes_decode_to_is_mapped(raw: str) -> None:
    assert not parse_person_name("王" + bytes.fromhex(raw).decode("gb18030")).needs_check


REFUSED_PERSON = [
    "",
    " ",
    "\u3000",
    "张3",
    "张三1",
    "１２３",
    "123",
    "张三<b>",
    "<b>张三</b>",
    "张三;",
    "张三'--",
    '张三"',
    "张三/李四",
    "张三、李四",
    "张三，李四",
    "张三,李四",
    "张三(司机)",
    "张三（司机）",
    "张三*",
    "张*",
    "张三.",
    "张.三",
    "·张三",
    "张三·",
    "张··三",
    "·",
    "••",
    "张三?",
    "张三！",
    "张三_",
    "张三@",
    "张三#",
    "张三=",
    "=张三",
    "+张三",
    "未知",
    "无",
    "无名",
    "不详",
    "NULL",
    "none",
    "null",
    "N/A",
    "空",
    "张三\u200b",
    "张\u200b三",
    "\u202e张三",
    "张\x00三",
    "张\n三",
    "张\t三",
    "张\ufeff三",
    "张三\u2066",
    "张\u00ad三",
    "Иван",
    "さくら",
    "김철수",
    "محمد",
    "Ａｂｃ",
    "张三😀",
    "⼀",
    "々",
    "张" * 51,
    "𠮷" * 51,
    "A" * 20000,
    "-",
    "'",
    "\u0301",
    "张\u0301",
    "\ud842",
    "\ufe00张",
    "A1",
    "John  Smith-",
    "- John",
    "John'",
]


@pytest.mark.parametrize("typed", REFUSED_PERSON)
def test_person_refused(typed: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_person_name(typed)
    assert refused.value.code.startswith(("name.", "hidden"))
    assert len(refused.value.message) <= 45


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("梨树县示例货运有限公司", "梨树县示例货运有限公司"),
        (" 梨树县 示例货运有限公司\u3000", "梨树县示例货运有限公司"),
        ("四平示例物流(集团)有限公司", "四平示例物流（集团）有限公司"),
        ("梨树县演示汽修部", "梨树县演示汽修部"),
        ("Demo Logistics (Jilin) Co., Ltd.", "Demo Logistics (Jilin) Co., Ltd."),
        ("3M中国", "3M中国"),
        ("梨树县𠮷祥货运站", "梨树县𠮷祥货运站"),
        ("四平\ue863示例公司", "四平䶮示例公司"),
    ],
)
def test_organisation_names(typed: str, value: str) -> None:
    assert parse_organisation_name(typed) == value


REFUSED_ORGANISATION = [
    "",
    " ",
    "\u3000",
    "梨",
    "A",
    "123456",
    "１２３４",
    "12-34",
    "——",
    "()",
    "（）",
    "...",
    "!!!",
    "???",
    "**",
    "未知",
    "无",
    "不详",
    "NULL",
    "null",
    "None",
    "N/A",
    "n/a",
    "空",
    "无名",
    "<b>公司</b>",
    "公司<script>",
    "公司>",
    "a<b",
    "公\x00司",
    "公\n司",
    "公\r\n司",
    "公\t司",
    "公\u200b司",
    "公\u200d司",
    "\u202e公司",
    "公司\u202c",
    "公\ufeff司",
    "公\u2060司",
    "公司\u2069",
    "公\u00ad司",
    "公\x7f司",
    "公\x85司",
    "公\u2028司",
    "公\ud842司",
    "公" * 101,
    "𠮷" * 101,
    "A" * 20000,
    " A ",
    "1 2 3",
    "０",
    "·",
    "··",
    "🚚🚚",
    "👍公".replace("公", "👍"),
    "12.5",
    "2026-11-23",
    "+-*/",
    '""',
    "''",
    "%%",
    "#1",
]


@pytest.mark.parametrize("typed", REFUSED_ORGANISATION)
def test_organisation_refused(typed: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_organisation_name(typed)
    assert len(refused.value.message) <= 45
