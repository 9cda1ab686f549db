"""Start-up check: every document of a case has its template."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage

from cases.documents.catalogue import CATALOGUE
from cases.documents.catalogue.volume import VOLUME_PAPERS
from lishu_law.documents.checks import missing_templates


def documents_have_templates(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    return missing_templates((*CATALOGUE, *VOLUME_PAPERS), "cases/documents/catalogue/")
