"""Empty forms for days without network: the boxes of each form in its own order, to be filled in by hand.

Only records and receipts stand in a set, whose words all come from the scene. A decision needs a number: the numbered
blank forms of a leased block follow behind them (shared decision 24). What was written is entered afterwards (补录).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from lishu_law.documents.blocks import READINGS
from lishu_law.documents.document_type import DocumentType, Home
from lishu_law.pdf.render import RenderedPdf, render

CASE_NO = "case_no"
READING = "reading"


@dataclass(frozen=True)
class Box:
    """One field as the paper asks for it; ``choices`` are boxes to tick."""

    label: str
    is_required: bool
    is_long: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One empty form."""

    title: str
    boxes: tuple[Box, ...]
    signatures: tuple[str, ...]
    note: str


def sheet_of(kind: DocumentType) -> Sheet:
    """The form with every field it has; a label that comes twice (从…到) is one box."""
    boxes: dict[str, Box] = {}
    for field in kind.fields:
        if field.name == CASE_NO or (field.home is Home.HAND and field.name != READING):
            continue  # the head has the number, the foot the signatures
        choices = tuple(READINGS.values()) if field.name == READING else ()
        boxes.setdefault(field.label, Box(field.label, field.required, field.home is Home.NARRATIVE, choices))
    copies = f"一式{kind.copies}份：{'、'.join(kind.recipients)}。" if kind.copies > 1 else ""
    return Sheet(kind.title, tuple(boxes.values()), kind.signatures, copies)


def paper_set(
    kinds: Sequence[DocumentType], *, organ: str, copies: int, title: str, at: datetime,
    numbered: Mapping[str, Any] | None = None,
) -> RenderedPdf:  # fmt: skip
    """One PDF: so many copies of each form, each on a new sheet; ``numbered`` is the context of numbered forms behind."""
    context = {
        "organ": organ, "title": title, "sheets": [sheet for kind in kinds for sheet in [sheet_of(kind)] * copies],
        "numbers": [], **(numbered or {}),
    }  # fmt: skip
    return render(render_to_string("documents/paper_set.html", context), title=title, number=None, at=at)
