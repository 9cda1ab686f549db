"""Pages a phone may keep for its person, and what a view asks about a form that was written before and sent later."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from inspections.models import InspectionFiling, QueuedItem
from inspections.queries.queue import own_steps
from lishu_law.web.context import person_mark


def keepable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The service worker may keep this page for the person it was made for, and for nobody after."""
    response["X-Field-Person"] = person_mark(request)
    return response


def written_at(request: HttpRequest) -> datetime | None:
    """When an act sent later was done, by the phone that wrote it offline; None for an act done now (§4.3)."""
    item: QueuedItem | None = getattr(request, "queued", None)
    return item.device_time if item is not None and item.is_offline else None


def device_of(request: HttpRequest) -> str:
    """Which phone or computer, as its browser names itself."""
    return "".join(one for one in request.headers.get("User-Agent", "") if one.isprintable())[:120]


def current_version(request: HttpRequest, typed: int, filing: InspectionFiling) -> int:
    """The version to act on. A phone may show the page it kept from before its own earlier forms, without network or
    with a weak one: when only they moved the filing on since, the form is not stale; when anybody else did, it is.
    """
    item: QueuedItem | None = getattr(request, "queued", None)
    behind = filing.version - typed
    if item is None or behind <= 0:
        return typed
    return (
        filing.version if own_steps(item, reverse("mobile-filing", args=[filing.reference]), typed) == behind else typed
    )
