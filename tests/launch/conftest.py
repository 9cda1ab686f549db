"""A stand-in checkout in a folder with a space in its name: real launcher, small fakes, the running environment."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lishu_law.launch import decoder, environment
from lishu_law.launch.home import Home

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = """
import os, sys, psycopg2
words = sys.argv[1:]
connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.autocommit = True
cursor = connection.cursor()
if words[0] == "migrate":
    cursor.execute("CREATE TABLE IF NOT EXISTS registry_user (name text)")
elif words[0] == "seed_demo":
    cursor.execute("INSERT INTO registry_user VALUES ('chen')")
elif words[0] == "demo_accounts":
    cursor.execute("SELECT name FROM registry_user")
    print(cursor.fetchall())
elif words[0] == "copy":
    sys.stdout.write(sys.stdin.read())
elif words[0] == "where":
    print(os.getcwd())
elif words[0] == "exit":
    sys.exit(int(words[1]))
elif words[0] == "drive_story":
    import urllib.request
    print(urllib.request.urlopen(words[words.index("--base-url") + 1] + "/healthz").read().decode())
    sys.exit(int(os.environ.get("STORY", "0")))
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"healthy"]
"""
CELERY = """
import os
from celery import Celery
app = Celery("lishu_law", broker=os.environ["REDIS_URL"].replace("unix://", "redis+socket://"))
app.conf.broker_connection_retry_on_startup = True
"""
MOCK = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/api/v1/healthz" else 404)
        self.end_headers()
HTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
"""


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder every user can reach (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="lishu test "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def home(short_folder: Path) -> Home:
    """A home whose virtual environment is the one these tests run in."""
    made = Home(ROOT, short_folder / "home of tests").create()
    stand_in_venv(made)
    return made


@pytest.fixture
def checkout(short_folder: Path) -> Path:
    """A whole stand-in checkout that `./lishu` takes for real."""
    root = short_folder / "clone"
    for name, text in {
        "manage.py": MANAGE,
        "lishu_law/__init__.py": "",
        "lishu_law/wsgi.py": WSGI,
        "lishu_law/celery.py": CELERY,
        "disclosure/__init__.py": "",
        "disclosure/mock_feed/__init__.py": "",
        "disclosure/mock_feed/__main__.py": MOCK,
        "requirements/embedded.txt": "# nothing\n",
        "requirements/dev.txt": "# nothing\n",
        "requirements/browser/package.json": "{}",
        "requirements/browser/package-lock.json": "{}",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    shutil.copy2(ROOT / "lishu", root / "lishu")
    shutil.copy2(ROOT / "lishu_law" / "access_log.py", root / "lishu_law" / "access_log.py")
    shutil.copytree(ROOT / "lishu_law" / "launch", root / "lishu_law" / "launch")
    home = Home(root, root / ".lishu").create()
    stand_in_venv(home)
    (home.folder / "fonts-tried").touch()
    for name in ("embedded", "dev"):
        environment.stamp(home, name).write_text(environment.fingerprint(home, name), encoding="ascii")
    (home.folder / "browser").mkdir()
    (home.folder / "browser" / ".installed").write_text(decoder.fingerprint(home), encoding="ascii")
    return root


def stand_in_venv(home: Home) -> None:
    """An environment that runs the interpreter of these tests and shows its packages."""
    home.python.parent.mkdir(parents=True)
    home.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    home.python.chmod(0o755)
    (home.venv / "lib").symlink_to(Path(sys.prefix) / "lib")
