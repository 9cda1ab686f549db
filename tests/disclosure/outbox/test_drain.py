"""The outbox drained into the real exchange: order, retries, dead rows, breaker, receipts, a killed worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from disclosure.demo import seed_records
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import PENALTY_KIND
from disclosure.models import Delivery, FeedBreaker
from disclosure.outbox import claim
from disclosure.outbox.poll import STUCK, poll
from disclosure.outbox.send import drain
from lishu_law import clock
from tests.disclosure import exchange as exchanges
from tests.disclosure.exchange import ROOT, Exchange


def _states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def _held() -> list[str]:
    day = clock.today()
    with FeedClient() as client:
        return [item["record_unique_identity"] for item in client.holdings(PENALTY_KIND, day, day)]


def _drain(**options: Any) -> Any:
    with FeedClient(read_seconds=20) as client:
        return drain(client, **options)


def _time_passes() -> None:
    """All waiting rows become due and all leases run out."""
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(state="PENDING").update(next_at=past)
    Delivery.objects.filter(state="SENDING").update(lease_until=past)
    FeedBreaker.objects.filter(open_until__isnull=False).update(open_until=past)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "batches"), [(10, 0), (11, 1), (130, 2)])
def test_everything_arrives_and_is_confirmed(exchange: Exchange, count: int, batches: int) -> None:
    seed_records(count, pending=count)
    done = _drain()
    assert (done.sent, done.batches, _states()) == (count, batches, {"SENT": count})
    assert len(_held()) == len(set(_held())) == count
    Delivery.objects.update(poll_at=clock.now())
    with FeedClient() as client:
        assert poll(client) == count
    assert _states() == {"CONFIRMED": count}
    assert _drain().sent == 0


@pytest.mark.django_db
def test_attempt_is_counted_before_it_is_made_and_given_back_when_not_made(exchange: Exchange) -> None:
    seed_records(3, pending=3)
    exchange.fault("rate_limit", retry_after=9)
    done = _drain()
    assert (done.sent, done.retried) == (0, 1)
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    waiting = Delivery.objects.get(attempts=1)
    assert waiting.last_code == "E6001"
    assert waiting.next_at is not None
    assert clock.now() + timedelta(seconds=7) <= waiting.next_at <= clock.now() + timedelta(seconds=9)


@pytest.mark.django_db
def test_too_often_is_said_to_every_row(exchange: Exchange) -> None:
    """Five due rows, one request: the limit is the caller's, not the row's, and asking on would draw it out."""
    seed_records(5, pending=5)
    exchange.fault("rate_limit", count=None, retry_after=30)
    done = _drain()
    assert (exchange.fired(), done.sent, done.retried) == ({"rate_limit": 1}, 0, 1)
    due = list(Delivery.objects.values_list("next_at", flat=True))
    assert all(clock.now() + timedelta(seconds=25) <= at <= clock.now() + timedelta(seconds=30) for at in due)
    assert _drain().sent == 0
    assert exchange.fired() == {"rate_limit": 1}, "not asked again before its time"


@pytest.mark.django_db
def test_the_patience_of_a_connection_is_used_up_once(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seconds for all questions together: a poll of many receipts cannot outlast its task."""
    seed_records(4, pending=4)
    _drain()
    exchange.fault("rate_limit", path="/receipts", count=None, retry_after=2)
    slept: list[float] = []
    with FeedClient(patience=3) as client:
        monkeypatch.setattr(time, "sleep", slept.append)
        for _round in range(2):
            Delivery.objects.update(poll_at=clock.now())
            assert poll(client) == 0
    assert slept == [2], "once for the connection, not once a question"


@pytest.mark.django_db
def test_a_poll_whose_time_is_up_gives_the_rest_back(exchange: Exchange) -> None:
    seed_records(4, pending=4)
    _drain()
    Delivery.objects.update(poll_at=clock.now())
    with FeedClient() as client:
        assert poll(client, seconds=-1) == 0
        assert Delivery.objects.filter(poll_at__lte=clock.now(), polls=0).count() == 4, "due at once"
        assert poll(client) == 4


@pytest.mark.django_db
@pytest.mark.parametrize(("lost", "confirmed"), [(1, 7), (4, 4), (5, 0)])
def test_a_lost_answer_ends_no_poll_but_five_in_a_row_do(exchange: Exchange, lost: int, confirmed: int) -> None:
    seed_records(8, pending=8)
    _drain()
    Delivery.objects.update(poll_at=clock.now())
    exchange.fault("timeout_before_commit", path="/receipts", count=lost, drop=True)
    with FeedClient() as client:
        assert poll(client) == confirmed
    waiting = Delivery.objects.filter(state="SENT")
    assert waiting.count() == 8 - confirmed
    assert waiting.filter(poll_at__gt=clock.now() + timedelta(seconds=50), polls=0).count() == 8 - confirmed


@pytest.mark.django_db
def test_asking_for_receipts_too_often_counts_as_no_answer(exchange: Exchange) -> None:
    seed_records(4, pending=4)
    _drain()
    Delivery.objects.update(poll_at=clock.now())
    exchange.fault("rate_limit", path="/receipts", count=1, retry_after=9)
    with FeedClient() as client:
        assert poll(client) == 0
    rows = list(Delivery.objects.values_list("polls", "last_code", "poll_at"))
    assert {(polls, code) for polls, code, _at in rows} == {(0, "")}
    assert all(clock.now() + timedelta(seconds=7) <= at <= clock.now() + timedelta(seconds=9) for *_rest, at in rows)
    Delivery.objects.update(poll_at=clock.now())
    exchange.fault("rate_limit", path="/receipts", count=1, retry_after=1)
    with FeedClient(patience=5) as client:
        assert poll(client) == 4


@pytest.mark.django_db
def test_5xx_is_tried_again_and_4xx_goes_to_a_person(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    exchange.fault("burst_5xx", status=500)
    assert _drain().retried == 1
    assert _states() == {"PENDING": 1}
    exchange.fault("schema_tightened", count=None, field="transfer_date")
    _time_passes()
    assert _drain().stopped == 1
    row = Delivery.objects.get()
    assert (row.state, row.last_code, row.attempts) == ("FIX", "E3001", 2)
    assert row.last_error


@pytest.mark.django_db
def test_after_the_limit_a_failing_row_is_dead(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    Delivery.objects.update(give_up_on=clock.today() - timedelta(days=1))
    exchange.fault("burst_5xx", status=503)
    _drain()
    assert _states() == {"DEAD": 1}


@pytest.mark.django_db
def test_unknown_outcome_ends_with_one_record(exchange: Exchange) -> None:
    seed_records(30, pending=30)
    exchange.fault("timeout_after_commit", drop=True)
    done = _drain()
    assert done.retried == 30
    _time_passes()
    assert done.sent + _drain().sent == 30  # with full jitter one may have been due again at once
    assert len(_held()) == 30


@pytest.mark.django_db
def test_breaker_stops_after_five_and_probes_with_one(exchange: Exchange) -> None:
    seed_records(8, pending=8)
    exchange.fault("burst_5xx", count=None, status=503)
    done = _drain(batches=False)
    assert done.retried == 5
    breaker = FeedBreaker.objects.get()
    assert (breaker.failures, breaker.open_seconds) == (5, 60)
    assert _drain().retried == 0  # open
    _time_passes()
    assert _drain().retried == 1  # the probe
    exchange.reset()
    _time_passes()
    assert _drain().sent == 8
    assert FeedBreaker.objects.get().failures == 0


@pytest.mark.django_db
def test_wrong_secret_halts_and_raises_an_alarm(exchange: Exchange, settings: Any) -> None:
    seed_records(3, pending=3)
    settings.FEED_SECRET = "wrong"
    done = _drain()
    assert "身份" in done.alarm
    assert FeedBreaker.objects.get().alarm
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]


@pytest.mark.django_db
def test_a_version_waits_for_the_one_before_it(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    first = Delivery.objects.get()
    second = Delivery.objects.get()
    second.pk, second.data_version, second.op, second.idem_key = None, 2, "w", f"{first.rui}:2:w"
    second.save()
    assert [row.parcel.version for row in claim.claim(clock.now())] == [1]
    assert claim.claim(clock.now()) == []


@pytest.mark.django_db
def test_result_of_a_lost_lease_is_not_written(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    (row,) = claim.claim(clock.now())
    (again,) = claim.claim(clock.now() + timedelta(minutes=3))
    claim.record_marks([claim.Mark(row, claim.DeliveryState.FIX, code="old")])
    assert Delivery.objects.get().state == "SENDING"
    claim.record_marks([claim.Mark(again, claim.DeliveryState.FIX, code="new")])
    assert Delivery.objects.get().last_code == "new"


@pytest.mark.django_db
def test_late_rejection_and_endless_silence_reach_a_person(exchange: Exchange) -> None:
    seed_records(2, pending=2)
    exchange.fault("late_reject", rule="V10")
    exchange.fault("stuck")
    assert _drain().sent == 2
    with FeedClient() as client:
        for _ in range(32):
            Delivery.objects.filter(state="SENT", poll_at__isnull=False).update(poll_at=clock.now())
            poll(client)
    assert sorted(Delivery.objects.values_list("state", "last_code")) == [("FIX", "REJECTED"), ("SENT", STUCK)]


@pytest.mark.django_db(transaction=True)
def test_killed_worker_loses_nothing_and_doubles_nothing(exchange: Exchange) -> None:
    seed_records(200, pending=200)
    worker = _worker("--one-by-one")
    deadline = time.monotonic() + 40
    while len(_held()) < 40 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=10)
    arrived = len(_held())
    assert 0 < arrived < 200
    assert Delivery.objects.filter(state="SENDING").exists()  # what it held when it died
    _time_passes()
    again = _worker()
    assert again.wait(timeout=60) == 0
    held = _held()
    assert len(held) == len(set(held)) == 200
    assert set(held) == set(Delivery.objects.filter(state="SENT").values_list("rui", flat=True))
    receipts = set(Delivery.objects.values_list("receipt_no", flat=True))
    assert len(receipts) == 200


def _worker(*options: str) -> subprocess.Popen[bytes]:
    """``manage.py drain_outbox`` on the test's database, as a process of its own."""
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
        "LISHU_FEED_URL": str(settings.FEED_URL),
        "LISHU_FEED_APP": exchanges.APP,
        "LISHU_FEED_KEY_ID": exchanges.KEY_ID,
        "LISHU_FEED_SECRET": exchanges.SECRET,
    }
    command = [sys.executable, "manage.py", "drain_outbox", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
