"""The letters of the execution (M17–M22, S32, S34): paragraphs and boxes to tick, in the order of the form."""

from __future__ import annotations

from typing import TypedDict

from lishu_law.documents.shapes import FormTable


class LetterPart(TypedDict):
    """One paragraph; a choice has a box before it."""

    text: str
    is_choice: bool
    is_chosen: bool


class TickedLetter(TypedDict):
    """``templates/documents/_ticked_letter.html``."""

    organ: str
    addressee: str
    parts: list[LetterPart]
    tables: list[FormTable]
    signatures: list[str]
    issued_on: str
    note: str


def said(text: str) -> LetterPart:
    """A plain paragraph."""
    return LetterPart(text=text, is_choice=False, is_chosen=False)


def box(text: str, is_chosen: bool) -> LetterPart:
    """A choice of the form, ticked or not."""
    return LetterPart(text=text, is_choice=True, is_chosen=is_chosen)
