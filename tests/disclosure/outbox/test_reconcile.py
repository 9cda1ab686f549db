"""Reconciliation against the real exchange: every row of the table of feed_api.md §8, and what it does about it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from disclosure.actions.reconcile import _withdrawal_of, ask_for_run, close_difference, delete_foreign
from disclosure.comparing import compare, run_waiting
from disclosure.demo import seed_records
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import Identity
from disclosure.models import Delivery, Difference, DisclosureRecord, ReconcileRun, Withdrawal
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, Refused
from lishu_law.registry.roles import Role
from tests.disclosure.exchange import Exchange, running
from tests.disclosure.facts import checker, user

pytestmark = pytest.mark.django_db


def _push(count: int = 3) -> list[Delivery]:
    seed_records(count, pending=count)
    _work()
    return list(Delivery.objects.order_by("rui", "data_version"))


def _work() -> None:
    """Send and poll everything, whatever it waits for."""
    with FeedClient() as client:
        for _round in range(3):
            Delivery.objects.filter(state="PENDING").update(next_at=clock.now())
            drain(client)
            Delivery.objects.filter(state="SENT").update(poll_at=clock.now())
            poll(client)


def _compare() -> ReconcileRun:
    with FeedClient() as client:
        ask_for_run(by=None, days=35)
        assert run_waiting(client) == 1
    run = ReconcileRun.objects.latest("pk")
    assert run.state == "done", run.problem
    return run


def _found(run: ReconcileRun) -> list[tuple[str, bool]]:
    """Findings in order, each with whether it is closed."""
    return [(one.finding, one.closed_at is not None) for one in run.differences.order_by("place")]


def _equal_now() -> None:
    _work()
    assert _found(_compare()) == []


def test_equal_sides_find_nothing(exchange: Exchange) -> None:
    _push()
    run = _compare()
    assert _found(run) == []
    assert (run.counts["ours"], run.counts["theirs"], run.unequal_days) == (3, 3, [])


@pytest.mark.parametrize("lost", [1, 3])
def test_lost_records_are_sent_again_under_their_keys(exchange: Exchange, lost: int) -> None:
    exchange.fault("lost_write", count=lost)
    rows = _push()
    before = {row.idem_key: row.receipt_no for row in rows}
    run = _compare()
    assert _found(run) == [("lost", True)] * lost
    assert "重新排队推送 1 版" in run.differences.all()[0].done
    _equal_now()
    after = {row.idem_key: row.receipt_no for row in Delivery.objects.all()}
    assert set(after) == set(before)
    assert sum(after[key] != before[key] for key in before) == lost


def test_foreign_record_raises_an_alarm_and_is_deleted_after_a_human_check(exchange: Exchange) -> None:
    exchange.fault("foreign_record", count=1)
    _push(1)
    run = _compare()
    assert _found(run) == [("foreign", False)]
    (found,) = run.differences.all()
    officer, admin, by = user("O001", Role.OFFICER), user("S001", Role.SYSTEM_ADMIN), checker()
    for person in (officer, admin):
        with pytest.raises(NotAllowed):
            delete_foreign(difference_id=found.pk, by=person, reason="电话问过平台")
    with pytest.raises(Refused):
        delete_foreign(difference_id=found.pk, by=by, reason=" ")
    again = _compare()  # an open one moves into the newest run
    found.refresh_from_db()
    assert (_found(again), found.done) == ([("foreign", False)], f"转入 {again.number}。")
    (found,) = again.differences.all()
    deletion = delete_foreign(difference_id=found.pk, by=by, reason="电话问过平台，查过文号登记")
    with pytest.raises(Conflict):
        close_difference(difference_id=found.pk, by=by, reason="再关一次")
    assert JournalEntry.objects.filter(action="reconcile.delete").count() == 1
    _work()
    deletion.refresh_from_db()
    assert (deletion.state, deletion.receipt["status"]) == ("CONFIRMED", "DELETED")
    _equal_now()


def test_a_foreign_record_a_person_accepted_is_not_raised_every_night(exchange: Exchange) -> None:
    exchange.fault("foreign_record", count=1)
    _push(1)
    (found,) = _compare().differences.all()
    with pytest.raises(NotAllowed):
        close_difference(difference_id=found.pk, by=user("O001", Role.OFFICER), reason="电话问过")
    close_difference(difference_id=found.pk, by=checker(), reason="平台测试数据，平台自行清理")
    assert _found(_compare()) == []


def test_a_clash_is_sent_anew_as_the_next_version(exchange: Exchange) -> None:
    (row, *_rest) = _push()
    Delivery.objects.filter(pk=row.pk).update(content_digest="0" * 64)
    assert _found(_compare()) == [("differs", True)]
    newest = Delivery.objects.get(rui=row.rui, data_version=2)
    assert newest.op == "u"
    _work()
    newest.refresh_from_db()
    assert newest.state == "CONFIRMED"
    assert _found(_compare()) == []


def test_a_rejection_nobody_noticed_is_reopened(exchange: Exchange) -> None:
    exchange.fault("late_reject", rule="V10")
    seed_records(2, pending=2)
    with FeedClient() as client:
        drain(client)
    Delivery.objects.update(poll_at=clock.now() + timedelta(days=9))
    assert _found(_compare()) == [("rejected", True)]
    assert Delivery.objects.get(state="FIX").last_code == "REJECTED"
    assert _found(_compare()) == []


@pytest.mark.parametrize("state", ["expired", "excluded"])
def test_what_is_not_public_here_is_withdrawn_there_first(exchange: Exchange, state: str) -> None:
    (row, *_rest) = _push()
    code = "X06" if state == "excluded" else ""
    DisclosureRecord.objects.filter(pk=row.record_id).update(state=state, exclusion_code=code, content={})
    assert _found(_compare()) == [("shown", True)]
    withdrawal = Delivery.objects.get(op="w")
    assert (withdrawal.kind, withdrawal.data_version) == ("withdrawal", 2)
    _work()
    withdrawal.refresh_from_db()
    assert (withdrawal.state, withdrawal.receipt["status"]) == ("CONFIRMED", "NOT_PUBLIC")
    assert _found(_compare()) == []


def test_a_receipt_we_never_got_is_fetched_and_verified(exchange: Exchange) -> None:
    (row, *_rest) = _push()
    Delivery.objects.filter(pk=row.pk).update(
        state="DEAD", receipt=None, receipt_no="", sent_at=None, confirmed_at=None, last_code="NETWORK"
    )
    run = _compare()
    assert _found(run) == [("unrecorded", True)]
    fetched = Delivery.objects.get(pk=row.pk)
    assert (fetched.state, fetched.receipt_no) == ("SENT", row.receipt_no)
    _equal_now()


def test_a_published_record_without_a_message_is_listed(exchange: Exchange) -> None:
    rows = _push()
    record = rows[0].record
    assert record is not None
    DisclosureRecord.objects.filter(pk=record.pk).update(decision_id=987_654)
    Delivery.objects.filter(pk=rows[0].pk).delete()
    run = _compare()
    # The exchange still holds it, and nobody here knows it any more.
    assert sorted(_found(run)) == [("foreign", False), ("gap", False)]
    assert run.differences.get(finding="gap").title == record.number


def test_rows_on_their_way_are_left_to_the_next_run(exchange: Exchange) -> None:
    (row, *_rest) = _push()
    Delivery.objects.filter(pk=row.pk).update(
        state="SENDING", lease_until=clock.now() + timedelta(minutes=2), content_digest="1" * 64
    )
    assert _found(_compare()) == []


def test_an_exchange_that_is_away_fails_the_run_and_says_so(exchange: Exchange, settings: Any) -> None:
    settings.FEED_URL = "http://127.0.0.1:9/api/v1"
    with FeedClient() as client:
        run = ask_for_run(by=checker(), days=1)
        compare(client, run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "没有取得平台的对账数据：没有连上平台" in run.problem


def test_a_withdrawal_nobody_agreed_to_is_not_told_to_the_exchange(exchange: Exchange) -> None:
    """Its display is over and a withdrawal of it was asked for: only the end of the display is told, not the ruling."""
    row = _push(1)[0]
    record = DisclosureRecord.objects.get(pk=row.record_id)
    Withdrawal.objects.create(
        record=record, reason_code="W2", reason="判决撤销了该行政处罚决定，现依法撤回公示信息。", event_on=clock.today(),
        basis_no="示例行终字第1号", due=clock.today(), proposed_by="C001", created_at=clock.now(),
    )  # fmt: skip
    told = json.loads(_withdrawal_of(record, Identity(row.rui, 2, "w", f"{record.public_id}-2"), clock.now())[0])
    assert "示例行终字第1号" not in json.dumps(told, ensure_ascii=False)
    Withdrawal.objects.update(done_at=clock.now(), done_by=checker())
    told = json.loads(_withdrawal_of(record, Identity(row.rui, 2, "w", f"{record.public_id}-2"), clock.now())[0])
    assert "示例行终字第1号" in json.dumps(told, ensure_ascii=False)


def test_an_exchange_that_asks_for_patience_is_asked_again_later(exchange: Exchange) -> None:
    exchange.fault("lost_write")
    _push()
    exchange.fault("rate_limit", path="/reconcile", count=2, retry_after=1)
    with FeedClient(patience=10) as client:
        run = ask_for_run(by=None, days=35)
        compare(client, run)
    run.refresh_from_db()
    assert (run.state, run.problem, _found(run)) == ("done", "", [("lost", True)])


def test_the_limits_the_exchange_really_has_stop_nothing(exchange: Exchange, tmp_path: Path, settings: Any) -> None:
    with running(tmp_path, MOCK_RATE="10", MOCK_DAILY="20000") as strict:
        settings.FEED_URL = strict.url
        strict.fault("lost_write")  # one request: the whole batch
        seed_records(45, pending=45)
        with FeedClient(patience=20) as client:
            drain(client)
            Delivery.objects.update(poll_at=clock.now())
            poll(client)
            ask_for_run(by=None, days=35)
            run_waiting(client)
            assert _found(ReconcileRun.objects.get()) == [("lost", True)] * 45
            drain(client)
            Delivery.objects.filter(state="SENT").update(poll_at=clock.now())
            poll(client)
        assert set(Delivery.objects.values_list("state", flat=True)) == {"CONFIRMED"}


def test_an_exchange_that_asks_for_too_much_patience_fails_the_run(exchange: Exchange) -> None:
    exchange.fault("rate_limit", path="/reconcile", count=1, retry_after=3600)
    with FeedClient(patience=10) as client:
        run = ask_for_run(by=None, days=35)
        compare(client, run)
    run.refresh_from_db()
    assert (run.state, "过于频繁" in run.problem) == ("failed", True)


def test_asking_twice_makes_one_run(exchange: Exchange) -> None:
    assert ask_for_run(by=None, days=35).pk == ask_for_run(by=None, days=35).pk
    with pytest.raises(Refused):
        ask_for_run(by=None, days=0)
    with pytest.raises(NotAllowed):
        ask_for_run(by=user("O001", Role.OFFICER), days=35)
    assert Difference.objects.count() == 0


def test_a_run_whose_worker_died_is_closed_as_failed(exchange: Exchange) -> None:
    run = ask_for_run(by=None, days=35)
    ReconcileRun.objects.update(state="running", started_at=clock.now() - timedelta(hours=3))
    with FeedClient() as client:
        assert run_waiting(client) == 0
    run.refresh_from_db()
    assert (run.state, run.problem) == ("failed", "对账进程中断，请重新发起。")
