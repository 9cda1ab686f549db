"""Our secrets at the exchange: two may be valid at once, and a new one is taken up without a restart (feed_api.md §2).

Either the one key of ``FEED_KEY_ID`` and ``FEED_SECRET``, or a JSON file ``{"<key id>": "<secret>", …}`` whose first key
is the one to use and whose others stay good during the change-over. The file is read again whenever it changes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Key:
    """One secret and the name the exchange knows it by."""

    key_id: str
    secret: str = field(repr=False)


@dataclass
class Standing:
    """What this process has learned of one exchange: how far its clock is ahead, and which keys it refuses."""

    offset_ms: int = 0
    refused: set[str] = field(default_factory=set)

    def usable(self, keys: tuple[Key, ...]) -> Key:
        """The first key not refused; when all are, the first again: the exchange may have changed its mind."""
        for key in keys:
            if _mark_of(key) not in self.refused:
                return key
        self.refused.clear()
        return keys[0]

    def other(self, keys: tuple[Key, ...], refused: Key) -> Key | None:
        """``refused`` is no good; the next key to try, if there is one."""
        self.refused.add(_mark_of(refused))
        return next((key for key in keys if _mark_of(key) not in self.refused), None)


_standings: dict[str, Standing] = {}
_last_good: dict[str, tuple[Key, ...]] = {}


def standing(url: str) -> Standing:
    """What this process knows of the exchange under that address."""
    return _standings.setdefault(url, Standing())


def keyring() -> tuple[Key, ...]:
    """All our keys, the one to use first. A half-written file leaves the last good keys in force."""
    path = settings.FEED_KEYS_FILE
    if not path:
        return (Key(settings.FEED_KEY_ID, settings.FEED_SECRET),)
    try:
        found = os.stat(path)
        keys = _keys_in(path, found.st_mtime_ns, found.st_ino, found.st_size)
    except (OSError, ValueError, AttributeError) as problem:
        log.warning("the file of exchange keys cannot be read: %s", type(problem).__name__)
        return _last_good.get(path) or (Key(settings.FEED_KEY_ID, settings.FEED_SECRET),)
    _last_good[path] = keys
    return keys


@lru_cache(maxsize=4)
def _keys_in(path: str, _changed_at: int, _inode: int, _size: int) -> tuple[Key, ...]:
    found = json.loads(Path(path).read_text(encoding="utf-8"))
    keys = tuple(Key(str(key_id), str(secret)) for key_id, secret in found.items())
    if not keys:
        raise ValueError("no key")
    return keys


def _mark_of(key: Key) -> str:
    """Tells keys apart without keeping a secret where it does not belong."""
    return f"{key.key_id}:{hashlib.sha256(key.secret.encode()).hexdigest()[:16]}"
