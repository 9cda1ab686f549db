"""The page behind a scanned code: is this inspection genuine? No sign-in, no cookie, nothing stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspections.queries.public import public_filing
from lishu_law import clock
from lishu_law.access.doors import public


@public
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """已备案, 已结束, or 查不到: the last is the same page for every token that is not valid now."""
    moment = clock.now()
    found = public_filing(token, moment)
    if found is None:
        response = render(request, "inspections/verify_unknown.html", {"now": moment, "title": "查不到"}, status=404)
    else:
        title = "检查已结束" if found.is_finished else "检查已备案"
        response = render(request, "inspections/verify.html", {"found": found, "now": moment, "title": title})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
