"""The scannable code of a filing: a 128-bit random token and the word that shows a page is fresh."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import date, datetime

from django.conf import settings

from lishu_law.documents.codes import digest_of

WORD_SECONDS = 60


def new_token() -> str:
    """22 characters that fit an address; no personal data in it."""
    return secrets.token_urlsafe(16)


def rolling_word(token: str, at: datetime) -> str:
    """Four digits that change every minute: a screenshot of yesterday shows yesterday's."""
    minute = int(at.timestamp()) // WORD_SECONDS
    mac = hmac.new(digest_of(token).encode(), str(minute).encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mac[:4], 'big') % 10000:04d}"


def public_url(token: str) -> str:
    """What the code says."""
    return f"{settings.PUBLIC_BASE_URL}/v/{token}"


def certificate_url(token: str) -> str:
    """Where anybody may look at the certificate of the day."""
    return f"{settings.PUBLIC_BASE_URL}/c/{token}"


def card_mark(token: str, day: date) -> str:
    """Eight characters printed on the card of the day and on its public page: the two must agree, also offline."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"card {digest_of(token)} {day}".encode(), hashlib.sha256)
    return base64.b32encode(mac.digest())[:8].decode()


def seconds_left(at: datetime) -> int:
    """Until the word changes."""
    return WORD_SECONDS - int(at.timestamp()) % WORD_SECONDS
