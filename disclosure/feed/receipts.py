"""Which answers of the exchange are proof (feed_api.md §5): shape, six echoed facts, signature, time.

2xx alone proves nothing: a redirect, an HTML page, a receipt of another record or an error inside 200 are not success.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from disclosure.feed import wire

STATUSES = frozenset(
    {"RECEIVED", "ACCEPTED", "PUBLISHED", "NOT_PUBLIC", "REJECTED", "WITHDRAWN", "DELETED", "SUPERSEDED"}
)
FINAL = frozenset({"PUBLISHED", "NOT_PUBLIC", "WITHDRAWN", "DELETED", "SUPERSEDED"})
REJECTED = "REJECTED"
_REQUIRED = frozenset(
    {
        "receipt_no",
        "app_id",
        "kind",
        "record_unique_identity",
        "data_version",
        "cd_operation",
        "status",
        "content_digest",
        "received_at",
        "updated_at",
        "late",
        "sign_alg",
        "sign",
    }
)
_ALLOWED = _REQUIRED | {"published_at", "platform_url", "errors"}
_NEAR = timedelta(minutes=5)


@dataclass(frozen=True)
class Expected:
    """What a receipt must echo: together they are the idempotency key of what we sent."""

    app: str
    kind: str
    rui: str
    version: int
    op: str
    digest: str

    def echoed_by(self, receipt: Mapping[str, Any]) -> bool:
        said = (
            receipt["app_id"],
            receipt["kind"],
            receipt["record_unique_identity"],
            receipt["data_version"],
            receipt["cd_operation"],
            receipt["content_digest"],
        )
        # A withdrawal travels as an insert of the kind "withdrawal".
        return said == (self.app, self.kind, self.rui, self.version, "i" if self.op == "w" else self.op, self.digest)


def receipt_fault(receipt: Any, expected: Expected, secret: str, *, received_near: datetime | None = None) -> str:
    """Why ``receipt`` is no proof; empty when it is. ``received_near`` is our corrected clock, asked on a first 202."""
    if not isinstance(receipt, dict) or not _has_shape(receipt):
        return "回执格式不对"
    if not expected.echoed_by(receipt):
        return "回执不是这一条的"
    if not wire.receipt_is_authentic(receipt, secret):
        return "回执签名不对"
    if received_near is not None:
        moment = _moment(receipt["received_at"])
        if moment is None or abs(moment - received_near) > _NEAR:
            return "回执时间相差五分钟以上"
    return ""


def _has_shape(receipt: dict[str, Any]) -> bool:
    if not set(receipt) >= _REQUIRED or not set(receipt) <= _ALLOWED:
        return False
    texts = all(isinstance(receipt[name], str) for name in _REQUIRED - {"data_version", "late"})
    return (
        texts
        and type(receipt["data_version"]) is int
        and isinstance(receipt["late"], bool)
        and receipt["status"] in STATUSES
        and bool(re.fullmatch("HZ[0-9]{8}[0-9A-Z]{10}", receipt["receipt_no"]))
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
