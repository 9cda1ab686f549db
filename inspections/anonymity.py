"""The key of the rating path, and what is done with it: the slot of a visit, the seal on what was said (ADR 38).

Only the public site and the worker that releases ratings hold ``LISHU_RATING_KEY``; the staff's site does not. The
token of a code is known to the officers, so nothing is derived from it alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

SEALED_BYTES = 24_576  # five statements of the longest texts, so that every row is equally long
CODE_GROUPS, CODE_LETTERS = 4, "abcdefghjkmnpqrstuvwxyz23456789"


def has_key() -> bool:
    """Does this process belong to the rating path?"""
    return bool(settings.RATING_KEY)


@lru_cache(maxsize=2)
def _keys(root_hex: str) -> tuple[AESGCM, bytes]:
    root = bytes.fromhex(root_hex)
    if len(root) != 32:
        raise ValueError("LISHU_RATING_KEY must be 32 bytes in hex.")
    cipher = hmac.new(root, b"lishu rating cipher", hashlib.sha256).digest()
    return AESGCM(cipher), hmac.new(root, b"lishu rating slot", hashlib.sha256).digest()


def slot_of(token: str) -> str:
    """Where the statements on the visit of this token lie. Cannot be computed without the key."""
    return hmac.new(_keys(settings.RATING_KEY)[1], token.encode(), hashlib.sha256).hexdigest()


def seal(slot: str, content: dict[str, Any]) -> bytes:
    """The content for the table: every seal has the same length, and the same content looks different each time."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    if len(plain) > SEALED_BYTES:
        raise ValueError("a sealed rating is too long")
    nonce = os.urandom(12)
    return nonce + _keys(settings.RATING_KEY)[0].encrypt(nonce, plain.ljust(SEALED_BYTES), slot.encode())


def unseal(slot: str, sealed: bytes | memoryview) -> dict[str, Any]:
    """The reverse of :func:`seal`; raises ``InvalidTag`` when a row was altered or moved to another slot."""
    raw = bytes(sealed)
    content: dict[str, Any] = json.loads(_keys(settings.RATING_KEY)[0].decrypt(raw[:12], raw[12:], slot.encode()))
    return content


def new_code() -> str:
    """修改码: sixteen characters only the person who rates gets to see; a change needs it beside the token."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(CODE_GROUPS))


def code_digest(token: str, code: str) -> str:
    """What is kept of a 修改码, bound to its visit."""
    return hmac.new(_keys(settings.RATING_KEY)[1], f"{token} {code}".encode(), hashlib.sha256).hexdigest()


def padded(content: dict[str, Any], size: int = 4096) -> str:
    """Content as a text of a fixed number of bytes, so that its cipher text does not say how much was written."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return text + " " * max(0, size - len(text.encode()))
