"""Start-up checks: the staff's site must not be able to trace a rating (ADR 38)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def rating_key_stands_apart(**_kwargs: Any) -> list[CheckMessage]:
    """A process that serves the staff alone has no business with the rating path's key."""
    if settings.SITE == "staff" and settings.RATING_KEY:
        hint = "Set LISHU_RATING_KEY for the public site and the worker only."
        return [Error("The staff's site holds the key of the ratings.", hint=hint, id="inspections.E001")]
    if settings.SITE == "public" and not settings.RATING_KEY:
        return [Error("The public site cannot take ratings without LISHU_RATING_KEY.", id="inspections.E002")]
    return []
