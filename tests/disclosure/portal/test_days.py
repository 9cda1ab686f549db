"""What was public on a day, for people: the same records as the interface names, with the hour where it counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord, RecordEvent
from tests.disclosure.register import scenes

PAGE_MOST = 12
pytestmark = pytest.mark.django_db


@pytest.fixture
def records(settings: Any, tmp_path: Any) -> Any:
    """Published on 2026-04-13 at 10:00; the shop's is withdrawn the next day at 09:00."""
    scenes.use_key(settings, tmp_path)
    made = scenes.grown().records
    RecordEvent.objects.create(record=made["shop"], kind="withdraw", at=datetime(2026, 4, 14, 1, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 4, 15, 2, 0, tzinfo=UTC), tick=False):
        yield made


def shown(client: Client, day: str) -> dict[str, list[str]]:
    page = client.get("/penalties/day/", {"on": day})
    assert page.status_code == 200
    text = page.content.decode()
    rows = re.findall(r'<tr><th scope="row"><a href="/penalties/([^/]+)/">.*?</tr>', text)
    cells = re.findall(r'data-label="[^"]*">([^<]*)<', text)
    return {public_id: cells[3 * place : 3 * place + 3] for place, public_id in enumerate(rows)}


def test_the_page_and_the_interface_say_the_same(client: Client, records: dict[str, DisclosureRecord]) -> None:
    for day in ("2026-04-12", "2026-04-13", "2026-04-14", "2026-04-15"):
        listed = client.get("/penalties.json", {"on": day}).json()["items"]
        assert list(shown(client, day)) == [one["public_id"] for one in listed]
    assert len(shown(client, "2026-04-13")) == 5
    assert shown(client, "2026-04-12") == {}


def test_the_hour_stands_on_its_own_day_only(client: Client, records: dict[str, DisclosureRecord]) -> None:
    shop = records["shop"].public_id
    assert shown(client, "2026-04-13")[shop] == ["2026-04-13 10:00", "2026-04-14", "已撤回"]
    assert shown(client, "2026-04-14")[shop] == ["2026-04-13", "2026-04-14 09:00", "已撤回"]
    assert shop not in shown(client, "2026-04-15")
    assert shown(client, "2026-04-15")[records["company"].public_id] == ["2026-04-13", "—", "公示中"]


def test_no_party_stands_there_and_no_search_engine_keeps_it(
    client: Client, records: dict[str, DisclosureRecord]
) -> None:
    page = client.get("/penalties/day/", {"on": "2026-04-13"})
    text = page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, noarchive"
    assert records["company"].party_display not in text
    assert records["company"].violation not in text
    assert "X-Robots-Tag" not in client.get("/penalties/day/")


@pytest.mark.parametrize(
    "day", ["2026-04-16", "20260413", "2026-W16-1", "0001-01-01", "2026-02-30", "x", "2026-04-13\n"]
)
def test_a_day_that_cannot_be_asked_says_how_to_ask(client: Client, records: Any, day: str) -> None:
    page = client.get("/penalties/day/", {"on": day})
    assert page.status_code == 400
    assert "日期" in page.content.decode()
    assert client.get("/penalties.json", {"on": day}).status_code == 400


def test_it_is_read_on_page_by_page_in_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seed_records(45, pending=0)
    day, address, found = DisclosureRecord.objects.latest("published_at").published_at.date(), "", []
    with time_machine.travel(datetime(day.year, day.month, day.day, 20, tzinfo=UTC), tick=False):
        address = f"?on={day.isoformat()}"
        while address:
            with django_assert_max_num_queries(PAGE_MOST):
                text = client.get(f"/penalties/day/{address}").content.decode()
            found += re.findall(r'<a href="/penalties/([^/]+)/">', text)
            more = re.search(r'rel="next" href="([^"]+)"', text)
            address = more[1].replace("&amp;", "&") if more else ""
        listed = client.get("/penalties.json", {"on": day.isoformat()}).json()["items"]
    assert len(found) == len(set(found)) == len(listed) > 20
