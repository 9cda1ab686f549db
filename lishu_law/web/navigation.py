"""The staff top bar: at most six entries, same order everywhere; the role decides which appear (ux.md §4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from lishu_law.access.policy import may_ever


@dataclass(frozen=True)
class Entry:
    title: str
    url: str
    is_current: bool


# (title, url name, action that opens it)
ENTRIES = (
    ("待办", "desk", "desk.read"),
    ("案件", "case-list", "case.list"),
    ("检查", "inspection-home", "inspection.read"),
    ("公示", "disclosure-list", "disclosure.read"),
    ("推送", "delivery-list", "delivery.read"),
    ("审计", "journal", "journal.read"),
    ("我的", "profile", "profile.edit"),
)


def entries_for(request: HttpRequest) -> list[Entry]:
    """The entries this person may open."""
    found = []
    for title, name, action in ENTRIES:
        if not may_ever(request.user, action):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Entry(title, url, request.path.startswith(url)))
    return found
