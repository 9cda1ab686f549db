"""The checks every signed request passes before anything else happens (contract section 2, in its order)."""

import hmac
import math
import re
import threading
import time
from dataclasses import dataclass
from typing import Final

from disclosure.mock_feed.errors import ExchangeError
from disclosure.mock_feed.intake import Sender
from disclosure.mock_feed.keys import App, Keyring
from disclosure.mock_feed.signing import ALGORITHMS, body_hash, sign, string_to_sign
from disclosure.mock_feed.wire import Request

SKEW_MS: Final = 300_000
NONCE_MS: Final = 600_000
_TIMESTAMP: Final = re.compile(r"[0-9]{13}")
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_RECONCILE_RATE: Final = 2.0
_RECONCILE_BURST: Final = 2.0


@dataclass(frozen=True)
class Passed:
    """A request whose signature is right: who sent it, with which key, and the nonce it has used up."""

    sender: Sender
    key_id: str
    nonce: str
    app: App


class Gate:
    """Keeps the nonces in memory; the storage keeps them over a restart."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys
        self._nonces: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def remember(self, app_id: str, nonce: str, seen_ms: int) -> None:
        """Take in a nonce that was used before the restart."""
        self._nonces[app_id, nonce] = seen_ms

    def forget_all(self) -> None:
        """Forget all nonces (a reset)."""
        with self._lock:
            self._nonces.clear()

    def check(self, request: Request, now: int) -> Passed:
        """Application, key, time, nonce, signature; then the nonce is used up."""
        header = request.headers.get
        app_id, key_id, timestamp = header("x-app-id", ""), header("x-key-id", ""), header("x-timestamp", "")
        app = self._keys.app(app_id) if app_id else None
        if app is None:
            raise ExchangeError("E1001")
        secret = self._keys.secret(app, key_id)
        if secret is None:
            raise ExchangeError("E1002")
        if not _TIMESTAMP.fullmatch(timestamp) or abs(now - int(timestamp)) > SKEW_MS:
            raise ExchangeError("E1003")
        nonce = header("x-nonce", "")
        if not _NONCE.fullmatch(nonce) or self._is_used(app_id, nonce, now):
            raise ExchangeError("E1004")
        algorithm = header("x-sign-alg", "HMAC-SHA256")
        if algorithm not in ALGORITHMS:
            raise ExchangeError("E1005")
        hashed = body_hash(algorithm, request.body)
        text = string_to_sign(request.method, request.path, request.query, (app_id, timestamp, nonce), hashed)
        given = header("x-sign", "").encode("utf-8", "replace")
        if not hmac.compare_digest(sign(algorithm, secret, text).encode(), given):
            raise ExchangeError("E1005")
        with self._lock:
            if self._is_used(app_id, nonce, now):
                raise ExchangeError("E1004")
            self._nonces[app_id, nonce] = now
            if len(self._nonces) % 4096 == 0:
                self._nonces = {key: seen for key, seen in self._nonces.items() if now - seen < NONCE_MS}
        return Passed(Sender(app_id, app.uscc, secret, algorithm), key_id, nonce, app)

    def _is_used(self, app_id: str, nonce: str, now: int) -> bool:
        seen = self._nonces.get((app_id, nonce))
        return seen is not None and now - seen < NONCE_MS


class Bucket:
    """A token bucket in machine time: the demo clock may jump, a rate may not."""

    def __init__(self, rate: float, size: float) -> None:
        self.rate, self.size = rate, size
        self.tokens = size
        self._filled_at = time.monotonic()

    def fill(self) -> None:
        """Add what has flowed in since the last look."""
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self._filled_at) * self.rate)
        self._filled_at = now


class Limits:
    """Rate limits per application (contract section 7); a rate of 0 switches them all off."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._buckets: dict[tuple[str, bool], Bucket] = {}
        self._lock = threading.Lock()

    def take(self, app_id: str, is_reconcile: bool) -> None:
        """Take one token, for reconcile one from each of both buckets; E6001 when one is empty."""
        if not self._rate:
            return
        with self._lock:
            buckets = [self._bucket(app_id, False)] + ([self._bucket(app_id, True)] if is_reconcile else [])
            wait = max((1 - bucket.tokens) / bucket.rate for bucket in buckets)
            if wait > 0:
                raise ExchangeError("E6001", headers=[("Retry-After", str(math.ceil(wait)))])
            for bucket in buckets:
                bucket.tokens -= 1

    def headers(self, app_id: str) -> list[tuple[str, str]]:
        """The X-RateLimit headers of a signed answer; none while the limits are off."""
        if not self._rate:
            return []
        with self._lock:
            bucket = self._bucket(app_id, False)
            return [
                ("X-RateLimit-Limit", str(int(bucket.size))),
                ("X-RateLimit-Remaining", str(int(bucket.tokens))),
                ("X-RateLimit-Reset", str(math.ceil((bucket.size - bucket.tokens) / bucket.rate))),
            ]

    def _bucket(self, app_id: str, is_reconcile: bool) -> Bucket:
        bucket = self._buckets.get((app_id, is_reconcile))
        if bucket is None:
            size = _RECONCILE_BURST if is_reconcile else max(1.0, 2 * self._rate)
            bucket = self._buckets[app_id, is_reconcile] = Bucket(_RECONCILE_RATE if is_reconcile else self._rate, size)
        bucket.fill()
        return bucket
