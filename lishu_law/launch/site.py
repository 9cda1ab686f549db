"""The processes of a running site: mock exchange, web server, worker with beat; started, watched, stopped together."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lishu_law.launch import ports, processes, variables
from lishu_law.launch.home import Home, State
from lishu_law.launch.processes import Command, Running
from lishu_law.launch.progress import LaunchError, say, step, tail

TITLES = {"mock": "Mock exchange 模拟平台", "web": "Web server", "worker": "Worker with beat"}
START_SECONDS = 90.0
RESTARTS, RESTART_WINDOW = 5, 60.0  # more crashes of one process within the window end the run
MOCK_PORT = 8100


@dataclass
class Site:
    """What is running and how to start each part again."""

    home: Home
    state: State
    environ: Mapping[str, str]
    listener: socket.socket
    mock_port: int
    commands: dict[str, Command] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    crashes: dict[str, list[float]] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def host(self) -> str:
        """The address to ask: the one listened on, or this machine's own when that is every address."""
        address = str(self.listener.getsockname()[0])
        address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
        return f"[{address}]" if ":" in address else address

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def mock_url(self) -> str:
        return f"http://127.0.0.1:{self.mock_port}"

    def start(self, name: str) -> None:
        """Start one process."""
        self.running[name] = processes.start(self.commands[name], self.state.notes / f"{name}.json")

    def watch(self) -> None:
        """Start again what ended by itself. Raises LaunchError when that happens over and over."""
        for name, process in list(self.running.items()):
            if process.is_alive():
                continue
            now = time.monotonic()
            recent = [moment for moment in self.crashes.get(name, []) if now - moment < RESTART_WINDOW]
            self.crashes[name] = [*recent, now]
            log = self.commands[name].log
            if len(recent) >= RESTARTS:
                raise LaunchError(f"{name} keeps stopping. 进程反复退出。\n{tail(log)}", f"The whole log: {log}")
            say(f"! {name} stopped by itself (code {process.exit_code}); starting it again. Log: {log}")
            processes.stop([process])
            self.start(name)


@contextmanager
def serve(home: Home, state: State, environ: Mapping[str, str], listener: socket.socket) -> Iterator[Site]:
    """The site, healthy, for as long as the block runs."""
    stop_leftovers(state)
    with_mock = not environ.get("LISHU_FEED_URL")
    wanted = int(environ.get("MOCK_PORT") or MOCK_PORT)
    mock_port = ports.free(wanted if state == home.state else ports.scratch()) if with_mock else 0
    site = Site(home, state, environ, listener, mock_port)
    site.commands = commands(site, with_mock=with_mock)
    try:
        for name, command in site.commands.items():
            if command.log.exists():  # health is read from the log of this start alone
                command.log.replace(command.log.with_suffix(".old.log"))
            site.start(name)
        for name in site.commands:
            with step(TITLES[name]):
                wait_for(site, name)
        yield site
    finally:
        with step("Stopping 正在停止"):
            processes.stop(list(site.running.values()))


def _public_url(site: Site) -> str:
    """What stands in documents and codes when nobody said otherwise."""
    return site.url + site.environ.get("LISHU_PREFIX", "").rstrip("/")


def commands(site: Site, *, with_mock: bool) -> dict[str, Command]:
    """The commands with their environments. The mock gets none of the system's secrets but its own."""
    home, state, python = site.home, site.state, str(site.home.python)
    environ = {**site.environ, "LISHU_PUBLIC_URL": site.environ.get("LISHU_PUBLIC_URL") or _public_url(site)}
    found: dict[str, Command] = {}
    if with_mock:
        environ |= variables.for_feed(site.mock_port)
        own = {name: value for name, value in environ.items() if name in {"PATH", "PYTHONUTF8", "LANG", "TMPDIR"}}
        own |= {name: value for name, value in environ.items() if name.startswith("MOCK_")}
        own |= variables.for_mock(state, site.mock_port)
        words = [python, "-m", "disclosure.mock_feed", "--port", str(site.mock_port)]
        found["mock"] = Command("mock", words, own, state.log("mock"), home.root)
    keep = site.listener.fileno()
    web = [python, "-m", "gunicorn", "lishu_law.wsgi:application", "--bind", f"fd://{keep}", "--worker-class", "sync"]
    web += ["--workers", str(web_workers()), "--timeout", "60", "--no-control-socket", "--access-logfile", "-"]
    web += ["--logger-class", "lishu_law.access_log.QuietLogger"]
    web += ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []
    found["web"] = Command("web", web, environ, state.log("web"), home.root, keep_open=(keep,))
    beat = state.folder / "beat"
    beat.mkdir(exist_ok=True)
    for schedule in beat.iterdir():  # a killed beat leaves a broken file; everything in it is made anew
        schedule.unlink()
    worker = [python, "-m", "celery", "-A", "lishu_law", "worker", "-P", "threads", "-c", "4", "-B"]
    worker += ["-s", str(beat / "schedule"), "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    found["worker"] = Command("worker", worker, environ, state.log("worker"), home.root)
    return found


def web_workers() -> int:
    """Two at least, so that one slow page does not stop the others."""
    return max(2, min(4, os.cpu_count() or 2))


def wait_for(site: Site, name: str) -> None:
    """Wait until the process is healthy. Raises LaunchError with the end of its log."""
    log = site.commands[name].log
    process = site.running[name]
    checks = {
        "web": lambda: answers(site.url, "/healthz"),
        "mock": lambda: answers(site.mock_url, "/api/v1/healthz"),
        "worker": lambda: says_ready(log),
    }
    processes.wait_until(lambda: not process.is_alive() or checks[name](), START_SECONDS)
    if not process.is_alive() or not checks[name]():
        raise LaunchError(f"{name} did not start. 进程未能启动。\n{tail(log)}", f"The whole log: {log}")


def answers(url: str, path: str) -> bool:
    """Whether the address answers with success, or with a refusal of our host name, which only a live site gives."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status in {200, 400}
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def says_ready(log: Path) -> bool:
    """Whether the worker's log of this start says that it takes work."""
    try:
        return " ready." in log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def stop_leftovers(state: State) -> list[str]:
    """Stop what a killed run left behind; the names of what was stopped."""
    left = [found for name in TITLES if (found := processes.find(state.notes / f"{name}.json"))]
    processes.stop(left)
    return [found.name for found in left]
