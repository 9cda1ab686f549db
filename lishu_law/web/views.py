"""Pages that belong to no package of the law: drafts, health."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lishu_law import clock
from lishu_law.access.doors import public, signed_in
from lishu_law.web import drafts


@signed_in
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Autosave of a page (called by its script every few seconds after a change)."""
    key = request.POST.get("_draft_key", "")
    if not key.startswith("/"):
        return JsonResponse({"error": "缺少草稿位置。"}, status=400)
    try:
        saved_at = drafts.save(request.user, key, request.POST, title=request.POST.get("_draft_title", ""))
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=413)
    return JsonResponse({"saved_at": f"{clock.local(saved_at):%H:%M:%S}"})


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For health checks: answers 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what the public may look up, and the way in for staff."""
    return render(request, "web/home.html")
