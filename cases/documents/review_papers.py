"""What the dossier review puts on paper: a reviewer's sheet on one page of A4, and the table of a year as file and PDF.

Drawn for one reader and kept nowhere; whoever draws it is named at its foot (security.md T14).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from cases.dossier_review.items import ALL_ITEMS, MACHINE
from cases.dossier_review.scoring import GRADES, as_data, review
from cases.models import DossierReview
from cases.queries.dossier_review import load_dossier
from cases.queries.dossier_reviews import YearTable
from cases.queries.facts import load_case
from lishu_law import clock
from lishu_law.pdf.render import RenderedPdf, render
from lishu_law.web.workbooks import Cell, Sheet, workbook

PART_OF = {item.code: item.part for item in ALL_ITEMS}
NO_RANKS = "只统计案卷，不按人员、中队排名。有两轮的案卷按较严的一轮统计。"


@dataclass(frozen=True)
class PaperPart:
    """One part of the table in one line: what the machine found there."""

    title: str
    count: int
    words: str


def sheet_pdf(row: DossierReview, by: Any, at: datetime) -> RenderedPdf:
    """The sheet: as it was handed in, before that with room for the hand. Raises ``PdfError``."""
    data: dict[str, Any] = row.sheet or as_data(review(load_dossier(load_case(row.case_id), clock.local(at).date())))
    lines = data["items"]
    context = {
        "review": row, "case": row.case, "organ": row.case.authority.name, "parts": _parts(lines),
        "rows": [_row(line) for line in lines if line["judge"] != MACHINE], "score": f"{data['score']:g}",
        "grade": GRADES.get(row.grade, ""), "by": by, "at": clock.local(at),
    }  # fmt: skip
    title = "案卷评查表"
    html = render_to_string("documents/review_sheet.html", {**context, "title": title})
    return render(html, title=title, number=row.case.label, at=at)


def _parts(lines: list[dict[str, Any]]) -> list[PaperPart]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        grouped.setdefault(PART_OF.get(line["code"], "其他"), []).append(line)
    return [PaperPart(title, len(some), _found(some)) for title, some in grouped.items()]


def _found(lines: list[dict[str, Any]]) -> str:
    """The machine's findings, item by item."""
    found = [
        f"{line['code']} {'；'.join(one['text'] for one in line['findings'])}" for line in lines if line["findings"]
    ]
    return "　".join(found) or "没有发现问题"


def _row(line: Mapping[str, Any]) -> dict[str, str]:
    """One question; what it cost and why, or empty for the hand."""
    answer = line["judgement"]
    lost = ""
    if answer is not None:
        lost = ("否决" if answer["is_vetoed"] else "没有") if line["is_veto"] else f"{answer['lost']:g}"
    return {
        "code": line["code"], "question": line["question"], "lost": lost,
        "worth": "否决" if line["is_veto"] else f"{line['points']:g}", "note": answer["note"] if answer else "",
    }  # fmt: skip


def year_workbook(table: YearTable) -> bytes:
    """Two sheets: the figures, and what cost points how often. Every text is a text, never a formula."""
    figures: list[list[Cell]] = [[title, number] for title, number in _figures(table)]
    items: list[list[Cell]] = [[code, title, number] for code, title, number in table.items]
    return workbook([
        Sheet(f"{table.year}年案卷评查情况", [["项目", "数量"]], figures, [NO_RANKS], [], [28, 14]),
        Sheet(f"{table.year}年扣分项目", [["项", "内容", "案卷数"]], items, [], [], [8, 60, 10]),
    ])  # fmt: skip


def year_pdf(table: YearTable, organ: str, by: Any, at: datetime) -> RenderedPdf:
    """The same on A4. Raises ``PdfError``."""
    title = f"{table.year}年案卷评查情况表"
    context = {
        "title": title, "organ": organ, "table": table, "figures": _figures(table), "rule": NO_RANKS, "by": by,
        "at": clock.local(at),
    }  # fmt: skip
    return render(render_to_string("documents/review_year.html", context), title=title, number=None, at=at)


def _figures(table: YearTable) -> list[tuple[str, Cell]]:
    grades: list[tuple[str, Cell]] = [(f"{title}（份）", number) for title, number in table.grades]
    return [
        ("评查案卷（份）", table.files), *grades, ("平均得分", table.average),
        ("整改（项）", table.tasks), ("整改办结（项）", table.tasks_done), ("异议（项）", table.objections),
        ("异议成立（项）", table.upheld), ("两轮等次不同（份）", table.differing),
    ]  # fmt: skip
