"""G9: the outbox pushed one by one to the real mock exchange, beside a bare loop with the same bytes and no database."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from disclosure.demo import ORGAN_USCC, seed_records
from disclosure.feed import wire
from disclosure.feed.client import PATHS, FeedClient
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox.send import drain
from lishu_law import clock
from lishu_law.demo.bench.measuring import ROUNDS, Cost, Line, best, whole

APP, KEY = "LISHU-JT-01", "bench"
LONGEST = 600.0  # seconds of one turn
Message = tuple[str, bytes, dict[str, str]]


def push(count: int) -> Line:
    """G9. The mock is emptied before every turn; signing for the bare loop is done before its time begins."""
    missing = count - Delivery.objects.count()
    if missing > 0:
        seed_records(missing, pending=missing)
    secret = secrets.token_hex(16)
    floors: list[Cost] = []
    ours: list[Cost] = []
    with _exchange(secret) as url, override_settings(
        FEED_URL=f"{url}/api/v1", FEED_APP=APP, FEED_KEY_ID=KEY, FEED_SECRET=secret, FEED_SIGN_ALG="HMAC-SHA256"
    ):  # fmt: skip
        for turn in range(ROUNDS):
            for act in (_bare, _drained) if turn % 2 == 0 else (_drained, _bare):
                _post(url, "reset")
                _wait_again(count)
                (floors if act is _bare else ours).append(act(url, count))
    floor, our = best(floors), best(ours)
    processor = f"processor of the sender {our.cpu / floor.cpu:.2f} times ({our.cpu / count * 1e6:.0f} µs a record)"
    return Line("G9", f"pushing {count} records", "s", floor.wall, our.wall, 1.5, note=processor)


def _drained(_url: str, count: int) -> Cost:
    with FeedClient() as client:

        def act() -> None:
            done = drain(client, seconds=LONGEST, batches=False)
            if done.sent != count:
                raise ValueError(f"{done.sent} of {count} records were taken {done.alarm}")

        return whole(act)()


def _bare(url: str, count: int) -> Cost:
    messages = _signed(count)
    address = urlsplit(url)

    def act() -> None:
        kept = HTTPConnection(address.hostname or "", address.port)
        for path, body, headers in messages:
            kept.request("POST", path, body=body, headers=headers)
            response = kept.getresponse()
            answer = response.read()
            if response.status != 202:
                raise ValueError(f"the exchange answers {response.status} {answer[:200]!r}")
        kept.close()

    return whole(act)()


def _signed(count: int) -> list[Message]:
    """The same bytes the outbox holds, with everything the exchange asks for."""
    rows = Delivery.objects.order_by("id").values_list("kind", "body", "idem_key")[:count]
    return [_message(f"/api/v1{PATHS[kind]}", bytes(body), key) for kind, body, key in rows.iterator()]


def _message(path: str, body: bytes, key: str) -> Message:
    headers = {
        "X-App-Id": APP,
        "X-Key-Id": KEY,
        "X-Timestamp": str(int(clock.now().timestamp() * 1000)),
        "X-Nonce": secrets.token_urlsafe(18),
        "X-Sign-Alg": "HMAC-SHA256",
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
    }
    headers["X-Sign"] = wire.sign_request(settings.FEED_SECRET, "POST", path, headers, body)
    return path, body, headers


def _wait_again(count: int) -> None:
    """The first ``count`` records wait in the outbox as if nothing had been sent; the others count as sent."""
    ids = Delivery.objects.order_by("id").values("pk")[:count]
    Delivery.objects.filter(pk__in=ids).update(
        state=DeliveryState.PENDING, next_at=clock.now(), lease_until=None, attempts=0, receipt=None, receipt_no="",
        sent_at=None, confirmed_at=None, poll_at=None, last_code="", last_error="", trace_id="",
    )  # fmt: skip
    Delivery.objects.exclude(pk__in=ids).update(state=DeliveryState.SUPERSEDED)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE disclosure_delivery")  # what autovacuum does between two working days


@contextmanager
def _exchange(secret: str) -> Iterator[str]:
    """The mock exchange in a process of its own, without rate limits, on a free port of the loopback."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys.json"
        keys.write_text(json.dumps({APP: {"uscc": ORGAN_USCC, "keys": {KEY: secret}}}), encoding="utf-8")
        environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "MOCK_KEYS_FILE": str(keys),
            "MOCK_DB": str(Path(folder) / "exchange.sqlite3"),
            "MOCK_FAULTS": "1",  # the control paths, for emptying it
            "MOCK_RATE": "0",
            "MOCK_DAILY": "0",
            "MOCK_CLOCK_FILE": settings.DEMO_CLOCK_FILE,
        }
        words = [sys.executable, "-m", "disclosure.mock_feed", "--port", "0"]
        process = subprocess.Popen(words, cwd=settings.ROOT, env=environ, stdout=subprocess.PIPE, text=True)
        with process:
            try:
                line = process.stdout.readline() if process.stdout else ""
                yield line.strip().rpartition(" ")[2].rstrip("/")
            finally:
                process.terminate()


def _post(url: str, control: str) -> None:
    address = urlsplit(url)
    connected = HTTPConnection(address.hostname or "", address.port, timeout=30)
    connected.request("POST", f"/__mock__/{control}", body=b"{}", headers={"Content-Type": "application/json"})
    status = connected.getresponse().status
    connected.close()
    if status >= 300:
        raise ValueError(f"the exchange refuses {control}: {status}")
