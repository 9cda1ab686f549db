"""App configuration."""

from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished

from disclosure.redaction import forget


class DisclosureConfig(AppConfig):
    name = "disclosure"
    label = "disclosure"
    verbose_name = "公示"

    def ready(self) -> None:
        """Nothing personal that masking read outlives the request it was read for."""
        request_finished.connect(_forget, dispatch_uid="disclosure.masking")


def _forget(**_signal: Any) -> None:
    forget()
