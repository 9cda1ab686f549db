"""The frame of the act pages of inspections: version, the links that cure, photos into the store."""

from __future__ import annotations

from collections.abc import Callable
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


def fixes_of(reference: str) -> Callable[[Refusal], str]:
    """Where a refusal of an act on this filing is cured: the paper, the record or the paper to be signed."""

    def fix(refusal: Refusal) -> str:
        name, _colon, key = refusal.fix.partition(":")
        if name == "sign_paper":
            return reverse("paper-sign", args=[reference, key])
        pages = {"paper": ("paper-make", [reference, "result"]), "sign": ("filing-sign", [reference])}
        return reverse(pages[name][0], args=pages[name][1]) if name in pages else fixes(refusal)

    return fix


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
