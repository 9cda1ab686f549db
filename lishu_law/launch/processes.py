"""Child processes: started in their own sessions, noted in a file, recognised after a killed run, stopped whole.

A note holds the process id and the start tick of the kernel's table, so that a recycled id is never taken for ours.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 10.0  # seconds between asking a process to stop and killing it
PAUSE = 0.02
# Those this launcher started and has not stopped yet: an ended one must be waited for, or it stays as a zombie.
children: dict[int, subprocess.Popen[bytes]] = {}
LARGEST_LOG = 5_000_000  # bytes; a bigger log is set aside at the next start


@dataclass(frozen=True)
class Account:
    """The user a child runs as, when it is not the one who runs the launcher."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Command:
    """What to start."""

    name: str
    words: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    folder: Path
    keep_open: tuple[int, ...] = ()
    account: Account | None = None


@dataclass
class Running:
    """A started process, or one found again by its note."""

    name: str
    pid: int
    tick: str
    note: Path

    def is_alive(self) -> bool:
        """Whether this very process still runs; a finished child that nobody waited for counts as gone."""
        child = children.get(self.pid)
        if child is not None:
            return child.poll() is None
        return start_tick(self.pid) == self.tick

    @property
    def exit_code(self) -> int | None:
        """How our child ended; None while it runs, or when it is not our child."""
        child = children.get(self.pid)
        return None if child is None else child.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the whole process group."""
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return


def start(command: Command, note: Path) -> Running:
    """Start in a new session (Ctrl-C in the terminal reaches only the launcher), its output in the log."""
    if command.log.exists() and command.log.stat().st_size > LARGEST_LOG:
        command.log.replace(command.log.with_suffix(".old.log"))
    account = command.account
    with command.log.open("ab") as log:
        child = subprocess.Popen(
            list(command.words),
            env=dict(command.environ),
            cwd=command.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=command.keep_open,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    children[child.pid] = child
    running = Running(command.name, child.pid, start_tick(child.pid), note)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"pid": running.pid, "tick": running.tick}), encoding="ascii")
    return running


def find(note: Path) -> Running | None:
    """The process of a note when it still runs."""
    try:
        noted = json.loads(note.read_text(encoding="ascii"))
        running = Running(note.stem, int(noted["pid"]), str(noted["tick"]), note)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return running if running.tick and running.is_alive() else None


def stop(
    processes: Sequence[Running],
    *,
    ask: signal.Signals = signal.SIGTERM,
    patience: float = PATIENCE,
) -> None:
    """Ask all of them to stop, wait, kill what is left with its children, and forget the notes."""
    for process in processes:
        process.send(ask)
    wait_until(lambda: not any(process.is_alive() for process in processes), patience)
    for process in processes:
        # The group may outlive its leader (a worker's children after kill -9), so it is killed in any case.
        process.send(signal.SIGKILL)
    wait_until(lambda: not any(process.is_alive() for process in processes), PATIENCE)
    for process in processes:
        process.note.unlink(missing_ok=True)
        children.pop(process.pid, None)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def start_tick(pid: int) -> str:
    """When the process started, by boot and kernel tick; empty when there is none or only its zombie."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
    fields = line.rpartition(")")[2].split()
    return "" if fields[0] in {"Z", "X"} else f"{boot}:{fields[19]}"


def working_in(folder: Path, program: str) -> list[int]:
    """The processes of this program whose working folder is this one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(folder) and (entry / "comm").read_text().strip() == program:
                found.append(int(entry.name))
        except OSError:
            continue
    return found
