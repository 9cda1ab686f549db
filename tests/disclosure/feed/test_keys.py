"""Two keys at once, a new one without a restart, and what a process remembers of clock and keys."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from disclosure.feed.answers import Meaning
from disclosure.feed.client import FeedClient
from disclosure.feed.keys import keyring, standing
from disclosure.feed.wire import usable_algorithm
from tests.disclosure.exchange import KEY_ID, SECRET, Exchange
from tests.disclosure.feed.test_client import parcel


def _keys(path: Path, keys: dict[str, str]) -> None:
    path.write_text(json.dumps(keys), encoding="utf-8")
    os.utime(path, ns=(path.stat().st_mtime_ns + 1, path.stat().st_mtime_ns + 1))


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "keys.json"
    settings.FEED_KEYS_FILE = str(path)
    return path


def test_one_key_from_the_settings(settings: Any) -> None:
    settings.FEED_KEY_ID, settings.FEED_SECRET = "k7", "s7"
    assert [(key.key_id, key.secret) for key in keyring()] == [("k7", "s7")]
    assert "s7" not in repr(keyring())


def test_the_file_is_read_again_and_a_broken_one_changes_nothing(file: Path) -> None:
    _keys(file, {"k1": "a", "k2": "b"})
    assert [key.key_id for key in keyring()] == ["k1", "k2"]
    _keys(file, {"k3": "c", "k1": "a"})
    assert [key.key_id for key in keyring()] == ["k3", "k1"]
    file.write_text("{", encoding="utf-8")
    assert [key.key_id for key in keyring()] == ["k3", "k1"]
    _keys(file, {})
    assert [key.key_id for key in keyring()] == ["k3", "k1"]


@pytest.mark.parametrize("wrong", [{"old": SECRET}, {KEY_ID: "another secret"}])
def test_a_refused_key_gives_way_to_the_next_once(exchange: Exchange, file: Path, wrong: dict[str, str]) -> None:
    ((name, secret),) = wrong.items()
    if name == KEY_ID:  # E1005: the same name, another secret; the right one stands behind it under its own name
        _keys(file, {name: secret})
        with FeedClient() as client:
            assert client.send(parcel()).meaning is Meaning.HALT
        return
    standing(exchange.url).refused.clear()
    _keys(file, {name: secret, KEY_ID: SECRET})
    with FeedClient() as client:
        assert client.send(parcel(1)).meaning is Meaning.ACCEPTED
        assert client.send(parcel(2)).meaning is Meaning.ACCEPTED
    assert len(standing(exchange.url).refused) == 1
    with FeedClient() as client:  # another run of the same process does not try the refused one again
        assert client.send(parcel(3)).meaning is Meaning.ACCEPTED


def test_rotation_in_the_middle_of_the_work(exchange: Exchange, file: Path) -> None:
    _keys(file, {KEY_ID: SECRET})
    with FeedClient() as client:
        assert client.send(parcel(1)).meaning is Meaning.ACCEPTED
        exchange.fault("key_rotated")
        assert client.send(parcel(2)).meaning is Meaning.HALT
        exchange.reset()
        assert client.send(parcel(2)).meaning is Meaning.ACCEPTED


def test_the_clock_is_learned_once_a_process(exchange: Exchange) -> None:
    exchange.fault("clock_skew", count=None, offset_seconds=900)
    with FeedClient() as client:
        assert client.send(parcel(1)).meaning is Meaning.ACCEPTED
    assert abs(standing(exchange.url).offset_ms - 900_000) < 5_000
    with FeedClient() as client:
        assert "五分钟" in client.alarm  # it stays an alarm until the clocks agree
        assert client.send(parcel(2)).meaning is Meaning.ACCEPTED
    exchange.reset()
    with FeedClient() as client:
        assert client.send(parcel(3)).meaning is Meaning.ACCEPTED
    assert abs(standing(exchange.url).offset_ms) < 5_000


def test_sm3_where_the_machine_has_it_else_sha256(exchange: Exchange, settings: Any) -> None:
    settings.FEED_SIGN_ALG = "HMAC-SM3"
    with FeedClient() as client:
        answer = client.send(parcel(1))
    assert answer.receipt is not None
    assert answer.receipt["sign_alg"] == usable_algorithm("HMAC-SM3")
    assert usable_algorithm("HMAC-MD5") == "HMAC-SHA256"
