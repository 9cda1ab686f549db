"""What fault switches do to answers and, for two of them, to the stored data (contract section 10)."""

import json
import os
from typing import Final

from disclosure.mock_feed.faults import Fault
from disclosure.mock_feed.intake import PENALTY, Sender
from disclosure.mock_feed.receipts import first_receipt, new_receipt_no
from disclosure.mock_feed.signing import sign_receipt
from disclosure.mock_feed.states import Version
from disclosure.mock_feed.storage import Storage
from disclosure.mock_feed.wire import Response

_PAST_TIME_LIMIT: Final = 36.0
_HUGE: Final = 50 * 1024 * 1024


def instead(fault: Fault) -> Response | None:
    """The answer a switch gives without anything being stored, None when the request goes its way."""
    if fault.name == "timeout_before_commit":
        return _silence(fault, Response(504, b""))
    if fault.name == "legacy200":
        body = {
            "errCode": str(fault.params.get("code", "E5001")),
            "errMsg": str(fault.params.get("message", "系统繁忙，请稍后重试")),
        }
        return Response(200, json.dumps(body, ensure_ascii=False).encode())
    return None


def _silence(fault: Fault, response: Response) -> Response:
    """No answer: the socket is dropped at once (`params.drop`) or after more than the client's patience."""
    response.fate = "drop"
    response.pause_seconds = 0.0 if fault.params.get("drop") else fault.seconds(_PAST_TIME_LIMIT)
    return response


def spoil(fault: Fault, response: Response, sender: Sender, storage: Storage) -> None:
    """Change the answer to a request that was dealt with and committed."""
    if fault.name == "timeout_after_commit":
        _silence(fault, response)
    elif fault.name == "bad_json":
        _garble(response, str(fault.params.get("kind", "truncated")), str(fault.params.get("location", "/api/v1/time")))
    elif fault.name == "unordered" and response.status in (200, 202):
        if json.loads(response.body).get("data_version") == 1:
            response.pause_seconds = fault.seconds(2.0)
    elif fault.name == "duplicate_receipt" and response.status in (200, 202):
        _deliver_twice(fault, response, sender, storage)
    elif fault.name == "partial_batch" and response.status == 200 and isinstance(fault.params.get("cut"), int):
        body = json.loads(response.body)
        body["results"] = body["results"][: fault.params["cut"]]
        response.body = json.dumps(body, ensure_ascii=False).encode()


def _garble(response: Response, kind: str, location: str) -> None:
    if kind == "html":
        response.status, response.content_type = 200, "text/html; charset=utf-8"
        response.body = "<!doctype html><title>502</title><h1>网关错误</h1>".encode()
    elif kind == "empty":
        response.body = b""
    elif kind == "invalid_utf8":
        response.body = b'{"receipt_no": "\xff\xfe"}'
    elif kind == "huge":
        response.body = b" " * _HUGE
    elif kind == "redirect":
        response.status, response.body = 307, b""
        response.headers.append(("Location", location))
    elif kind == "reset":
        response.fate = "reset"
    else:
        response.body = response.body[: len(response.body) // 2]


def _deliver_twice(fault: Fault, response: Response, sender: Sender, storage: Storage) -> None:
    """Answer as if the receipt had been given before, or (`params.wrong`) with another record's receipt."""
    if not fault.params.get("wrong"):
        response.status = 200
        if all(name != "Idempotent-Replayed" for name, _ in response.headers):
            response.headers.append(("Idempotent-Replayed", "true"))
        return
    body = json.loads(response.body)
    others = storage.versions(
        "WHERE app_id = ? AND rui <> ? ORDER BY id DESC LIMIT 1", (sender.app_id, body.get("record_unique_identity"))
    )
    if others:
        receipt = first_receipt(others[0])
    else:
        receipt = {name: value for name, value in body.items() if name not in ("sign", "sign_alg")}
        receipt["record_unique_identity"] = f"{sender.uscc}-CF-2000-000000"
    signed = sign_receipt(receipt, sender.algorithm, sender.secret)
    response.body = json.dumps(signed, ensure_ascii=False).encode()


def plant(fault: Fault, sender: Sender, storage: Storage, now: int) -> None:
    """`foreign_record`: invent a record of the application that it never sent."""
    if fault.name != "foreign_record":
        return
    serial = int.from_bytes(os.urandom(4), "big") % 100_000 + 900_000
    rui = str(fault.params.get("rui", f"{sender.uscc}-CF-2000-{serial}"))
    if storage.chain(sender.app_id, rui):
        return
    storage.add_version(
        Version(
            app_id=sender.app_id,
            rui=rui,
            version=1,
            record_kind=PENALTY,
            kind=PENALTY,
            operation="i",
            digest=os.urandom(32).hex(),
            receipt_no=new_receipt_no(now),
            received_ms=now,
            accept_ms=now,
            final_ms=now,
            final_status="PUBLISHED",
            is_late=False,
            number=f"外来〔2000〕{serial}号",
            party_display="外来记录",
        ),
        has_earlier=False,
    )
