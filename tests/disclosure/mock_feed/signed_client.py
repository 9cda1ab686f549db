"""A client of the mock exchange written from the contract alone, in process or over a real kept connection."""

import copy
import hashlib
import hmac
import http.client
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from disclosure.mock_feed.exchange import Exchange
from disclosure.mock_feed.settings import Settings
from disclosure.mock_feed.wire import Request

APP = "LISHU-JT-01"
USCC = "11220322MB0T00015M"
SECRET = "lishu-demo-secret-0001"
BASE = "/api/v1"
PATHS = {
    "penalty-decision": "/penalty-decisions",
    "inspection-record": "/inspection-records",
    "withdrawal": "/withdrawals",
}
EXAMPLES: dict[str, Any] = json.loads(Path(__file__).with_name("contract_examples.json").read_text(encoding="utf-8"))
NOW_MS = 1_775_786_400_000  # 2026-04-10T10:00:00+08:00, half an hour after the penalty example was sent
KEYS = {
    APP: {"keys": {"k1": SECRET, "k2": "lishu-demo-secret-0002"}, "uscc": USCC},
    "OTHER-01": {"keys": {"k9": "other-secret"}, "uscc": "91220322MA0T0002XN"},
    "FENCED-01": {"keys": {"k8": "fenced-secret"}, "uscc": USCC, "allowed": ["10.9.8.7"]},
}


def example(name: str = "penalty", /, **data: Any) -> dict[str, Any]:
    """A copy of a contract example with fields of its data replaced."""
    envelope = copy.deepcopy(EXAMPLES[name])
    envelope["data"].update(data)
    return envelope


def penalty(serial: int = 123, version: int = 1, operation: str = "i", **data: Any) -> dict[str, Any]:
    """The penalty example under another serial and document number."""
    envelope = example("penalty", **data)
    envelope["record_unique_identity"] = f"{USCC}-CF-2026-{serial:06d}"
    envelope["data_version"], envelope["cd_operation"] = version, operation
    number = data.get("punish_file_num", f"示交罚〔2026〕第{serial:04d}号")
    envelope["data"]["punish_file_num"] = number
    if envelope["data"].get("sgs"):
        envelope["data"]["sgs"]["CF_WSH"] = number
    if operation == "d":
        envelope["data"] = None
    return envelope


def withdrawal(serial: int = 123, version: int = 2, **data: Any) -> dict[str, Any]:
    """A withdrawal of that penalty, dated so that it may be sent at NOW_MS."""
    envelope = example("withdrawal", **{"event_date": "2026-04-09", **data})
    envelope["cd_time"] = "2026-04-10T09:40:00+08:00"
    envelope["record_unique_identity"] = f"{USCC}-CF-2026-{serial:06d}"
    envelope["data_version"] = version
    return envelope


def key_of(envelope: dict[str, Any]) -> str:
    letter = "w" if envelope["kind"] == "withdrawal" else envelope["cd_operation"]
    return f"{envelope['record_unique_identity']}:{envelope['data_version']}:{letter}"


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["code"])

    @property
    def rules(self) -> list[str]:
        return [entry["rule"] for entry in self.json["details"]]


def sign(algorithm: str, secret: str, lines: list[str]) -> str:
    name = {"HMAC-SHA256": "sha256", "HMAC-SM3": "sm3"}[algorithm]
    return hmac.new(secret.encode(), "\n".join(lines).encode(), lambda data=b"": hashlib.new(name, data)).hexdigest()


Transport = Callable[[str, str, bytes, dict[str, str]], Reply]


@dataclass
class Client:
    """Signs and sends; `now` gives the clock in milliseconds the signature carries."""

    transport: Transport
    now: Callable[[], int]
    app: str = APP
    key_id: str = "k1"
    secret: str = SECRET
    algorithm: str = "HMAC-SHA256"
    spoil: dict[str, str | None] = field(default_factory=dict)  # headers to replace or, with None, leave out

    def send(self, method: str, path: str, body: bytes = b"", query: str = "", **extra: str) -> Reply:
        path = path if path.startswith(BASE) else BASE + path
        stamp, nonce = str(self.now()), secrets.token_urlsafe(18)
        name = {"HMAC-SHA256": "sha256", "HMAC-SM3": "sm3"}[self.algorithm]
        canonical = "&".join(
            sorted(query.split("&"), key=lambda pair: pair.partition("="))
        )  # by key, then value; encoded already
        lines = [method, path, canonical, self.app, stamp, nonce, hashlib.new(name, body).hexdigest()]
        headers: dict[str, str | None] = {
            "X-App-Id": self.app,
            "X-Key-Id": self.key_id,
            "X-Timestamp": stamp,
            "X-Nonce": nonce,
            "X-Sign-Alg": self.algorithm,
            "X-Sign": sign(self.algorithm, self.secret, lines),
        }
        headers |= {key.replace("_", "-"): value for key, value in extra.items()} | self.spoil
        sent = {key: value for key, value in headers.items() if value is not None}
        return self.transport(method, path + (f"?{query}" if query else ""), body, sent)

    def get(self, path: str, query: str = "") -> Reply:
        return self.send("GET", path, query=query)

    def post_bytes(
        self, path: str, body: bytes, key: str, content_type: str = "application/json; charset=utf-8"
    ) -> Reply:
        return self.send("POST", path, body, Idempotency_Key=key, Content_Type=content_type)

    def post(self, envelope: dict[str, Any], key: str | None = None, path: str | None = None) -> Reply:
        return self.post_bytes(path or PATHS[envelope["kind"]], encoded(envelope), key or key_of(envelope))

    def batch(self, number: str, items: list[Any], key: str | None = None) -> Reply:
        return self.post_bytes("/batches", encoded({"cd_batch": number, "items": items}), key or number)


def start(folder: Path, **settings: Any) -> Exchange:
    """An exchange in this process whose clock stands at NOW_MS when it starts."""
    keys_file = folder / "keys.json"
    keys_file.write_text(json.dumps(KEYS))
    exchange = Exchange(Settings(**{"keys_file": keys_file, "rate": 0, "daily_limit": 0, **settings}), "http://test")
    exchange.clock.offset_ms = NOW_MS - time.time_ns() // 1_000_000
    return exchange


def in_process(exchange: Exchange) -> Transport:
    def transport(method: str, target: str, body: bytes, headers: dict[str, str]) -> Reply:
        path, _, query = target.partition("?")
        lowered = {name.lower(): value for name, value in headers.items()}
        response = exchange.handle(Request(method, path, query, lowered, body, "127.0.0.1"))
        return Reply(response.status, dict(response.headers), response.body)

    return transport


def client_of(exchange: Exchange, **changes: Any) -> Client:
    return Client(in_process(exchange), exchange.clock.now_ms, **changes)


def pass_time(exchange: Exchange, seconds: float) -> None:
    exchange.clock.offset_ms += int(seconds * 1000)


def over_http(connection: http.client.HTTPConnection) -> Transport:
    def transport(method: str, target: str, body: bytes, headers: dict[str, str]) -> Reply:
        connection.request(method, target, body or None, headers)
        response = connection.getresponse()
        return Reply(response.status, dict(response.headers), response.read())

    return transport


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def receipt_is_genuine(receipt: dict[str, Any], secret: str = SECRET) -> bool:
    unsigned = _without_nulls({name: value for name, value in receipt.items() if name != "sign"})
    text = json.dumps(unsigned, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sign(receipt["sign_alg"], secret, [text]) == receipt["sign"]
