"""The leak gate over everything public, every night (disclosure.md §4.4-3): each record in each of its forms.

Each form is made by the code that serves it and compared with the values of its case, as they are now. A record without
a case of ours (an earlier one, taken in from a file) is searched for what the detectors know.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from xml.etree import ElementTree

from django.db.models import QuerySet
from django.urls import reverse

from cases.api import decision_facts
from disclosure import content as whitelist
from disclosure.actions.leaks import raise_alarm
from disclosure.models import DisclosureRecord, LeakScan, RecordState
from disclosure.portal import inside
from disclosure.portal.open_data import feeds, files
from disclosure.portal.open_data.columns import as_cells
from disclosure.portal.open_data.workbook import sheet_row
from disclosure.redaction import Known, leaks, redact
from lishu_law import clock

log = logging.getLogger(__name__)
SLICE = 40.0  # seconds of one run of the task
CHUNK = 50
BROKEN = "公开页面无法生成"
APART = "\x00"  # stands between two texts, so that no value is found across them
_MAIN = re.compile(r"<main\b.*?</main>", re.S)
_HEAD = re.compile(r'<title>.*?</title>|<meta name="(?:ArticleTitle|Keywords|Description)"[^>]*>', re.S)
_CONTENT = re.compile(r'content="([^"]*)"')
_BREAK = re.compile(r"<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_FREE = ("violation", "facts", "discretion", "result", "licence", "place")


def scan(today: date, seconds: float = SLICE) -> LeakScan:
    """Go on with this night's look for ``seconds``, at least by one chunk; a night that is done stays done."""
    night, _new = LeakScan.objects.get_or_create(on=today)
    end = time.monotonic() + seconds
    while night.done_at is None:
        records = list(_public().filter(public_id__gt=night.after)[:CHUNK])
        for record in records:
            night.found += _look(record, today)
        night.looked += len(records)
        night.after = records[-1].public_id if records else night.after
        night.done_at = None if len(records) == CHUNK else clock.now()
        night.save(update_fields=["after", "looked", "found", "done_at"])
        if time.monotonic() >= end:
            break
    return night


def _public() -> QuerySet[DisclosureRecord]:
    states = (RecordState.PUBLISHED, RecordState.WITHDRAWN, RecordState.EXPIRED)
    return DisclosureRecord.objects.filter(state__in=states, published_at__isnull=False).order_by("public_id")


def _look(record: DisclosureRecord, today: date) -> bool:
    try:
        found = findings(record, today)
    except Exception:  # a record that cannot be shown must not end the night for all others
        log.exception("leak gate: %s", record.public_id)
        found = [("公示页", BROKEN)]
    if found:
        raise_alarm(record, places=[one[0] for one in found], rules=[one[1] for one in found], on=today)
    return bool(found)


def findings(record: DisclosureRecord, today: date) -> list[tuple[str, str]]:
    """Where something personal stands in a public form of the record, and by which rule it was found."""
    texts = list(representations(record, today))
    if record.decision_id is None:
        return _detected(record) if record.state == RecordState.PUBLISHED else []
    known = whitelist.known_values(decision_facts(record.decision_id))
    values = known.every_value()
    return [(place, hit.rule) for place, text in texts for hit in leaks(text, values, known.shown_names)]


def _detected(record: DisclosureRecord) -> list[tuple[str, str]]:
    """Without known values: the patterns of identity numbers, telephones, plates, addresses in the free texts."""
    known = Known(shown_names=tuple(str(record.content.get(name, "")) for name in ("party", "organ")))
    found = []
    for name in _FREE:
        hits = redact(str(record.content.get(name, "")), known).hits
        found += [(name, hit.rule) for hit in hits if hit.original != hit.replacement]
    return found


def representations(record: DisclosureRecord, today: date) -> Iterator[tuple[str, str]]:
    """Every form in which the record leaves the house: its name and its text."""
    yield from _asked("公示页", reverse("public-record", args=[record.public_id]))
    yield from _asked("JSON", reverse("public-record-json", args=[record.public_id]))
    if record.state != RecordState.PUBLISHED or record.display_until < today:
        return
    yield from _asked("JSON-LD", reverse("open-linked", args=[record.public_id]))
    yield "列表", APART.join((record.party_display, record.violation, record.number, record.search_text))
    yield "CSV", files.csv_row(record).decode()
    yield "JSON Lines", _strings(json.loads(files.json_line(record)))
    yield "XLSX", _text(sheet_row(as_cells(record)).decode())
    yield "Atom", _text(ElementTree.tostring(feeds.entry(record), encoding="unicode"))
    channel = ElementTree.Element("channel")
    feeds.add_item(channel, record)
    yield "RSS", _text(ElementTree.tostring(channel, encoding="unicode"))


def _asked(place: str, address: str) -> Iterator[tuple[str, str]]:
    response: Any = inside.ask(address)
    body = b"".join(inside.pieces(response)).decode()
    is_page = response["Content-Type"].startswith("text/html")
    yield place, _page(body) if is_page else _strings(json.loads(body))
    yield f"{place}的响应头", APART.join(f"{name}{APART}{value}" for name, value in response.items())


def _page(html: str) -> str:
    """What the page says of the record; the frame is the same for all."""
    heads = [_CONTENT.sub(r">\1<", found) for found in _HEAD.findall(html)]
    return _text(APART.join([*heads, *_MAIN.findall(html)]))


def _text(markup: str) -> str:
    return unescape(_TAG.sub(APART, _BREAK.sub("", markup)))


def _strings(value: Any) -> str:
    if isinstance(value, dict):
        return APART.join(_strings(one) for one in value.values())
    return APART.join(_strings(one) for one in value) if isinstance(value, list) else str(value)
