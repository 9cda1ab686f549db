"""BATCH: an officer's case page, through the real server, while the real worker issues a batch of decisions.

The worker runs as ``./lishu`` starts it, on a broker database of its own. What counts for people is the slowest answer
of twenty (p95): at most twice as long as with an idle worker (issue 7).
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.urls import reverse

from cases.actions.decision import approve_decision
from cases.actions.issuing import TASK, order_issue
from cases.models import Document, IssueItem, ItemOutcome, SignatureState, SignedApproval
from lishu_law.celery import app
from lishu_law.demo.bench.cases import cases_to_decide, deepest_case
from lishu_law.demo.bench.measuring import Line
from lishu_law.demo.bench.pages import signed_in
from lishu_law.demo.bench.people import Staff
from lishu_law.demo.bench.served import READY_SECONDS, Served, answers, environment, request_of, server, wait
from lishu_law.documents.models import PdfState
from lishu_law.pdf.render import engine

DECISIONS = 100
PAUSE = 0.05  # seconds between an answer and the next question: a person reads
LONGEST = 900.0  # seconds a batch may take
OWN_DATABASE = 9  # of Redis: messages of others are not this worker's


def page_beside_a_batch(staff: Staff, count: int, seconds: float) -> Line | None:
    """p95 of the case page in milliseconds, idle and beside a batch. None without the engine's libraries."""
    if engine is None:
        return None
    case, signed = deepest_case(staff), _signed(staff, count)
    cookie = signed_in(staff).cookies[settings.SESSION_COOKIE_NAME].value
    question = request_of(reverse("case", args=[case.clue_no]), f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}\r\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        server("lishu_law.wsgi:application", environment(staff)) as port,
        _worker({**environment(staff), **_like_here(), "LISHU_MEDIA_ROOT": folder}, Path(folder)),
    ):
        site = Served(port, question)
        wait(site)
        _asked(site, _for(seconds / 4))
        idle = _p95(_asked(site, _for(seconds)))
        started = time.monotonic()
        order_issue(by=staff.head, references=[one.reference for one in signed])
        _wake()
        busy = _p95(_asked(site, _until_issued(signed)))
        took = time.monotonic() - started
    missing = IssueItem.objects.filter(signature__in=signed).exclude(state=ItemOutcome.ISSUED).count()
    note = f"{count} decisions issued and drawn in {took:.0f} s, {missing} missing"
    return Line(
        "BATCH", "case page beside a batch, p95", "ms", idle * 1000, busy * 1000, 2, also_holds=not missing, note=note
    )


def _signed(staff: Staff, count: int) -> list[SignedApproval]:
    """As many decisions signed by the head. What the walks sealed before is not drawn: only the batch is measured."""
    ids = []
    for walk in cases_to_decide(staff, count):
        walk.step(approve_decision, staff.head, agree=True, opinion="事实清楚，同意。", in_batch=True)
        ids.append(walk.case.pk)
    unfinished = Q(pdf_state=PdfState.WAITING) | Q(pdf_state=PdfState.RENDERING)
    Document.objects.filter(unfinished).update(pdf_state=PdfState.FAILED, pdf_error="基准测试不生成")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return list(SignedApproval.objects.filter(case__in=ids, state=SignatureState.WAITING).order_by("pk"))


def _like_here() -> dict[str, str]:
    """A measurement runs in demonstration mode only; the worker seals with the seal this process would use."""
    return {"LISHU_DEMO": "1", **({"LISHU_SEAL_TRIAL": "1"} if settings.SEAL_TRIAL else {})}


def _own_broker() -> str:
    url = str(settings.CELERY_BROKER_URL)
    if url.startswith("redis+socket://"):
        return f"{url}{'&' if '?' in url else '?'}virtual_host={OWN_DATABASE}"
    place, _, path = url.partition("://")
    return f"{place}://{path.partition('/')[0]}/{OWN_DATABASE}"


@contextmanager
def _worker(environ: dict[str, str], folder: Path) -> Iterator[None]:
    """The worker with its beat as ``lishu_law.launch.site`` starts them; stopped at the end."""
    words = [sys.executable, "-m", "celery", "-A", "lishu_law", "--broker", _own_broker(), "worker", "-P", "threads"]
    words += [
        "-c",
        "4",
        "-B",
        "-s",
        str(folder / "schedule"),
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]
    said = folder / "worker.log"
    with said.open("wb") as log:
        process = subprocess.Popen(words, env=environ, cwd=settings.ROOT, stdout=log, stderr=log)
        try:
            end = time.monotonic() + READY_SECONDS
            while b" ready." not in said.read_bytes():
                if process.poll() is not None or time.monotonic() > end:
                    raise ValueError("the worker does not start")
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wake() -> None:
    """The nudge that the act sends, to this worker's own messages."""
    with app.connection_for_write(_own_broker()) as there:
        app.send_task(TASK, connection=there)


def _for(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def _until_issued(signed: list[SignedApproval]) -> Callable[[], bool]:
    """Goes on while a decision of the batch is to be issued or a paper of it to be drawn; asked twice a second."""
    until, asked, is_busy = time.monotonic() + LONGEST, time.monotonic(), True
    items = IssueItem.objects.filter(signature__in=signed, state=ItemOutcome.WAITING)
    undrawn = Q(pdf_state__in=(PdfState.WAITING, PdfState.RENDERING))
    papers = Document.objects.filter(undrawn, case__in=[one.case_id for one in signed])

    def goes_on() -> bool:
        nonlocal asked, is_busy
        now = time.monotonic()
        if now - asked >= 0.5:
            asked, is_busy = now, items.exists() or papers.exists()
        return is_busy and now < until

    return goes_on


def _asked(site: Served, goes_on: Callable[[], bool]) -> list[float]:
    """How long each answer took, one question after another."""
    took = []
    while goes_on():
        started = time.perf_counter()
        if not answers(site):
            raise ValueError("a page was not served")
        took.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    return took


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[math.ceil(len(seconds) * 0.95) - 1]
