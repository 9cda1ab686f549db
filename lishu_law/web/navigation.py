"""The staff top bar: at most six entries, same order everywhere; the role decides which appear (ux.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from lishu_law.access.policy import may_ever


@dataclass(frozen=True)
class Entry:
    title: str
    url: str
    is_current: bool
    icon: str = ""


# (title, url name, action that opens it)
ENTRIES = (
    ("待办", "desk", "desk.read"),
    ("案件", "case-list", "case.list"),
    ("检查", "inspection-home", "inspection.read"),
    ("公示", "disclosure-list", "disclosure.read"),
    ("推送", "delivery-list", "delivery.read"),
    ("监督", "ticket-list", "ticket.read"),
    ("审计", "journal", "journal.read"),
    ("规则", "rules", "rule.read"),
    ("我的", "profile", "profile.edit"),
)

# The bottom tabs of the phone pages: (title, url name, action, icon); at most five.
TABS = (
    ("外勤", "mobile-home", "inspection.read", "scan"),
    ("待办", "desk", "desk.read", "list"),
    ("案件", "case-list", "case.list", "document"),
    ("检查", "inspection-home", "inspection.read", "truck"),
    ("我的", "profile", "profile.edit", "user"),
)


def entries_for(request: HttpRequest) -> list[Entry]:
    """The entries this person may open."""
    return _open_to(request, tuple((title, name, action, "") for title, name, action in ENTRIES))


def tabs_for(request: HttpRequest) -> list[Entry]:
    """The phone's tabs this person may open."""
    return _open_to(request, TABS)


def address_of(name: str) -> str:
    """The address of a named page, or nothing where this process does not serve it."""
    return _address(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name)


@lru_cache(maxsize=256)
def _address(urlconf: Any, _prefix: str, name: str) -> str:
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


def desk_url() -> str:
    """Where a signed-in person starts; the profile while there is no desk in this process."""
    return address_of("desk") or address_of("profile")


def _open_to(request: HttpRequest, table: tuple[tuple[str, str, str, str], ...]) -> list[Entry]:
    found = []
    for title, name, action, icon in table:
        url = address_of(name)
        if url and may_ever(request.user, action):
            found.append(Entry(title, url, request.path.startswith(url), icon))
    return found
