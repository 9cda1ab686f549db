"""Every fault with probability 0.3: after the queue has drained and one comparison both sides are equal (feed_api.md §11).

24 records each by default, 1,000 as a drill.
"""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from typing import Any

import pytest

from disclosure.actions.reconcile import ask_for_run
from disclosure.comparing import run_waiting
from disclosure.demo import seed_records
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import PENALTY_KIND
from disclosure.models import Delivery, FeedBreaker, ReconcileRun
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from lishu_law import clock
from tests.disclosure.exchange import SECRET, Exchange

IS_LONG = bool(os.environ.get("LISHU_LONG"))
COUNT = 1000 if IS_LONG else 24
# In the one transaction of a test no old version of a row is ever cleared away: hundreds of rounds get slower and slower.
DATABASE = pytest.mark.django_db(transaction=IS_LONG)
ROUNDS = 60
# "Too often" is said to all of us and ends a round of questions: with three in ten, after two or three of them.
LIMITED_ROUNDS = max(ROUNDS, COUNT)
FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("timeout_after_commit", {"drop": True}),
    ("timeout_before_commit", {"drop": True}),
    ("duplicate_receipt", {}),
    ("duplicate_receipt", {"wrong": True}),
    ("burst_5xx", {"status": 500}),
    ("burst_5xx", {"status": 503, "retry_after": 3}),
    ("partial_batch", {"k": 3}),
    ("partial_batch", {"k": 99, "cut": 4}),
    ("slow", {"seconds": 0.05}),
    ("rate_limit", {"retry_after": 1}),
    *[("bad_json", {"kind": kind}) for kind in ("truncated", "html", "empty", "invalid_utf8", "redirect", "reset")],
    ("legacy200", {}),
    ("lost_write", {"every": 5}),
    ("unordered", {"seconds": 0.05}),
]


def _work(client: FeedClient, *, batches: bool, rounds: int = ROUNDS) -> None:
    """Send and poll with all waiting times skipped, until nothing waits."""
    for turn in range(rounds):
        past = clock.now() - timedelta(seconds=1)
        Delivery.objects.filter(state="PENDING").update(next_at=past)
        FeedBreaker.objects.update(open_until=None, failures=0, open_seconds=0)
        drain(client, batches=batches and turn % 2 == 0)
        Delivery.objects.filter(state="SENT", poll_at__isnull=False).update(poll_at=past)
        poll(client)
        if not Delivery.objects.exclude(state="CONFIRMED").exclude(state="SENT", poll_at=None).exists():
            return
    raise AssertionError("the outbox does not come to rest")


def _equal(client: FeedClient) -> None:
    today = clock.today()
    held = list(client.holdings(PENALTY_KIND, today - timedelta(days=1), today))
    there = {item["record_unique_identity"]: item["content_digest"] for item in held}
    assert len(there) == len(held)
    assert there == dict(Delivery.objects.order_by("data_version").values_list("rui", "content_digest"))


@DATABASE
@pytest.mark.parametrize(("name", "params"), FAULTS, ids=lambda value: str(value)[:60])
def test_both_sides_are_equal_after_one_comparison(
    exchange: Exchange, caplog: pytest.LogCaptureFixture, name: str, params: dict[str, Any]
) -> None:
    seed_records(COUNT, pending=COUNT)
    exchange.fault(name, count=None, probability=0.3, **params)
    with caplog.at_level(logging.DEBUG), FeedClient(read_seconds=10) as client:
        _work(client, batches=True, rounds=LIMITED_ROUNDS if name == "rate_limit" else ROUNDS)
        exchange.calm()
        ask_for_run(by=None, days=35)
        run_waiting(client)
        _work(client, batches=True)
        _equal(client)
    run = ReconcileRun.objects.get()
    # Of the invented ones some are past their period here and were still shown there: withdrawn first of all.
    ended = Delivery.objects.filter(record__state="expired").values_list("rui", flat=True)
    assert {one.rui for one in run.differences.exclude(finding="lost")} <= set(ended)
    assert {one.finding for one in run.differences.all()} <= {"lost", "shown"}
    assert not run.differences.filter(closed_at__isnull=True).exists()
    assert SECRET not in caplog.text
    assert "220399" not in caplog.text  # the area code all invented identity numbers share


@DATABASE
@pytest.mark.parametrize("batches", [True, False])
def test_a_hostile_exchange_gets_everything_once(exchange: Exchange, batches: bool) -> None:
    seed_records(COUNT, pending=COUNT)
    exchange.hostile()
    with FeedClient(read_seconds=10) as client:
        _work(client, batches=batches)
        exchange.calm()
        _equal(client)
