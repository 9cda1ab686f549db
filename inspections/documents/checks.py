"""Start-up check: every paper of an inspection has its template."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage

from inspections.documents.catalogue import CATALOGUE
from lishu_law.documents.checks import missing_templates


def papers_have_templates(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    return missing_templates(CATALOGUE, "inspections/documents/catalogue.py")
