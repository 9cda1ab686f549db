"""The table as CSV, JSON Lines and workbook, row by row: a year or everything on show, newest decision first."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from disclosure.models import DisclosureRecord
from disclosure.portal.open_data import workbook
from disclosure.portal.open_data.cells import safe
from disclosure.portal.open_data.columns import NAMES, TITLES, as_cells, as_data
from disclosure.queries.search import NEWEST, Listed, on_show

CHUNK = 500
BOM = "\ufeff"
SHEET = "行政处罚"
# What is read of a record for a file, a feed or a page of JSON; the rest stays in the database.
READ = (
    "public_id", "content", "content_digest", "types", "published_at", "updated_at", "display_until", "decided_on",
    "number", "party_display", "violation", "is_person", "state", "corrections",
)  # fmt: skip


def in_year(today: date, year: int | None = None) -> QuerySet[DisclosureRecord]:
    """What is on show today, of the decisions of one year or of all."""
    rows = on_show(today).only(*READ).order_by(*NEWEST)
    return rows if year is None else rows.filter(decided_on__range=(date(year, 1, 1), date(year, 12, 31)))


def of_page(today: date, listed: Iterable[Listed]) -> QuerySet[DisclosureRecord]:
    """The records of a page of the list, whole; one that was withdrawn a moment ago is left out."""
    ids = [one.public_id for one in listed]
    return on_show(today).filter(public_id__in=ids).only(*READ).order_by(*NEWEST)


def streamed(rows: QuerySet[DisclosureRecord]) -> Iterator[DisclosureRecord]:
    """The rows by a cursor of the database: memory holds one chunk."""
    return rows.iterator(chunk_size=CHUNK)


class _Echo:
    """A file whose ``write`` gives back what it was given."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[DisclosureRecord]) -> Iterator[bytes]:
    """RFC 4180 with a byte order mark and the header people read."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield (BOM + writer.writerow(TITLES)).encode()
    for record in rows:
        yield csv_row(record)


def csv_row(record: DisclosureRecord) -> bytes:
    """One line of the file."""
    line: str = csv.writer(_Echo(), lineterminator="\r\n").writerow([safe(cell) for cell in as_cells(record)])
    return line.encode()


def machine_header() -> bytes:
    """The second header of the CSV: the machine names, in the same order."""
    return (",".join(NAMES) + "\r\n").encode()


def json_line(record: DisclosureRecord) -> bytes:
    """One line of the JSON Lines file."""
    return (json.dumps(as_data(record), ensure_ascii=False) + "\n").encode()


def as_jsonl(rows: Iterable[DisclosureRecord]) -> Iterator[bytes]:
    """One object a line."""
    for record in rows:
        yield json_line(record)


def as_workbook(rows: Iterable[DisclosureRecord]) -> Iterator[bytes]:
    """One sheet with the header people read."""

    def cells() -> Iterator[list[str]]:
        yield list(TITLES)
        for record in rows:
            yield as_cells(record)

    return workbook.workbook(SHEET, cells())
