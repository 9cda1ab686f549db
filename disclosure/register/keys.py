"""Who signs the checkpoints: the key in force and, for thirty days after a change, the one before (rule 7)."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from disclosure.register.note import KEY_SIZE, Signer


def first_name() -> str:
    """What a new log is called, and its keys: ``<public host>/register``; the name then stays for the log's life."""
    return settings.REGISTER_ORIGIN or f"{urlsplit(settings.PUBLIC_BASE_URL).netloc}/register"


def has_key() -> bool:
    """Does this process sign? The public site need not hold the key."""
    return bool(settings.REGISTER_KEY)


def signers(name: str, today: date) -> list[Signer]:
    """The keys of the log called ``name`` that sign today, the one in force first. Raises ``ImproperlyConfigured`` without a key."""
    if not settings.REGISTER_KEY:
        raise ImproperlyConfigured(
            "LISHU_REGISTER_KEY is not set: the worker signs the register's checkpoints with it."
        )
    found = [_signer(name, settings.REGISTER_KEY)]
    if settings.REGISTER_OLD_KEY:
        seed, _, until = settings.REGISTER_OLD_KEY.partition("@")
        if today <= date.fromisoformat(until):
            found.append(_signer(name, seed))
    return found


def _signer(name: str, text: str) -> Signer:
    try:
        seed = bytes.fromhex(text)
    except ValueError:
        seed = b""
    if len(seed) != KEY_SIZE:
        raise ImproperlyConfigured("a key of the register is 32 bytes in hex; the old one ends in @YYYY-MM-DD.")
    return Signer(name, seed)
