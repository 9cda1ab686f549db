"""Start-up check: every document of the catalogue has its template."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from cases.documents.catalogue import CATALOGUE


def documents_have_templates(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """An error for each entry whose template is missing: better at start-up than at the first sealing."""
    return [
        Error(
            f"{document.title}: template {document.template} is missing.",
            hint="Add it, or take the entry out of cases/documents/catalogue.py.", id="cases.E001",
        )
        for document in CATALOGUE
        if not _exists(document.template)
    ]  # fmt: skip


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
