"""The migrated database every database of the tests is copied from, kept by the embedded server from run to run.

Migrating takes longer than most files of tests. The copy is migrated once more, which finds nothing to do, so a template
can only save time: what it is kept under is a digest of the migrations, of our modules they import, and of the settings.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

PREFIX = "lishu_template_"
KEPT = 3  # of them: the branches somebody works on by turns
LOCK = 7_301_986  # the workers of a run: one makes it, the others wait
OURS = ("cases", "inspections", "disclosure", "lishu_law")


def use_template() -> None:
    """Let the databases of this run be copied; on a server of somebody else nothing is left behind."""
    if not str(connection.settings_dict["HOST"]).startswith("/"):
        return
    name = f"{PREFIX}{digest(Path(settings.ROOT))[:16]}"
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django's own way to the server
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid", [PREFIX])
            held = [found for (found,) in cursor.fetchall()]
            if name not in held:
                for old in held[: len(held) - KEPT + 1]:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
                _make(f"{name}_draft")
                cursor.execute(f'ALTER DATABASE "{name}_draft" RENAME TO "{name}"')
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def digest(root: Path) -> str:
    """Of everything a migration's outcome may depend on."""
    migrations = sorted(path for app in OURS for path in root.joinpath(app).glob("**/migrations/*.py"))
    files = {
        *migrations,
        *(path for one in migrations for path in _imported(one, root)),
        root / "lishu_law/settings.py",
    }
    found = hashlib.sha256((root / "pyproject.toml").read_bytes())
    for path in sorted(files):
        found.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def _imported(path: Path, root: Path) -> Iterator[Path]:
    """Our modules this one imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            place = root.joinpath(*name.split("."))
            for module in (place.with_suffix(".py"), place / "__init__.py"):
                if name.split(".")[0] in OURS and module.is_file():
                    yield module


def _make(draft: str) -> None:
    """Migrate it as Django would. A draft a killed run left is made anew."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    given, test["NAME"] = test["NAME"], draft
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"], test["NAME"] = own, given
