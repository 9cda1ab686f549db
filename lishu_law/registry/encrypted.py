"""Personal numbers at rest: AES-256-GCM per value, and a keyed index for exact search (security.md §7, class C3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

KEY_ID = "k1"


@lru_cache(maxsize=4)
def _keys(root_hex: str) -> tuple[AESGCM, bytes]:
    root = bytes.fromhex(root_hex)
    if len(root) != 32:
        raise ValueError("LISHU_FIELD_KEY must be 32 bytes in hex.")
    cipher = hmac.new(root, b"lishu field cipher", hashlib.sha256).digest()
    index = hmac.new(root, b"lishu blind index", hashlib.sha256).digest()
    return AESGCM(cipher), index


def encrypt(text: str, *, place: str) -> str:
    """``place`` (table.column) is bound to the value, so that a cipher text cannot be moved to another column."""
    nonce = os.urandom(12)
    sealed = _keys(settings.FIELD_KEY)[0].encrypt(nonce, text.encode(), place.encode())
    return f"{KEY_ID}:{base64.b64encode(nonce + sealed).decode('ascii')}"


def decrypt(stored: str, *, place: str) -> str:
    """The reverse of :func:`encrypt`; raises ``InvalidTag`` when the value was altered or moved."""
    raw = base64.b64decode(stored.split(":", 1)[1])
    return _keys(settings.FIELD_KEY)[0].decrypt(raw[:12], raw[12:], place.encode()).decode()


def blind_index(text: str) -> str:
    """A keyed digest for exact search; empty for an empty text."""
    if not text:
        return ""
    return hmac.new(_keys(settings.FIELD_KEY)[1], text.encode(), hashlib.sha256).hexdigest()


if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField  # Django's fields take type parameters for the type checker only


class EncryptedTextField(_Text):
    """A text that stands in the database only as cipher text. Empty stays empty."""

    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        if value == "":
            return value
        plain = super().get_prep_value(value)
        return encrypt(plain, place=self._place()) if plain else plain

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value, place=self._place()) if value else value
