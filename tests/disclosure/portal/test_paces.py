"""How often anybody may search and read records; guessed addresses cost next to nothing (security.md §15).

Four hundred guesses with all tests, ten thousand with ``LISHU_LONG=1``.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord
from disclosure.portal import inside, leak_gate
from disclosure.portal.asking import day_of
from lishu_law.web import rate_limits
from lishu_law.web.rate_limits import SEARCH

pytestmark = pytest.mark.django_db
GUESSES = 10_000 if os.environ.get("LISHU_LONG") else 400


@pytest.fixture
def records() -> Any:
    with time_machine.travel(datetime(2026, 4, 13, 2, 0, tzinfo=UTC), tick=False):
        seed_records(90, pending=0)
        yield list(DisclosureRecord.objects.filter(state="published", display_until__gte=date(2026, 4, 13)))


@pytest.mark.parametrize(
    ("address", "named"),
    [("/penalties/", "q"), ("/benchmarks/", "q"), ("/penalties/", "year"), ("/penalties/day/", "on")],
)
def test_thirty_searches_a_minute_then_a_page_that_says_what_to_do(address: str, named: str) -> None:
    asked = {named: "2026-04-01" if named == "on" else "2026"}
    statuses = [Client(REMOTE_ADDR=f"198.51.100.{n}").get(address, asked).status_code for n in range(31)]
    assert statuses == [200] * 30 + [429]
    closed = Client(REMOTE_ADDR="198.51.100.9").get("/penalties/", {"q": "x"})
    assert 0 < int(closed["Retry-After"]) <= 60
    assert closed["Cache-Control"] == "no-store"
    assert "数据下载" in closed.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.5").get(address, asked).status_code == 200


def test_who_only_reads_the_list_on_is_not_counted() -> None:
    for _time in range(40):
        assert Client().get("/penalties/", {"after": "2026-04-01~2026-aaaaaaaaaa"}).status_code == 200


def test_six_hundred_a_day() -> None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    client.get("/penalties/", {"q": "x"})
    store = rate_limits._store()
    day = next(key for key in store.scan_iter(f"{rate_limits._prefix()}pace-day:search:*"))
    store.incrby(day, SEARCH.a_day - 2)
    assert client.get("/penalties/", {"q": "x"}).status_code == 200
    over = client.get("/penalties/", {"q": "x"})
    assert over.status_code == 429
    assert 80_000 < int(over["Retry-After"]) <= 86_400


def test_sixty_records_a_minute_for_programs_and_none_counted_from_inside(
    client: Client, records: list[DisclosureRecord]
) -> None:
    addresses = [reverse("public-record-json", args=[one.public_id]) for one in records[:61]]
    assert [client.get(one).status_code for one in addresses] == [200] * 60 + [429]
    assert client.get(reverse("open-linked", args=[records[0].public_id])).status_code == 429
    assert client.get(reverse("public-record", args=[records[0].public_id])).status_code == 200
    assert inside.ask(addresses[0]).status_code == 200
    night = leak_gate.scan(date(2026, 4, 13))
    assert (night.found, night.looked > 60) == (0, True)


def test_without_redis_the_public_still_reads(client: Client, settings: Any, records: list[DisclosureRecord]) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    rate_limits._store.cache_clear()
    try:
        statuses = {client.get("/penalties/", {"q": "x"}).status_code, client.get("/penalties.json").status_code}
    finally:
        rate_limits._store.cache_clear()
    assert statuses == {200}


def test_guesses_are_answered_cheaply_and_find_nothing(client: Client, records: list[DisclosureRecord]) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    guesses = ["2026-" + "".join(letters[(n * k + k) % 32] for k in range(3, 13)) for n in range(GUESSES)]
    client.get(f"/penalties/{guesses[0]}/")
    begin = time.process_time()
    statuses = set()
    for place, guess in enumerate(guesses):
        if place % 100:
            statuses.add(client.get(f"/penalties/{guess}/").status_code)
            continue
        with CaptureQueriesContext(connection) as asked:
            statuses.add(client.get(f"/penalties/{guess}/").status_code)
        assert len(asked) == 1
    assert statuses == {404}
    assert (time.process_time() - begin) / GUESSES < 0.02


def test_a_day_is_read_in_one_way_only() -> None:
    assert day_of("2026-05-01") == date(2026, 5, 1)
    for wrong in ("2026-5-1", "20260501", "２０２６-05-01", "1989-12-31", "2201-01-01", ""):
        with pytest.raises(ValueError):
            day_of(wrong)
