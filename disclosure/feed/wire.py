"""What stands on the wire: canonical JSON, digests and signatures (standards/feed_api.md §2, §4, §5). Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

HASHES = {"HMAC-SHA256": "sha256", "HMAC-SM3": "sm3"}
DEFAULT_ALGORITHM = "HMAC-SHA256"
_UNRESERVED = "-._~"


def usable_algorithm(wanted: str) -> str:
    """``wanted`` if this machine can compute it, else SHA-256 (SM3 needs OpenSSL 3)."""
    if wanted in HASHES and HASHES[wanted] in hashlib.algorithms_available:
        return wanted
    return DEFAULT_ALGORITHM


def without_nulls(value: Any) -> Any:
    """``value`` with every key whose value is null removed, at every level."""
    if isinstance(value, Mapping):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [without_nulls(item) for item in value]
    return value


def dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """Canonical JSON: nulls removed, keys sorted, no spaces, UTF-8 unescaped."""
    return dumped(without_nulls(value))


def content_digest(envelope: Mapping[str, Any]) -> str:
    """The digest both sides compare: SHA-256 over ``data`` and the four identifying fields of the envelope."""
    names = ("cd_operation", "data", "data_version", "kind", "record_unique_identity")
    return hashlib.sha256(canonical({name: envelope.get(name) for name in names}).encode()).hexdigest()


def canonical_query(query: str) -> str:
    """Pairs percent-encoded per RFC 3986, sorted by key, then value; ``+`` is a plus."""
    if not query:
        return ""
    pairs = (part.partition("=") for part in query.split("&"))
    encoded = sorted((quote(unquote(k), safe=_UNRESERVED), quote(unquote(v), safe=_UNRESERVED)) for k, _sep, v in pairs)
    return "&".join(f"{key}={value}" for key, value in encoded)


def string_to_sign(method: str, target: str, headers: Mapping[str, str], body: bytes) -> str:
    """The seven lines; ``target`` is path and query exactly as sent."""
    path, _sep, query = target.partition("?")
    lines = (
        method,
        path,
        canonical_query(query),
        headers["X-App-Id"],
        headers["X-Timestamp"],
        headers["X-Nonce"],
        hashlib.new(HASHES[headers["X-Sign-Alg"]], body).hexdigest(),
    )
    return "\n".join(lines)


def mac(secret: str, text: str, algorithm: str) -> str:
    return hmac.new(secret.encode(), text.encode(), HASHES[algorithm]).hexdigest()


def sign_request(secret: str, method: str, target: str, headers: Mapping[str, str], body: bytes) -> str:
    """The value of ``X-Sign``."""
    return mac(secret, string_to_sign(method, target, headers, body), headers["X-Sign-Alg"])


def receipt_is_authentic(receipt: Mapping[str, Any], secret: str) -> bool:
    """True when ``sign`` is the HMAC of the receipt without it."""
    algorithm = receipt.get("sign_alg")
    if algorithm not in HASHES or HASHES[algorithm] not in hashlib.algorithms_available:
        return False
    unsigned = {key: value for key, value in receipt.items() if key != "sign"}
    return hmac.compare_digest(mac(secret, canonical(unsigned), algorithm), str(receipt.get("sign", "")))
