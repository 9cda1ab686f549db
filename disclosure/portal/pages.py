"""What the public record page shows, as values ready to print; the check page of the staff shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from disclosure.models import DisclosureRecord, RecordState, RegisterContent
from disclosure.portal import explain
from disclosure.register.leaf import stamp
from disclosure.register.shown import FORMAL, PROCEDURES, notice_content, published_content
from lishu_law import clock
from lishu_law.law.amounts import format_yuan
from lishu_law.law.parameters import DEFAULT_PARAMETERS

MONEY = ("fine", "confiscated")


@dataclass(frozen=True)
class Line:
    """One line of the record: the content's key, its label, and each of its values as people read it."""

    name: str
    label: str
    values: list[str]


def record_page(record: DisclosureRecord, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The context of ``portal/_record.html``; costs no query.

    ``content`` is what the register committed to; a draft has none yet and shows what it would be.
    """
    said = published_content(record) if content is None else content
    return {
        "record": record,
        "lead": said["lead"],
        "answers": explain.sheet(record),
        "formal": [Line(name, label, _values(name, said[name])) for name, label in FORMAL if said.get(name)],
        "published_on": said.get("published_on", ""),
    }


def record_json(record: DisclosureRecord, said: RegisterContent, url: str) -> dict[str, Any]:
    """The JSON twin (security.md §11.1, rule 4): what is shown, and where the register says so."""
    leaf = said.leaf
    return {
        "public_id": record.public_id,
        "url": url,
        "content": said.content,
        "content_digest": leaf.commit,
        "register": {
            "leaf": leaf.seq,
            "ver": leaf.ver,
            "ev": leaf.ev,
            "at": stamp(leaf.at),
            "salt": bytes(said.salt).hex(),
            "commit": leaf.commit,
        },
    }


def gone_page(record: DisclosureRecord, said: RegisterContent | None) -> dict[str, Any]:
    """A withdrawn or expired record: number, organ, date and reason; no party, no facts.

    ``said`` is the notice in the register. In the minute after the last day, before the record has expired there, it is
    none, and the notice is made from the calendar alone.
    """
    is_withdrawn = record.state == RecordState.WITHDRAWN
    notice = said.content if said else {**notice_content(record), "notice": RecordState.EXPIRED.label}
    return {
        "title": notice["notice"],
        "notice": notice,
        "day_label": "撤回日期" if is_withdrawn else "公示截止日",
        "text": (
            f"该行政处罚决定信息已于 {notice['date']} 撤回。撤回理由：{notice['reason']}"
            if is_withdrawn
            else f"这条行政处罚信息的公示期到 {notice['date']} 为止，现在依法停止公示。"
        ),
    }


def organ_name(today: date) -> str:
    return DEFAULT_PARAMETERS.value("bureau.name", today)


def shown(name: str, value: str) -> str:
    """A field of the public copy in the words people read."""
    if name in MONEY and value:
        return f"{format_yuan(Decimal(value))} 元"
    return PROCEDURES.get(value, value) if name == "procedure" else value


def is_gone(record: DisclosureRecord) -> bool:
    """Withdrawn, expired, or past its last day."""
    return record.state != RecordState.PUBLISHED or record.display_until < clock.today()


def _values(name: str, value: str | list[str]) -> list[str]:
    return [shown(name, one) for one in value] if isinstance(value, list) else [shown(name, value)]
