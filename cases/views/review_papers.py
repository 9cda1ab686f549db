"""The papers of the dossier review: the sheet on one page, the yearly table as workbook and PDF."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases.documents import review_papers as papers
from cases.models import DossierReview
from cases.queries import dossier_reviews as queries
from cases.views.dossier_review import review_row, year_asked
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import RenderedPdf
from lishu_law.registry.models import Unit, UnitKind
from lishu_law.web.workbooks import XLSX_TYPE


@requires("scoring.read")
@require_GET
def sheet_paper(request: HttpRequest, review_id: int) -> HttpResponse:
    """The reviewer's own sheet at any time; anybody else's once every round is finished: it is blind until then."""
    row = review_row(request, review_id, "scoring.read")
    is_own = row.reviewer_id == request.user.pk
    if not is_own and not queries.told(DossierReview.objects.filter(pk=row.pk)).exists():
        raise NotFound
    address = "dossier-review-score" if is_own and row.finished_at is None else "dossier-review-result"
    back = reverse(address, args=[row.pk])
    return _pdf(request, f"review-{row.pk}", back, lambda: papers.sheet_pdf(row, request.user, clock.now()))


@requires("scoring.list")
@require_GET
def year_workbook(request: HttpRequest) -> HttpResponse:
    """The yearly table as a workbook."""
    year = year_asked(request)
    response = HttpResponse(papers.year_workbook(queries.year_table(year)), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="reviews-{year}.xlsx"'
    return response


@requires("scoring.list")
@require_GET
def year_pdf(request: HttpRequest) -> HttpResponse:
    """The yearly table on paper."""
    year = year_asked(request)
    organ = Unit.objects.filter(kind=UnitKind.AUTHORITY).values_list("name", flat=True).first() or ""
    table, back = queries.year_table(year), f"{reverse('dossier-review-year')}?year={year}"
    return _pdf(request, f"reviews-{year}", back, lambda: papers.year_pdf(table, organ, request.user, clock.now()))


def _pdf(request: HttpRequest, name: str, back: str, make: Callable[[], RenderedPdf]) -> HttpResponse:
    try:
        made = make()
    except PdfError as wrong:
        context = {"title": "没有生成 PDF", "problem": str(wrong), "back": back}
        return render(request, "cases/review_no_pdf.html", context, status=503)
    response = HttpResponse(made.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
