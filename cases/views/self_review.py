"""案卷自查: the dossier review of an open or closed case as it stands now, with a link to what cures each finding."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases.dossier_review.finding import Finding
from cases.dossier_review.scoring import ItemScore, Sheet, review
from cases.queries.dossier_review import load_dossier
from cases.queries.find import open_case
from cases.views.frame import fix_url
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import Refusal

SHOWN = 5  # findings in the panel of the case page


@dataclass(frozen=True)
class FindingLine:
    """One finding as a page shows it."""

    code: str
    text: str
    evidence: str
    lost: str
    citation: str
    is_veto: bool
    url: str


@dataclass(frozen=True)
class ItemRow:
    code: str
    title: str
    points: str
    result: str
    asks_person: bool


@requires("case.read")
@require_GET
def self_review(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The whole sheet; as a part of the case page only the score and the first findings."""
    opened = open_case(request.user, clue_no)
    sheet = review(load_dossier(opened.loaded, clock.today()))
    lines = finding_lines(sheet, clue_no)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "case": opened.case, "sheet": sheet, "score": points(sheet.score),
        "lines": lines[:SHOWN] if is_part else lines, "more": max(0, len(lines) - SHOWN),
        "rows": [item_row(line) for line in sheet.lines],
    }  # fmt: skip
    response = render(request, "cases/_self_review.html" if is_part else "cases/self_review.html", context)
    response["Vary"] = "HX-Request"
    return response


def points(value: Decimal) -> str:
    """Without trailing zeros: 97.5, 100."""
    return f"{value.normalize():f}"


def finding_lines(sheet: Sheet, clue_no: str) -> list[FindingLine]:
    """Every finding, vetoes first, with the address of its cure."""
    link = fix_url(clue_no)
    return [_line(line, one, link(_as_refusal(one)), clue_no) for line in sheet.costly for one in line.findings]


def _as_refusal(finding: Finding) -> Refusal:
    """What the case's own links are made from."""
    return Refusal(finding.defect, finding.text, "", finding.cure)


def _line(line: ItemScore, one: Finding, url: str, clue_no: str) -> FindingLine:
    here = reverse("case", args=[clue_no])
    item = line.item
    cost = min(item.points, item.each)
    return FindingLine(
        item.code, one.text, one.evidence, points(cost), item.citation, item.is_veto,
        f"{here}#beside" if url == here else url,
    )  # fmt: skip


def item_row(line: ItemScore) -> ItemRow:
    """One item of the table."""
    item = line.item
    if item.is_veto:
        result = "否决" if line.is_vetoed else "没有发现"
    else:
        result = f"扣 {points(line.lost)} 分" if line.lost else "不扣分"
    return ItemRow(item.code, item.title, "否决" if item.is_veto else points(item.points), result, item.asks_person)
