"""What was public on a day, for people: the same rows as ``/penalties.json?on=``, without the words that are not kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosure.portal.asking import day_of, is_search
from disclosure.portal.caching import cached
from disclosure.portal.open_data import gone
from disclosure.queries.search import PAGE, parse_cursor
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.web.rate_limits import SEARCH, paced

SHOWN = "公示中"


@public
@require_safe
@paced(SEARCH, is_search)
def penalties_of_day(request: HttpRequest) -> HttpResponseBase:
    """Which penalties were public that day, and from when to when?"""
    text, now = request.GET.get("on", ""), clock.now()
    day, after, problem = _asked(request, clock.today())
    rows, cursor = gone.day_page(day, after, PAGE, now) if day else ([], "")
    context = {
        "title": f"{text} 公示过的行政处罚" if day else "某一天公示了哪些",
        "day": day, "asked": text[:10], "today": clock.today().isoformat(), "problem": problem, "is_first": after is None,
        "rows": [_row(row, day) for row in rows if day],
        "next_url": "?" + urlencode({"on": text, "after": cursor}) if cursor else "",
    }  # fmt: skip
    response = render(request, "portal/day.html", context, status=400 if problem else 200)
    if text:
        response["X-Robots-Tag"] = "noindex, noarchive"
    return cached(request, response)


def _asked(request: HttpRequest, today: date) -> tuple[date | None, tuple[date, str] | None, str]:
    """The day, the place to go on from, and why it cannot be answered."""
    text = request.GET.get("on", "")
    if not text:
        return None, None, ""
    try:
        day, after = day_of(text), parse_cursor(request.GET.get("after", ""))
    except ValueError:
        return None, None, "日期请写成 2026-05-01 的样子；翻页请从第一页重新查看。"
    return (None, None, "这一天还没有到，请换一个日期。") if day > today else (day, after, "")


def _row(shown: gone.Shown, day: date) -> dict[str, Any]:
    return {
        "public_id": shown.public_id,
        "number": shown.number,
        "since": _moment(shown.since, day),
        "until": _moment(shown.until, day) if shown.until else "",
        "now": gone.TITLES.get(shown.now, SHOWN),
    }


def _moment(at: datetime, day: date) -> str:
    """The hour counts on the day asked for; on any other the date says it all."""
    local = clock.local(at)
    return f"{local:%Y-%m-%d %H:%M}" if local.date() == day else f"{local:%Y-%m-%d}"
