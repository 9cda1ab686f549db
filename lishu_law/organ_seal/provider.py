"""What a seal is to the rest of the system: bytes in, sealed bytes out, and what a seal in a file says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lishu_law.errors import DomainError


class SealError(DomainError):
    """No seal can be set now. The document itself is sound and waits (security.md §14: sealing waits, edit continues)."""


@dataclass(frozen=True)
class Sealed:
    """A sealed file, the SHA-256 of the sealing certificate (DER) in hex, and the name in it."""

    content: bytes
    certificate: str
    subject: str


@dataclass(frozen=True)
class Found:
    """What the one seal in a file says. ``is_whole``: it is valid and covers every byte of the file."""

    certificate: str
    subject: str
    is_whole: bool


class SealProvider(Protocol):
    """Whoever keeps the organ's seal."""

    def check(self, at: datetime) -> None:
        """Raises ``SealError`` when the seal cannot be used at that moment; asked before anything is drawn."""
        ...

    def seal(self, content: bytes, *, check_url: str, at: datetime) -> Sealed:
        """Seal one PDF by adding to its end: what was drawn stays the beginning of the result, byte for byte.

        ``check_url`` is written into the seal in the clear; ``at`` (aware) is the moment of sealing. Raises
        ``SealError``.
        """
        ...
