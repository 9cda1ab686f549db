"""The columns of everything the public may take away: one list, and every file, page of JSON and description follows it.

Names of fields in disclosure_fields.csv stand in ``source``. What is not listed here leaves the house in no file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure.content import SUMMARY
from disclosure.models import DisclosureRecord
from disclosure.portal import explain
from disclosure.portal.open_data.cells import plain
from disclosure.register.shown import PROCEDURES
from lishu_law import clock
from lishu_law.addresses import public_address

TEXT, DATE, MOMENT, MONEY, LIST, LINK, DIGEST = "text", "date", "moment", "money", "list", "link", "digest"
JOINER = "；"
Value = str | list[str]


@dataclass(frozen=True)
class Column:
    """One column: machine name, the header people read, what it means, and how it is taken from a record."""

    name: str
    title: str
    meaning: str
    take: Callable[[DisclosureRecord], Value]
    kind: str = TEXT
    source: str = ""


def said(name: str) -> Callable[[DisclosureRecord], Value]:
    """A field of the public copy, as text."""

    def take(record: DisclosureRecord) -> Value:
        found = record.content.get(name, "")
        return JOINER.join(map(str, found)) if isinstance(found, list) else str(found)

    return take


def _types(record: DisclosureRecord) -> Value:
    found = record.content.get("types", "")
    return found if isinstance(found, list) else [part for part in str(found).split(JOINER) if part]


def _procedure(record: DisclosureRecord) -> Value:
    found = str(record.content.get("procedure", ""))
    return PROCEDURES.get(found, found)


def _remedy(record: DisclosureRecord) -> Value:
    return explain.remedy(record.content.get("procedure") == SUMMARY)


def published_on(record: DisclosureRecord) -> date | None:
    """The day in Shanghai on which the record became public."""
    return clock.local(record.published_at).date() if record.published_at else None


def _published(record: DisclosureRecord) -> Value:
    day = published_on(record)
    return day.isoformat() if day else ""


def changed_at(record: DisclosureRecord) -> str:
    """The instant of the last change, in Shanghai's time."""
    return clock.local(record.updated_at).isoformat(timespec="seconds")


def address(record: DisclosureRecord, name: str = "public-record") -> str:
    """The permanent address of the record, or of one of its twins."""
    return public_address(name, record.public_id)


COLUMNS: tuple[Column, ...] = (
    Column("public_id", "公示编号", "本条公示永久不变的编号，不会再给别的公示用", lambda one: one.public_id),
    Column("number", "决定书文号", "行政处罚决定书的文号", said("number"), source="CF_WSH"),
    Column("party", "当事人", "单位为登记的名称；自然人只留姓，其余每字一个 *", said("party"), source="CF_XDR_MC"),
    Column(
        "uscc", "统一社会信用代码", "单位的代码；个体工商户遮盖中间；自然人没有", said("uscc"), source="CF_XDR_SHXYM"
    ),
    Column("violation", "违法行为", "违法行为类型（案由）", said("violation"), source="CF_WFXW"),
    Column("domain", "领域", "交通运输执法的领域", said("domain")),
    Column("act_on", "违法日期", "违法行为发生的日期", said("act_on"), DATE),
    Column("place", "地点", "只到道路或者乡镇", said("place")),
    Column("facts", "违法事实", "个人信息已经遮盖", said("facts"), source="CF_SY"),
    Column("breached", "违反的规定", "违反的法律条文", said("breached")),
    Column("basis", "处罚依据", "作出处罚所依据的法律条文", said("basis"), source="CF_YJ"),
    Column("tier", "裁量档次", "按裁量基准属于哪一档", said("tier")),
    Column("discretion", "裁量理由", "为什么是这一档、这个数", said("discretion")),
    Column("types", "处罚种类", "行政处罚法第九条规定的种类，可以有多个", _types, LIST, source="CF_CFLB"),
    Column("type_codes", "处罚种类代码", "与处罚种类对应的代码", lambda one: list(one.types), LIST),
    Column("result", "处罚内容", "处罚决定的内容", said("result"), source="CF_NR"),
    Column("fine", "罚款（元）", "罚款金额，单位元，两位小数；没有罚款为空", said("fine"), MONEY, source="CF_NR_FK"),
    Column(
        "confiscated", "没收（元）", "没收的金额，单位元，两位小数；没有为空", said("confiscated"), MONEY, "CF_NR_WFFF"
    ),
    Column("licence", "证照处理", "暂扣、吊销的证照；号码只留前后两位", said("licence"), source="CF_NR_ZKDX"),
    Column("procedure", "处罚程序", "简易程序或者普通程序", _procedure),
    Column("decided_on", "决定日期", "作出处罚决定的日期", said("decided_on"), DATE, source="CF_JDRQ"),
    Column("organ", "处罚机关", "作出处罚决定的机关", said("organ"), source="CF_CFJG"),
    Column("remedy", "救济途径", "不服处罚决定怎么办", _remedy),
    Column("published_on", "公示日期", "开始公示的日期", _published, DATE),
    Column(
        "display_until", "公示截止日", "最后公示的一天", lambda one: one.display_until.isoformat(), DATE, "CF_GSJZQ"
    ),
    Column(
        "corrections", "更正记录", "公示内容更正过的，每次一条：日期、项目、说明；没有更正过为空",
        lambda one: list(one.corrections), LIST,
    ),
    Column("updated_at", "更新时间", "本条最近一次变动的时间（北京时间）", changed_at, MOMENT),
    Column("url", "网址", "本条公示永久不变的网址", address, LINK),
    Column(
        "content_digest", "内容摘要", "本条公示在公示登记簿里的摘要（64 位十六进制）", lambda one: one.content_digest, DIGEST
    ),
)  # fmt: skip
NAMES = tuple(column.name for column in COLUMNS)
TITLES = tuple(column.title for column in COLUMNS)


def as_data(record: DisclosureRecord) -> dict[str, Value]:
    """One record for JSON: strings, and arrays of strings where there may be several."""
    return {column.name: _clean(column.take(record)) for column in COLUMNS}


def _clean(value: Value) -> Value:
    return [plain(one) for one in value] if isinstance(value, list) else plain(value)


def as_cells(record: DisclosureRecord) -> list[str]:
    """One record for a table: one text a column, in the order of the list."""
    values = (column.take(record) for column in COLUMNS)
    return [JOINER.join(value) if isinstance(value, list) else value for value in values]


def dictionary() -> list[dict[str, Any]]:
    """The field dictionary: the same list, described."""
    return [
        {"name": one.name, "title": one.title, "meaning": one.meaning, "kind": one.kind, "source": one.source or None}
        for one in COLUMNS
    ]
