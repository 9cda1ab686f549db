"""The exchange as a whole: one request in, one answer out (contract sections 1, 2 and 10)."""

import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from disclosure.mock_feed import codes, faults, misbehaviour
from disclosure.mock_feed.errors import ExchangeError, Json
from disclosure.mock_feed.faults import Fault, FaultBox
from disclosure.mock_feed.gate import NONCE_MS, Gate, Limits, Passed
from disclosure.mock_feed.intake import INSPECTION, PENALTY, WITHDRAWAL, Intake
from disclosure.mock_feed.keys import Keyring
from disclosure.mock_feed.moment import Clock, stamp
from disclosure.mock_feed.posting import Answer, Poster, Posting
from disclosure.mock_feed.reading import Reader, parse_query
from disclosure.mock_feed.settings import Settings
from disclosure.mock_feed.storage import Storage
from disclosure.mock_feed.wire import Request, Response
from disclosure.mock_feed.workdays import Workdays

BASE: Final = "/api/v1"
_TRACE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_KINDS: Final = {"penalty-decisions": PENALTY, "inspection-records": INSPECTION}
_POSTED: Final = {**_KINDS, "withdrawals": WITHDRAWAL}
_NO_PARAMETERS: Final[frozenset[str]] = frozenset()
_WINDOW: Final = frozenset({"date_from", "date_to"})
_PAGE: Final = _WINDOW | {"limit", "cursor"}
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Visit:
    """One request with when it came, in server time and on the stopwatch, and the trace id of its answer."""

    request: Request
    now: int
    began_ns: int
    trace_id: str


@dataclass(frozen=True)
class Route:
    """Where a request goes: the allowed method and what answers it."""

    method: str
    answer: Callable[[Posting], Answer]


class Exchange:
    """All parts of the exchange, put together from the settings."""

    def __init__(self, settings: Settings, site: str) -> None:
        self.settings = settings
        self.clock = Clock(settings.clock_file)
        self.keys = Keyring(settings.keys_file)
        self.storage = Storage(settings.database)
        self.faults = FaultBox(settings.seed)
        self._set_mood()
        self._gate = Gate(self.keys)
        self._limits = Limits(settings.rate)
        workdays = Workdays(settings.calendar)
        self._intake = Intake(self.storage, workdays, settings.delay_ms, settings.daily_limit)
        self._poster = Poster(self.storage, self._intake)
        self._reader = Reader(self.storage, site)
        for app_id, nonce, seen_ms in self.storage.nonces_since(self.clock.now_ms() - NONCE_MS):
            self._gate.remember(app_id, nonce, seen_ms)

    def reset(self) -> None:
        """Forget data, keys expired by faults, faults and clock offsets."""
        with self.storage.transaction():
            self.storage.wipe()
        self._gate.forget_all()
        self.keys.reset()
        self.faults.clear()
        self.clock.offset_ms = self.clock.skew_ms = 0
        self._set_mood()

    def _set_mood(self) -> None:
        """A hostile exchange (`MOCK_HOSTILE`) is so from its start and after every reset."""
        if self.settings.has_faults and self.settings.hostile:
            for fault in faults.hostile(self.settings.hostile):
                self.faults.add(fault)

    def handle(self, request: Request) -> Response:
        """Answer one request below the base."""
        began_ns = time.perf_counter_ns()
        given = request.headers.get("x-trace-id", "")
        trace_id = given if _TRACE.fullmatch(given) else secrets.token_hex(8)
        visit = Visit(request, self.clock.now_ms(), began_ns, trace_id)
        try:
            if request.is_too_large:
                raise ExchangeError("E2002", closes=True)
            if request.path in (f"{BASE}/time", f"{BASE}/healthz"):
                return _json(_unsigned(request, visit.now), visit)
            passed = self._gate.check(request, visit.now)
        except ExchangeError as error:
            if error.code == "E1003":
                self.faults.count_skew()
            with self.storage.transaction():
                self._log(visit, error.status, error.code)
            return _refusal(error, visit)
        response = self._answer(visit, passed)
        response.headers += self._limits.headers(passed.sender.app_id)
        return response

    def _answer(self, visit: Visit, passed: Passed) -> Response:
        """Address list, rate, path, switches; then the act itself in one transaction with nonce and log."""
        request = visit.request
        fault: Fault | None = None
        route: Route | None = None
        early: Response | None = None
        refused: ExchangeError | None = None
        try:
            route = self._checked_route(request, passed)
            fault = self.faults.choose(request.method, request.path.removeprefix(BASE), request.body)
            early = self._early(fault, passed) if fault is not None else None
        except ExchangeError as error:
            refused = error
        with self.storage.transaction():
            response = early
            if refused is None and early is None and route is not None:
                try:
                    # The switch may have slept: the record is received now, not when the request came in.
                    moment = visit.now if fault is None else self.clock.now_ms()
                    posting = Posting(passed.sender, request, moment, visit.trace_id, fault)
                    response = _json(route.answer(posting), visit)
                except ExchangeError as error:
                    refused = error
            if response is None:
                response = _refusal(refused or ExchangeError("E5001"), visit)
            if fault is not None and refused is None:
                misbehaviour.plant(fault, passed.sender, self.storage, visit.now)
            self._log(visit, response.status, refused.code if refused else "", passed.nonce)
        if fault is not None and early is None:
            misbehaviour.spoil(fault, response, passed.sender, self.storage)
        return response

    def _early(self, fault: Fault, passed: Passed) -> Response | None:
        if fault.name == "slow":
            time.sleep(fault.seconds(self.faults.random.uniform(1, 30)))
        if fault.name == "key_rotated":
            self.keys.expire(passed.sender.app_id, str(fault.params.get("key_id", passed.key_id)))
            raise ExchangeError("E1002")
        faults.refuse_early(fault)
        return misbehaviour.instead(fault)

    def _log(self, visit: Visit, status: int, code: str, nonce: str | None = None) -> None:
        request = visit.request
        known = self.keys.app(request.headers.get("x-app-id", ""))
        took_us = (time.perf_counter_ns() - visit.began_ns) // 1000
        subject = request.headers.get("idempotency-key", "")[:128]
        line = (request.method[:8], request.path[:120], status, code, subject, visit.trace_id, took_us, nonce)
        self.storage.log((self.clock.now_ms(), known.app_id if known else "", *line))

    def _checked_route(self, request: Request, passed: Passed) -> Route:
        if passed.app.allowed and request.peer not in passed.app.allowed:
            raise ExchangeError("E1006")
        is_reconcile = request.path.startswith(f"{BASE}/reconcile/")
        self._limits.take(passed.sender.app_id, is_reconcile)
        route = self._route(request)
        if route.method != request.method:
            raise _wrong_method(route.method)
        return route

    def _route(self, request: Request) -> Route:
        steps = request.path.removeprefix(f"{BASE}/").split("/") if request.path.startswith(f"{BASE}/") else []
        reader, query = self._reader, request.query
        match steps:
            case [name] if name in _POSTED:
                return _post(lambda posting: self._poster.post_record(posting, _POSTED[name]), query)
            case ["batches"]:
                return _post(self._poster.post_batch, query)
            case ["batches", number] if number:
                return _get(lambda its: self._poster.batch_result(its.sender, number), query)
            case ["receipts", number] if number:
                return _get(lambda its: reader.receipt(its.sender, number, its.now), query)
            case ["records", name, rui] if name in _KINDS:
                return _get(lambda its: reader.record(its.sender, _KINDS[name], rui, its.now), query)
            case ["codes", name] if name in codes.LISTS:
                return _get(lambda _: codes.served(name, self.faults.removed_codes()), query)
            case ["reconcile", name] if name in _KINDS:
                return _get(
                    lambda its: reader.listing(its.sender, _KINDS[name], parse_query(query, _PAGE), its.now), None
                )
            case ["reconcile", name, "summary"] if name in _KINDS:
                return _get(
                    lambda its: reader.summary(its.sender, _KINDS[name], parse_query(query, _WINDOW), its.now), None
                )
        raise ExchangeError("E4040")


def _post(answer: Callable[[Posting], Answer], query: str) -> Route:
    def checked(posting: Posting) -> Answer:
        parse_query(query, _NO_PARAMETERS)
        return answer(posting)

    return Route("POST", checked)


def _get(answer: Callable[[Posting], Json], query: str | None) -> Route:
    """A route that reads; `query` is what must be empty, None when the answer looks at it itself."""

    def checked(posting: Posting) -> Answer:
        if query:
            parse_query(query, _NO_PARAMETERS)
        return Answer(200, answer(posting))

    return Route("GET", checked)


def _wrong_method(allowed: str) -> ExchangeError:
    return ExchangeError("E4040", message=f"此地址只接受 {allowed} 请求", headers=[("Allow", allowed)], http_status=405)


def _unsigned(request: Request, now: int) -> Answer:
    if request.method != "GET":
        raise _wrong_method("GET")
    if request.path.endswith("/time"):
        return Answer(200, {"server_time_ms": now, "server_time": stamp(now)})
    return Answer(200, {"status": "ok"})


def _json(answer: Answer, visit: Visit) -> Response:
    headers = [("X-Trace-Id", visit.trace_id), ("X-Server-Time", str(visit.now)), *answer.headers]
    return Response(answer.status, _encode(answer.body).encode(), headers)


def _refusal(error: ExchangeError, visit: Visit) -> Response:
    headers = [("X-Trace-Id", visit.trace_id), ("X-Server-Time", str(visit.now)), *error.headers]
    return Response(error.status, _encode(error.body(visit.trace_id)).encode(), headers, closes=error.closes)
