"""The applications the exchange knows and their secrets, read from the keys file and read again when it changes."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from disclosure.mock_feed.errors import Json


@dataclass(frozen=True)
class App:
    """One sending application; `allowed` are the addresses it may come from, empty for any."""

    app_id: str
    uscc: str
    keys: dict[str, str]
    allowed: frozenset[str]


class Keyring:
    """All applications. A key may be expired at run time, which a reset takes back."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stamp = (0, 0, 0)
        self._apps: dict[str, App] = {}
        self._expired: set[tuple[str, str]] = set()
        self._load()

    def app(self, app_id: str) -> App | None:
        """The application, None when unknown."""
        state = os.stat(self._file)
        if (state.st_mtime_ns, state.st_ino, state.st_size) != self._stamp:
            try:
                self._load()
            except (ValueError, KeyError, TypeError, AttributeError):
                self._stamp = (0, 0, 0)  # half-written: keep the last good keys, look again next time
        return self._apps.get(app_id)

    def secret(self, app: App, key_id: str) -> str | None:
        """The key's secret, None when unknown or expired."""
        return None if (app.app_id, key_id) in self._expired else app.keys.get(key_id)

    def expire(self, app_id: str, key_id: str) -> None:
        """Let a key be refused from now on."""
        self._expired.add((app_id, key_id))

    def reset(self) -> None:
        """Make all keys of the file valid again."""
        self._expired.clear()

    def known_apps(self) -> list[App]:
        """All applications."""
        return list(self._apps.values())

    def _load(self) -> None:
        state = os.stat(self._file)
        document: Json = json.loads(self._file.read_text(encoding="utf-8"))
        self._apps = {
            app_id: App(
                app_id=app_id,
                uscc=str(entry["uscc"]),
                keys={str(key_id): str(secret) for key_id, secret in entry["keys"].items()},
                allowed=frozenset(entry.get("allowed", ())),
            )
            for app_id, entry in document.items()
        }
        self._stamp = (state.st_mtime_ns, state.st_ino, state.st_size)
