"""The papers of a bound volume (S38–S40) and the sheet before each item of evidence."""

from __future__ import annotations

from typing import TypedDict


class CoverData(TypedDict):
    """S38. ``volume`` is 正卷 or 副卷; a row with an empty value leaves room for the hand."""

    organ: str
    volume: str
    rows: list[tuple[str, str]]


class CatalogueRow(TypedDict):
    no: str
    title: str
    number: str
    on: str
    pages: str


class CatalogueData(TypedDict):
    """S39."""

    volume: str
    rows: list[CatalogueRow]


class RemarksData(TypedDict):
    """S40: what is in the volume and what is not, and who bound it; who checks and who sorts sign by hand."""

    volume: str
    paragraphs: list[str]
    bound_by: str
    bound_on: str


class SheetData(TypedDict):
    """The page before an item of evidence or a received file. ``picture`` is a data address, empty without one."""

    heading: str
    rows: list[tuple[str, str]]
    picture: str
    note: str
