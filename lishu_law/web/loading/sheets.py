"""Rows of a spreadsheet or a CSV file as texts, one after the other."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from lishu_law.registry.identity import InvalidValue
from lishu_law.web.uploads.tables import XLSX

MOST_ROWS = 200_000
MOST_COLUMNS = 100
BLOCK = 1024 * 1024
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_TARGET = re.compile(rb'\bTarget="([^"]+)"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')


def read_rows(path: Path, content_type: str) -> Iterator[list[str]]:
    """Every row of the first sheet, cells trimmed of nothing. Raises ``InvalidValue`` when the file cannot be read."""
    rows = _spreadsheet(path) if content_type == XLSX else _text(path)
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            raise InvalidValue("file.rows", f"表格超过 {MOST_ROWS} 行。请分成几个文件导入。")
        if len(row) > MOST_COLUMNS:
            raise InvalidValue("file.columns", f"表格有 {len(row)} 列，最多 {MOST_COLUMNS} 列。请删掉多余的列。")
        yield row


def _spreadsheet(path: Path) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        if not book.sheet_names:
            raise InvalidValue("file.empty", "表格里没有工作表。")
        # Rows above the first filled one are part of the count people see.
        for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False):
            yield [cell if type(cell) is str else _words(cell) for cell in row]
    except CalamineError:
        raise InvalidValue("file.broken", "表格打不开，可能已经损坏。请重新另存为 XLSX 后再传。") from None


def _words(cell: Any) -> str:
    """What a person sees in a cell that is no text: 3 and not 3.0, a date without its midnight."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def formula_cells(path: Path, most: int = 200) -> list[tuple[int, str]]:
    """Row number and column letters of the computed cells of the first sheet: reading gives only what they show."""
    with zipfile.ZipFile(path) as book:
        sheet = _first_sheet(book)
        if sheet not in book.namelist():
            return []
        with book.open(sheet) as content:
            return list(itertools.islice(_formulas(content), most))


def _first_sheet(book: zipfile.ZipFile) -> str:
    """The part of the workbook that holds its first sheet."""
    named = _SHEET.search(book.read("xl/workbook.xml"))
    if named and "xl/_rels/workbook.xml.rels" in book.namelist():
        for relation in _RELATION.findall(book.read("xl/_rels/workbook.xml.rels")):
            if b'Id="' + named[1] + b'"' in relation and (target := _TARGET.search(relation)):
                path = target[1].decode("ascii", "replace").lstrip("/")
                return path if path.startswith("xl/") else f"xl/{path}"
    return "xl/worksheets/sheet1.xml"


def _formulas(content: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Looked for in overlapping blocks, so that a large sheet is never in memory as a whole."""
    rest, last = b"", (0, "")
    while block := content.read(BLOCK):
        text = rest + block
        for found in _FORMULA.finditer(text):
            cell = int(found[2]), found[1].decode()
            if cell != last:
                last = cell
                yield cell
        rest = text[-2_000:]


def _text(path: Path) -> Iterator[list[str]]:
    with open(path, encoding=_encoding(path), newline="") as file:
        try:
            yield from csv.reader(file)
        except csv.Error as wrong:
            raise InvalidValue("file.broken", f"CSV 读不出来（{wrong}）。请重新另存为 CSV 后再传。") from None


def _encoding(path: Path) -> str:
    """UTF-8, with or without a mark, else the encoding Chinese spreadsheet programs write."""
    for name in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with open(path, "rb") as file:
                while block := file.read(BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    raise InvalidValue("file.encoding", "看不出文件的文字编码。请另存为 UTF-8 的 CSV 或者 XLSX 后再传。")


def as_csv(rows: list[list[str]]) -> str:
    """A CSV file people open in a spreadsheet: with its mark, and no cell that would be taken for a formula."""
    target = io.StringIO()
    target.write("\ufeff")
    csv.writer(target).writerows([[_harmless(cell) for cell in row] for row in rows])
    return target.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.strip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r", "\x00") else cell
