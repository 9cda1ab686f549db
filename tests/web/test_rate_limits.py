"""Guessing tokens: ten unknown ones a minute and network, then longer and longer nothing; closed without Redis."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from inspections import codes
from lishu_law.web import rate_limits
from lishu_law.web.rate_limits import MISSES_A_MINUTE, network_of
from tests.cast import make_cast
from tests.inspections.scenes import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(make_cast())


def guess(address: str = "198.51.100.7") -> Any:
    return Client(REMOTE_ADDR=address).get(f"/v/{codes.new_token()}")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2::1", "2001:db8:1::/48"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_network_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


def test_guessing_is_stopped_for_its_network_alone(db: None) -> None:
    statuses = [guess(f"198.51.100.{n}").status_code for n in range(MISSES_A_MINUTE + 2)]
    assert statuses == [404] * (MISSES_A_MINUTE + 1) + [429]
    closed = guess("198.51.100.200")
    assert int(closed["Retry-After"]) <= 60
    assert "分钟后再试" in closed.content.decode()
    assert guess("203.0.113.5").status_code == 404


def test_each_time_the_wait_doubles(db: None) -> None:
    waits = []
    for _time in range(3):
        for _guess in range(MISSES_A_MINUTE + 1):
            guess()
        waits.append(int(guess()["Retry-After"]))
        store = rate_limits._store()
        for key in [
            *store.scan_iter(f"{rate_limits._prefix()}miss:closed:*"),
            *store.scan_iter(f"{rate_limits._prefix()}miss:[0-9a-f]*"),
        ]:
            store.delete(key)
    assert [round(one / 60) for one in waits] == [1, 2, 4]


def test_pages_found_are_never_counted(scene: Scene) -> None:
    import time_machine

    from tests.inspections.scenes import VISIT_FROM, filed_filing, subject

    token = filed_filing(scene, subject()).token
    with time_machine.travel(VISIT_FROM, tick=False):
        assert {Client().get(f"/v/{token}").status_code for _time in range(3 * MISSES_A_MINUTE)} == {200}


def test_without_redis_the_door_is_closed(db: None, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    rate_limits._store.cache_clear()
    try:
        page = guess()
    finally:
        rate_limits._store.cache_clear()
    assert page.status_code == 503
    assert page["Cache-Control"] == "no-store"


def test_no_address_is_kept(db: None) -> None:
    guess("198.51.100.7")
    keys = [key.decode() for key in rate_limits._store().scan_iter(f"{rate_limits._prefix()}*")]
    assert keys
    assert not [key for key in keys if "198.51" in key]
