"""Letters about one measure: the party's table, paragraphs, the list of things, what is signed on the spot."""

from __future__ import annotations

from typing import TypedDict

from lishu_law.documents.shapes import FormTable, PartyBlock


class MeasureLetterData(TypedDict):
    """M06–M10. ``checked`` is the sentence the party signs; ``signatures`` are signed by hand."""

    organ: str
    cause: str
    party: PartyBlock
    paragraphs: list[str]
    remedies: list[str]
    tables: list[FormTable]
    checked: str
    signatures: list[str]
    issued_on: str
