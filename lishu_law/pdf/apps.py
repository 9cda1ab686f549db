"""App configuration."""

from django.apps import AppConfig


class PdfConfig(AppConfig):
    name = "lishu_law.pdf"
    label = "pdf"
    verbose_name = "文书输出"
