"""A search line that helps to choose from a long list (ux.md §7 rule 11): it stands before the choice it fills in.

Typing asks the server for what fits and shows it below; a press on one of them chooses it. Without a script two buttons
do the same: they keep what was typed as the draft and show the page again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

FIND, PICK = "_find_", "_pick_"
MOST_CHARACTERS, MOST_SHOWN = 50, 12
Hit = tuple[str, str, str]  # value, words, why it fits
Find = Callable[[str], Sequence[Hit]]


@dataclass(frozen=True)
class Found:
    """What fits, as far as it is shown, and how many there are in all."""

    text: str
    hits: Sequence[Hit]
    count: int

    @classmethod
    def by(cls, find: Find, typed: str) -> Found:
        text = typed.replace("\x00", "").strip()[:MOST_CHARACTERS]
        hits = find(text) if text else ()
        return cls(text, hits[:MOST_SHOWN], len(hits))


def nothing(text: str) -> Sequence[Hit]:
    """Until a form says where to look."""
    return ()


class FindWidget(forms.TextInput):
    """``fills``: the name of the choice; ``url``: the address name that answers with the hits."""

    uses_htmx = True

    def __init__(self, *, fills: str, url: str) -> None:
        super().__init__()
        self.fills, self.url, self.find = fills, url, nothing

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        found = Found.by(self.find, str(value or ""))
        described = (attrs or {}).get("aria-describedby", "")
        context = {
            "name": name, "id": (attrs or {}).get("id", f"id_{name}"), "value": found.text, "described": described,
            "fills": self.fills, "url": reverse(self.url), "found": found,
        }  # fmt: skip
        return render_to_string("components/find.html", context)


class FindField(forms.CharField):
    """Never part of what is acted on; kept in the draft like everything typed."""

    def __init__(self, *, label: str, fills: str, url: str, help_text: str = "") -> None:
        widget = FindWidget(fills=fills, url=url)
        super().__init__(label=label, required=False, max_length=200, widget=widget, help_text=help_text)
        self.is_aid = True

    def looks_in(self, find: Find) -> None:
        self.widget.find = find


def is_asked(posted: QueryDict) -> bool:
    """Was one of the two buttons pressed?"""
    return any(name.startswith((FIND, PICK)) for name in posted)


def filled(posted: QueryDict) -> tuple[QueryDict, str]:
    """What stands in the form after the press, and the field to go on with."""
    kept, anchor = posted.copy(), ""
    for name in list(kept):
        if name.startswith(PICK):
            anchor = name.removeprefix(PICK)
            kept[anchor] = str(kept[name])
        elif name.startswith(FIND):
            anchor = anchor or f"{name.removeprefix(FIND)}_find"
        else:
            continue
        del kept[name]
    return kept, f"id_{anchor}"
