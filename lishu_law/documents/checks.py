"""Start-up check: every document of a catalogue has its template, and every part the template is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from lishu_law.documents.document_type import DocumentType

# {% extends "…" %} and {% include "…" %}: the engine looks for them only when the page is made.
_PART = re.compile(r'{%\s*(?:extends|include)\s+"([^"]+)"')


def missing_templates(catalogue: Sequence[DocumentType], where: str) -> list[CheckMessage]:
    """An error for each template or part that is missing: better at start-up than at the first sealing."""
    return [
        Error(
            f"{document.title}: template {missing} is missing.",
            hint=f"Add it, or take the entry out of {where}.", id="documents.E001",
        )
        for document in catalogue
        for missing in _missing(document.template, set())
    ]  # fmt: skip


def _missing(name: str, seen: set[str]) -> Iterator[str]:
    if name in seen:
        return
    seen.add(name)
    try:
        source = get_template(name).template.source  # type: ignore[attr-defined]  # Django's own engine has it
    except TemplateDoesNotExist:
        yield name
        return
    for part in _PART.findall(source):
        yield from _missing(part, seen)
