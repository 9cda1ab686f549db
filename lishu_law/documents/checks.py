"""Start-up check: every document of a catalogue has its template."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from lishu_law.documents.document_type import DocumentType


def missing_templates(catalogue: Sequence[DocumentType], where: str) -> list[CheckMessage]:
    """An error for each entry whose template is missing: better at start-up than at the first sealing."""
    return [
        Error(
            f"{document.title}: template {document.template} is missing.",
            hint=f"Add it, or take the entry out of {where}.", id="documents.E001",
        )
        for document in catalogue
        if not _exists(document.template)
    ]  # fmt: skip


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
