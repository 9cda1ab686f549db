"""Where a run keeps its things: one LISHU_HOME, and inside it one independent state per purpose.

``./lishu up`` uses LISHU_HOME itself; ``test``, ``up --check`` and ``bench`` use a sub-folder each, so that none can
touch what the others keep. The virtual environment and the fonts are shared.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lishu_law.launch.progress import LaunchError

LONGEST_SOCKET = (
    100  # bytes; the kernel's limit is 108, PostgreSQL's name for its lock file is longer than the socket's
)
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/+-]+")  # nothing that an address would have to quote
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class State:
    """One independent set of services and files: database, sockets, logs, uploads, secrets, process notes."""

    folder: Path

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def locks(self) -> Path:
        return self.folder / "locks"

    @property
    def notes(self) -> Path:
        """Notes about processes this state started, one JSON file each."""
        return self.folder / "processes"

    @property
    def run(self) -> Path:
        """The folder of the sockets: inside the state when that is a plain, short, open path, else one of our own."""
        inside = self.folder / "run"
        if fits(inside) and PLAIN_PATH.fullmatch(str(inside)) and is_open(self.folder):
            return inside
        return short_run_folder(self.folder)

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def create(self) -> State:
        """Make the folders; raises LaunchError when they cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            let_through(self.folder)
            for path in (
                self.logs,
                self.secrets,
                self.locks,
                self.notes,
                self.folder / "media",
                self.folder / "static",
            ):
                path.mkdir(exist_ok=True)
                path.chmod(0o700)
        except OSError as error:
            raise not_ours(self.folder, error) from error
        return self

    def wipe(self) -> None:
        """Remove everything of this state; its services must be stopped."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True)
class Home:
    """One LISHU_HOME of one checkout."""

    root: Path
    folder: Path

    @property
    def venv(self) -> Path:
        return self.folder / "venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def fonts(self) -> Path:
        return self.folder / "fonts"

    @property
    def state(self) -> State:
        """The state of ``up`` and ``manage``."""
        return State(self.folder)

    def create(self) -> Home:
        """Make the folder; raises LaunchError when it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            let_through(self.folder)
        except OSError as error:
            raise not_ours(self.folder, error) from error
        return self

    def scratch(self, purpose: str) -> State:
        """The state of one other purpose: test, check, bench."""
        return State(self.folder / purpose)

    def states(self) -> tuple[State, ...]:
        """Every state this home may hold."""
        return (self.state, *(self.scratch(purpose) for purpose in ("test", "check", "bench")))


def find_home(root: Path, environ: Mapping[str, str]) -> Home:
    """The home named by LISHU_HOME, by default ``.lishu`` in the checkout."""
    named = environ.get("LISHU_HOME", "").strip()
    return Home(root, Path(named).expanduser().absolute() if named else root / ".lishu")


def short_run_folder(folder: Path) -> Path:
    """A short folder for sockets derived from the state's path, the same on every call."""
    mark = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:12]
    name = f"lishu-{os.getuid()}-{mark}"
    temporary = Path(tempfile.gettempdir())
    if fits(temporary / name) and PLAIN_PATH.fullmatch(str(temporary)) and is_open(temporary):
        return temporary / name
    return Path("/tmp") / name


def make_private(run: Path) -> None:
    """Create the socket folder, refusing one that somebody else prepared under the name we would use."""
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = run.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise LaunchError(
            f"{run} exists and is not ours. 套接字目录属于他人。",
            f"Remove {run} or set another TMPDIR, then start again.",
        )
    let_through(run)


def let_through(folder: Path) -> None:
    """Close one of our folders to others, except that root's PostgreSQL, another user, must pass through to its own."""
    folder.chmod(0o711 if os.getuid() == 0 else 0o700)


def fits(run: Path) -> bool:
    """Whether a socket below this folder keeps a path the kernel takes."""
    return len(os.fsencode(run / "pg" / SOCKET_NAME)) < LONGEST_SOCKET


def is_open(folder: Path) -> bool:
    """Whether the account of root's PostgreSQL can pass through all parents of our folder; always, when not root."""
    if os.getuid() != 0:
        return True
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.absolute().parents if parent.exists())


def not_ours(folder: Path, error: OSError) -> LaunchError:
    """The failure of a folder that cannot be used."""
    return LaunchError(
        f"Cannot use {folder}: {error.strerror}. 目录不可用。",
        "It may belong to another user. Choose another folder: LISHU_HOME=/some/folder ./lishu …",
    )
