"""The staff pages of the exchange: comparisons, what a person closes there, the code lists."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure import tasks
from disclosure.demo import seed_records
from disclosure.feed.client import FeedClient
from disclosure.models import CodeListEdition, Delivery, Difference, ReconcileRun
from disclosure.outbox.send import drain
from lishu_law.audit.models import JournalEntry
from lishu_law.registry.roles import Role
from tests.disclosure.exchange import Exchange
from tests.disclosure.facts import checker, user

pytestmark = pytest.mark.django_db
LIST_MOST, PAGE_MOST = 12, 25
SESSION = 2


@pytest.fixture
def worked(exchange: Exchange, client: Client) -> Client:
    """A comparison with one foreign record and one lost one, seen by the checker."""
    exchange.fault("foreign_record")
    exchange.fault("lost_write")
    seed_records(3, pending=3)
    with FeedClient() as sender:
        drain(sender)
    client.force_login(checker())
    return client


def _queries(client: Client, url: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured) - SESSION, response.content.decode()


def _run(client: Client) -> ReconcileRun:
    response = client.post("/deliveries/reconcile/new/", {"days": "35", "op_id": "op-1"})
    assert response.status_code == 303
    run = ReconcileRun.objects.get()
    assert response["Location"] == f"/deliveries/reconcile/{run.number}/"
    assert "排队中" in client.get(response["Location"]).content.decode()
    assert tasks.work_reconcile() == 1
    run.refresh_from_db()
    return run


def test_a_comparison_from_the_button_to_the_closed_difference(worked: Client) -> None:
    run = _run(worked)
    queries, text = _queries(worked, f"/deliveries/reconcile/{run.number}/")
    assert queries <= PAGE_MOST
    assert "平台有，我方没有" in text
    assert "已按版本顺序重新排队推送 1 版。" in text
    assert "待人工处理" in text
    assert "第 1 版 公示中" in text
    assert not {"PUBLISHED", "CONFIRMED", "SENT"} & set(text.replace("<", " ").split())
    found = Difference.objects.get(finding="foreign")
    here = f"/deliveries/reconcile/{run.number}/{found.place}"
    refused = worked.post(f"{here}/delete/", {"reason": "电话问过平台", "op_id": "op-2"})
    assert refused.status_code == 422
    assert "请先核对，再勾选确认。" in refused.content.decode()
    closed = worked.post(f"{here}/close/", {"reason": "平台测试数据", "op_id": "op-3"})
    assert closed.status_code == 303
    assert "平台测试数据" in worked.get(closed["Location"]).content.decode()
    assert JournalEntry.objects.filter(action="reconcile.close").count() == 1
    again = worked.post(f"{here}/delete/", {"reason": "再来一次", "checked": "on", "op_id": "op-4"})
    assert again.status_code == 409


def test_a_comparison_that_broke_off_says_why_and_how_to_go_on(worked: Client, settings: Any) -> None:
    settings.FEED_URL = "http://127.0.0.1:9/api/v1"
    run = _run(worked)
    page = worked.get(f"/deliveries/reconcile/{run.number}/").content.decode()
    assert "没有取得平台的对账数据：没有连上平台" in page
    assert '<a href="/deliveries/reconcile/new/">重新对账</a>' in page


def test_deleting_a_foreign_record_queues_the_message(worked: Client) -> None:
    run = _run(worked)
    found = Difference.objects.get(finding="foreign")
    here = f"/deliveries/reconcile/{run.number}/{found.place}/delete/"
    typed = {"reason": "电话问过平台，查过文号登记", "checked": "on", "op_id": "op-5"}
    assert worked.post(here, typed).status_code == 303
    deletion = Delivery.objects.get(op="d")
    assert (deletion.rui, deletion.state) == (found.rui, "PENDING")
    assert f"外来记录 {found.rui}" in worked.get("/deliveries/?state=PENDING").content.decode()


def test_lists_have_few_statements_and_say_what_is_open(worked: Client) -> None:
    run = _run(worked)
    queries, text = _queries(worked, "/deliveries/reconcile/")
    assert queries <= LIST_MOST
    assert run.number in text
    queries, text = _queries(worked, "/deliveries/")
    assert queries <= LIST_MOST
    assert "1 处差异待处理" in text
    assert "处理对账差异" in worked.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "runs", "deletes"),
    [
        (Role.SYSTEM_ADMIN, True, True, False),
        (Role.OFFICER, False, False, False),
    ],
)
def test_who_may_do_what(worked: Client, role: Role, reads: bool, runs: bool, deletes: bool) -> None:
    run = _run(worked)
    place = Difference.objects.get(finding="foreign").place
    worked.force_login(user("X001", role))
    here = f"/deliveries/reconcile/{run.number}/"
    assert (worked.get(here).status_code == 200) is reads
    assert (worked.get("/deliveries/reconcile/new/").status_code == 200) is runs
    assert (worked.get(f"{here}{place}/delete/").status_code == 200) is deletes
    assert worked.get("/deliveries/reconcile/DZ20990101-01/").status_code == (404 if reads else 403)


def test_code_lists_with_version_and_what_of_ours_they_lack(exchange: Exchange, client: Client) -> None:
    client.force_login(checker())
    assert "还没有取回" in client.get("/deliveries/codes/").content.decode()
    exchange.fault("schema_tightened", list="case_source", code="05", count=None)
    assert tasks.refresh_code_lists() == 18
    assert tasks.refresh_code_lists() == 0  # once a day
    queries, text = _queries(client, "/deliveries/codes/")
    assert queries <= PAGE_MOST
    assert "2026-2" in text
    assert "缺少" in text
    assert CodeListEdition.objects.filter(is_current=True).count() == 18


def test_the_night_asks_once_and_only_at_night(exchange: Exchange, settings: Any) -> None:
    with time_machine.travel("2026-05-05T01:00:00+08:00", tick=False):
        assert tasks.ask_for_nightly_run() is False
    with time_machine.travel("2026-05-05T01:40:00+08:00", tick=False):
        assert tasks.ask_for_nightly_run() is True
        assert tasks.ask_for_nightly_run() is False
    run = ReconcileRun.objects.get()
    assert (str(run.date_from), str(run.date_to)) == ("2026-04-01", "2026-05-05")
    settings.FEED_URL = ""
    assert tasks.ask_for_nightly_run() is False
    assert (tasks.work_reconcile(), tasks.refresh_code_lists()) == (0, 0)
