"""What a published record and a notice show, as the flat content the register commits to (security.md §11.1, rule 3).

The page, its JSON twin and the commit are made from this one mapping, so that they cannot say different things.
"""

from __future__ import annotations

from typing import Any

from disclosure.content import SUMMARY, type_names
from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal import explain
from lishu_law import clock

PROCEDURES = {SUMMARY: "简易程序", "ordinary": "普通程序"}
# (content field, label) in the order of the page.
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
    ("display_until", "公示截止日"),
    ("remedy", "救济途径"),
    ("corrections", "更正记录"),
)


def published_content(record: DisclosureRecord) -> dict[str, Any]:
    """Every value the public page shows, without ``version``; what is empty is left out."""
    said = record.content
    found: dict[str, Any] = {name: said.get(name, "") for name, _label in FORMAL}
    found |= {
        "lead": explain.lead(record),
        "types": type_names(tuple(record.types)),
        "corrections": list(record.corrections),
        "procedure": PROCEDURES.get(said["procedure"], said["procedure"]),
        "display_until": record.display_until.isoformat(),
        "remedy": explain.remedy(said["procedure"] == SUMMARY),
        "published_on": clock.local(record.published_at).date().isoformat() if record.published_at else "",
    }
    return {name: value for name, value in found.items() if value} | {"files": []}


def notice_content(record: DisclosureRecord) -> dict[str, Any]:
    """The notice of a withdrawn or expired record, without ``version``: no party, no facts. It needs the organ still."""
    is_withdrawn = record.state == RecordState.WITHDRAWN
    when = record.withdrawn_on if is_withdrawn and record.withdrawn_on else record.display_until
    return {
        "notice": RecordState(record.state).label,
        "number": record.number,
        "organ": record.content["organ"],
        "date": when.isoformat(),
        "reason": record.withdrawal_reason if is_withdrawn else f"公示期到 {when.isoformat()} 为止，依法停止公示",
        "files": [],
    }
