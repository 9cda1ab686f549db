"""The tables of a year as a workbook and as a PDF, in the official layout: one row of figures under its heading."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from disclosure.statistics.figures import Table, YearFigures
from disclosure.statistics.own import OwnFigures
from lishu_law import clock
from lishu_law.pdf.render import RenderedPdf, render
from lishu_law.web.charts import draw
from lishu_law.web.workbooks import Cell, Sheet, letters, workbook

GAP = "空格：本系统没有这类数据，请按实际填写。"
RULE = "按决定日期统计；一份决定有几种处罚的，计入最重的一种；后来被撤销的决定也计入；罚没金额按决定书的金额。"
PDF_ROWS = 9  # columns that fit side by side on A4 upright


def year_workbook(found: YearFigures) -> bytes:
    """One sheet for each form."""
    return workbook([_sheet(table, found.year) for table in found.tables])


def _sheet(table: Table, year: int) -> Sheet:
    columns = [one.column for one in table.figures]
    heading: list[list[str]] = [[column.title for column in columns]]
    merged: list[str] = []
    if any(column.group for column in columns):
        heading, merged = _two_rows(table)
    cells: list[Cell] = [one.value for one in table.figures]
    notes = [f"统计期间：{year} 年 1 月 1 日至 12 月 31 日。{RULE}", f"表式来源：{table.form.source}。"]
    notes += [GAP] if table.has_gaps else []
    return Sheet(f"{year}年{table.form.title}", heading, [cells], notes, merged, [12] * len(columns))


def _two_rows(table: Table) -> tuple[list[list[str]], list[str]]:
    """Groups above, titles below; the title row of the sheet is row 1."""
    above, below, merged, start = list[str](), list[str](), list[str](), 0
    columns = [one.column for one in table.figures]
    for place, column in enumerate(columns, 1):
        above.append(column.group or column.title)
        below.append(column.title if column.group else "")
        if not column.group:
            merged.append(f"{letters(place)}2:{letters(place)}3")
            continue
        start = start if place > 1 and columns[place - 2].group == column.group else place
        is_last = place == len(columns) or columns[place].group != column.group
        if is_last and place > start:
            merged.append(f"{letters(start)}2:{letters(place)}2")
    return [above, below], merged


def year_pdf(found: YearFigures, own: OwnFigures | None, at: datetime) -> RenderedPdf:
    """All forms of the year on A4. Raises ``PdfError`` where the machine cannot print."""
    tables = [(table, _strips(table)) for table in found.tables]
    title = f"{found.year}年度行政执法数据"
    context = {
        "found": found, "tables": tables, "own": own, "rule": RULE, "gap": GAP, "made_on": clock.local(at).date(),
        "title": title,
    }  # fmt: skip
    html = render_to_string("documents/statistics.html", context)
    return render(html, title=title, number=f"{found.year}年度", at=at)


def _strips(table: Table) -> list[tuple[object, ...]]:
    """The figures in pieces that fit side by side."""
    count = -(-len(table.figures) // PDF_ROWS)
    size = -(-len(table.figures) // count)
    return [table.figures[start : start + size] for start in range(0, len(table.figures), size)]


def report_pdf(found: YearFigures, context: dict[str, Any], at: datetime) -> RenderedPdf:
    """The draft of the yearly report. Raises ``PdfError`` where the machine cannot print."""
    drawings = {"types_drawing": draw(context["types_chart"]), "months_drawing": draw(context["months_chart"])}
    html = render_to_string("documents/yearly_report.html", {**context, **drawings, "made_on": clock.local(at).date()})
    return render(html, title=context["title"], number=f"{found.year}年度", at=at)
