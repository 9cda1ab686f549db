"""Start-up checks of the seal: production has a real one that can be used, a demonstration never has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning

from lishu_law import clock
from lishu_law.organ_seal.key_file import read_key_file
from lishu_law.organ_seal.provider import SealError

MISSING = "organ_seal.W002"
EXPIRES_SOON = timedelta(days=30)
HOW = "Name a PKCS#12 or PEM file in LISHU_SEAL_FILE, its password in LISHU_SEAL_PASSWORD (or …_FILE)."


def seal_can_be_used(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """What is wrong with the seal of this process; the public site needs none.

    Most processes have none and only warn; ``check_seal``, which set-up runs first, refuses.
    """
    return [] if settings.SITE == "public" else list(_faults())


def _faults() -> Iterator[CheckMessage]:
    if not settings.SEAL_FILE:
        if not settings.SEAL_TRIAL:
            yield CheckWarning("This process has no organ seal: it cannot seal.", hint=HOW, id=MISSING)
        elif not settings.DEMO:
            yield Error("The trial seal is for a demonstration only.", hint=HOW, id="organ_seal.E002")
        return
    if settings.DEMO:
        hint = "Unset LISHU_SEAL_FILE or LISHU_DEMO."
        yield Error("Invented cases must never carry the organ's real seal.", hint=hint, id="organ_seal.E003")
        return
    try:
        key = read_key_file(Path(settings.SEAL_FILE), settings.SEAL_PASSWORD)
        key.check_valid(clock.now())
    except SealError as error:
        yield Error(f"The organ seal cannot be used: {error}", hint=HOW, id="organ_seal.E004")
        return
    if key.certificate.not_valid_after_utc < clock.now() + EXPIRES_SOON:
        last = f"{key.certificate.not_valid_after_utc:%Y-%m-%d}"
        yield CheckWarning(f"The certificate of the organ seal ends on {last}.", hint=HOW, id="organ_seal.W001")
