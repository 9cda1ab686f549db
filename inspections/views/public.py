"""The page behind a scanned code: is this inspection genuine? No sign-in, no cookie, nothing stored."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspections.models import Ban
from inspections.queries.public import PublicFiling, public_filing
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.web.rate_limits import limited


@public
@require_safe
@limited
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """已备案, 已结束, or 查不到: the last is the same page for every token that is not valid now."""
    moment = clock.now()
    found = public_filing(token, moment)
    if found is None:
        return unknown(request, moment)
    context = {
        "found": found,
        "now": moment,
        "token": token,
        "title": title_of(found),
        "kind": kind_of(found),
        "bans": Ban.labels,
    }
    return quiet(render(request, "inspections/verify.html", context))


def kind_of(found: PublicFiling) -> str:
    """Which of the large lines: green, or grey."""
    return "finished" if found.is_finished else "genuine"


def title_of(found: PublicFiling) -> str:
    if found.is_finished:
        return "检查已结束"
    return "已备案，已中止" if found.is_suspended else "已备案，是真的"


def unknown(request: HttpRequest, moment: datetime) -> HttpResponse:
    """查不到: word for word the same for a wrong, cancelled, expired, ended or guessed code."""
    context = {"now": moment, "title": "查不到这次检查"}
    return quiet(render(request, "inspections/verify_unknown.html", context, status=404))


def quiet(response: HttpResponse) -> HttpResponse:
    """Kept nowhere: no cache, no search engine, no address handed on, and no line in Django's log of refused requests."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
