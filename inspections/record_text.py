"""The record of a visit as the party reads and signs it (检查记录, §8): one text, made from the facts alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class RecordPoint:
    """One check point as the record tells it."""

    no: str
    content: str
    outcome: str
    facts: str = ""
    article: str = ""
    disposal: str = ""
    evidence: str = ""
    photos: int = 0


@dataclass(frozen=True)
class RecordFacts:
    """Everything the text is made of; empty parts are left out. ``officers`` are (name, certificate number)."""

    filing_no: str
    subject: str
    uscc: str
    place: str
    started_at: datetime
    finished_at: datetime
    officers: Sequence[tuple[str, str]]
    points: Sequence[RecordPoint]
    result: str
    findings: str = ""
    measures: str = ""
    order_what: str = ""
    order_basis: str = ""
    order_due: date | None = None
    present: str = ""
    party_opinion: str = ""
    interruptions: Sequence[str] = ()
    photos: int = 0


def record_text(facts: RecordFacts) -> str:
    """The text. The same facts always give the same text, so that its digest can be made again."""
    people = "、".join(f"{name}（执法证号 {number or '—'}）" for name, number in facts.officers)
    code = f"（统一社会信用代码 {facts.uscc}）" if facts.uscc else ""
    lines = [
        "检查记录",
        f"备案号：{facts.filing_no}",
        f"检查对象：{facts.subject}{code}",
        f"检查地点：{facts.place}",
        f"检查时间：{_moment(facts.started_at)}至{_moment(facts.finished_at)}",
        f"检查人员：{people}",
        "执法人员已出示执法证件，告知检查事项、依据和陈述、申辩、申请回避的权利。",
        *(f"中止：{words}" for words in facts.interruptions),
        "检查情况：",
        *(_point(point) for point in facts.points),
        f"检查结果：{facts.result}",
    ]
    parts = (("发现的问题", facts.findings), ("告知和要求", facts.measures), ("责令改正", _order(facts)))
    lines += [f"{label}：{text.strip()}" for label, text in parts if text.strip()]
    lines.append(f"现场照片：共 {facts.photos} 张")
    lines += [f"在场人员：{facts.present}"] if facts.present else []
    lines.append(f"被检查人意见：{facts.party_opinion.strip() or '无'}")
    return "\n".join(lines)


def _point(point: RecordPoint) -> str:
    told = [("情况", point.facts), ("违反", point.article), ("处理", point.disposal), ("其他证据", point.evidence)]
    words = "；".join(f"{label}：{text.strip()}" for label, text in told if text.strip())
    photos = f"；照片 {point.photos} 张" if point.photos else ""
    return f"{point.no}. {point.content}：{point.outcome}{'。' + words if words else ''}{photos}"


def _order(facts: RecordFacts) -> str:
    if not facts.order_what.strip():
        return ""
    due = f"，期限：{_day(facts.order_due)}前" if facts.order_due else ""
    return f"{facts.order_what.strip()}（依据：{facts.order_basis}）{due}"


def _moment(moment: datetime) -> str:
    local = moment.astimezone(SHANGHAI)
    return f"{_day(local)}{local.hour}时{local.minute:02d}分"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
