"""The database before the site runs: role, schema, law data, and the demo in an empty one; each only when needed.

Questions go through the driver of the virtual environment, in a process of its own: the launcher itself has none.
"""

from __future__ import annotations

import hashlib
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from lishu_law.launch.home import Home, State
from lishu_law.launch.postgres import DATABASE, ROLE, place_of
from lishu_law.launch.progress import LaunchError, step, tail

ASK = """
import os, sys, psycopg2
connection = psycopg2.connect(os.environ["LISHU_ASKED_URL"], connect_timeout=10)
connection.autocommit = True
cursor = connection.cursor()
for statement in sys.argv[1:]:
    cursor.execute(statement)
    if cursor.description:
        print(*("" if row[0] is None else row[0] for row in cursor.fetchall()), sep="\\n")
"""
PACKAGES = ("lishu_law", "cases", "inspections", "disclosure")


def ask(home: Home, url: str, *statements: str) -> str:
    """The first column of what the statements return. Raises LaunchError with the server's words."""
    done = subprocess.run(
        [home.python, "-I", "-c", ASK, *statements],
        env={"LISHU_ASKED_URL": url, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = done.stderr.strip().rpartition("psycopg2.")[2].replace("\n", " ") or "no answer"
        raise LaunchError(
            f"The database does not answer. 数据库没有应答。\n    {words}",
            "Check DATABASE_URL (postgresql://user:password@host:port/name) and that the server runs.",
        )
    return done.stdout.strip()


def make_own(home: Home, cluster_url: str) -> None:
    """The ordinary role and its database in an embedded cluster; no superuser, as in production."""
    found = ask(
        home,
        cluster_url,
        f"SELECT rolname FROM pg_roles WHERE rolname = '{ROLE}'",
        f"SELECT datname FROM pg_database WHERE datname = '{DATABASE}'",
    ).split()
    if ROLE not in found[:1]:
        ask(home, cluster_url, f"CREATE ROLE {ROLE} LOGIN CREATEDB")
    if DATABASE not in found[1:]:
        ask(home, cluster_url, f"CREATE DATABASE {DATABASE} OWNER {ROLE}")


def prepare(home: Home, state: State, environ: Mapping[str, str], *, own: bool) -> None:
    """Migrate and load the law, unless our ``own`` embedded database already stands where the code stands."""
    fingerprint = schema_fingerprint(home.root)
    mark = place_of(state) / "prepared" if own else None
    if mark and mark.exists() and mark.read_text(encoding="ascii") == fingerprint:
        return
    manage(home, state, environ, "Database schema", ["migrate", "--no-input", "--verbosity", "0"])
    manage(home, state, environ, "Law data", ["load_law"])
    if mark:
        mark.write_text(fingerprint, encoding="ascii")


def seed(home: Home, state: State, environ: Mapping[str, str]) -> None:
    """Fill a database without any user with the demo; one that has users is never touched."""
    if ask(home, environ["DATABASE_URL"], "SELECT 1 FROM registry_user LIMIT 1"):
        return
    manage(home, state, environ, "Demo data", ["seed_demo"])


def manage(home: Home, state: State, environ: Mapping[str, str], title: str, words: list[str]) -> None:
    """A step done by manage.py, its output in the log."""
    log = state.log("database")
    with step(title, slow=True), log.open("ab") as output:
        done = subprocess.run(
            [home.python, home.root / "manage.py", *words],
            env=dict(environ),
            cwd=home.root,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
        if done.returncode:
            raise LaunchError(
                f"manage {words[0]} did not succeed. 步骤未完成。\n{tail(log)}",
                f"The whole log: {log}. To start afresh: ./lishu down, remove {state.folder}, ./lishu up",
            )


def schema_fingerprint(root: Path) -> str:
    """What the prepared database depends on: every migration and every data file."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and {"migrations", "data"} & set(path.parent.parts):
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def scratch(home: Home, url: str) -> Iterator[str]:
    """A database of our own on DATABASE_URL's server, dropped in the end: a check never writes into the real one."""
    name = f"lishu_check_{secrets.token_hex(6)}"
    ask(home, url, f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        try:
            ask(home, url, f"DROP DATABASE IF EXISTS {name}")
        except LaunchError as failure:
            print(f"! {name} could not be dropped: {failure.what}", file=sys.stderr)
