"""The processes of a drill: workers and the mock exchange, killed at will and started again, and the clock they share."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from disclosure.demo import ORGAN_USCC
from disclosure.drill.place import APP, KEY

READ_SECONDS = 10
AT_ONCE = 25  # rows a worker holds: few enough that they are done long before the sped-up lease ends
START_SECONDS = 60.0


class Clock:
    """The demo clock's file, which workers and mock read; it only goes forward."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.offset = 0.0
        self.move(0.0)

    def move(self, seconds: float) -> None:
        """Let that many seconds pass at once."""
        self.offset += seconds
        fresh = self._path.with_suffix(".new")
        fresh.write_text(f"{self.offset:.3f}\n", encoding="ascii")
        os.replace(fresh, self._path)


class Mock:
    """The mock exchange on one port and one file, through all its deaths."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/api/v1"
        self.process: subprocess.Popen[bytes] | None = None
        self.on_start: Callable[[], None] | None = None
        keys = {APP: {"uscc": ORGAN_USCC, "keys": {KEY: settings.FEED_SECRET}}}
        (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")

    @property
    def database(self) -> Path:
        return self._folder / "exchange.sqlite3"

    @property
    def is_up(self) -> bool:
        return self.process is not None

    def start(self) -> None:
        """Start it and wait until it answers."""
        environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "MOCK_KEYS_FILE": str(self._folder / "keys.json"),
            "MOCK_DB": str(self.database),
            "MOCK_CLOCK_FILE": settings.DEMO_CLOCK_FILE,
            "MOCK_FAULTS": "1",
            "MOCK_SEED": str(self._seed),
            "MOCK_RATE": "0",
            "MOCK_DAILY": "0",
        }
        words = [sys.executable, "-m", "disclosure.mock_feed", "--port", str(self.port)]
        self.process = subprocess.Popen(words, cwd=settings.ROOT, env=environ, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(URLError, OSError):
                urlopen(f"{self.url}/healthz", timeout=5).close()
                if self.on_start is not None:
                    self.on_start()
                return
            time.sleep(0.05)
        raise RuntimeError("the mock exchange does not answer")

    def stop(self, number: int = signal.SIGKILL) -> None:
        """End it, by default without warning."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None

    def control(self, path: str, document: dict[str, Any] | None = None, *, method: str = "POST") -> None:
        """One of its control paths."""
        body = None if method == "DELETE" else json.dumps(document or {}).encode()
        request = Request(f"http://127.0.0.1:{self.port}/__mock__/{path}", body, method=method)
        with urlopen(request, timeout=30) as answer:
            answer.read()


class Workers:
    """Real worker processes: one sends in batches, the others one by one; all poll."""

    def __init__(self, url: str, count: int) -> None:
        self._environ = {**os.environ, "LISHU_FEED_URL": url}
        self._count = count
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        for place in range(self._count):
            self.running.append(self._one(place))

    def kill(self, place: int) -> None:
        """``kill -9`` of one, and another takes its place."""
        self.running[place].kill()
        self.running[place].wait()
        self.running[place] = self._one(place)

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def _one(self, place: int) -> subprocess.Popen[bytes]:
        words = [
            sys.executable,
            "manage.py",
            "drain_outbox",
            "--forever",
            "--poll",
            "--read-seconds",
            str(READ_SECONDS),
        ]
        words += ["--most", str(AT_ONCE)] + (["--one-by-one"] if place else [])
        return subprocess.Popen(words, cwd=settings.ROOT, env=self._environ, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
