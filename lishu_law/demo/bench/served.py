"""G7: the list page through the real server beside a raw WSGI page on the same server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse
from psycopg2.extensions import make_dsn  # type: ignore[import-untyped]  # the driver has no types

from lishu_law.demo.bench.measuring import ROUNDS, Line
from lishu_law.demo.bench.pages import signed_in
from lishu_law.demo.bench.people import Staff

WORKERS = 2
READY_SECONDS = 120.0  # to begin with, however busy the machine


@dataclass(frozen=True)
class Served:
    """A running server and the request that is put to it."""

    port: int
    request: bytes


def served_page(staff: Staff, seconds: float) -> Line:
    """G7. Rates in requests a second, of ``seconds`` a turn."""
    cookie = signed_in(staff).cookies[settings.SESSION_COOKIE_NAME].value
    ours = request_of(reverse("case-list"), f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}\r\n")
    with ExitStack() as stack:
        applications = ("lishu_law.demo.bench.raw_page:application", "lishu_law.wsgi:application")
        ports = [stack.enter_context(server(name, environment(staff))) for name in applications]
        sites = [Served(ports[0], request_of("/", "")), Served(ports[1], ours)]
        for site in sites:
            wait(site)
            _rate(site, seconds / 4)
        rates: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS):
            for which in (0, 1) if turn % 2 == 0 else (1, 0):
                rates[which].append(_rate(sites[which], seconds))
    note = f"{WORKERS} sync workers, a connection per request"
    return Line(
        "G7", "list page, served", "requests/s", max(rates[0]), max(rates[1]), 0.25, more_is_better=True, note=note
    )


def request_of(path: str, extra: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{extra}Connection: close\r\n\r\n".encode()


def environment(staff: Staff) -> dict[str, str]:
    """What both servers get: the database this process works on, under production's settings."""
    place = connection.settings_dict
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parts = {name: str(place[key]) for name, key in names.items() if place[key]}
    account = ":".join(quote(parts[name], safe="") for name in ("user", "password") if name in parts)
    query = urlencode({name: parts[name] for name in ("host", "port") if name in parts} | place["OPTIONS"])
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{account}{'@' if account else ''}/{place['NAME']}?{query}",
        "BENCH_DSN": make_dsn(dbname=place["NAME"], **parts, **place["OPTIONS"]),
        "BENCH_USER": str(staff.officer.pk),
    }


@contextmanager
def server(application: str, environ: dict[str, str]) -> Iterator[int]:
    """Sync workers on a free port of the loopback, stopped at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        listener.set_inheritable(True)
        words = [sys.executable, "-m", "gunicorn", application, "--bind", f"fd://{listener.fileno()}"]
        words += ["--worker-class", "sync", "--workers", str(WORKERS), "--no-control-socket", "--log-level", "error"]
        process = subprocess.Popen(words, env=environ, cwd=settings.ROOT, pass_fds=(listener.fileno(),))
        try:
            yield int(listener.getsockname()[1])
        finally:
            process.terminate()
            process.wait(timeout=60)


def wait(site: Served) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if answers(site):
            return
        time.sleep(0.1)
    raise ValueError("the server does not answer with the page")


def answers(site: Served) -> bool:
    """Whether one request is answered by a whole page."""
    try:
        with socket.create_connection(("127.0.0.1", site.port), timeout=READY_SECONDS) as connected:
            connected.sendall(site.request)
            answer = connected.recv(65536)
            is_page = answer.startswith(b"HTTP/1.1 200")
            while answer:
                answer = connected.recv(65536)
            return is_page
    except OSError:
        return False


def _rate(site: Served, seconds: float) -> float:
    """Pages a second with as many clients as workers."""
    counts = [0] * WORKERS
    started = time.monotonic()

    def client(place: int) -> None:
        while time.monotonic() < started + seconds:
            if not answers(site):
                raise ValueError("a page was not served")
            counts[place] += 1

    threads = [threading.Thread(target=client, args=(place,)) for place in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - started)
