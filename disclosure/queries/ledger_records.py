"""The records and their pages beside the register: what is shown is what was committed to, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Protocol

from django.template.loader import render_to_string

from disclosure.models import DisclosureRecord, RecordState, RegisterContent
from disclosure.portal.pages import record_page
from disclosure.register.leaf import ANCHOR, LAST_EVENTS
from disclosure.register.shown import published_content
from lishu_law import clock

CHUNK = 1000
TABLE = "disclosure_disclosurerecord"
RowFault = tuple[str, str, str, str, int | None]
# Worded anew with a new version of the program; what they say was committed to with the rest.
WORDING = {"lead", "remedy"}
# (column, key of the content): the copies that lists and searches read.
COPIES = (("number", "number"), ("party_display", "party"), ("violation", "violation"))
_FIELD = re.compile(r'<(\w+)[^>]*\sdata-field="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)


class Said(Protocol):
    """What the newest leaf of a record says."""

    @property
    def seq(self) -> int: ...
    @property
    def ver(self) -> int: ...
    @property
    def ev(self) -> str: ...
    @property
    def commit(self) -> str: ...


def record_faults(newest: Mapping[str, Said], *, pages: bool) -> tuple[int, list[RowFault]]:
    """How many records were ever public, and every difference as (table, row, column, text, leaf)."""
    faults: list[RowFault] = []
    seen: set[str] = set()
    rows = DisclosureRecord.objects.exclude(published_at=None).order_by("id")
    for batch in _batches(rows.iterator(chunk_size=CHUNK)):
        rids = [record.public_id for record in batch]
        said = RegisterContent.objects.filter(leaf__in=[newest[rid].seq for rid in rids if rid in newest])
        contents = {one.leaf_id: one.content for one in said}
        for record in batch:
            seen.add(record.public_id)
            leaf = newest.get(record.public_id)
            content = contents.get(leaf.seq) if leaf else None
            found = list(_faults(record, leaf, content))
            if pages and not found and content is not None and record.state == RecordState.PUBLISHED:
                found = list(_page_faults(record, content))
            faults += [(TABLE, record.public_id, column, text, leaf.seq if leaf else None) for column, text in found]
    for rid, leaf in newest.items():
        if leaf.ev != ANCHOR and rid not in seen:
            faults.append((TABLE, rid, "public_id", "登记簿里有，公示记录里没有：记录被删除", leaf.seq))
    return len(seen), faults


def _faults(
    record: DisclosureRecord, leaf: Said | None, content: Mapping[str, Any] | None
) -> Iterator[tuple[str, str]]:
    if leaf is None:
        yield "public_id", "公示过，登记簿里没有：没有登记就公示，或者倒填"
        return
    if record.content_digest != leaf.commit:
        yield "content_digest", "与登记的摘要不一致"
    if (record.state == RecordState.PUBLISHED) is (leaf.ev in LAST_EVENTS):
        yield "state", f"登记的最近一件事是 {leaf.ev}，记录是“{record.get_state_display()}”"
        return
    if content is None:
        return  # said with its own row
    if record.state == RecordState.PUBLISHED:
        yield from _shown_faults(record, content)
    elif record.content:
        yield "content", "公示已经结束，内容应当销毁"
    elif record.number != content.get("number"):
        yield "number", "与登记的说明不一致"
    elif record.state == RecordState.WITHDRAWN and record.withdrawal_reason != content.get("reason"):
        yield "withdrawal_reason", "与登记的说明不一致"


def _shown_faults(record: DisclosureRecord, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        now = published_content(record)
    except (KeyError, ValueError, TypeError, ArithmeticError):
        yield "content", "已经不能公示：缺少字段"
        return
    for name in sorted({*now, *content} - WORDING - {"version"}):
        if now.get(name) != content.get(name):
            column = {"types": "types", "display_until": "display_until", "published_on": "published_at"}.get(name)
            yield column or f"content.{name}", f"现在是“{now.get(name, '')}”，登记的是“{content.get(name, '')}”"
    copies = [(column, getattr(record, column), key) for column, key in COPIES]
    copies.append(("decided_on", record.decided_on.isoformat(), "decided_on"))
    for column, value, key in copies:
        if value != content.get(key):
            yield column, f"现在是“{value}”，登记的是“{content.get(key, '')}”"


def _page_faults(record: DisclosureRecord, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The record as its page prints it, by the template that is installed now."""
    if record.display_until < clock.today():
        return
    shown: dict[str, list[str]] = {}
    for _tag, name, inner in _FIELD.findall(render_to_string("portal/_record.html", record_page(record, content))):
        shown.setdefault(name, []).append(plain(unescape(re.sub(r"<[^>]*>", "", inner))))
    for name, value in content.items():
        values = value if isinstance(value, list) else [value]
        if name not in ("version", "files", "published_on") and [plain(one) for one in values] != shown.get(name, []):
            yield f"页面 data-field={name}", "页面显示的与登记的不一致"


def plain(value: Any) -> str:
    """Rule 5: without white space and the characters ``¥ , 元``."""
    return re.sub(r"[\s¥,元]", "", str(value))


def _batches(rows: Iterator[DisclosureRecord]) -> Iterator[list[DisclosureRecord]]:
    batch: list[DisclosureRecord] = []
    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch
