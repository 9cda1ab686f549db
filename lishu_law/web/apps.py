"""App configuration."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from lishu_law.celery import app as celery_app


class WebConfig(AppConfig):
    name = "lishu_law.web"
    label = "web"
    verbose_name = "网页"
    tasks_app = celery_app  # shared_task binds to the app that exists when tasks are imported

    def ready(self) -> None:
        """Look at the start whether both settings speak of the same path."""
        register(public_address_has_prefix)


def public_address_has_prefix(**_kwargs: Any) -> list[CheckMessage]:
    """What stands in documents, feeds and files has to lead to the pages this process serves."""
    if settings.SITE == "staff" or urlsplit(settings.PUBLIC_BASE_URL).path == settings.PREFIX:
        return []
    hint = "With LISHU_PREFIX=/xzcf the address is https://www.example.gov.cn/xzcf."
    return [Error("LISHU_PUBLIC_URL does not end in LISHU_PREFIX.", hint=hint, id="web.E001")]
