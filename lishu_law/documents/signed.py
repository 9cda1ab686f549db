"""Signatures by hand as a document shows them: at the form's own places and, where every page is signed, in its feet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Placed:
    """One signature at its place: ``words`` say who, how and when; ``drawing`` has width, height and lines."""

    label: str
    ordinal: int
    words: str
    drawing: dict[str, Any] | None = None


@dataclass(frozen=True)
class Foot:
    """The signature in the foot of one page: ``picture`` is a data address, or empty where words stand for it."""

    page: int
    words: str
    after: str
    picture: str = ""


@dataclass(frozen=True)
class Signed:
    """All signatures of one document. ``page_name`` is the named page (page.css) whose feet are signed."""

    placed: Sequence[Placed]
    feet: Sequence[Foot] = ()
    page_name: str = ""

    def at(self, label: str, ordinal: int | None) -> list[Placed]:
        """What stands at a word of the form; a form may write it with a note in brackets: 委托人（签章）."""
        word = label.partition("（")[0]
        return [one for one in self.placed if one.label == word and ordinal in (None, one.ordinal)]


def drawing_of(width: int, height: int, strokes: Sequence[Sequence[tuple[int, int, int]]]) -> dict[str, Any]:
    """A drawing for the document's vector picture."""
    lines = [" ".join(f"{x},{y}" for x, y, _moment in stroke) for stroke in strokes]
    return {"width": width, "height": height, "lines": lines}
