"""Files as people hand them in: spreadsheets made by the library most programs use, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from inspections.actions.imports import receive_import
from inspections.loading.registers import REGISTERS
from inspections.loading.work import work
from lishu_law.registry.identity.uscc import organisation_check_digit, uscc_check_digit
from lishu_law.registry.models import ImportFault, ImportKind, RegisterImport
from lishu_law.web.uploads import TABLE, store_upload

COMPANY_ROW = {
    "对象类别": "企业", "名称": "梨树县示例货运有限公司", "统一社会信用代码": "91220322MA17ABCD2L", "负责人": "林示例",
    "行业类别": "道路货运", "地址": "梨树县梨树镇示例路1号",
}  # fmt: skip


def code_of(serial: int) -> str:
    """A valid credit code for any serial number."""
    inner = f"DE{serial:06d}"
    first_17 = f"91220322{inner}{organisation_check_digit(inner)}"
    return first_17 + uscc_check_digit(first_17)


def company(serial: int, **changed: Any) -> dict[str, Any]:
    values = {"名称": f"梨树县示例第{serial}货运有限公司", "统一社会信用代码": code_of(serial)}
    return {**COMPANY_ROW, **values, **changed}


def spreadsheet(
    rows: Iterable[dict[str, Any]], titles: Iterable[str] | None = None, name: str = "名录.xlsx"
) -> SimpleUploadedFile:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in _table(rows, titles):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def csv_file(
    rows: Iterable[dict[str, Any]], titles: Iterable[str] | None = None, encoding: str = "utf-8-sig"
) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text).writerows(_table(rows, titles))
    return SimpleUploadedFile("名录.csv", text.getvalue().encode(encoding))


def _table(rows: Iterable[dict[str, Any]], titles: Iterable[str] | None) -> list[list[Any]]:
    rows = list(rows)
    wanted = list(titles or dict.fromkeys(title for row in rows for title in row))
    return [wanted, *([row.get(title, "") for title in wanted] for row in rows)]


def received(by: Any, file: SimpleUploadedFile, kind: str = ImportKind.OBJECTS) -> RegisterImport:
    """The file handed in and checked."""
    stored = store_upload(file, by, kinds=TABLE)
    load = receive_import(by=by, kind=kind, file=stored, source="示例名录")
    work(load.pk)
    load.refresh_from_db()
    return load


def faults_of(load: RegisterImport) -> list[tuple[int, str]]:
    return list(ImportFault.objects.filter(load=load).order_by("row", "id").values_list("row", "column"))


def titles(kind: str) -> list[str]:
    return [column.title for column in REGISTERS[kind].columns]
