"""The environment of the children: everything settings.py reads, with secrets made once and kept in files."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from lishu_law.launch.home import Home, State
from lishu_law.launch.system import font_folder

FEED_APP, FEED_KEY = "LISHU-JT-01", "k1"
DEMO_CREDIT_CODE = "11220322MB0T00015M"  # of the demo bureau
TRUE_WORDS = {"1", "true", "yes", "on"}  # as the settings read them
DROPPED = {"PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"}


def for_children(home: Home, state: State, environ: Mapping[str, str], *, demo: bool) -> dict[str, str]:
    """The caller's environment with what the system needs added; what the caller set is kept.

    Only a demonstration has the trial seal; a bureau whose own seal is not configured waits for it.
    """
    kept = {name: value for name, value in environ.items() if name not in DROPPED}
    ours = {
        "LISHU_DEMO": "1" if demo else "0",
        "LISHU_DEBUG": "0",
        "LISHU_ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
    }
    own_files = {
        "LISHU_SECRET_KEY": secret_file(state.secrets / "secret-key", 50),
        "LISHU_FIELD_KEY": secret_file(state.secrets / "field-key", 32),
        "LISHU_RATING_KEY": secret_file(state.secrets / "rating-key", 32),
        "LISHU_REGISTER_KEY": secret_file(state.secrets / "register-key", 32),
        "LISHU_FEED_SECRET": secret_file(state.secrets / "feed-secret", 32),
    }
    is_demo = kept.get("LISHU_DEMO", ours["LISHU_DEMO"]).lower() in TRUE_WORDS
    if is_demo and "LISHU_SEAL_FILE" not in kept:
        ours["LISHU_SEAL_TRIAL"] = "1"
    for name, path in own_files.items():
        if name not in kept:
            ours[f"{name}_FILE"] = str(path)
    folder = font_folder(home)
    if folder:
        ours["LISHU_FONT_DIR"] = str(folder)
    placed = {
        "LISHU_HOME": str(state.folder),
        "LISHU_DEMO_CLOCK": str(state.folder / "demo-clock"),
        "LISHU_MEDIA_ROOT": str(state.folder / "media"),
        "LISHU_STATIC_ROOT": str(state.folder / "static"),
        "PATH": f"{home.venv / 'bin'}{os.pathsep}{environ.get('PATH', os.defpath)}",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }
    if state == home.state:  # the folders of a scratch state are its own, whatever the caller keeps elsewhere
        placed |= {name: kept[name] for name in ("LISHU_MEDIA_ROOT", "LISHU_STATIC_ROOT") if name in kept}
    return {**ours, **kept, **placed}


def for_feed(port: int) -> dict[str, str]:
    """How the system reaches the mock exchange on this port."""
    return {
        "LISHU_FEED_URL": f"http://127.0.0.1:{port}/api/v1",
        "LISHU_FEED_APP": FEED_APP,
        "LISHU_FEED_KEY_ID": FEED_KEY,
    }


def for_mock(state: State, port: int) -> dict[str, str]:
    """What the mock exchange reads: its port, its own storage, the demo key, the same demo clock."""
    secret = secret_file(state.secrets / "feed-secret", 32).read_text(encoding="ascii").strip()
    keys = {FEED_APP: {"keys": {FEED_KEY: secret}, "uscc": DEMO_CREDIT_CODE}}
    path = state.secrets / "mock-keys.json"
    write_private(path, json.dumps(keys, indent=1) + "\n")
    folder = state.folder / "mock"
    folder.mkdir(mode=0o700, exist_ok=True)
    return {
        "MOCK_PORT": str(port),
        "MOCK_DB": str(folder / "exchange.sqlite3"),
        "MOCK_KEYS_FILE": str(path),
        "MOCK_CLOCK_FILE": str(state.folder / "demo-clock"),
        "MOCK_FAULTS": "1",
    }


def secret_file(path: Path, size: int) -> Path:
    """A file with that many random bytes in hex, made at the first call and readable by its owner only."""
    if not path.exists():
        write_private(path, secrets.token_hex(size) + "\n")
    return path


def write_private(path: Path, text: str) -> None:
    """Write a whole file or none, 0600 from the first byte on."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(text)
    draft.replace(path)
