"""Pages of serving: who may open them, what they show, and that a posted form does the act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Approval
from tests.cases.actions import serving_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

PERFORMERS = {
    "serve_document": ("notice_served", "lead"), "record_failed_serving": ("decided", "lead"),
    "send_document": ("decided", "lead"), "complete_serving": ("sent", "lead"),
    "request_public_serving": ("tried", "lead"), "decide_public_serving": ("asked", "deputy"),
    "publish_serving": ("approved", "lead"), "complete_public_serving": ("published", "lead"),
    "confirm_address": ("decided", "lead"),
}  # fmt: skip
MOST = 27  # with session and user


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(walk: Walk) -> int:
    scenes.tried_everything(walk)
    return int(scenes.ask(walk).pk)


def approved(walk: Walk) -> int:
    scenes.publish(walk)
    walk.case.servings.filter(outcome="pending").delete()
    return scenes.waiting(walk).pk


def document(walk: Walk) -> int:
    return scenes.waiting(walk).pk


def tried(walk: Walk) -> int:
    scenes.tried_everything(walk)
    return document(walk)


SCENES: dict[str, Callable[[Walk], int | None]] = {
    "record_failed_serving": document, "send_document": document, "complete_serving": lambda w: scenes.send(w).pk,
    "request_public_serving": tried, "decide_public_serving": asked, "publish_serving": approved,
    "complete_public_serving": lambda w: scenes.publish(w).pk, "confirm_address": lambda w: None,
}  # fmt: skip


@pytest.mark.parametrize("code", SCENES)
def test_a_serving_page_opens_for_its_actor_only(cast: Cast, code: str) -> None:
    walk = case_at("decided", cast)
    part = SCENES[code](walk)
    url = reverse(f"case-{code}", args=[walk.case.clue_no, *([part] if part is not None else [])])
    client = client_of(getattr(cast, PERFORMERS[code][1]))
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert page.status_code == 200
    assert len(queries) <= MOST
    if code != "complete_public_serving":
        assert "办这一步之前" not in page.content.decode()
    for stranger in (cast.outsider, cast.system_admin):
        assert client_of(stranger).get(url).status_code in {403, 404}
        assert client_of(stranger).post(url, {}).status_code in {403, 404}
    assert Client().get(url).status_code == 302


def test_a_document_that_is_not_waiting_is_not_offered(cast: Cast) -> None:
    walk = case_at("notice_served", cast)
    receipt = walk.case.documents.filter(code="serving_receipt").first()
    assert receipt is not None
    page = client_of(cast.lead).get(reverse("case-serve_document", args=[walk.case.clue_no, receipt.pk]))
    assert "这份文书不需要送达" in page.content.decode()


def test_the_case_page_tells_what_is_on_its_way(cast: Cast) -> None:
    walk = case_at("decided", cast)
    client, url = client_of(cast.lead), reverse("case", args=[walk.case.clue_no])
    page = client.get(url).content.decode()
    assert "待送达" in page
    assert "邮寄、委托、转交送达" in page
    assert "申请公告送达" not in page
    scenes.publish(walk)
    page = client.get(url).content.decode()
    assert "公告期内" in page
    assert "按 60 日 2026-05-11（待确认）" in page


def test_a_failed_attempt_is_typed_and_the_public_notice_is_offered(cast: Cast) -> None:
    walk = case_at("decided", cast)
    client = client_of(cast.lead)
    url = reverse("case-record_failed_serving", args=[walk.case.clue_no, document(walk)])
    typed = {
        "version": walk.case.version, "method": "direct", "failure": "absent", "note": "房门紧锁，邻居称已外出。",
        "place": "梨树镇示例路1号", "served_at": "2026-03-12 17:00", "second_server": cast.assistant.pk,
    }  # fmt: skip
    reply = client.post(url, typed)
    assert reply.status_code == 303, reply.content.decode()
    page = client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert "受送达人不在" in page
    assert "申请公告送达" in page


def test_what_was_typed_is_not_lost_when_the_receiver_may_not_receive(cast: Cast) -> None:
    walk = case_at("decided", cast)
    typed = {
        "version": walk.case.version, "method": "direct", "receiver_name": "示例亲属", "relation": "family",
        "place": "梨树镇示例路1号", "served_at": "2026-03-12 17:00", "second_server": cast.assistant.pk,
    }  # fmt: skip
    reply = client_of(cast.lead).post(reverse("case-serve_decision", args=[walk.case.clue_no]), typed)
    text = reply.content.decode()
    assert reply.status_code == 422
    assert "不能代本案当事人签收" in text
    assert "民事诉讼法第八十八条" in text
    assert "示例亲属" in text


def test_the_page_says_which_document_is_served(cast: Cast) -> None:
    walk = case_at("decided", cast)
    number, client = walk.case.decision.number, client_of(cast.lead)
    part = scenes.waiting(walk).pk
    for url in (
        reverse("case-serve_decision", args=[walk.case.clue_no]),
        reverse("case-send_document", args=[walk.case.clue_no, part]),
    ):
        assert f"行政处罚决定书 {number}" in client.get(url).content.decode()


def test_a_leader_sees_what_would_be_published(cast: Cast) -> None:
    walk = case_at("decided", cast)
    part = asked(walk)
    text = client_of(cast.deputy).get(reverse("case-decide_public_serving", args=[walk.case.clue_no, part])).content
    approval = Approval.objects.get(pk=part)
    assert f"行政处罚决定书 {walk.case.decision.number}" in text.decode()
    for words in (approval.reason, approval.data["summary"]):
        assert words in text.decode()
