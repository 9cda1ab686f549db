"""What every page template may use beside what its view gives."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from lishu_law import clock
from lishu_law.access.policy import may_ever
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.navigation import address_of, desk_url, entries_for, tabs_for


def page(request: HttpRequest) -> dict[str, Any]:
    """Bureau, reading aids, demo banner; on staff pages the navigation. Costs no query, touches no session."""
    context = {**bureau(), **reading_aids(request)}
    context["demo_now"] = clock.local(clock.now()) if settings.DEMO else None
    if getattr(request, "is_staff_page", False):
        context["desk_url"] = desk_url()
        context["messages_url"] = address_of("message-list")
        context["navigation"] = entries_for(request)
        if may_ever(request.user, "queue.send"):
            context |= phone_queue(request)
        context["tabs"] = partial(tabs_for, request)  # called by the phone's pages only
        context["can_move_clock"] = settings.DEMO and may_ever(request.user, "clock.move")
    return context


def phone_queue(request: HttpRequest) -> dict[str, Any]:
    """Where the phone sends what it wrote without network, for whom, and how long it should keep it."""
    hours = DEFAULT_PARAMETERS.number("offline.keep_hours", clock.today())
    return {"queue_url": address_of("phone-queue"), "field_person": person_mark(request), "keep_hours": f"{hours:f}"}


def person_mark(request: HttpRequest) -> str:
    """Who works on this phone, without saying it: the same for one person, useless to others."""
    person: Any = request.user
    return hashlib.sha256(f"field {person.pk} {person.staff_number}".encode()).hexdigest()[:24]


def bureau() -> dict[str, str]:
    """Name, phone and address of the bureau; a value nobody has confirmed says 待确认 by itself."""
    today = clock.today()
    return {
        "bureau_name": DEFAULT_PARAMETERS.value("bureau.name", today),
        "bureau_phone": DEFAULT_PARAMETERS.value("bureau.phone", today),
        "bureau_address": DEFAULT_PARAMETERS.value("bureau.address", today),
        "site_domain": urlsplit(settings.PUBLIC_BASE_URL).netloc,
    }


def reading_aids(request: HttpRequest) -> dict[str, bool]:
    """大字版 and 高对比, kept in cookies, also ``?v=big``."""
    return {
        "big_type": request.COOKIES.get("big") == "1" or request.GET.get("v") == "big",
        "high_contrast": request.COOKIES.get("contrast") == "1",
    }
