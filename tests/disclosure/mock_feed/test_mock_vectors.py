"""The test vectors printed in the exchange contract, sections 2, 4, 5 and 8, in both algorithms."""

import hashlib
import json

import pytest
from signed_client import EXAMPLES, SECRET

from disclosure.mock_feed import signing
from disclosure.mock_feed.reading import day_digest

BODY = '{"hello":"梨树"}'.encode()
POST = ("POST", "/api/v1/penalty-decisions", "", ("LISHU-JT-01", "1767225600000", "n-0000000000000001"))
QUERY = "date_from=2026-01-01&date_to=2026-01-31&limit=200"
GET = ("GET", "/api/v1/reconcile/penalty-decisions", QUERY, ("LISHU-JT-01", "1767225600000", "n-0000000000000002"))
RECEIPT = {
    "receipt_no": "HZ2026010100000000AA",
    "app_id": "LISHU-JT-01",
    "kind": "penalty-decision",
    "record_unique_identity": "11220322MB0T00015M-CF-2026-000123",
    "data_version": 1,
    "cd_operation": "i",
    "status": "RECEIVED",
    "content_digest": "bda4804214241f790e96b9354664107f76ef8ac3d9482c4c111712b0f8a15d70",
    "received_at": "2026-01-01T08:00:00.000+08:00",
    "updated_at": "2026-01-01T08:00:00.000+08:00",
    "published_at": None,
    "platform_url": None,
    "late": False,
    "errors": [],
}


@pytest.mark.parametrize(
    ("algorithm", "hashed"),
    [
        ("HMAC-SHA256", "3ab2a3e04b4a75f6910515bf5af5585ebe46a2fbc3732f171b2dfb538e3c1ffe"),
        ("HMAC-SM3", "efa076fd9f9db04162964d1ad9c9487cd19ac6b65ea18dbe5cb18f6834b47f44"),
    ],
)
def test_body_hash(algorithm, hashed):
    assert signing.body_hash(algorithm, BODY) == hashed


@pytest.mark.parametrize(
    ("algorithm", "parts", "body", "expected"),
    [
        ("HMAC-SHA256", POST, BODY, "d273068d3dfea7ff8dcfd909284cde0e19669766f46cd5132b39f1c31eb66753"),
        ("HMAC-SM3", POST, BODY, "699997515beda36d7843bdd20a7f7e44058da9d3e59063e7b7133c32fe7f7438"),
        ("HMAC-SHA256", GET, b"", "16cb0a6c3a2b90d882c47efeacfddb8cdb634f47a74a5ab82289dc58da39b462"),
        ("HMAC-SM3", GET, b"", "5dbbf22e329b0674afefa65f53c2a2af019f4a5890724adda6f8d90a37dacd8e"),
    ],
)
def test_request_signature(algorithm, parts, body, expected):
    text = signing.string_to_sign(*parts, signing.body_hash(algorithm, body))
    assert signing.sign(algorithm, SECRET, text) == expected


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&a=1", "a=1&a=2"),
        ("a", "a="),
        ("a=1=2", "a=1%3D2"),
        ("a=1+2", "a=1%2B2"),
        ("a=%e6%a2%a8~", "a=%E6%A2%A8~"),
        ("a%2fb=%7E-._", "a%2Fb=~-._"),
    ],
)
def test_canonical_query(query, canonical):
    assert signing.canonical_query(query) == canonical


def test_serialiser_vector_keeps_its_null():
    text = json.dumps(
        {"a": {"c": ["甲", "乙"], "d": True}, "b": "2", "n": None},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    assert hashlib.sha256(text.encode()).hexdigest() == (
        "3d99932942a5a013ed9aec123046f32975918eaf0ea107676dc92c443424f7a4"
    )


def test_canonical_drops_nulls_at_every_level_and_nothing_else():
    value = {"z": None, "b": {"y": None, "x": [{"n": None, "m": ""}, None]}, "a": [], "c": {}, "d": False}
    assert signing.canonical(value) == '{"a":[],"b":{"x":[{"m":""},null]},"c":{},"d":false}'


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("penalty", "bda4804214241f790e96b9354664107f76ef8ac3d9482c4c111712b0f8a15d70"),
        ("withdrawal", "8b9cddd639ff6def965dd32f82508829e49a484af250f79ff3450ea1dd9cade6"),
        ("inspection", "a67fbffaf26eb7bb643cc3cca8535d89ec0dea891aac53b61bd53a2b9ae50371"),
    ],
)
def test_content_digest_of_the_examples(name, digest):
    assert signing.content(EXAMPLES[name])[1] == digest


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("HMAC-SHA256", "a5ada7a1640bfa69bca6e63148dc6be36c4fa7ed5ed9441c28676dd5d2fd4713"),
        ("HMAC-SM3", "c5fe4121cf0d0c69fd0b95d09215e05943f3d37cfd0be36125d7d51564e4d412"),
    ],
)
def test_receipt_signature(algorithm, expected):
    assert signing.sign_receipt(RECEIPT, algorithm, SECRET)["sign"] == expected


def test_day_digest():
    digests = [signing.content(EXAMPLES[name])[1] for name in ("penalty", "inspection")]
    assert day_digest(digests) == "748c90462af9ac7bb644995da1cc7e747d71d66e90d577853feff0497d6dda40"
