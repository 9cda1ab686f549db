"""The only door to the exchange: signed requests over one kept connection (feed_api.md §2, §6, §7, §9).

No redirects are followed, answers are cut off at 2 MiB, and nothing personal is logged: rui, version, code, trace, ms.
"""

from __future__ import annotations

import json
import logging
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from disclosure.feed import wire
from disclosure.feed.answers import Answer, Meaning, from_error
from disclosure.feed.keys import Key, keyring, standing
from disclosure.feed.receipts import Expected, receipt_fault
from lishu_law import clock

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5
READ_SECONDS = 35
MOST_BYTES = 2 * 1024 * 1024
MOST_SKEW_MS = 300_000
TOO_MANY = 429
PATHS = {
    "penalty-decision": "/penalty-decisions",
    "inspection-record": "/inspection-records",
    "withdrawal": "/withdrawals",
}


@dataclass(frozen=True)
class Parcel:
    """One frozen message of the outbox."""

    kind: str
    rui: str
    version: int
    op: str
    idem_key: str
    body: bytes
    digest: str


@dataclass(frozen=True)
class Reply:
    """What came back; ``status`` 0 means nothing usable did."""

    status: int
    body: Any = None
    headers: dict[str, str] | None = None
    problem: str = ""
    secret: str = field(default="", repr=False)  # of the key the request was signed with

    def header(self, name: str) -> str:
        return (self.headers or {}).get(name.lower(), "")

    @property
    def retry_after(self) -> int | None:
        value = self.header("retry-after")
        return int(value) if value.isdigit() else None


class FeedUnreachable(Exception):
    """The exchange gave no usable answer to a question; ask again later."""


class FeedClient:
    """One worker's connection. Use as a context manager; a broken connection is opened anew by the next request.

    ``patience``: seconds all questions of this connection together may wait where the exchange asks for fewer of them
    (429). Sending never waits here: the outbox knows when a row is due again.
    """

    def __init__(self, *, read_seconds: float = READ_SECONDS, patience: float = 0) -> None:
        parts = urlsplit(settings.FEED_URL)
        self._base = parts.path.rstrip("/")
        self._address = (parts.hostname or "", parts.port)
        self._is_tls = parts.scheme == "https"
        self._read_seconds = read_seconds
        self._patience = patience
        self._connection: HTTPConnection | None = None
        self._standing = standing(settings.FEED_URL)
        self.alarm = ""
        self._note_clock()

    def __enter__(self) -> FeedClient:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def send(self, parcel: Parcel) -> Answer:
        """Send one record and say what its answer means."""
        return self.send_until([parcel], lambda answer: True)[0]

    def send_until(self, parcels: Iterable[Parcel], is_last: Callable[[Answer], bool]) -> list[Answer]:
        """Send records one after the other and say what each answer means, until ``is_last`` holds for one.

        ``is_last`` is asked once for every answer, in order. A receipt is checked while the exchange works on the next
        record already: if it proves false, that one record was sent after it. Any other answer is judged at once.
        """
        answers: list[Answer] = []
        unchecked: list[tuple[Parcel, Reply, float]] = []
        is_over = False

        def check() -> None:
            nonlocal is_over
            while unchecked:
                parcel, reply, seconds = unchecked.pop()
                answers.append(self._judged(parcel, reply))
                _note_push(parcel, answers[-1], seconds)
                is_over = is_last(answers[-1]) or is_over

        for parcel in parcels:
            started = time.monotonic()
            reply = self._signed("POST", PATHS[parcel.kind], parcel.body, parcel.idem_key, meanwhile=check)
            check()  # no request went out
            unchecked.append((parcel, reply, time.monotonic() - started))
            if not _is_receipt(reply):
                check()
            if is_over:
                break
        check()
        return answers

    def send_batch(self, cd_batch: str, parcels: Sequence[Parcel]) -> list[Answer] | Answer:
        """Send up to 100 records in one request; each result stands on its own, a missing one is unknown.

        One ``Answer`` instead of a list: the request failed as a whole and nothing in it was taken, or nobody knows.
        """
        items = b",".join(parcel.body for parcel in parcels)
        body = b'{"cd_batch":"%s","items":[%s]}' % (cd_batch.encode(), items)
        reply = self._signed("POST", "/batches", body, cd_batch)
        results = reply.body.get("results") if reply.status == 200 and isinstance(reply.body, dict) else None
        if not isinstance(results, list) or reply.body.get("cd_batch") != cd_batch:
            return self._without_receipt(reply)
        by_index = {r.get("index"): r for r in results if isinstance(r, dict)}
        trace = reply.header("x-trace-id")[:64]
        return [self._item(parcel, by_index.get(place), trace, reply.secret) for place, parcel in enumerate(parcels)]

    def receipt(self, parcel: Parcel, receipt_no: str) -> Answer:
        """The present state of a receipt."""
        reply = self._question(f"/receipts/{receipt_no}")
        if reply.status != 200 or not isinstance(reply.body, dict) or "receipt_no" not in reply.body:
            return self._without_receipt(reply)
        return self._proof(parcel, reply, is_replay=True)

    def record(self, kind: str, rui: str) -> Reply:
        """What the exchange holds of one record."""
        return self._question(f"/records/{PATHS[kind].strip('/')}/{rui}")

    def ask(self, path: str) -> Any:
        """The body of a question that must be answered with 200. Raises ``FeedUnreachable``."""
        reply = self._question(path)
        if reply.status != 200 or not isinstance(reply.body, dict):
            raise FeedUnreachable(self._without_receipt(reply).message)
        return reply.body

    def _question(self, path: str) -> Reply:
        """One signed GET; told to come later (§7), it does so as often as the patience of this connection allows."""
        while True:
            reply = self._signed("GET", path, b"", "")
            wait = max(1, reply.retry_after or 1)
            if reply.status != TOO_MANY or wait > self._patience:
                return reply
            time.sleep(wait)
            self._patience -= wait

    def holdings(self, kind: str, date_from: date, date_to: date) -> Iterator[dict[str, Any]]:
        """What the exchange holds, changed on these days: one item per record. Raises ``FeedUnreachable``."""
        cursor = ""
        while True:
            query = f"date_from={date_from}&date_to={date_to}&limit=500" + (f"&cursor={cursor}" if cursor else "")
            body = self.ask(f"/reconcile/{PATHS[kind].strip('/')}?{query}")
            if not isinstance(body.get("items"), list):
                raise FeedUnreachable("平台的对账清单格式不对")
            yield from body["items"]
            cursor = body.get("next_cursor") or ""
            if not cursor:
                return

    def summary(self, kind: str, date_from: date, date_to: date) -> dict[str, tuple[int, str]]:
        """Per day how many records the exchange holds and their digest. Raises ``FeedUnreachable``."""
        body = self.ask(f"/reconcile/{PATHS[kind].strip('/')}/summary?date_from={date_from}&date_to={date_to}")
        try:
            return {str(day["date"]): (int(day["count"]), str(day["digest"])) for day in body["days"]}
        except (KeyError, TypeError, ValueError) as problem:
            raise FeedUnreachable("平台的对账汇总格式不对") from problem

    def code_list(self, name: str) -> dict[str, Any]:
        """One code list as the exchange serves it now. Raises ``FeedUnreachable``."""
        body: dict[str, Any] = self.ask(f"/codes/{name}")
        if body.get("list") != name or not isinstance(body.get("items"), list):
            raise FeedUnreachable("平台的代码表格式不对")
        return body

    # ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _judged(self, parcel: Parcel, reply: Reply) -> Answer:
        if _is_receipt(reply):
            return self._proof(parcel, reply, is_replay=reply.status == 200)
        answer = self._without_receipt(reply)
        current = answer.current or {}
        if answer.code in ("E4002", "E4004") and current.get("digest") == parcel.digest and current.get("receipt_no"):
            return self.receipt(parcel, str(current["receipt_no"]))
        return answer

    def _proof(self, parcel: Parcel, reply: Reply, *, is_replay: bool) -> Answer:
        near = None if is_replay else self._now()
        fault = receipt_fault(reply.body, self._expected(parcel), reply.secret, received_near=near)
        trace = reply.header("x-trace-id")[:64]
        if fault:
            self.alarm = f"平台给出的回执不可信：{fault}。"
            log.warning("receipt refused: %s v%s %s %s", parcel.rui, parcel.version, fault, trace)
            return Answer(Meaning.UNKNOWN, "RECEIPT", fault, trace_id=trace)
        return Answer(Meaning.ACCEPTED, "", "", reply.body, is_replay, trace_id=trace)

    def _item(self, parcel: Parcel, result: dict[str, Any] | None, trace: str, secret: str) -> Answer:
        if result is None:
            return Answer(Meaning.UNKNOWN, "MISSING", "平台没有给出这一条的结果", trace_id=trace)
        if result.get("status") == "REJECTED":
            error = result.get("error")
            answer = from_error(error, 422, trace_id=trace)
            current = answer.current or {}
            if answer.code == "E4002" and current.get("digest") == parcel.digest and current.get("receipt_no"):
                return self.receipt(parcel, str(current["receipt_no"]))
            return answer
        is_replay = result.get("status") == "DUPLICATE"
        said = Reply(200, result.get("receipt"), {"x-trace-id": trace}, secret=secret)
        return self._proof(parcel, said, is_replay=is_replay)

    def _without_receipt(self, reply: Reply) -> Answer:
        trace = reply.header("x-trace-id")[:64]
        if reply.status == 0 or 300 <= reply.status < 400:
            return Answer(Meaning.UNKNOWN, "NETWORK", reply.problem or "平台要求转到别处，没有跟随", trace_id=trace)
        return from_error(reply.body, reply.status, retry_after=reply.retry_after, trace_id=trace)

    def _expected(self, parcel: Parcel) -> Expected:
        return Expected(settings.FEED_APP, parcel.kind, parcel.rui, parcel.version, parcel.op, parcel.digest)

    # ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _signed(
        self, method: str, path: str, body: bytes, key: str, *, meanwhile: Callable[[], None] | None = None
    ) -> Reply:
        """One request; clock skew, a used nonce and a refused key each get one more try with what cures it.

        ``meanwhile`` is done while the exchange works on it, and must ask nothing over this connection.
        """
        keys = keyring()
        used = self._standing.usable(keys)
        reply = self._once(method, path, body, key, used, meanwhile=meanwhile)
        code = reply.body.get("code") if isinstance(reply.body, dict) else None
        if code == "E1003" and reply.header("x-server-time").isdigit():
            self._standing.offset_ms = int(reply.header("x-server-time")) - _milliseconds(clock.now())
            log.warning("exchange clock differs by %s ms", self._standing.offset_ms)
            self._note_clock()
            return self._once(method, path, body, key, used)
        if code == "E1004":
            return self._once(method, path, body, key, used)
        if code in ("E1002", "E1005") and (other := self._standing.other(keys, used)) is not None:
            log.warning("the exchange refuses key %s (%s), taking %s", used.key_id, code, other.key_id)
            return self._once(method, path, body, key, other)
        return reply

    def _note_clock(self) -> None:
        if abs(self._standing.offset_ms) > MOST_SKEW_MS:
            self.alarm = "本机时钟与平台相差五分钟以上，请校准时间。"

    def _once(
        self, method: str, path: str, body: bytes, key: str, used: Key, *, meanwhile: Callable[[], None] | None = None
    ) -> Reply:
        """One try; a connection the exchange dropped while it was idle is opened anew once: the key makes it harmless."""
        for is_last in (False, True):
            is_kept = self._connection is not None
            try:
                target = self._base + path
                headers = self._headers(method, target, body, key, used)
                reply = self._exchange(method, target, body, headers, meanwhile)
                return replace(reply, secret=used.secret)
            except (OSError, HTTPException) as problem:
                self.close()
                was_idle = is_kept and isinstance(problem, ConnectionError) and not isinstance(problem, socket.timeout)
                if is_last or not was_idle:
                    return Reply(0, problem=f"没有连上平台或者中途断开（{type(problem).__name__}）")
        raise AssertionError  # the second turn always returns

    def _exchange(
        self, method: str, target: str, body: bytes, headers: dict[str, str], meanwhile: Callable[[], None] | None
    ) -> Reply:
        connection = self._open()
        connection.request(method, target, body=body or None, headers=headers)
        if meanwhile is not None:
            meanwhile()
        return self._read(connection.getresponse())

    def _open(self) -> HTTPConnection:
        if self._connection is None:
            maker = HTTPSConnection if self._is_tls else HTTPConnection
            host, port = self._address
            self._connection = maker(host, port, timeout=CONNECT_SECONDS)
            self._connection.connect()
            sock: Any = self._connection.sock
            sock.settimeout(self._read_seconds)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def _read(self, response: HTTPResponse) -> Reply:
        raw = self._bytes_of(response)
        headers = {name.lower(): value for name, value in response.getheaders()}
        if len(raw) > MOST_BYTES:
            self.close()  # the rest is left unread
            return Reply(0, None, headers, "平台的回答超过 2 MiB，已截断")
        if response.will_close:
            self.close()
        try:
            body = json.loads(raw.decode("utf-8"))
        except (UnicodeDecodeError, ValueError):
            problem = f"平台的回答不是 JSON（{response.status}）"
            is_success = 200 <= response.status < 300
            return Reply(0 if is_success else response.status, None, headers, problem)
        return Reply(response.status, body, headers)

    def _bytes_of(self, response: HTTPResponse) -> bytes:
        """The body, at most one byte over the limit; a body that drips in too slowly is a time-out."""
        ends_at = time.monotonic() + self._read_seconds
        raw = b""
        while len(raw) <= MOST_BYTES:
            piece = response.read1(MOST_BYTES + 1 - len(raw))
            if not piece:
                break
            raw += piece
            if time.monotonic() > ends_at:
                raise TimeoutError
        if len(raw) <= MOST_BYTES:
            if response.length:
                raise HTTPException("short body")
            response.read()  # nothing is left, but only this call marks the answer as finished (CPython 3.11)
        return raw

    def _headers(self, method: str, target: str, body: bytes, key: str, used: Key) -> dict[str, str]:
        headers = {
            "X-App-Id": settings.FEED_APP,
            "X-Key-Id": used.key_id,
            "X-Timestamp": str(_milliseconds(clock.now()) + self._standing.offset_ms),
            "X-Nonce": secrets.token_urlsafe(18),
            "X-Sign-Alg": wire.usable_algorithm(settings.FEED_SIGN_ALG),
        }
        headers["X-Sign"] = wire.sign_request(used.secret, method, target, headers, body)
        if method == "POST":
            headers |= {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
        return headers

    def _now(self) -> datetime:
        """Our clock, corrected by what the exchange said."""
        return clock.now() + timedelta(milliseconds=self._standing.offset_ms)


def _is_receipt(reply: Reply) -> bool:
    return reply.status in (200, 202) and isinstance(reply.body, dict) and "receipt_no" in reply.body


def _note_push(parcel: Parcel, answer: Answer, seconds: float) -> None:
    """Nothing personal: who reads the log learns that a record went, not whose."""
    log.info(
        "push %s v%s %s %s %s %.0f ms",
        parcel.rui, parcel.version, answer.meaning, answer.code, answer.trace_id, seconds * 1000,
    )  # fmt: skip


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
