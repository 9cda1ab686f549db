"""What the catalogue declares of a document: its fields with their homes, numbering, signatures, seals, copies.

Fields stand in the order and under the names of the form (law/documents.csv).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from lishu_law.law import citations
from lishu_law.law.tables import read_table

ORGAN_SEAL = "机关印章"


class Home(StrEnum):
    """Where a field's value lives; only NARRATIVE is typed for this document."""

    CASE = "case"
    PARTY = "party"
    STAFF = "staff"
    LAW = "law"
    NARRATIVE = "narrative"
    HAND = "hand"  # written on paper: nothing is printed into the space


@dataclass(frozen=True)
class Field:
    """One field: ``name`` is its path in ``d`` (``party.person.name``; "" for what is no part of ``d``)."""

    name: str
    label: str
    home: Home
    required: bool = True


@dataclass(frozen=True)
class DocumentType:
    """One kind of document. ``number_word`` is the word of its number series, None where only 案号 is printed;
    ``copies`` with ``recipients`` say who gets the originals; ``served`` documents need a 送达回证.

    Who may issue it says the step that makes it (``StepType.papers``); ``issuer`` is the permission where an act
    outside the procedure makes it. ``is_kept``: sealed and stored; otherwise drawn for one reader, its facts stay apart.
    """

    code: str
    doc_id: str
    title: str
    number_word: str | None
    template: str
    template_version: str
    kind: Literal["form", "letter"]
    fields: tuple[Field, ...]
    signatures: tuple[str, ...]
    seals: tuple[str, ...]
    copies: int
    recipients: tuple[str, ...]
    served: bool
    legal_basis: str
    issuer: str = ""
    is_kept: bool = True

    @property
    def required_when(self) -> str:
        """When the law or the practice asks for it, as the list of forms says."""
        return _listed()[self.doc_id]["when_required"]

    @property
    def carries_organ_seal(self) -> bool:
        """Is the file sealed electronically? The seal of an office inside the organ stays one of ink."""
        return ORGAN_SEAL in self.seals

    @property
    def citation(self) -> str:
        """The articles for staff; numbers that were never checked show as 条次待核对."""
        return citations.render(citations.parse_basis(self.legal_basis))


def fields(home: Home, *pairs: tuple[str, str], required: bool = True) -> tuple[Field, ...]:
    return tuple(Field(name, label, home, required) for name, label in pairs)


@cache
def _listed() -> dict[str, dict[str, str]]:
    """The list of forms (documents.csv) by its ids."""
    return {row["doc_id"]: row for row in read_table("documents")}
