"""Signatures and digests against the printed vectors of standards/feed_api.md §2, §4, §5."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from disclosure.feed import wire

pytestmark = pytest.mark.law

SECRET = "lishu-demo-secret-0001"
BODY = '{"hello":"梨树"}'.encode()
needs_sm3 = pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="OpenSSL without SM3")
EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))


def _headers(algorithm: str, nonce: str) -> dict[str, str]:
    return {"X-App-Id": "LISHU-JT-01", "X-Timestamp": "1767225600000", "X-Nonce": nonce, "X-Sign-Alg": algorithm}


@pytest.mark.parametrize(
    ("algorithm", "sign"),
    [
        ("HMAC-SHA256", "d273068d3dfea7ff8dcfd909284cde0e19669766f46cd5132b39f1c31eb66753"),
        pytest.param("HMAC-SM3", "699997515beda36d7843bdd20a7f7e44058da9d3e59063e7b7133c32fe7f7438", marks=needs_sm3),
    ],
)
def test_signed_post(algorithm: str, sign: str) -> None:
    headers = _headers(algorithm, "n-0000000000000001")
    assert wire.sign_request(SECRET, "POST", "/api/v1/penalty-decisions", headers, BODY) == sign


@pytest.mark.parametrize(
    ("algorithm", "sign"),
    [
        ("HMAC-SHA256", "16cb0a6c3a2b90d882c47efeacfddb8cdb634f47a74a5ab82289dc58da39b462"),
        pytest.param("HMAC-SM3", "5dbbf22e329b0674afefa65f53c2a2af019f4a5890724adda6f8d90a37dacd8e", marks=needs_sm3),
    ],
)
def test_signed_get_whatever_the_order_of_the_query(algorithm: str, sign: str) -> None:
    headers = _headers(algorithm, "n-0000000000000002")
    target = "/api/v1/reconcile/penalty-decisions?limit=200&date_to=2026-01-31&date_from=2026-01-01"
    assert wire.sign_request(SECRET, "GET", target, headers, b"") == sign


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&a=1", "a=1&a=2"),
        ("a+b=c d", "a%2Bb=c%20d"),
        ("flag&x=", "flag=&x="),
        ("k=%e6%a2%a8~-._", "k=%E6%A2%A8~-._"),
        ("k=a%2Fb=c", "k=a%2Fb%3Dc"),
    ],
)
def test_query(query: str, canonical: str) -> None:
    assert wire.canonical_query(query) == canonical


def test_serialiser_vector_with_null_kept() -> None:
    value = {"b": "2", "a": {"d": True, "c": ["甲", "乙"]}, "n": None}
    digest = hashlib.sha256(wire.dumped(value).encode()).hexdigest()
    assert digest == "3d99932942a5a013ed9aec123046f32975918eaf0ea107676dc92c443424f7a4"


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("penalty", "bda4804214241f790e96b9354664107f76ef8ac3d9482c4c111712b0f8a15d70"),
        ("withdrawal", "8b9cddd639ff6def965dd32f82508829e49a484af250f79ff3450ea1dd9cade6"),
        ("inspection", "a67fbffaf26eb7bb643cc3cca8535d89ec0dea891aac53b61bd53a2b9ae50371"),
    ],
)
def test_content_digest_of_the_examples(name: str, digest: str) -> None:
    assert wire.content_digest(EXAMPLES[name]) == digest


def test_nulls_go_and_empty_values_stay_at_every_level() -> None:
    assert (
        wire.canonical({"a": None, "b": [{"c": None, "d": ""}], "e": {}, "f": []}) == '{"b":[{"d":""}],"e":{},"f":[]}'
    )


@pytest.mark.parametrize(
    ("algorithm", "sign"),
    [
        ("HMAC-SHA256", "a5ada7a1640bfa69bca6e63148dc6be36c4fa7ed5ed9441c28676dd5d2fd4713"),
        pytest.param("HMAC-SM3", "c5fe4121cf0d0c69fd0b95d09215e05943f3d37cfd0be36125d7d51564e4d412", marks=needs_sm3),
    ],
)
def test_receipt_vector(algorithm: str, sign: str) -> None:
    receipt = {**EXAMPLES["receipt"], "sign_alg": algorithm, "sign": sign}
    assert wire.receipt_is_authentic(receipt, SECRET)
    assert not wire.receipt_is_authentic({**receipt, "data_version": 2}, SECRET)
    assert not wire.receipt_is_authentic(receipt, "another")
    assert not wire.receipt_is_authentic({**receipt, "sign_alg": "none"}, SECRET)


def test_unknown_algorithm_falls_back() -> None:
    assert wire.usable_algorithm("HMAC-MD5") == "HMAC-SHA256"
    assert wire.usable_algorithm("HMAC-SHA256") == "HMAC-SHA256"
