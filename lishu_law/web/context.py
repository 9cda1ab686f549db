"""What every page template may use beside what its view gives."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lishu_law import clock
from lishu_law.web.navigation import entries_for


def page(request: HttpRequest) -> dict[str, Any]:
    """Navigation, demo banner and reading aids. Costs no query."""
    context: dict[str, Any] = {
        "demo_now": clock.local(clock.now()) if settings.DEMO else None,
        "big_type": request.COOKIES.get("big") == "1" or request.GET.get("v") == "big",
        "high_contrast": request.COOKIES.get("contrast") == "1",
    }
    if getattr(request, "is_staff_page", False):
        context["navigation"] = entries_for(request)
    return context
