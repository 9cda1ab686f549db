"""Signatures, canonical JSON and digests of contract sections 2, 4 and 5. Nothing here keeps state."""

import hashlib
import hmac
import json
from typing import Any, Final
from urllib.parse import quote, unquote_to_bytes

from disclosure.mock_feed.errors import Json

ALGORITHMS: Final = {"HMAC-SHA256": "sha256", "HMAC-SM3": "sm3"}
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical_query(query: str) -> str:
    """The query as it stands in the string to sign: re-encoded pairs, sorted by byte; `+` is a plus."""
    if not query:
        return ""
    pairs = []
    for part in query.split("&"):
        key, _, value = part.partition("=")
        pairs.append((quote(unquote_to_bytes(key), safe=""), quote(unquote_to_bytes(value), safe="")))
    return "&".join(f"{key}={value}" for key, value in sorted(pairs))


def body_hash(algorithm: str, body: bytes) -> str:
    """Lower-case hex of the body's hash under the signature's algorithm."""
    return hashlib.new(ALGORITHMS[algorithm], body).hexdigest()


def string_to_sign(method: str, path: str, query: str, headers: tuple[str, str, str], hashed: str) -> str:
    """The seven lines of section 2; `headers` are app id, timestamp and nonce as sent."""
    return "\n".join((method, path, canonical_query(query), *headers, hashed))


def sign(algorithm: str, secret: str, text: str) -> str:
    """HMAC of `text` as lower-case hex."""
    return hmac.digest(secret.encode(), text.encode("utf-8", "surrogateescape"), ALGORITHMS[algorithm]).hex()


def without_nulls(value: Any) -> Any:
    """The value with every key removed that holds null, at every level; empty texts, lists and objects stay."""
    if isinstance(value, dict):
        return {
            key: item if type(item) is str else without_nulls(item) for key, item in value.items() if item is not None
        }
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def canonical(value: Any) -> str:
    """Canonical JSON: nulls removed, keys sorted, no spaces, nothing escaped that need not be."""
    return _encode(without_nulls(value))


def content(envelope: Json) -> tuple[str, str]:
    """Canonical JSON of data with the four envelope fields that identify it, and its SHA-256 (section 4)."""
    text = canonical(
        {
            "cd_operation": envelope["cd_operation"],
            "data": envelope["data"],
            "data_version": envelope["data_version"],
            "kind": envelope["kind"],
            "record_unique_identity": envelope["record_unique_identity"],
        }
    )
    return text, hashlib.sha256(text.encode()).hexdigest()


def sign_receipt(receipt: Json, algorithm: str, secret: str) -> Json:
    """The receipt with `sign_alg` and `sign` of this answer; the stored part stays as it is."""
    signed = {**receipt, "sign_alg": algorithm}
    return {**signed, "sign": sign(algorithm, secret, canonical(signed))}
