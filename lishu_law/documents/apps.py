"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register

from lishu_law.organ_seal.checks import seal_can_be_used


class DocumentsConfig(AppConfig):
    name = "lishu_law.documents"
    label = "documents"
    verbose_name = "执法文书"

    def ready(self) -> None:
        """Look at the seal when the site starts."""
        register(seal_can_be_used)
