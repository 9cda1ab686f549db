"""Codes that lead from paper to a public page: tokens, what the database searches by, the QR drawing.

The code of a sealed document is 128 bits long and stands in its QR code; its last eight characters are the 核验码 for
people who type, together with the document's number.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import secrets
from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

CODE_LENGTH, SHORT, SIGNS = 26, 8, 6
SLOW = 2**13  # of scrypt: 8 MiB and some 20 ms a try
CODE = re.compile(rf"[a-z2-7]{{{CODE_LENGTH}}}")


@dataclass(frozen=True)
class CheckMark:
    """What a sealed document shows in its foot: the QR code as the address of a picture, the 核验码 in two groups.

    A picture, not a drawing: the file holds it once for all pages, and it costs a third of the time.
    """

    picture: str
    short: str


def new_seal_code() -> str:
    """128 random bits as 26 lower-case base32 characters."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def digest_of(code: str) -> str:
    """What the database searches by: the code itself is never compared there."""
    return hashlib.sha256(code.encode()).hexdigest()


def short_code(code: str) -> str:
    """The 核验码 of a code: its last eight characters."""
    return code[-SHORT:]


def typed_digest(number: str, short: str) -> str:
    """What the database searches by where somebody types; empty without a number."""
    return hashlib.sha256(f"{number} {short}".encode()).hexdigest() if number else ""


def signs_digest(number: str, short: str, last_six: str) -> str:
    """What is kept of the last signs of a party's own number, to know the party again by what it types.

    Six signs are soon tried: the hash is slow, and no two papers share a salt.
    """
    salt, typed = f"{number} {short}".encode(), last_six.upper().encode()
    return hashlib.scrypt(typed, salt=salt, n=SLOW, r=8, p=1, dklen=32).hex()


def check_url(code: str) -> str:
    """What the QR code of a sealed document says."""
    return f"{settings.PUBLIC_BASE_URL}/d/{code}"


def check_mark(code: str) -> CheckMark:
    """The foot of a sealed document."""
    short, made = short_code(code), segno.make(check_url(code), error="m", micro=False)
    return CheckMark(made.png_data_uri(scale=4, border=2), f"{short[:4]} {short[4:]}")


def drawing(text: str) -> SafeString:
    """The QR code as inline SVG, by attributes only (the content security policy allows no inline style)."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer, kind="svg", scale=6, border=4, xmldecl=False, svgns=False, light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(buffer.getvalue().decode("ascii"))  # our own drawing, no text of others in it
