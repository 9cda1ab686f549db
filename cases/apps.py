"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register

from cases.documents.checks import documents_have_templates


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """Look for the documents' templates when the site starts."""
        register(documents_have_templates)
