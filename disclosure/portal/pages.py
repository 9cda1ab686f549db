"""What the public record page shows, as values ready to print; the check page of the staff shows the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from disclosure.content import SUMMARY
from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal import explain
from lishu_law import clock
from lishu_law.law.amounts import format_yuan
from lishu_law.law.parameters import DEFAULT_PARAMETERS

PROCEDURES = {SUMMARY: "简易程序", "ordinary": "普通程序"}
# (content field, label, data-field)
FORMAL = (
    ("number", "决定书文号"),
    ("party", "当事人"),
    ("uscc", "统一社会信用代码"),
    ("violation", "违法行为"),
    ("act_on", "违法日期"),
    ("place", "地点"),
    ("facts", "违法事实"),
    ("breached", "违反的规定"),
    ("basis", "处罚依据"),
    ("tier", "裁量档次"),
    ("discretion", "裁量理由"),
    ("types", "处罚种类"),
    ("result", "处罚内容"),
    ("fine", "罚款"),
    ("confiscated", "没收"),
    ("licence", "证照处理"),
    ("procedure", "处罚程序"),
    ("decided_on", "决定日期"),
    ("organ", "处罚机关"),
)


def record_page(record: DisclosureRecord) -> dict[str, Any]:
    """The context of ``portal/_record.html``; costs no query."""
    said = record.content
    is_summary = said["procedure"] == SUMMARY
    formal = [(name, label, shown(name, said.get(name, ""))) for name, label in FORMAL]
    formal += [
        ("display_until", "公示截止日", record.display_until.isoformat()),
        ("remedy", "救济途径", explain.remedy(is_summary)),
    ]
    return {
        "record": record,
        "lead": explain.lead(record),
        "answers": explain.sheet(record),
        "formal": [line for line in formal if line[2]],
        "published_on": clock.local(record.published_at).date().isoformat() if record.published_at else "",
    }


def record_json(record: DisclosureRecord, url: str) -> dict[str, Any]:
    """The JSON twin: the same facts as the page, machine names."""
    return {
        "public_id": record.public_id,
        "url": url,
        **record.content,
        "penalty_types": record.types,
        "display_until": record.display_until.isoformat(),
        "published_on": clock.local(record.published_at).date().isoformat() if record.published_at else None,
        "state": RecordState.PUBLISHED.value,
    }


def gone_page(record: DisclosureRecord) -> dict[str, Any]:
    """A withdrawn or expired record: number, organ, date and reason; no party, no facts."""
    is_withdrawn = record.state == RecordState.WITHDRAWN
    when = record.withdrawn_on if is_withdrawn and record.withdrawn_on else record.display_until
    return {
        "title": "已撤回" if is_withdrawn else "公示期满",
        "number": record.number,
        "organ": record.content.get("organ", ""),
        "date": when.isoformat(),
        "text": (
            f"该行政处罚决定信息已于 {when.isoformat()} 撤回。撤回理由：{record.withdrawal_reason}"
            if is_withdrawn
            else f"这条行政处罚信息的公示期到 {when.isoformat()} 为止，现在依法停止公示。"
        ),
    }


def organ_name(today: date) -> str:
    return DEFAULT_PARAMETERS.value("bureau.name", today)


def shown(name: str, value: str) -> str:
    """A field of the public copy in the words people read."""
    if name in ("fine", "confiscated") and value:
        return f"{format_yuan(Decimal(value))} 元"
    return PROCEDURES.get(value, value) if name == "procedure" else value
