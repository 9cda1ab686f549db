"""The hostile mood, the faults of single envelopes in a batch, the catalogue of matters, the page of faults."""

import json
import re

import pytest
from signed_client import client_of, penalty, start

from disclosure.mock_feed import controls, pages
from disclosure.mock_feed.faults import NAMES, hostile
from disclosure.mock_feed.wire import Request


def control(exchange, path, document):
    body = json.dumps(document).encode()
    return controls.handle(exchange, Request("POST", f"/__mock__/{path}", "", {}, body, "127.0.0.1"))


def page(exchange, path):
    response = pages.handle(exchange, Request("GET", path, "", {}, b"", "127.0.0.1"))
    return response.status, response.body.decode()


def test_hostile_from_the_start_and_after_a_reset(tmp_path):
    exchange = start(tmp_path, has_faults=True, hostile=0.12, seed=5)
    count = len(exchange.faults.shown())
    assert count == len(hostile(0.12)) > 10
    exchange.reset()
    assert len(exchange.faults.shown()) == count
    exchange.storage.close()


def test_hostile_needs_the_faults_enabled(tmp_path):
    exchange = start(tmp_path, has_faults=False, hostile=0.12)
    assert exchange.faults.shown() == []
    exchange.storage.close()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_the_share_is_that_of_all_requests(exchange, share):
    quiet = 1.0
    for fault in hostile(share):
        assert fault.name in NAMES
        quiet *= 1 - fault.probability
    assert abs(1 - quiet - share) < 1e-9


def test_the_same_seed_gives_the_same_mishaps(tmp_path):
    seen = []
    for turn in ("a", "b"):
        (tmp_path / turn).mkdir()
        exchange = start(tmp_path / turn, has_faults=True, hostile=0.3, seed=9)
        found = [exchange.faults.choose("POST", "/penalty-decisions", b"") for _ in range(50)]
        seen.append([fault and (fault.name, fault.params) for fault in found])
        exchange.storage.close()
    assert seen[0] == seen[1]
    assert any(seen[0])


def test_mood_by_control_path(exchange):
    assert control(exchange, "hostile", {"share": 0.2}).status == 200
    assert exchange.faults.shown()
    assert control(exchange, "hostile", {"share": 2}).status == 422


def test_of_a_batch_only_every_nth_envelope_is_lost(exchange, client):
    fault = {"fault": "lost_write", "count": 1, "params": {"every": 3}}
    assert control(exchange, "faults", fault).status == 200
    items = [penalty(serial) for serial in range(1, 7)]
    assert client.batch("2026041000001", items).json["accepted"] == 6
    held = client.get("/reconcile/penalty-decisions", "date_from=2026-04-01&date_to=2026-04-30").json["items"]
    lost = {one["record_unique_identity"] for one in items} - {one["record_unique_identity"] for one in held}
    assert lost == {items[2]["record_unique_identity"], items[5]["record_unique_identity"]}


def test_a_matter_can_leave_the_catalogue(exchange, client):
    envelope = penalty()
    matter = envelope["data"]["supervise_item_code"]
    fault = {"fault": "schema_tightened", "count": None, "params": {"list": "supervise_item", "code": matter}}
    assert control(exchange, "faults", fault).status == 200
    answer = client.post(envelope)
    assert (answer.status, answer.json["code"]) == (422, "E3003")
    assert [(one["list"], one["path"]) for one in answer.json["details"]] == [
        ("supervise_item", "/data/supervise_item_code")
    ]
    exchange.faults.clear()
    assert client.post(envelope).status == 202


def test_the_page_of_faults_names_all_and_shows_what_is_set(exchange):
    client_of(exchange).post(penalty())
    control(exchange, "faults", {"fault": "slow", "count": 2, "params": {"seconds": 1}})
    status, text = page(exchange, "/faults")
    assert status == 200
    assert set(re.findall(r"<code>([a-z_0-9]+)</code>", text)) >= NAMES
    assert "一小时内的请求" in text
    assert "&quot;seconds&quot;" in text
