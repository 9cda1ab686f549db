"""What a leaf of the register says, byte for byte, and the salted commit in it (security.md §11.1, rules 1–3).

The commit binds a publication without showing it: when salt and content are destroyed, nobody can confirm a guess.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

SALT_SIZE = 32
PUBLISH, CORRECT, WITHDRAW, EXPIRE, ANCHOR = "publish", "correct", "withdraw", "expire", "anchor"
EVENTS = (PUBLISH, CORRECT, WITHDRAW, EXPIRE, ANCHOR)
LAST_EVENTS = (WITHDRAW, EXPIRE)
_encoded = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Entry:
    """One event: of which record (or which anchored log), its version, what happened, and the commit."""

    rid: str
    ver: int
    ev: str
    commit: str


def canonical(value: Mapping[str, Any]) -> bytes:
    """Rule 1: keys sorted by code point, no spaces, UTF-8 unescaped, null left out. ``TypeError`` for a float."""
    return _encoded(_plain(value)).encode()


def leaf_bytes(seq: int, at: datetime, entry: Entry) -> bytes:
    """Rule 2: the seven keys of the leaf with number ``seq``; ``at`` is aware and kept to the second."""
    said = {"v": 1, "seq": seq, "rid": entry.rid, "ver": entry.ver, "ev": entry.ev, "at": stamp(at)}
    return canonical({**said, "commit": entry.commit})


@lru_cache(maxsize=16)
def stamp(at: datetime) -> str:
    """``YYYY-MM-DDThh:mm:ss+08:00``."""
    return at.astimezone(_SHANGHAI).isoformat(timespec="seconds")


def commit(salt: bytes, content: Mapping[str, Any]) -> str:
    """SHA-256(salt ‖ canonical content) in hex. ``ValueError`` for a salt of another size than 32 bytes."""
    if len(salt) != SALT_SIZE:
        raise ValueError("a salt has 32 bytes")
    return hashlib.sha256(salt + canonical(content)).hexdigest()


def new_salt() -> bytes:
    """32 bytes nobody can guess; a fresh one for every event."""
    return secrets.token_bytes(SALT_SIZE)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            str(name): one if type(one) is str else _plain(one)  # most of a content
            for name, one in value.items()
            if one is not None
        }
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (str, int)):  # bool is an int
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")
