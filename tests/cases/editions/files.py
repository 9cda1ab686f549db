"""Tables of editions as people hand them in."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cases.editions.registers import REGISTERS
from cases.editions.shipped import SHIPPED
from lishu_law.registry.models import ImportFault, RegisterImport
from lishu_law.web.loading import orders, work
from lishu_law.web.uploads import TABLE, store_upload

Table = list[dict[str, str]]


def shipped_rows(kind: str) -> Table:
    """The rows of a shipped table."""
    path: Path = SHIPPED[kind][0]  # type: ignore[index]
    with open(path, encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def as_csv(rows: Table, titles: dict[str, str] | None = None, encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    """A CSV file with the columns' keys, or with ``titles`` for them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([(titles or {}).get(key, key) for key in rows[0]])
    writer.writerows([row[key] for key in rows[0]] for row in rows)
    return SimpleUploadedFile("table.csv", text.getvalue().encode(encoding))


def as_workbook(rows: Table, cells: dict[tuple[int, str], Any] | None = None) -> SimpleUploadedFile:
    """A workbook in which figures are figures; ``cells`` replace single cells by (row of the sheet, column)."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    keys = list(rows[0])
    sheet.append(keys)
    for no, row in enumerate(rows, 2):
        sheet.append([(cells or {}).get((no, key), _typed(row[key])) for key in keys])
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("table.xlsx", content.getvalue())


def _typed(text: str) -> Any:
    return float(text) if text.replace(".", "", 1).isdigit() and not text.startswith("0") else text or None


def received(by: Any, file: SimpleUploadedFile, kind: str, **details: Any) -> RegisterImport:
    """The file handed in and checked."""
    stored = store_upload(file, by, kinds=TABLE)
    title = {"name": "交通运输行政处罚裁量基准", "label": "2026年版", "is_own": True, **details}
    load = orders.receive(by=by, register=REGISTERS[kind], file=stored, details=title)
    work.work(load.pk, REGISTERS)
    load.refresh_from_db()
    return load


def ordered(by: Any, load: RegisterImport) -> RegisterImport:
    """The checked file taken in."""
    orders.order(by=by, reference=load.reference, registers=REGISTERS)
    work.work(load.pk, REGISTERS)
    load.refresh_from_db()
    return load


def faults_of(load: RegisterImport) -> list[tuple[int, str]]:
    """Row and column of every fault that keeps the file back."""
    found = ImportFault.objects.filter(load=load, is_notice=False).order_by("row", "id")
    return list(found.values_list("row", "column"))
