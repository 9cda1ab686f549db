"""Atom with tombstones (RFC 4287, RFC 6721), RSS 2.0 and the sitemap, built by the XML library only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from disclosure.models import DisclosureRecord
from disclosure.portal import explain
from disclosure.portal.open_data import gone
from disclosure.portal.open_data.cells import plain
from disclosure.portal.open_data.columns import address, changed_at
from disclosure.portal.open_data.files import READ
from disclosure.portal.open_data.gone import Tombstone
from disclosure.queries.search import on_show
from lishu_law import clock
from lishu_law.addresses import public_address

ATOM, TOMBSTONE, SITEMAP = (
    "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0", "http://www.sitemaps.org/schemas/sitemap/0.9",
)  # fmt: skip
NEWEST = 50
MOST_ADDRESSES = 50_000  # what one sitemap may hold
TITLE = "行政处罚结果公示"
Element = ElementTree.Element


def newest(today: date) -> list[DisclosureRecord]:
    """What changed last, of what is on show."""
    return list(on_show(today).only(*READ).order_by("-updated_at", "-public_id")[:NEWEST])


def atom(records: Sequence[DisclosureRecord], stones: Sequence[Tombstone], organ: str) -> bytes:
    """The feed: entries, and in place of what is gone a notice without a word of what it said."""
    feed = Element("feed", {"xmlns": ATOM, "xmlns:at": TOMBSTONE, "xml:lang": "zh-CN"})
    here = public_address("open-atom")
    _add(feed, "id", here)
    _add(feed, "title", f"{organ}{TITLE}")
    moments = [*(one.updated_at for one in records), *(one.at for one in stones)]
    _add(feed, "updated", _moment(max(moments)) if moments else "1970-01-01T08:00:00+08:00")
    _add(feed, "link", rel="self", type="application/atom+xml", href=here)
    _add(feed, "link", rel="alternate", type="text/html", href=public_address("penalty-list"))
    _add(_add(feed, "author"), "name", organ)
    feed.extend(entry(one) for one in records)
    feed.extend(_deleted(one) for one in stones)
    return _bytes(feed)


def entry(record: DisclosureRecord) -> Element:
    """One record as an entry of the feed."""
    said = Element("entry")
    _add(said, "id", address(record))
    _add(said, "title", headline(record))
    _add(said, "published", _moment(record.published_at or record.updated_at))
    _add(said, "updated", changed_at(record))
    _add(said, "link", rel="alternate", type="text/html", href=address(record))
    _add(said, "link", rel="alternate", type="application/json", href=address(record, "public-record-json"))
    _add(said, "summary", explain.lead(record))
    return said


def _deleted(stone: Tombstone) -> Element:
    where = public_address("public-record", stone.public_id)
    element = Element("at:deleted-entry", ref=where, when=_moment(stone.at))
    comment = ElementTree.SubElement(element, "at:comment")
    comment.text = f"{plain(stone.number)} {gone.TITLES[stone.kind]}"
    return element


def rss(records: Sequence[DisclosureRecord], stones: Sequence[Tombstone], organ: str) -> bytes:
    """The same for older readers: they replace an item by the notice that has its guid."""
    root = Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    for name, text in (
        ("title", f"{organ}{TITLE}"), ("link", public_address("penalty-list")), ("description", f"{organ}作出的行政处罚决定"),
        ("language", "zh-CN"), ("ttl", "5"),
    ):  # fmt: skip
        ElementTree.SubElement(channel, name).text = plain(text)
    for record in records:
        add_item(channel, record)
    for stone in stones:
        what = f"{stone.number} {gone.TITLES[stone.kind]}"
        _item(channel, what, f"{what}，请删除已下载的内容。", stone.public_id, stone.at)
    return _bytes(root)


def add_item(channel: Element, record: DisclosureRecord) -> None:
    """One record as an item of the older feed."""
    at = record.published_at or record.updated_at
    _item(channel, headline(record), explain.lead(record), record.public_id, at)


def _item(channel: Element, title: str, text: str, public_id: str, at: datetime) -> None:
    item = ElementTree.SubElement(channel, "item")
    where = public_address("public-record", public_id)
    for name, said in (
        ("title", title), ("link", where), ("description", text), ("guid", where),
        ("pubDate", format_datetime(clock.local(at))),
    ):  # fmt: skip
        ElementTree.SubElement(item, name).text = plain(said)


def headline(record: DisclosureRecord) -> str:
    """One record in one line."""
    return f"{record.party_display}：{record.violation}（{record.number}）"


def sitemap(today: date) -> bytes:
    """Live records of organisations only; those of persons are indexed nowhere."""
    rows = on_show(today).filter(is_person=False).only("public_id", "updated_at")
    root = Element("urlset", xmlns=SITEMAP)
    for record in rows.order_by("-updated_at", "-public_id")[:MOST_ADDRESSES]:
        one = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(one, "loc").text = address(record)
        ElementTree.SubElement(one, "lastmod").text = changed_at(record)
    return _bytes(root)


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    found = ElementTree.SubElement(parent, name, attributes)
    if text:
        found.text = plain(text)
    return found


def _moment(at: datetime) -> str:
    return clock.local(at).isoformat(timespec="seconds")


def _bytes(root: Element) -> bytes:
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text
