"""The file of decisions published before this system: its columns and how their cells are read."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from disclosure.content import PENALTY_TYPES, SUMMARY
from lishu_law.registry.identity import InvalidValue, normalise
from lishu_law.registry.models import PartyKind
from lishu_law.web.loading.columns import (
    Column,
    day,
    narrative,
    one_of,
    raw,
    remembered,
    some_of,
    words,
    yes_or_no,
)

NOT_KEPT = "只用来遮盖和核对年龄，导入后不保存"
FIRST_YEAR = 1996  # the first 行政处罚法
MOST_AMOUNT = Decimal("9999999999.99")
_BRACKETS = str.maketrans({**dict.fromkeys("[【({［（｛", "〔"), **dict.fromkeys("]】)}］）｝", "〕")})
_NUMBER = re.compile(r"[一-鿿]{2,20}〔([0-9]{4})〕第?[0-9]{1,6}号")
_HAN = re.compile("[一-鿿]")


def document_number(text: str) -> str:
    """A decision's number with brackets and digits brought to one form; leading zeros stay (disclosure.md §2.3)."""
    value = "".join(unicodedata.normalize("NFKC", normalise.line(text)).split()).translate(_BRACKETS)
    if not _NUMBER.fullmatch(value):
        raise InvalidValue("number", f"“{value[:30]}”不像决定书文号。请写成“吉梨交罚〔2024〕12号”这样。")
    return value


def year_of_number(number: str) -> int:
    """The year inside a number that :func:`document_number` has read."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise ValueError(number)
    return int(found[1])


def amount(text: str) -> Decimal | None:
    """Yuan with at most two decimals; 0 means none. Thousands marks and 元 are dropped."""
    typed = normalise.code(text).replace(",", "").removesuffix("元")
    try:
        value = Decimal(typed)
    except InvalidOperation:
        raise InvalidValue("amount", f"“{typed[:12]}”不是金额。请只填数字，单位是元。") from None
    if not value.is_finite() or value < 0 or value > MOST_AMOUNT:
        raise InvalidValue("amount", f"金额“{typed[:12]}”不对，请核对。单位是元。")
    if value != round(value, 2):
        raise InvalidValue("amount", f"金额“{typed[:12]}”最多两位小数，请核对。")
    return round(value, 2) or None


def violation(text: str) -> str:
    value: str = words(500)(text)
    if not _HAN.search(value):
        raise InvalidValue("violation", f"“{value[:12]}”不是违法行为。请照决定书填写案由。")
    return value


def names(text: str) -> tuple[str, ...]:
    """Several values with 、 ， ; or a line break between them."""
    parts = text.translate(str.maketrans("，,；;、\r\n", "\x1f" * 7)).split("\x1f")
    return tuple(dict.fromkeys(part for one in parts if (part := normalise.trimmed(one))))


_KINDS: list[tuple[Any, Any]] = [
    (PartyKind.CITIZEN.value, "自然人"),
    (PartyKind.ORGANISATION.value, "法人或者其他组织"),
    (PartyKind.INDIVIDUAL_BUSINESS.value, "个体工商户"),
    *((value, label) for value, label in PartyKind.choices if value != PartyKind.INDIVIDUAL_BUSINESS.value),
]
_day = remembered(day)

COLUMNS = (
    Column("number", "决定书文号", document_number, True, "例如：吉梨交罚〔2024〕12号"),
    Column("party_kind", "当事人类别", one_of(_KINDS), True, "自然人、法人或者其他组织、个体工商户"),
    Column("party_name", "当事人名称", raw, True, "照决定书写全名，系统按规则遮盖自然人姓名"),
    Column("uscc", "统一社会信用代码", raw, note="法人或者其他组织必填"),
    Column("person_name", "法定代表人或者经营者", raw, note=NOT_KEPT),
    Column("id_number", "证件号码", raw, note=f"自然人必填，没有证件号码的填出生日期；{NOT_KEPT}"),
    Column("birth_on", "出生日期", _day, note=f"自然人没有证件号码时填；{NOT_KEPT}"),
    Column("other_people", "文中其他人员姓名", names, note=f"驾驶人、证人等，用顿号隔开；{NOT_KEPT}"),
    Column("plates", "文中车牌号", names, note=f"几个车牌用顿号隔开；{NOT_KEPT}"),
    Column("other_values", "文中电话、住址等", names, note=f"用顿号隔开；{NOT_KEPT}"),
    Column("violation", "违法行为", violation, True, "案由"),
    Column("domain", "领域", remembered(words(40)), note="例如：道路货运"),
    Column("act_on", "违法日期", _day, True),
    Column("filed_on", "立案日期", _day, note="简易程序不填"),
    Column("decided_on", "决定日期", _day, True),
    Column("published_on", "公示日期", _day, True, "当初在网上公示的日期，照原来的填"),
    Column("display_until", "公示截止日", _day, note="原来定过的填；比现行规定长的，按现行规定缩短"),
    Column("place", "违法地点", words(200), note="公开时只到道路或者乡镇"),
    Column("facts", "违法事实", narrative(5000), True, "照决定书写"),
    Column("breached", "违反的规定", narrative(1000)),
    Column("basis", "处罚依据", narrative(1000), True),
    Column("tier", "裁量档次", remembered(words(20))),
    Column("discretion", "裁量理由", narrative(2000)),
    Column("types", "处罚种类", some_of(PENALTY_TYPES.items()), True, "几种用顿号隔开，例如：罚款、没收违法所得"),
    Column("result", "处罚内容", narrative(1000), True),
    Column("fine", "罚款金额", amount, note="单位：元"),
    Column("confiscated", "没收金额", amount, note="单位：元；没收的物品没有作价的不填"),
    Column("licence", "证照处理", words(200), note="暂扣、吊销证照的必填，写明证照名称和号码"),
    Column(
        "procedure",
        "处罚程序",
        one_of([(SUMMARY, "简易程序"), ("ordinary", "普通程序"), ("ordinary", "一般程序")]),
        True,
    ),
    Column("case_no", "案号", words(60)),
    Column("is_on_exchange", "监管平台已有", yes_or_no, True, "是、否；填“是”的不再推送"),
)
TITLES = {column.key: column.title for column in COLUMNS}
