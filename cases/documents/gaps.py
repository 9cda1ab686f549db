"""Required fields of a paper that would be printed empty, and the fact each is printed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lishu_law.documents.document_type import DocumentType, Field, Home

# Written by hand, or printed from the law's own data: nobody can type it in.
NOT_TYPED = frozenset({Home.HAND, Home.LAW})


def empty_fields(kind: DocumentType, data: Mapping[str, Any]) -> Iterator[Field]:
    """Fields of the form that must be filled and are not; a block that does not concern this case is left out."""
    for field in kind.fields:
        if field.required and field.home not in NOT_TYPED and _is_empty(field, data):
            yield field


def _is_empty(field: Field, data: Mapping[str, Any]) -> bool:
    if not field.name:
        return _cell(field.label, data) == []
    value: Any = data
    *way, last = field.name.split(".")
    for name in way:
        value = value.get(name) if isinstance(value, Mapping) else None
        if value is None:
            return False  # the party is no person, or no organisation: the block stays out of the form
    if not isinstance(value, Mapping) or last not in value:
        return False
    found = value[last]
    return found in ("", None, []) or (isinstance(found, list) and not any(found))


def _cell(label: str, data: Mapping[str, Any]) -> list[str] | None:
    """The paragraphs of a labelled row; None where the paper has no such row."""
    rows = data.get("rows")
    if not isinstance(rows, list):
        return None
    return next((row["paragraphs"] for row in rows if row.get("label") == label), None)
