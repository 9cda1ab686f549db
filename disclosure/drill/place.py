"""Where a drill runs: a database, a folder and a process group of its own, of which nothing stays behind."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

APP, KEY = "LISHU-JT-01", "drill"


def url_of(database: Mapping[str, Any], name: str) -> str:
    """DATABASE_URL of another database on the same server."""
    user = quote(str(database.get("USER") or ""), safe="")
    password = f":{quote(str(database['PASSWORD']), safe='')}" if database.get("PASSWORD") else ""
    host, port = str(database.get("HOST") or ""), str(database.get("PORT") or "")
    if host.startswith("/") or not host:
        found = {key: value for key, value in (("host", host), ("port", port)) if value}
        return f"postgresql://{user}{password}@/{name}" + (f"?{urlencode(found)}" if found else "")
    return f"postgresql://{user}{password}@{host}" + (f":{port}" if port else "") + f"/{name}"


@contextmanager
def scratch_database() -> Iterator[str]:
    """An empty database on our server, dropped in the end whoever still holds it."""
    name = f"lishu_drill_{secrets.token_hex(5)}"
    _ask(f"CREATE DATABASE {name}")
    try:
        yield url_of(connection.settings_dict, name)
    finally:
        _ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _ask(statement: str) -> None:
    """One statement outside every transaction, over a connection of its own."""
    apart = connection.copy()
    with contextlib.closing(apart), apart.cursor() as cursor:
        cursor.execute(statement)


def run_apart(words: Sequence[str], url: str) -> tuple[int, str]:
    """``manage.py <words>`` on that database with a folder of its own; exit code and what it printed.

    However it ends, its whole process group ends with it.
    """
    folder = Path(tempfile.mkdtemp(prefix="feed-drill-"))
    environ = {
        **os.environ,
        "DATABASE_URL": url,
        "LISHU_DEMO": "1",
        "LISHU_DEMO_CLOCK": str(folder / "clock"),
        "LISHU_FEED_APP": APP,
        "LISHU_FEED_KEY_ID": KEY,
        "LISHU_FEED_SECRET": secrets.token_hex(16),
        "LISHU_FEED_KEYS_FILE": "",
    }
    command = [sys.executable, str(settings.ROOT / "manage.py"), *words, "--inside", str(folder)]
    process = subprocess.Popen(
        command, cwd=settings.ROOT, env=environ, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        printed, _nothing = process.communicate()
        return process.returncode, printed
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def make_tables() -> None:
    """All tables at once, without the migrations: a scratch database has no past."""
    without = {config.label: None for config in apps.get_app_configs()}
    with override_settings(MIGRATION_MODULES=without):
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
