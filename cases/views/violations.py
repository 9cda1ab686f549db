"""查案由: the search line of every form in which a violation is chosen asks here; a page of its own without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from cases.forms.clue import FINDS
from cases.queries.violations import hits_for
from lishu_law.access.doors import signed_in
from lishu_law.web.fields import Found


@signed_in
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What fits the words typed; for htmx only the list."""
    found = Found.by(hits_for(request.user), request.GET.get(FINDS, ""))
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "title": "查案由", "typed": found.text, "found": found, "fills": "item_code", "name": FINDS,
    }  # fmt: skip
    response = render(request, "components/_found.html" if is_part else "cases/violations.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
