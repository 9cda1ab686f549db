"""The board of the execution: every unpaid decision with today's amount and 距法院申请截止."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases.queries.execution_board import WINDOWS, BoardRow, board_page, stage_choices
from cases.views.execution_cards import court_text
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.law.lights import Light, Timer, light


@requires("execution.read")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every unpaid case this person may see; nothing is added up and nobody is ranked (处罚法74)."""
    stages, chosen = stage_choices(), request.GET.get("window", "")
    stage = request.GET.get("stage", "")
    stage, window = stage if stage in dict(stages) else "", chosen if chosen in WINDOWS else ""
    page = board_page(request.user, clock.today(), stage=stage, window=window, after=request.GET.get("after", "")[:40])
    query = request.GET.copy()
    query["after"] = page.next_key
    context = {
        "rows": [_shown(row) for row in page.rows], "count_text": page.count_text, "stages": stages, "stage": stage,
        "windows": WINDOWS.items(), "window": window, "next_url": f"?{query.urlencode()}" if page.next_key else "",
    }  # fmt: skip
    return render(request, "cases/execution_board.html", context)


def _shown(row: BoardRow) -> dict[str, Any]:
    case = row.case
    return {
        "label": case.label, "party": case.known_party.name, "number": case.decision.number,
        "served_on": case.decision_served_on, "stage": case.state_title, "owed": row.owed,
        "url": reverse("case", args=[case.clue_no]), "amount_url": reverse("case-amount", args=[case.clue_no]),
        "light": _light(row), "window_text": court_text(row.court, row.window),
    }  # fmt: skip


def _light(row: BoardRow) -> Light | None:
    """The traffic light of the window once it is open and until the court has the application."""
    window = row.window
    if (
        (row.court and row.court.filed_on)
        or window.state not in {"open", "missed"}
        or window.starts_on is None
        or window.closes_on is None
    ):
        return None
    return light(Timer(window.starts_on, window.closes_on), clock.now())
