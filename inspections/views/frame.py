"""The frame of the act pages of inspections: version, the links that cure, photos into the store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from inspections.actions.checks import NewPhoto
from inspections.models import InspectionFiling, PatrolShift
from lishu_law.errors import Refusal
from lishu_law.web.uploads import store_upload

# Where a refusal's ``fix`` leads; the names of fields need no link, they stand on the same page.
PAGES = {"file": "filing-new", "case": "case-list"}


def fixes(refusal: Refusal) -> str:
    return reverse(PAGES[refusal.fix]) if refusal.fix in PAGES else ""


def version_of(data: dict[str, Any], record: PatrolShift | InspectionFiling) -> int:
    """The version the page was shown with; a page without one is taken as fresh."""
    version = data.get("version")
    return record.version if version is None else int(version)


def kept_photos(files: list[Any], by: Any, *, taken_at: datetime, place: str, purpose: str) -> tuple[NewPhoto, ...]:
    """The uploaded photos in the write-once store."""
    return tuple(NewPhoto(store_upload(file, by), taken_at, place, purpose) for file in files)


def key_of(request: HttpRequest, name: str) -> int | None:
    """The paging key of an address; anything that is not a number starts at the first page."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None
