"""检查频次和公平看板, for leaders and the justice bureau's supervisor; read-only (Build 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from inspections.queries import board
from inspections.queries.board import MOST_MONTHS, Period
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound
from lishu_law.registry.models import MANDATED, Unit, UnitKind
from lishu_law.web.loading.sheets import as_csv

PARTS = ("months", "objects", "ratings")


@requires("board.read")
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """How often is whom visited, and what went round the rules?"""
    now, units = clock.now(), inspecting_units()
    period, fault = period_of(request, units)
    months = board.months_of(period, now)
    ratings = board.rating_rows(period)
    context = {
        "period": period,
        "fault": fault,
        "units": units,
        "months": months,
        "visits_chart": board.visits_chart(months),
        "cap_chart": board.cap_chart(months),
        "objects": board.visited_objects(period.last, now, after=request.GET.get("after", "")[:30]),
        "attempts": board.recent_attempts(period),
        "approved": board.approved_over_cap(period),
        "ratings": ratings,
        "rating_chart": board.rating_chart(ratings),
        "query": query_of(period),
        "can_read_tickets": may_ever(request.user, "ticket.read"),
        "title": "检查频次和公平",
    }
    return render(request, "inspections/ratings/board.html", context)


@requires("board.read")
@require_GET
def board_file(request: HttpRequest, part: str) -> HttpResponse:
    """The same figures as a file for a spreadsheet; nothing in it becomes a formula."""
    if part not in PARTS:
        raise NotFound
    period, _fault = period_of(request, inspecting_units())
    now = clock.now()
    if part == "months":
        table = board.months_table(board.months_of(period, now))
    elif part == "objects":
        table = board.objects_table(board.visited_objects(period.last, now, most=None))
    else:
        table = board.ratings_table(board.rating_rows(period))
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="board-{part}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def inspecting_units() -> list[Unit]:
    """The authority, its squads and the organisations that act by a document, in the order of their codes."""
    return list(Unit.objects.filter(kind__in=(UnitKind.AUTHORITY, UnitKind.SQUAD, *MANDATED)).order_by("code"))


def period_of(request: HttpRequest, units: list[Unit]) -> tuple[Period, str]:
    """The months and unit asked for, else this year until now, with the words of what could not be read."""
    today = clock.today()
    usual = Period(date(today.year, 1, 1), today.replace(day=1))
    typed: dict[str, Any] = {name: request.GET.get(name, "").strip() for name in ("from", "to", "unit")}
    unit = next((one for one in units if one.code == typed["unit"]), None)
    first, last = _month(typed["from"]) or usual.first, _month(typed["to"]) or usual.last
    faults = [name for name in ("from", "to") if typed[name] and _month(typed[name]) is None]
    if faults:
        return Period(usual.first, usual.last, unit), "月份要写成“2026-03”这样。现在显示的是今年以来。"
    if last < first:
        return Period(usual.first, usual.last, unit), "结束月份早于开始月份。现在显示的是今年以来。"
    if (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS:
        return Period(usual.first, usual.last, unit), f"一次最多看 {MOST_MONTHS} 个月。现在显示的是今年以来。"
    fault = "没有这个单位。现在显示的是所有单位。" if typed["unit"] and unit is None else ""
    return Period(first, last, unit), fault


def _month(words: str) -> date | None:
    try:
        found = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
    return found if 2020 <= found.year <= 2100 and len(words) == 7 else None


def query_of(period: Period) -> str:
    """The period as it stands in an address."""
    unit = f"&unit={period.unit.code}" if period.unit else ""
    return f"from={period.first:%Y-%m}&to={period.last:%Y-%m}{unit}"
