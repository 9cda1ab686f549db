"""G9 to G11: the outbox pushed to the real mock exchange, one by one, in batches and under faults, beside its floors.

G9's floor is a bare loop with the same bytes and no database, G10's the claiming and marking alone, G11's the same push
to an exchange that makes no trouble.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.test.utils import override_settings

from disclosure.demo import ORGAN_USCC, seed_records
from disclosure.feed import wire
from disclosure.feed.client import PATHS, FeedClient
from disclosure.feed.payload import PENALTY_KIND
from disclosure.models import Delivery, DeliveryState, FeedBreaker
from disclosure.outbox.claim import Mark, claim, record_marks
from disclosure.outbox.send import drain
from lishu_law import clock
from lishu_law.demo.bench.measuring import ROUNDS, Cost, Line, at_best, best, in_all, processor_of, whole

APP, KEY = "LISHU-JT-01", "bench"
LONGEST = 600.0  # seconds of one turn
BETWEEN_RUNS = timedelta(seconds=15)  # as beat starts the task
MOST_ROUNDS = 1000  # a limit or an open breaker ends a run: some seventy of them for 8,707 records
EACH_ONCE = "every record exactly once at the receiver, none lost; waiting times skipped"
Push = Callable[[str, int], Cost]
Message = tuple[str, bytes, dict[str, str]]


def push(count: int) -> Line:
    """G9. The mock is emptied before every turn; signing for the bare loop is done before its time begins."""
    with _ready(count) as (url, _pid):
        floors, ours = _turns(url, count, _bare, _drained)
    floor, our = best(floors), best(ours)
    processor = f"processor of the sender {our.cpu / floor.cpu:.2f} times ({our.cpu / count * 1e6:.0f} µs a record)"
    return Line("G9", f"pushing {count} records", "s", floor.wall, our.wall, 1.5, note=processor)


def push_batches(count: int) -> Line:
    """G10. The same records in batches of a hundred; the floor claims and marks them without sending anything.

    The exchange checks one record after the other in one process: however the sender works, it takes that long.
    """
    spent: list[float] = []
    checking: list[float] = []

    def drained(url: str, count: int) -> Cost:
        costs: list[Cost] = []
        before = processor_of(exchange)
        spent.append(in_all(lambda: costs.append(_drained(url, count, batches=True)), exchange))
        checking.append(processor_of(exchange) - before)
        return costs[0]

    with _ready(count) as (url, exchange):
        floors, ours = _turns(url, count, _marked_only, drained)
    floor, our = best(floors), best(ours)
    alone = f"the exchange, which checks every record, {min(checking):.2f} s of one processor, {min(checking) / floor.wall:.2f} times"
    note = f"{alone}; with sender and database {at_best(min(spent), floor)}"
    return Line("G10", f"pushing {count} records in batches", "s", floor.wall, our.wall, 1.5, note=note)


def push_hostile(count: int) -> Line:
    """G11. A tenth of the requests goes wrong; waiting times are skipped. Raises ``ValueError`` if one is lost or twice."""
    with _ready(count) as (url, _pid):
        floors, ours = _turns(url, count, _drained, _through_faults)
    floor, our = best(floors), best(ours)
    return Line("G11", f"pushing {count} records under 10 % faults", "s", floor.wall, our.wall, 1.5, note=EACH_ONCE)


@contextmanager
def _ready(count: int) -> Iterator[tuple[str, int]]:
    """Enough records, and the exchange with our settings pointing to it: its address and its process."""
    missing = count - Delivery.objects.count()
    if missing > 0:
        seed_records(missing, pending=missing)
    secret = secrets.token_hex(16)
    with _own_clock(), _exchange(secret) as (url, pid), override_settings(
        FEED_URL=f"{url}/api/v1", FEED_APP=APP, FEED_KEY_ID=KEY, FEED_SECRET=secret, FEED_SIGN_ALG="HMAC-SHA256"
    ):  # fmt: skip
        yield url, pid


@contextmanager
def _own_clock() -> Iterator[None]:
    """A clock that may be moved without moving that of the other lines."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clock"
        file.write_text(f"{clock.demo_offset():.3f}\n", encoding="ascii")
        with override_settings(DEMO_CLOCK_FILE=str(file)):
            yield


def _turns(url: str, count: int, floor: Push, ours: Push) -> tuple[list[Cost], list[Cost]]:
    """Both acts in turn, the exchange emptied and everything waiting again before each."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for turn in range(ROUNDS):
        for place in (0, 1) if turn % 2 == 0 else (1, 0):
            _post(url, "faults", method="DELETE")
            _post(url, "reset")
            _wait_again(count)
            costs[place].append((floor, ours)[place](url, count))
    return costs


def _marked_only(_url: str, count: int) -> Cost:
    """Claim and mark, with a receipt of the usual size, and nothing between."""
    receipt = {"receipt_no": "HZ2026010100000000AA", "status": "RECEIVED", "sign": "0" * 64, "content_digest": "0" * 64}

    def act() -> None:
        left = count
        while left > 0:
            taken = claim(clock.now())
            if not taken:
                raise ValueError(f"{left} records could not be claimed")
            now = clock.now()
            record_marks([Mark(row, DeliveryState.SENT, receipt=receipt, sent_at=now, poll_at=now) for row in taken])
            left -= len(taken)

    return whole(act)()


def _through_faults(url: str, count: int) -> Cost:
    _post(url, "hostile", b'{"share": 0.1}')
    first_day = clock.today()

    def act() -> None:
        with FeedClient(read_seconds=10) as client:
            for _round in range(MOST_ROUNDS):
                drain(client, seconds=LONGEST, batches=False)
                if not _let_time_pass():
                    return
        raise ValueError("the records do not get through")

    cost = whole(act)()
    _post(url, "faults", method="DELETE")
    taken = dict(Delivery.objects.filter(state=DeliveryState.SENT).values_list("rui", "data_version"))
    with FeedClient() as client:
        # A record whose state changes while the list is read may appear twice in it (feed_api.md §8).
        listed = client.holdings(PENALTY_KIND, first_day - timedelta(days=1), clock.today())
        held = {item["record_unique_identity"]: item["data_version"] for item in listed}
    if held != taken or len(taken) != count:
        raise ValueError(f"{len(taken)} of {count} records were taken, the exchange holds {len(held)}")
    return cost


def _let_time_pass() -> bool:
    """The clock goes on to when something may be sent again; False when nothing waits any more.

    At least as long as between two runs of the task, and never a row touched: the rows' own times are what is met.
    """
    waits = Delivery.objects.filter(state__in=[DeliveryState.PENDING, DeliveryState.SENDING])
    soonest = waits.aggregate(at=Min(Coalesce("lease_until", "next_at")))["at"]
    if soonest is None:
        return False
    opens = FeedBreaker.objects.values_list("open_until", flat=True).first()
    clock.move_demo_clock(max(clock.now() + BETWEEN_RUNS, soonest, opens or soonest))
    return True


def _drained(_url: str, count: int, *, batches: bool = False) -> Cost:
    with FeedClient() as client:

        def act() -> None:
            done = drain(client, seconds=LONGEST, batches=batches)
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
def _exchange(secret: str) -> Iterator[tuple[str, int]]:
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
                yield line.strip().rpartition(" ")[2].rstrip("/"), process.pid
            finally:
                process.terminate()


def _post(url: str, control: str, body: bytes = b"{}", *, method: str = "POST") -> None:
    address = urlsplit(url)
    connected = HTTPConnection(address.hostname or "", address.port, timeout=30)
    connected.request(method, f"/__mock__/{control}", body=body, headers={"Content-Type": "application/json"})
    status = connected.getresponse().status
    connected.close()
    if status >= 300:
        raise ValueError(f"the exchange refuses {control}: {status}")
