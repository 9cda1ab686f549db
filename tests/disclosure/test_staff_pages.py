"""The staff pages over a real case: from the sealed decision to the public page and the exchange's receipt."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure import tasks
from disclosure.actions.ledger import Event, append_core
from disclosure.forms import PublishForm
from disclosure.models import Delivery, DisclosureRecord
from disclosure.register.shown import published_content
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from tests.cast import Cast, make_cast
from tests.disclosure.exchange import Exchange
from tests.scenarios import STAGES, Walk, case_at

LIST_MOST, PAGE_MOST = 12, 25
SESSION = 2  # the two statements for session and user are not counted


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Any:
    found = case_at("decided", cast)
    with time_machine.travel(found.at + timedelta(hours=1), tick=False):
        yield found


@pytest.fixture
def record(walk: Walk) -> DisclosureRecord:
    assert tasks.draft_new_decisions() == 1
    assert tasks.draft_new_decisions() == 0
    return DisclosureRecord.objects.get()


def _as(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def _serve(walk: Walk) -> None:
    STAGES["decision_served"](walk, "1000")


def _publish(client: Client, record: DisclosureRecord, **changes: Any) -> Any:
    page = client.get(f"/disclosure/{record.public_id}/publish/").content.decode()
    masks = re.findall(r'name="masks" value="(\w+)"', page)
    version = re.findall(r'name="version" value="(\d+)"', page)
    typed = {"masks": masks, "version": version, "op_id": "op-1", "reason": "", **changes}
    return client.post(f"/disclosure/{record.public_id}/publish/", typed)


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured) - SESSION


def test_list_shows_the_deadline(client: Client, cast: Cast, record: DisclosureRecord) -> None:
    text = _as(client, cast.checker).get("/disclosure/").content.decode()
    assert record.number in text
    assert "还剩" in text
    assert _queries(client, "/disclosure/") <= LIST_MOST


def test_check_page_shows_both_texts_and_the_public_preview(
    client: Client, cast: Cast, walk: Walk, record: DisclosureRecord
) -> None:
    text = _as(client, cast.checker).get(f"/disclosure/{record.public_id}/publish/").content.decode()
    assert "<mark" in text or not any("**" in value for value in record.content.values())
    assert "决定书还没有送达，送达后才能公示" in text
    assert _queries(client, f"/disclosure/{record.public_id}/") <= PAGE_MOST
    preview = re.search(r"<div data-preview>(.*?)</div>\s*</section>\s*", text, re.DOTALL)
    assert preview is not None
    _serve(walk)
    assert _publish(client, record).status_code == 303
    public = client.get(f"/penalties/{record.public_id}/").content.decode()
    article = re.search(r"<article>(.*?)</article>", public, re.DOTALL)
    assert article is not None
    assert article[1].strip() == preview[1].strip()


def test_unserved_decision_is_refused_and_nothing_typed_is_lost(
    client: Client, cast: Cast, record: DisclosureRecord
) -> None:
    response = _publish(_as(client, cast.checker), record, reason="先存着的理由")
    text = response.content.decode()
    assert response.status_code == 422
    assert "决定书还没有送达，请送达后再公示。" in text
    assert "行政处罚法第四十八条" in text
    assert "先存着的理由" in text
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("ticked", "errors"),
    [
        (["party", "facts"], []),
        (["party"], ["还有 1 项遮盖没有核对。请对照左右两栏，逐项勾选。"]),
        ([], ["还有 2 项遮盖没有核对。请对照左右两栏，逐项勾选。"]),
    ],
)
def test_every_mask_is_ticked(ticked: list[str], errors: list[str]) -> None:
    form = PublishForm({"masks": ticked, "reason": ""}, masks=[("party", "当事人"), ("facts", "违法事实")])
    assert form.errors.get("masks", []) == errors


def test_nothing_masked_nothing_to_tick() -> None:
    assert PublishForm({"reason": ""}, masks=[]).is_valid()


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("checker", ("/disclosure/", 200)),
        ("reviewer", ("/disclosure/", 200)),
        ("head", ("/disclosure/", 200)),
        ("lead", ("/disclosure/", 403)),
        ("system_admin", ("/disclosure/", 403)),
        ("checker", ("/deliveries/", 200)),
        ("system_admin", ("/deliveries/", 200)),
        ("reviewer", ("/deliveries/", 403)),
        ("head", ("/disclosure/{id}/publish/", 403)),
        ("head", ("/disclosure/{id}/redraft/", 403)),
        ("checker", ("/disclosure/{id}/", 200)),
        ("checker", ("/disclosure/{id}/redraft/", 200)),
        ("lead", ("/disclosure/{id}/", 403)),
        ("checker", ("/disclosure/2026-aaaaaaaaaa/", 404)),
        ("checker", ("/disclosure/?after=x", 404)),
    ],
)
def test_who_may_open_what(
    client: Client, cast: Cast, record: DisclosureRecord, who: str, page: tuple[str, int]
) -> None:
    url, status = page
    response = _as(client, cast.everybody()[who]).get(url.format(id=record.public_id))
    assert response.status_code == status


def test_stale_page_is_a_conflict(client: Client, cast: Cast, walk: Walk, record: DisclosureRecord) -> None:
    _serve(walk)
    assert _publish(_as(client, cast.checker), record, version="99").status_code == 409


def test_double_submit_is_one_publication(client: Client, cast: Cast, walk: Walk, record: DisclosureRecord) -> None:
    _serve(walk)
    _as(client, cast.checker)
    assert [_publish(client, record).status_code for _ in range(2)] == [303, 303]
    assert Delivery.objects.count() == 1


def test_from_decision_to_receipt(
    client: Client, cast: Cast, walk: Walk, record: DisclosureRecord, exchange: Exchange
) -> None:
    _serve(walk)
    before = JournalEntry.objects.count()
    assert _publish(_as(client, cast.checker), record).status_code == 303
    assert JournalEntry.objects.count() == before + 1
    walk.case.refresh_from_db()
    assert walk.case.disclosed_on == clock.today()
    assert tasks.drain_outbox() == 1  # our clock stands in March: the client corrects it by the exchange's
    Delivery.objects.update(poll_at=clock.now())
    assert tasks.poll_receipts() == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.receipt["status"]) == ("CONFIRMED", "PUBLISHED")
    board = client.get("/deliveries/?state=CONFIRMED").content.decode()
    assert delivery.receipt_no in board
    shown = client.get(f"/disclosure/{record.public_id}/").content.decode()
    assert delivery.receipt_no in shown
    client.logout()
    assert client.get(f"/penalties/{record.public_id}/").status_code == 200


def test_board_shows_dead_rows_with_reason_and_sends_again(
    client: Client, cast: Cast, walk: Walk, record: DisclosureRecord
) -> None:
    _serve(walk)
    _publish(_as(client, cast.checker), record)
    Delivery.objects.update(state="DEAD", attempts=7, last_code="E5002", last_error="平台维护", next_at=None)
    text = client.get("/deliveries/").content.decode()
    assert "推送连续失败 7 次，需要人工处理：平台维护。" in text
    assert 'data-count="DEAD">死信 1<' in text
    assert _queries(client, "/deliveries/") <= LIST_MOST
    url = re.findall(r'href="(/deliveries/[^"]+/retry/)"', text)[0]
    refused = client.post(url, {"reason": "", "op_id": "r1"})
    assert refused.status_code == 422
    assert "请写明重新推送的理由" in refused.content.decode()
    assert client.post(url, {"reason": "平台已恢复", "op_id": "r2"}).status_code == 303
    assert Delivery.objects.get().state == "PENDING"


def test_hostile_text_is_only_text(client: Client, cast: Cast, record: DisclosureRecord) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    DisclosureRecord.objects.update(
        content={**record.content, "facts": hostile, "party": hostile}, party_display=hostile, violation=hostile
    )
    _as(client, cast.checker)
    for url in ("/disclosure/", f"/disclosure/{record.public_id}/"):
        assert hostile not in client.get(url).content.decode()
    shown = DisclosureRecord.objects.get()
    append_core(Event(shown, "publish", published_content(shown), clock.now()))
    DisclosureRecord.objects.update(state="published", published_at=clock.now(), content_digest=shown.content_digest)
    for url in ("/penalties/", f"/penalties/{record.public_id}/"):
        assert hostile not in client.get(url).content.decode()
