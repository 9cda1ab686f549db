"""Fault switches (contract section 10): what the exchange can be told to do wrong, to which requests, how often.

A fault acts only on a signed request that passed every check of section 2 and never weakens one.
"""

import json
import random
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from disclosure.mock_feed.errors import ExchangeError, Json, schema_error
from disclosure.mock_feed.intake import Orders

_ANY_METHOD: Final = frozenset(
    {"timeout_after_commit", "timeout_before_commit", "burst_5xx", "slow", "rate_limit", "bad_json", "legacy200"}
    | {"key_rotated"}
)
_POST_ONLY: Final = frozenset(
    {"duplicate_receipt", "schema_tightened", "late_reject", "partial_batch", "lost_write", "foreign_record", "stuck"}
    | {"unordered"}
)
_BY_ENVELOPE: Final = frozenset({"late_reject", "stuck", "lost_write"})
CLOCK_SKEW: Final = "clock_skew"  # not a matter of single requests: in force as long as it is set
NAMES: Final = _ANY_METHOD | _POST_ONLY | {CLOCK_SKEW}
_FIELDS: Final = frozenset({"fault", "match", "count", "probability", "params"})


@dataclass
class Fault:
    """One switch as set: `left` counts down, None for no end."""

    name: str
    path: str | None = None
    rui: str | None = None
    left: int | None = 1
    probability: float = 1.0
    params: Json = field(default_factory=dict)
    fired: int = 0
    turn: int = 0  # envelopes seen, for `params.every`

    def shown(self) -> Json:
        """The switch as `GET /__mock__/faults` lists it."""
        return {
            "fault": self.name,
            "match": {"path": self.path, "rui": self.rui},
            "count": self.left,
            "probability": self.probability,
            "params": self.params,
            "fired": self.fired,
        }

    def fits(self, method: str, path: str, ruis: Collection[str]) -> bool:
        """Whether the switch is meant for such a request; `path` is below the base."""
        if self.name == CLOCK_SKEW or self.left == 0:
            return False
        if (self.name in _POST_ONLY and method != "POST") or (self.name == "partial_batch" and path != "/batches"):
            return False
        return (self.path is None or path.startswith(self.path)) and (self.rui is None or self.rui in ruis)

    def orders(self, rui: object) -> Orders:
        """What this switch wants done to the envelope of that record."""
        if self.rui is not None and self.rui != rui:
            return Orders()
        params = self.params
        every = params.get("every", 1)  # of a batch only each n-th envelope
        self.turn += 1
        if self.name in _BY_ENVELOPE and isinstance(every, int) and every > 1 and self.turn % every:
            return Orders()
        if self.name == "schema_tightened":
            removed = {(params["list"], params["code"])} if "list" in params and "code" in params else set()
            return Orders(required_field=params.get("field"), removed_codes=frozenset(removed))
        return Orders(
            reject_rule=params.get("rule", "V10") if self.name == "late_reject" else None,
            is_stuck=self.name == "stuck",
            is_lost=self.name == "lost_write",
        )

    def seconds(self, default: float) -> float:
        """The switch's `seconds` parameter."""
        value = self.params.get("seconds", default)
        return float(value) if isinstance(value, int | float) and 0 <= value <= 600 else default


class FaultBox:
    """All switches that are set, with their seeded chance."""

    def __init__(self, seed: int | None) -> None:
        self._seed = seed
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self.random = random.Random(seed)

    def add(self, fault: Fault) -> None:
        """Set a switch behind those already set."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Take all switches away and start the chance anew."""
        with self._lock:
            self._faults.clear()
            self.random = random.Random(self._seed)

    def shown(self) -> list[Json]:
        """All switches in order."""
        with self._lock:
            return [fault.shown() for fault in self._faults]

    def choose(self, method: str, path: str, body: bytes) -> Fault | None:
        """The first matching switch that fires for this request."""
        if not self._faults:
            return None
        with self._lock:
            ruis = ruis_in(path, body) if any(fault.rui for fault in self._faults) else ()
            for fault in self._faults:
                if fault.fits(method, path, ruis) and self.random.random() < fault.probability:
                    fault.fired += 1
                    if fault.left is not None:
                        fault.left -= 1
                    return fault
        return None

    def count_skew(self) -> None:
        """Count a request refused for its time while the clock is shifted."""
        with self._lock:
            for fault in self._faults:
                fault.fired += fault.name == CLOCK_SKEW

    def removed_codes(self) -> frozenset[tuple[str, str]]:
        """Codes that have disappeared from the served lists while their switch is set."""
        found: set[tuple[str, str]] = set()
        for fault in list(self._faults):
            if fault.name == "schema_tightened":
                found |= fault.orders(fault.rui).removed_codes
        return frozenset(found)


def hostile(share: float) -> list[Fault]:
    """The mix a hostile exchange meets its clients with: in all about `share` of the requests go wrong.

    Every kind is one a correct client overcomes by itself, quick enough for tests: nothing sleeps, sockets drop.
    """
    kinds: list[tuple[str, Json]] = [
        ("timeout_after_commit", {"drop": True}),
        ("timeout_before_commit", {"drop": True}),
        ("burst_5xx", {"status": 500}),
        ("burst_5xx", {"status": 503, "retry_after": 2}),
        ("rate_limit", {"retry_after": 1}),
        ("bad_json", {"kind": "truncated"}),
        ("bad_json", {"kind": "html"}),
        ("bad_json", {"kind": "redirect"}),
        ("bad_json", {"kind": "reset"}),
        ("legacy200", {}),
        ("duplicate_receipt", {}),
        ("duplicate_receipt", {"wrong": True}),
        ("partial_batch", {"k": 4}),
        ("partial_batch", {"k": 1_000_000, "cut": 3}),
    ]
    each = 1 - (1 - share) ** (1 / len(kinds))  # the first that fires wins
    return [Fault(name, left=None, probability=each, params=params) for name, params in kinds]


def ruis_in(path: str, body: bytes) -> set[str]:
    """The record identities a request speaks of, read leniently: only to match switches."""
    found = {path.rpartition("/")[2]}
    try:
        document = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return found
    if isinstance(document, dict):
        items = document.get("items")
        for envelope in [document, *(items if isinstance(items, list) else [])]:
            if isinstance(envelope, dict) and isinstance(envelope.get("record_unique_identity"), str):
                found.add(envelope["record_unique_identity"])
    return found


def from_document(document: Json) -> Fault:
    """A switch as `POST /__mock__/faults` describes it; E3001 for what it does not understand."""
    unknown = set(document) - _FIELDS
    if unknown:
        raise schema_error(f"/{min(unknown)}", "没有这个字段")
    if document.get("fault") not in NAMES:
        raise schema_error("/fault", "没有这个故障：" + "、".join(sorted(NAMES)))
    match, params = (document[name] if document.get(name) is not None else {} for name in ("match", "params"))
    count, probability = document.get("count", 1), document.get("probability", 1.0)
    if not isinstance(match, dict) or set(match) - {"path", "rui"}:
        raise schema_error("/match", "只能有 path 和 rui")
    if not isinstance(params, dict):
        raise schema_error("/params", "类型应为对象")
    if count is not None and (type(count) is not int or count < 0):
        raise schema_error("/count", "应为非负整数或空")
    if type(probability) not in (int, float) or not 0 <= probability <= 1:
        raise schema_error("/probability", "应在 0 与 1 之间")
    return Fault(document["fault"], _text(match, "path"), _text(match, "rui"), count, float(probability), params)


def _text(match: Json, name: str) -> str | None:
    value: Any = match.get(name)
    if value is not None and not isinstance(value, str):
        raise schema_error(f"/match/{name}", "类型应为文字或空")
    return value


def refuse_early(fault: Fault) -> None:
    """Raise the error a switch answers before anything is stored; returns when it has none."""
    params = fault.params
    if fault.name == "burst_5xx":
        status = params.get("status", 503)
        code = {500: "E5001", 504: "E5003"}.get(status, "E5002")
        retry_after = params.get("retry_after")
        headers = [("Retry-After", str(retry_after))] if retry_after is not None else []
        raise ExchangeError(code, headers=headers, http_status=status if status in (500, 502, 503, 504) else 503)
    if fault.name == "rate_limit":
        raise ExchangeError("E6001", headers=[("Retry-After", str(params.get("retry_after", 1)))])
