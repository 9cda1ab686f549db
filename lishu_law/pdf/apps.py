"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register

from lishu_law.pdf.checks import machine_can_print


class PdfConfig(AppConfig):
    name = "lishu_law.pdf"
    label = "pdf"
    verbose_name = "文书输出"

    def ready(self) -> None:
        """Look at the machine when the site starts."""
        register(machine_can_print)
