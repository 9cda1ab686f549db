"""The control paths below /__mock__ (contract section 10): unsigned, and only there when the faults are enabled."""

import json
from typing import Final

from disclosure.mock_feed.errors import ExchangeError, Json, schema_error
from disclosure.mock_feed.exchange import Exchange
from disclosure.mock_feed.faults import CLOCK_SKEW, from_document, hostile
from disclosure.mock_feed.wire import Request, Response

PREFIX: Final = "/__mock__/"
_DEFAULT_SKEW: Final = 900
_MOST_SECONDS: Final = 10 * 366 * 86_400


def handle(exchange: Exchange, request: Request) -> Response:
    """Answer a control request with 200 JSON, or with an error body."""
    try:
        if not exchange.settings.has_faults:
            raise ExchangeError("E4040")
        status, body = 200, _act(exchange, request)
    except ExchangeError as error:
        status, body = error.status, error.body(request.headers.get("x-trace-id", "-")[:64])
    return Response(status, json.dumps(body, ensure_ascii=False).encode())


def _act(exchange: Exchange, request: Request) -> Json:
    match request.path.removeprefix(PREFIX), request.method:
        case "faults", "GET":
            pass
        case "faults", "DELETE":
            exchange.faults.clear()
            exchange.clock.skew_ms = 0
        case "faults", "POST":
            _set_fault(exchange, request.body)
        case "hostile", "POST":
            share = _read(request.body).get("share", 0.12)
            if type(share) not in (int, float) or not 0 <= share <= 0.9:
                raise schema_error("/share", "应在 0 与 0.9 之间")
            for fault in hostile(float(share)):
                exchange.faults.add(fault)
        case "reset", "POST":
            exchange.reset()
        case "clock", "POST":
            document = _read(request.body)
            exchange.clock.offset_ms = _seconds(document.get("offset_seconds")) * 1000
            return {"server_time_ms": exchange.clock.now_ms()}
        case (("faults" | "reset" | "clock" | "hostile"), _):
            raise ExchangeError("E4040", http_status=405)
        case _:
            raise ExchangeError("E4040")
    return {"faults": exchange.faults.shown()}


def _set_fault(exchange: Exchange, body: bytes) -> None:
    document = _read(body)
    fault = from_document(document)
    if fault.name == CLOCK_SKEW:
        exchange.clock.skew_ms = _seconds(fault.params.get("offset_seconds", _DEFAULT_SKEW)) * 1000
    exchange.faults.add(fault)


def _read(body: bytes) -> Json:
    """A control document; unlike a record it may hold fractions (`probability`)."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ExchangeError("E2001") from error
    if not isinstance(document, dict):
        raise ExchangeError("E2001")
    return document


def _seconds(value: object) -> int:
    if type(value) is not int or abs(value) > _MOST_SECONDS:
        raise schema_error("/offset_seconds", "应为整数秒")
    return value
