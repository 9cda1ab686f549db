"""The figures of a year: for staff with the rows behind each figure, for the public, as files, and as a draft report."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from cases.api import yearly_cases
from disclosure.portal.caching import cached
from disclosure.portal.pages import organ_name
from disclosure.queries.search import NEWEST
from disclosure.statistics import charts, export, report
from disclosure.statistics.figures import Table, YearFigures, records_behind, year_figures, years_with_data
from disclosure.statistics.own import own_figures
from disclosure.statistics.practice import practice_figures
from disclosure.statistics.tables import ColumnType
from inspections.api import inspections_behind
from lishu_law import clock
from lishu_law.access.doors import public, requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound
from lishu_law.pdf.errors import PdfError
from lishu_law.web.workbooks import XLSX_TYPE

PAGE = 50
FIRST_YEAR, MOST_PAGES = 1996, 1_000
READ = "statistics.read"


@requires(READ)
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """执法统计: every form, our own figures, and what opens the rows."""
    found = year_figures(_year(request))
    context = {
        **_page(found),
        "title": f"{found.year} 年行政执法统计",
        "own": own_figures(found.year),
        "is_staff": True,
    }
    return render(request, "disclosure/statistics.html", context)


@requires(READ)
@require_GET
def statistics_rows(request: HttpRequest, form: str, key: str) -> HttpResponse:
    """The rows one figure counts: records, or the cases this person may read."""
    year = _year(request)
    table = next((one for one in year_figures(year).tables if one.form.code == form), None)
    column = next((one for one in table.form.columns if one.key == key), None) if table else None
    if table is None or column is None:
        raise NotFound
    page = _number(request.GET.get("page", "1"), 1, MOST_PAGES)
    context = {
        "title": f"{year} 年{column.full_title}", "year": year, "form": table.form, "column": column,
        "figure": next(one for one in table.figures if one.column.key == key), "page": page,
        **_rows_of(request, column, year, (page - 1) * PAGE),
    }  # fmt: skip
    context["next_url"] = f"?{urlencode({'year': year, 'page': page + 1})}" if context.pop("has_more") else ""
    return render(request, "disclosure/statistics_rows.html", context)


def _rows_of(request: HttpRequest, column: ColumnType, year: int, offset: int) -> dict[str, Any]:
    kind, _, code = column.measure.partition(":")
    if kind == "case":
        found = yearly_cases(request.user, code, year, offset=offset, most=PAGE)
        shown = offset + len(found.rows)
        return {"cases": found.rows, "hidden": found.hidden, "has_more": shown < found.total - found.hidden}
    if kind == "check":
        visits = inspections_behind(request.user, year, offset=offset, most=PAGE)
        more = offset + len(visits.rows) < visits.total - visits.hidden
        return {"inspections": visits.rows, "hidden": visits.hidden, "has_more": more}
    if kind not in ("types", "total", "money_yuan", "money_wan"):
        raise NotFound
    rows = records_behind(column, year).order_by(*NEWEST).defer("search_text")
    page = list(rows[offset : offset + PAGE + 1])
    may_open = may_ever(request.user, "disclosure.read")
    return {"records": page[:PAGE], "may_open": may_open, "has_more": len(page) > PAGE}


@requires(READ)
@require_GET
def statistics_workbook(request: HttpRequest) -> HttpResponse:
    """All forms of the year as a workbook."""
    found = year_figures(_year(request))
    response = HttpResponse(export.year_workbook(found), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="statistics-{found.year}.xlsx"'
    return response


@requires(READ)
@require_GET
def statistics_pdf(request: HttpRequest) -> HttpResponse:
    """All forms of the year on paper."""
    found = year_figures(_year(request))
    return _pdf(
        request, f"statistics-{found.year}", lambda: export.year_pdf(found, own_figures(found.year), clock.now())
    )


@requires(READ)
@require_GET
def yearly_report(request: HttpRequest) -> HttpResponse:
    """The draft of the report on law-based government."""
    found = year_figures(_year(request))
    return render(request, "disclosure/yearly_report.html", _report(found))


@requires(READ)
@require_GET
def yearly_report_pdf(request: HttpRequest) -> HttpResponse:
    """The same draft on paper."""
    found = year_figures(_year(request))
    return _pdf(request, f"report-{found.year}", lambda: export.report_pdf(found, _report(found), clock.now()))


def _report(found: YearFigures) -> dict[str, Any]:
    return {
        **_page(found), "title": report.title_of(found.year, found.organ), "duty": report.duty_text(found.year),
        "sections": report.sections(found, own_figures(found.year), practice_figures(found)),
    }  # fmt: skip


def _pdf(request: HttpRequest, name: str, make: Any) -> HttpResponse:
    try:
        made = make()
    except PdfError as wrong:
        return render(
            request, "disclosure/statistics_no_pdf.html", {"title": "没有生成 PDF", "problem": str(wrong)}, status=503
        )
    response = HttpResponse(made.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@public
@require_safe
def public_statistics(request: HttpRequest) -> HttpResponseBase:
    """The yearly figures for everybody: the first form, month by month and field by field, as charts and tables."""
    asked = request.GET.get("year", "")
    problem = bool(asked) and not _is_year(asked)
    found = year_figures(clock.today().year if not asked or problem else int(asked))
    context = {
        **_page(found), "title": f"{found.year} 年行政执法数据", "organ": organ_name(clock.today()),
        "problem": "年份请填四位数字，如 2026。" if problem else "", "own": own_figures(found.year),
        "is_running": found.year >= clock.today().year,
    }  # fmt: skip
    return cached(request, render(request, "portal/statistics.html", context, status=400 if problem else 200))


def _page(found: YearFigures) -> dict[str, Any]:
    return {
        "found": found, "year": found.year, "years": years_with_data(clock.today()),
        "types_chart": charts.types_chart(found), "months_chart": charts.months_chart(found),
        "first": _lines(found.tables[0]), "months": list(enumerate(found.by_month(), 1)),
        "domains": found.by_domain(), "tables": [(table, _lines(table)) for table in found.tables],
        "rule": export.RULE,
    }  # fmt: skip


def _lines(table: Table) -> list[tuple[str, str, str]]:
    """Title, figure, and the address of its rows."""
    return [
        (one.column.full_title, one.text,
         reverse("statistics-rows", args=[table.form.code, one.column.key]) if one.has_list and one.value else "")
        for one in table.figures
    ]  # fmt: skip


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= clock.today().year and len(text) == 4


def _year(request: HttpRequest) -> int:
    """The year asked for, the running one when none is. Raises ``NotFound`` for anything else."""
    asked = request.GET.get("year", "")
    if not asked:
        return clock.today().year
    if not _is_year(asked):
        raise NotFound
    return int(asked)


def _number(text: str, least: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not least <= number <= most:
        raise NotFound
    return number
