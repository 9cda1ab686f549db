"""Refusals of the real exchange that want a question first: codes, catalogue, versions, withdrawals, quota, size."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from disclosure.actions.retry import is_retriable, retry_delivery
from disclosure.demo import seed_records
from disclosure.drill.scene import fill
from disclosure.feed.answers import Answer, Meaning
from disclosure.feed.client import FeedClient
from disclosure.models import CodeListEdition, Delivery, FeedBreaker
from disclosure.outbox import code_lists
from disclosure.outbox.claim import claim
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from disclosure.outbox.settle import PARKED, settled
from disclosure.queries.advice import advice
from disclosure.queries.board import PARKED_TAB, delivery_board
from lishu_law import clock
from tests.disclosure.exchange import Exchange
from tests.disclosure.facts import checker

pytestmark = pytest.mark.django_db


def _drain(**options: Any) -> Any:
    Delivery.objects.filter(state="PENDING").update(next_at=clock.now())
    with FeedClient() as client:
        return drain(client, **options)


def test_lists_are_fetched_once_a_version(exchange: Exchange) -> None:
    with FeedClient() as client:
        assert code_lists.refresh(client) == 18
        assert code_lists.refresh(client) == 0
        exchange.fault("schema_tightened", list="punish_type", code="02", count=None)
        assert code_lists.refresh(client, ["punish_type"]) == 1
    held = list(CodeListEdition.objects.filter(name="punish_type").order_by("first_seen_at"))
    assert [(one.version, one.is_current, "02" in one.codes) for one in held] == [
        ("2026-1", False, True),
        ("2026-2", True, False),
    ]


def test_a_code_the_list_lacks_goes_to_a_person_with_list_and_version(exchange: Exchange) -> None:
    seed_records(2, pending=2)
    exchange.fault("schema_tightened", list="punish_type", code="02", count=None)
    assert _drain().stopped == 2
    row = Delivery.objects.order_by("pk")[0]
    assert (row.state, row.last_code) == ("FIX", "E3003")
    assert "处罚种类 02（代码表 2026-2）" in row.last_error
    assert "平台代码表" in advice(row)
    exchange.reset()
    retry_delivery(delivery_id=row.pk, by=checker(), reason="平台代码表已恢复")
    assert _drain().sent == 1


def test_a_code_that_is_in_the_fetched_list_is_only_tried_again(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    exchange.fault("schema_tightened", list="punish_type", code="02", count=1)
    # The switch counts down with the refusal, so the list that is fetched next holds the code again.
    (row,) = claim(clock.now())
    with FeedClient() as client:
        answer = client.send(row.parcel)
        exchange.reset()
        mark = settled(client, row, answer, clock.now(), 0.5)
    assert mark is not None
    assert (mark.state, mark.code) == ("PENDING", "E3003")


def test_a_matter_the_catalogue_lacks_is_parked_and_goes_by_itself(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    row = Delivery.objects.get()
    code = json.loads(bytes(row.body))["data"]["supervise_item_code"]
    exchange.fault("schema_tightened", list="supervise_item", code=code, count=None)
    assert _drain().retried == 1
    row.refresh_from_db()
    first = row.parked_at
    assert (row.state, row.last_code) == ("PENDING", PARKED)
    assert code in row.last_error
    assert first is not None
    assert row.next_at is not None
    assert row.next_at > clock.now() + timedelta(hours=5)
    board = delivery_board(PARKED_TAB)
    assert (board.parked, [one.can_retry for one in board.rows]) == (1, [True])
    assert "平台目录里还没有事项" in board.rows[0].text
    assert is_retriable(row)
    # It is never dead of it, and "since" stays the first time.
    Delivery.objects.update(give_up_on=clock.today() - timedelta(days=30))
    _drain()
    row.refresh_from_db()
    assert (row.state, row.parked_at) == ("PENDING", first)
    exchange.reset()
    assert _drain().sent == 1
    row.refresh_from_db()
    assert (row.state, row.parked_at) == ("SENT", None)


def test_other_records_go_on_while_one_is_parked_or_to_be_mended(exchange: Exchange) -> None:
    fill(20, 4)
    exchange.fault("schema_tightened", field="entrust_dept", count=1, path="/penalty-decisions")
    done = _drain(batches=False)
    assert done.stopped == 1
    assert done.sent in (20, 21)  # the one to be mended may have a withdrawal waiting behind it


def test_a_target_the_exchange_lost_is_sent_from_the_first_version(exchange: Exchange) -> None:
    fill(10, 5)  # the first of them has a withdrawal behind it
    first = Delivery.objects.get(op="w")
    Delivery.objects.exclude(rui=first.rui).delete()
    exchange.fault("lost_write", path="/penalty-decisions")
    assert _drain().sent == 3  # the insert, lost; then both anew in order
    _drain()
    assert list(Delivery.objects.order_by("data_version").values_list("state", flat=True)) == ["SENT", "SENT"]
    with FeedClient() as client:
        reply = client.record("penalty-decision", first.rui)
    assert reply.body["data_version"] == 2


def _refused(code: str, **facts: Any) -> Answer:
    return Answer(Meaning.FIX, code, "平台的话", **facts)


@pytest.mark.parametrize(
    ("current", "state", "code"),
    [
        ({"version": 1, "status": "REJECTED", "digest": "x"}, "FIX", "REJECTED"),
        ({"version": 1, "status": "PUBLISHED", "digest": "x"}, "FIX", "E4002"),
        ({"version": 2, "status": "PUBLISHED", "digest": "x"}, "FIX", "E4002"),
        ({"version": 2, "status": "PUBLISHED", "digest": "ours"}, "SUPERSEDED", "E4002"),
        ({}, "FIX", "E4002"),
    ],
)
def test_a_clash_of_versions_is_decided_by_what_the_exchange_holds(
    exchange: Exchange, current: dict[str, Any], state: str, code: str
) -> None:
    fill(10, 6)
    newer = Delivery.objects.get(op="w")
    Delivery.objects.filter(pk=newer.pk).update(state="SENT", receipt={"receipt_no": "x"}, content_digest="ours")
    rows = {row.parcel.rui: row for row in claim(clock.now())}
    with FeedClient() as client:
        mark = settled(client, rows[newer.rui], _refused("E4002", current=current), clock.now(), 0.5)
    assert mark is not None
    assert (mark.state, mark.code) == (state, code)


@pytest.mark.parametrize(("reason", "state"), [("W2", "SUPERSEDED"), ("W1", "FIX")])
def test_withdrawn_there_already_is_done_only_for_the_same_reason(exchange: Exchange, reason: str, state: str) -> None:
    fill(10, 7)
    withdrawal = Delivery.objects.get(op="w")
    Delivery.objects.filter(rui=withdrawal.rui, data_version=1).update(state="SENT", receipt={"receipt_no": "x"})
    (row,) = [one for one in claim(clock.now()) if one.parcel.op == "w"]
    known = {"data_version": 2, "scope": "all", "reason_code": reason, "receipt_no": "HZ1"}
    with FeedClient() as client:
        mark = settled(client, row, _refused("E4004", withdrawals=(known,)), clock.now(), 0.5)
    assert mark is not None
    assert mark.state == state


def test_the_daily_quota_stops_everything_until_tomorrow_after_one_call(exchange: Exchange) -> None:
    seed_records(30, pending=30)
    exchange.fault("legacy200", code="E6002", message="今日数量已满", count=None)
    done = _drain(batches=False)
    assert (done.sent, done.retried) == (0, 1)
    breaker = FeedBreaker.objects.get()
    assert breaker.failures == 0
    assert breaker.open_until is not None
    assert clock.local(breaker.open_until).strftime("%H:%M") == "00:05"
    assert _drain().retried == 0
    assert delivery_board().is_pause
    exchange.reset()
    FeedBreaker.objects.update(open_until=clock.now())
    assert _drain().sent == 30


def test_a_batch_that_is_too_large_is_halved(exchange: Exchange) -> None:
    seed_records(60, pending=60)
    exchange.fault("legacy200", code="E2002", message="太大", count=1, path="/batches")
    done = _drain()
    assert (done.sent, done.most_in_batch, done.batches) == (60, 30, 3)
    seed_records(1, pending=1)
    exchange.fault("legacy200", code="E2002", message="太大", count=1)
    assert _drain().stopped == 1
    assert Delivery.objects.get(last_code="E2002").state == "DEAD"


@pytest.mark.parametrize("code", ["", "E3002", "E4002", "E4005", "E9999", PARKED, "LOCAL", "REJECTED"])
def test_every_stopped_row_says_what_to_do(code: str) -> None:
    assert advice(Delivery(state="FIX", last_code=code)).endswith("。")
    assert advice(Delivery(state="DEAD", last_code=code)).endswith("。")
    assert advice(Delivery(state="PENDING", last_code=code)) == ""


def test_an_old_style_error_about_a_receipt_is_no_forged_receipt(exchange: Exchange) -> None:
    seed_records(1, pending=1)
    _drain()
    row = Delivery.objects.get()
    exchange.fault("legacy200", path="/receipts")
    with FeedClient() as client:
        Delivery.objects.update(poll_at=clock.now())
        poll(client)
        assert client.alarm == ""
    row.refresh_from_db()
    assert row.state == "SENT"
