"""App configuration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lishu_law.documents"
    label = "documents"
    verbose_name = "执法文书"
