"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register

from inspections.checks import rating_key_stands_apart
from inspections.documents.checks import papers_have_templates


class InspectionsConfig(AppConfig):
    name = "inspections"
    label = "inspections"
    verbose_name = "检查"

    def ready(self) -> None:
        """Look where the rating path's key is, and for the papers' templates, when the site starts."""
        register(rating_key_stands_apart)
        register(papers_have_templates)
