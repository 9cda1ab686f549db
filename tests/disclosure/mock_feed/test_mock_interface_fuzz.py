"""The mock exchange against its contract (feed_api.md): whatever is sent, the answer is one the contract knows.

A short seeded run with all tests; ``LISHU_LONG=1`` sends five hundred requests to each address.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterable
from http.client import HTTPConnection, responses
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from signed_client import BASE, KEYS, NOW_MS, Client, over_http

from disclosure.mock_feed.codes import LISTS
from disclosure.mock_feed.errors import TABLE
from disclosure.mock_feed.penalty_schema import PENALTY
from disclosure.mock_feed.schemas import INSPECTION, RECEIPT, WITHDRAWAL
from disclosure.mock_feed.server import Server
from disclosure.mock_feed.settings import Settings

CASES = 500 if os.environ.get("LISHU_LONG") else 12
TEXT = {"type": "string"}
RUI = {"type": "string", "pattern": "^[0-9A-Z]{18}-(CF|JC)-[0-9]{4}-[0-9]{6}$"}
DAY = {"type": "string", "format": "date"}
KIND = {"name": "kind", "in": "path", "required": True, "schema": {"enum": ["penalty-decisions", "inspection-records"]}}
ERROR = {
    "type": "object",
    "additionalProperties": True,
    "required": ["code", "message", "trace_id", "retryable", "details"],
    "properties": {
        "code": {"enum": [*TABLE]}, "message": TEXT, "trace_id": TEXT, "retryable": {"type": "boolean"},
        "details": {"type": "array", "items": {"required": ["rule", "path", "message", "value_hint"]}},
    },
}  # fmt: skip


COMPONENTS: dict[str, Any] = {}


def embedded(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of the contract inside a description: its own definitions become components under its name."""
    name = schema["$id"]
    moved = json.loads(json.dumps(schema).replace("#/$defs/", f"#/components/schemas/{name}."))
    COMPONENTS.update({f"{name}.{key}": value for key, value in moved.pop("$defs", {}).items()})
    return {key: value for key, value in moved.items() if key not in ("$id", "$schema")}


def envelope(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "cd_id", "cd_time", "cd_source", "cd_operation", "record_unique_identity", "data_version", "data"],
        "properties": {
            "kind": {"const": kind}, "cd_id": {"type": "string", "minLength": 1, "maxLength": 100},
            "cd_time": {"type": "string", "pattern": "^2026-0[1-9]-[0-2][1-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9]\\+08:00$"},
            "cd_source": {"type": "string", "pattern": "^[0-9A-Z]{6,18}$"}, "cd_operation": {"enum": ["i", "u", "d"]},
            "record_unique_identity": RUI, "data_version": {"type": "integer", "minimum": 1, "maximum": 999999},
            "data": embedded(data),
        },
    }  # fmt: skip


def answers(ok: dict[str, Any], *, posts: bool) -> dict[str, Any]:
    known = {"200": ok, **({"202": ok} if posts else {})}
    refused = ("400", "404", "409", "413", "415", "422") if posts else ("404", "422")
    found = {**known, **dict.fromkeys(refused, ERROR)}
    return {
        status: {"description": status, "content": {"application/json": {"schema": schema}}}
        for status, schema in found.items()
    }


def posted(body: dict[str, Any], ok: dict[str, Any]) -> dict[str, Any]:
    key = {"name": "Idempotency-Key", "in": "header", "required": True,
           "schema": {"type": "string", "pattern": "^[0-9A-Za-z:_-]{1,128}$"}}  # fmt: skip
    content = {"application/json": {"schema": body}}
    return {"post": {"parameters": [key], "requestBody": {"required": True, "content": content},
                     "responses": answers(ok, posts=True)}}  # fmt: skip


def read(ok: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"parameters": list(parameters), "responses": answers(ok, posts=False)}}


def part(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def asked(name: str, schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


WINDOW = (asked("date_from", DAY), asked("date_to", DAY))
PAGE = (
    asked("limit", {"type": "integer", "minimum": 1, "maximum": 500}, required=False),
    asked("cursor", {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,200}$"}, required=False),
)
BATCH = {
    "type": "object", "additionalProperties": False, "required": ["cd_batch", "items"],
    "properties": {
        "cd_batch": {"type": "string", "pattern": "^[0-9]{13}$"},
        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "object"}},
    },
}  # fmt: skip
RECEIVED = embedded(RECEIPT)
DONE = {"type": "object", "required": ["cd_batch", "total", "accepted", "rejected", "results"]}
DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "feed_api.md", "version": "1"},
    "paths": {
        f"{BASE}/penalty-decisions": posted(envelope("penalty-decision", PENALTY), RECEIVED),
        f"{BASE}/inspection-records": posted(envelope("inspection-record", INSPECTION), RECEIVED),
        f"{BASE}/withdrawals": posted(envelope("withdrawal", WITHDRAWAL), RECEIVED),
        f"{BASE}/batches": posted(BATCH, DONE),
        f"{BASE}/batches/{{cd_batch}}": read(DONE, part("cd_batch", {"type": "string", "pattern": "^[0-9]{13}$"})),
        f"{BASE}/receipts/{{receipt_no}}": read(RECEIVED, part("receipt_no", {"type": "string", "pattern": "^HZ[0-9A-Z]{18}$"})),
        f"{BASE}/records/{{kind}}/{{rui}}": read({"type": "object"}, KIND, part("rui", RUI)),
        f"{BASE}/reconcile/{{kind}}": read({"type": "object", "required": ["items", "next_cursor", "as_of"]}, KIND, *WINDOW, *PAGE),
        f"{BASE}/reconcile/{{kind}}/summary": read({"type": "object", "required": ["days", "as_of"]}, KIND, *WINDOW),
        f"{BASE}/codes/{{list}}": read({"type": "object", "required": ["list", "version", "items"]}, part("list", {"enum": [*LISTS]})),
        f"{BASE}/time": read({"type": "object", "required": ["server_time_ms", "server_time"]}),
        f"{BASE}/healthz": read({"type": "object", "required": ["status"]}),
    },
}  # fmt: skip
DESCRIPTION["components"] = {"schemas": COMPONENTS}
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
OPERATIONS = {f"{one.ok().method} {one.ok().path}": one.ok() for one in SCHEMA.get_all_operations()}

# Where nothing may be said, nothing wrong can be said.
QUESTIONS = [
    pytest.param(name, mode, id=f"{mode.value} {name}")
    for name, one in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or one.definition.raw.get("parameters")
]


def canonical(query: str) -> str:
    """The query as the contract signs it (section 2): decoded, encoded anew, sorted."""
    pairs = [one.partition("=") for one in query.split("&") if one]
    anew = [[quote(unquote_to_bytes(text), safe="-._~") for text in (name, value)] for name, _sign, value in pairs]
    return "&".join(f"{name}={value}" for name, value in sorted(anew))


class Signing:
    """A WSGI application that signs what it is asked and hands it to the exchange, as our client would, over a real connection."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        extra = {"Idempotency_Key": environ.get("HTTP_IDEMPOTENCY_KEY"), "Content_Type": environ.get("CONTENT_TYPE")}
        path = quote(environ["PATH_INFO"].encode("latin-1"), safe="/~")
        reply = self.client.send(
            environ["REQUEST_METHOD"], path, environ["wsgi.input"].read(length), canonical(environ.get("QUERY_STRING", "")),
            **{name: value for name, value in extra.items() if value},
        )  # fmt: skip
        start_response(f"{reply.status} {responses[reply.status]}", [*reply.headers.items()])
        return [reply.body]


@pytest.mark.parametrize(("name", "mode"), QUESTIONS)
def test_the_exchange_answers_as_its_contract_says(tmp_path: Path, name: str, mode: GenerationMode) -> None:
    (tmp_path / "keys.json").write_text(json.dumps(KEYS))
    server = Server(Settings(tmp_path / "keys.json", port=0, rate=0, daily_limit=0))
    server.exchange.clock.offset_ms = NOW_MS - time.time_ns() // 1_000_000
    threading.Thread(target=server.serve, daemon=True).start()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    application = Signing(Client(over_http(connection), server.exchange.clock.now_ms))

    @how(
        max_examples=CASES, derandomize=True, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        # The contract's rules refuse much that has the right form.
        case.call_and_validate(app=application, excluded_checks=[positive_data_acceptance])

    try:
        send()
    finally:
        connection.close()
        server.close()
