"""Workbooks (ECMA-376) people download: few sheets of texts and numbers with a heading, written part by part.

Texts are inline strings and never formulas. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | date | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _TITLE, _HEADING, _TEXT, _NUMBER, _MONEY, _WAN = range(7)
_FORMATS = (0, 0, 0, 49, 1, 4, 164)  # number formats by style
_NEVER = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


@dataclass(frozen=True)
class Sheet:
    """``title`` names the tab and stands in the first row; then the heading rows, then the rows.

    ``merged`` are ranges like ``B2:D2``; ``widths`` the columns' widths in characters. ``is_bare``: no title row, so
    that the heading is the first row, as files to be loaded want it.
    """

    title: str
    heading: Sequence[Sequence[str]]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    merged: Sequence[str] = ()
    widths: Sequence[float] = ()
    is_bare: bool = False


def letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file. Raises ``ValueError`` without a sheet."""
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
        **{f"xl/worksheets/sheet{number}.xml": _sheet(one) for number, one in zip(numbers, sheets, strict=True)},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), _HEAD + text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _content_types(numbers: range) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    named = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    named += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}.{what}+xml"/>' for name, what in named)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    names, lines = set[str](), []
    for number, one in enumerate(sheets, 1):
        name = "".join(character for character in one.title if character not in "[]:*?/\\'")[:31] or f"表{number}"
        name = name if name not in names else f"{name[:27]}（{number}）"
        names.add(name)
        lines.append(f'<sheet name="{_text(name)}" sheetId="{number}" r:id="rId{number}"/>')
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{"".join(lines)}</sheets></workbook>'


def _styles() -> str:
    border = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
    wrapped = '<alignment vertical="center" wrapText="1"/>'
    centred = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    formats = []
    for style, number_format in enumerate(_FORMATS):
        font = {_TITLE: 1, _HEADING: 2}.get(style, 0)
        framed = 1 if style >= _HEADING else 0
        alignment = centred if style in (_TITLE, _HEADING) else wrapped if style in (_PLAIN, _TEXT) else ""
        formats.append(
            f'<xf numFmtId="{number_format}" fontId="{font}" fillId="0" borderId="{framed}" xfId="0" '
            f'applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">{alignment}</xf>'
        )
    fonts = "".join(
        f'<font>{bold}<sz val="{size}"/><name val="宋体"/></font>'
        for bold, size in (("", 11), ("<b/>", 16), ("<b/>", 11))
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.000000"/></numFmts>'
        f'<fonts count="3">{fonts}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/>'
        f'<border>{border}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(one: Sheet) -> str:
    width = max((len(row) for row in (*one.heading, *one.rows)), default=1)
    lines: list[list[tuple[Cell, int]]] = [] if one.is_bare else [[(one.title, _TITLE)]]
    merged = list(one.merged) if one.is_bare or width < 2 else [f"A1:{letters(width)}1", *one.merged]
    lines += [[(cell, _HEADING) for cell in row] for row in one.heading]
    lines += [[(cell, _style(cell)) for cell in row] for row in one.rows]
    for note in one.notes:
        lines.append([(note, _PLAIN)])
        if width > 1:
            merged.append(f"A{len(lines)}:{letters(width)}{len(lines)}")
    rows = "".join(_row(number, cells) for number, cells in enumerate(lines, 1))
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{wide}" customWidth="1"/>'
        for number, wide in enumerate(one.widths, 1)
    )
    cols = f"<cols>{columns}</cols>" if columns else ""
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    merges = f'<mergeCells count="{len(merged)}">{cells}</mergeCells>' if merged else ""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>{cols}'
        f"<sheetData>{rows}</sheetData>{merges}"
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )


def _style(cell: Cell) -> int:
    if isinstance(cell, Decimal):
        return _WAN if -Decimal(str(cell.as_tuple().exponent)) > 2 else _MONEY
    return _NUMBER if isinstance(cell, int) else _TEXT


def _row(number: int, cells: Sequence[tuple[Cell, int]]) -> str:
    made = "".join(_cell(f"{letters(place)}{number}", cell, style) for place, (cell, style) in enumerate(cells, 1))
    return f'<row r="{number}">{made}</row>'


def _cell(reference: str, cell: Cell, style: int) -> str:
    if cell is None or cell == "":
        return f'<c r="{reference}" s="{style}"/>'
    if isinstance(cell, int | Decimal):
        return f'<c r="{reference}" s="{style}"><v>{cell}</v></c>'
    text = cell.isoformat() if isinstance(cell, date) else cell
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(text)}</t></is></c>'


def _text(value: str) -> str:
    return escape(value.translate(_NEVER), {'"': "&quot;"})
