"""The plain-language sheet of a public record: five questions, short sentences (ux.md §16.4, §16.10).

Our own sentences have at most 25 characters; what the decision says stands beside them as a quotation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from disclosure.content import SUMMARY
from disclosure.models import DisclosureRecord
from lishu_law.law.parameters import DEFAULT_PARAMETERS

LONGEST_SENTENCE = 25


@dataclass(frozen=True)
class Answer:
    """One question with our sentences and, maybe, what the decision says word for word (title, text)."""

    question: str
    sentences: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...] = field(default_factory=tuple)


def lead(record: DisclosureRecord) -> str:
    """pub.lead: the whole record in one sentence."""
    said = record.content
    penalty = said["result"].rstrip("。.") or said["types"]
    return f"{chinese_date(record.decided_on)}，{record.party_display}因{record.violation}，被处以{penalty}。"


def remedy(is_summary: bool) -> str:
    """pub.appeal, pub.appeal.spot (行政复议法 and 行政诉讼法 by the decision's own words)."""
    if is_summary:
        return "不服的话：收到决定书之日起 60 日内先申请行政复议，对复议决定不服再起诉。"
    return "不服的话：收到决定书之日起 60 日内可申请行政复议，或 6 个月内起诉。"


def sheet(record: DisclosureRecord) -> list[Answer]:
    """The five answers."""
    said = record.content
    return [
        Answer("做了什么", _what(said), (("决定书认定的事实", said["facts"]),)),
        Answer("违反哪条", (), (("违反的规定", said["breached"]), ("处罚的依据", said["basis"]))),
        Answer("为什么是这个数", _why(said), (("裁量的理由", said["discretion"]),)),
        Answer("怎么缴", _payment(said)),
        Answer("不服怎么办", _appeal(record.decided_on, said["procedure"] == SUMMARY)),
    ]


def chinese_date(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _what(said: Mapping[str, Any]) -> tuple[str, ...]:
    happened = f"事情发生在 {chinese_date(date.fromisoformat(said['act_on']))}。"
    where = f"地点是{said['place']}。"
    return (happened, where) if said["place"] and len(where) <= LONGEST_SENTENCE else (happened,)


def _why(said: Mapping[str, Any]) -> tuple[str, ...]:
    tier = f"按裁量基准，属于“{said['tier']}”。"
    if said["tier"] and len(tier) <= LONGEST_SENTENCE:
        return ("罚多少要按公开的裁量基准。", tier)
    return ("罚多少要按公开的裁量基准。",) if said["discretion"] else ("理由写在处罚决定书里。",)


def _payment(said: Mapping[str, Any]) -> tuple[str, ...]:
    """行政处罚法67(3), 72(1)."""
    if not said["fine"] or Decimal(said["fine"]) == 0:
        return ("这次没有罚款，不用缴钱。",)
    return (
        "收到决定书起 15 日内缴清。",
        "到决定书写明的银行缴，也可电子支付。",
        "到期不缴，每日按罚款的 3% 加收。",
        "加收的钱不会超过罚款本身。",
    )


def _appeal(decided_on: date, is_summary: bool) -> tuple[str, ...]:
    organ = f"复议向{DEFAULT_PARAMETERS.value('review_organ.name', decided_on)}申请。"
    if is_summary:
        return ("收到决定书起 60 日内，先申请行政复议。", organ, "对复议决定不服，再向法院起诉。")
    return ("收到决定书起 60 日内，可申请行政复议。", organ, "也可以在 6 个月内向法院起诉。")
