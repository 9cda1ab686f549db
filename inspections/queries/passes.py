"""The certificate an officer shows: the own page of the day, and what anybody sees behind its code (§4.1, §4.2)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections import codes
from inspections.models import CertificatePass, FilingState, InspectionFiling
from inspections.rules import pass_is_valid
from lishu_law import clock
from lishu_law.documents.codes import digest_of
from lishu_law.registry.models import Certificate, OfficerProfile, StoredFile
from lishu_law.web.uploads.store import path_of

SHOWN_WITH = (FilingState.FILED, FilingState.STARTED, FilingState.SUSPENDED)


@dataclass(frozen=True)
class Card:
    """One certificate as it is shown. ``portrait`` is the photo itself, so that it is there without network."""

    name: str
    unit: str
    number: str
    issuer: str
    scope: str
    valid_until: date
    day: date
    mark: str
    word: str
    seconds: int
    portrait: str
    address: str
    visit_url: str = ""


def pass_of(user: Any, day: date, filing: InspectionFiling | None) -> CertificatePass | None:
    """The page this officer already has for this day."""
    found: CertificatePass | None = _passes().filter(user=user, day=day, filing=filing).first()
    return found


def card_by_token(token: str, moment: datetime) -> Card | None:
    """Of today's pages the one with this token; unknown, of another day, revoked: all None."""
    found = _passes().filter(token_digest=digest_of(token)).first()
    today = clock.local(moment).date()
    if found is None or not pass_is_valid(found.day, today) or not found.certificate.is_valid_on(today):
        return None
    return card_of(found, moment) if found.user.is_active else None


def card_of(found: CertificatePass, moment: datetime) -> Card:
    filing, certificate, user = found.filing, found.certificate, found.user
    is_shown = filing is not None and filing.state in SHOWN_WITH and filing.window_from <= moment <= filing.window_to
    unit = user.unit
    return Card(
        name=user.full_name, number=certificate.number, issuer=certificate.issuer,
        unit=f"{unit.parent.name if unit and unit.parent else ''}{unit.name if unit else ''}",
        scope="、".join(certificate.categories), valid_until=certificate.valid_until, day=found.day,
        mark=codes.card_mark(found.token, found.day), word=codes.rolling_word(found.token, moment),
        seconds=codes.seconds_left(moment), portrait=portrait_of(user), address=codes.certificate_url(found.token),
        visit_url=codes.public_url(filing.token) if is_shown and filing and filing.token else "",
    )  # fmt: skip


def portrait_of(user: Any) -> str:
    """The officer's photo as a data address; empty when there is none."""
    profile = OfficerProfile.objects.filter(user=user).select_related("photo").first()
    return data_address(profile.photo) if profile and profile.photo else ""


def data_address(photo: StoredFile) -> str:
    """The small copy of a photo as a data address."""
    path = path_of(photo.derivative_path)
    if not photo.derivative_path or not path.is_file():
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(path.read_bytes()).decode()


def _passes() -> Any:
    return CertificatePass.objects.select_related("user__unit__parent", "certificate", "filing")


def is_certified(user: Any, day: date) -> bool:
    return Certificate.objects.valid_on(day).filter(user=user).exists()
