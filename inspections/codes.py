"""The scannable code of a filing: a 128-bit random token, the word that shows a page is fresh, the QR drawing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import secrets
from datetime import date, datetime

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

WORD_SECONDS = 60


def new_token() -> str:
    """22 characters that fit an address; no personal data in it."""
    return secrets.token_urlsafe(16)


def digest_of(token: str) -> str:
    """What the database searches by: the token itself is never compared there."""
    return hashlib.sha256(token.encode()).hexdigest()


def rolling_word(token: str, at: datetime) -> str:
    """Four digits that change every minute: a screenshot of yesterday shows yesterday's."""
    minute = int(at.timestamp()) // WORD_SECONDS
    mac = hmac.new(digest_of(token).encode(), str(minute).encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mac[:4], 'big') % 10000:04d}"


def public_url(token: str) -> str:
    """What the code says."""
    return f"{settings.PUBLIC_BASE_URL}/v/{token}"


def drawing(text: str) -> SafeString:
    """The QR code as inline SVG, by attributes only (the content security policy allows no inline style)."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer, kind="svg", scale=6, border=4, xmldecl=False, svgns=False, light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(buffer.getvalue().decode("ascii"))  # our own drawing, no text of others in it


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
