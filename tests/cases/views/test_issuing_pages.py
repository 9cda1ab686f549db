"""The pages of issuing decisions together: sign on the approval sheet, choose, confirm once, watch, cure, try again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import issuing
from cases.models import Case, Decision, IssueBatch, SignedApproval
from cases.queries.inbox import inbox
from lishu_law import clock
from tests.cast import PASSWORD, Cast, make_cast
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db
SESSION, LIST_MOST, PAGE_MOST = 2, 12, 25
PERFORMERS: tuple[str, ...] = ()  # of no step of its own: the batch does what the approval sheet does
LIST = "/cases/decisions/"


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sign(client: Client, walk: Walk, **more: str) -> Any:
    """The approval sheet filled in and sent, as the head does it."""
    posted = {
        "version": str(walk.case.version), "agree": "yes", "opinion": "事实清楚，同意。", "in_batch": "on",
        "password": PASSWORD, **more,
    }  # fmt: skip
    return client.post(reverse("case-approve_decision", args=[walk.case.clue_no]), posted)


def page(client: Client, url: str = LIST, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return str(response.content.decode())


def test_sign_choose_confirm_watch(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    client = client_of(cast.head)
    with time_machine.travel(walk.at):
        assert "现在没有可以制发的决定" in page(client)
        assert "还有 1 件处罚决定没有签署" in page(client)
        assert sign(client, walk)["Location"] == LIST
        listed = page(client)
        assert "已签署，还没有制发决定书" in listed
        assert walk.case.case_no in listed
        assert "罚款 1,000.00 元" in listed
        assert "没有签署" not in listed
        (reference,) = re.findall(r'name="signed" value="(\w+)"[^>]* checked', listed)
        posted = {"signed": [reference], "password": "wrong", "op_id": "one"}
        wrong = client.post(LIST, posted)
        assert (wrong.status_code, IssueBatch.objects.count()) == (422, 0)
        assert "口令不对，没有制发" in wrong.content.decode()
        assert "还没有选择" in client.post(LIST, {"password": PASSWORD}).content.decode()
        posted["password"] = PASSWORD
        for _double_click in range(2):
            address = client.post(LIST, posted)["Location"]
        batch = IssueBatch.objects.get()
        assert address == f"{LIST}{batch.reference}/"
        stale = client.post(LIST, {**posted, "op_id": "two"})
        assert "已经不在待制发之列" in stale.content.decode()
        assert "正在制发" in page(client)
        busy = page(client, address)
        assert "已办 0/1 件" in busy
        assert 'http-equiv="refresh"' in busy
        part = page(client, address, **{"HX-Request": "true"})
        assert "已办 0/1 件" in part
        assert "<html" not in part
        issuing.issue_waiting(seconds=60)
        with CaptureQueriesContext(connection) as queries:
            done = page(client, address)
        assert len(queries) - SESSION <= PAGE_MOST
        assert Decision.objects.get().number in done
        assert "1 件全部制发" in done
        assert 'http-equiv="refresh"' not in done
        assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
        assert "已制发 1 件" in page(client)


def test_a_failure_is_named_with_the_way_to_its_cure(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    client = client_of(cast.head)
    with time_machine.travel(walk.at):
        sign(client, walk)
        batch = issuing.order_issue(by=cast.head, references=[SignedApproval.objects.get().reference])
        Case.objects.update(version=F("version") + 1)
        issuing.issue_waiting(seconds=60)
        shown = page(client, f"{LIST}{batch.reference}/")
        assert "已制发 0 件，没有制发 1 件" in shown
        assert "有改动，这一次签署不再适用" in shown
        sheet = reverse("case-approve_decision", args=[walk.case.clue_no])
        assert f'href="{sheet}"' in shown
        assert f'href="{LIST}"' in shown
        assert f'href="{sheet}"' in page(client)
        walk.case.refresh_from_db()
        assert sign(client, walk)["Location"] == LIST
        assert 'name="signed"' in page(client)


def test_signing_asks_what_approving_asks(cast: Cast) -> None:
    """The same sheet: the password, and on a return the reason; a return is never kept for a batch."""
    walk = case_at("reviewed", cast)
    client = client_of(cast.head)
    with time_machine.travel(walk.at):
        assert sign(client, walk, password="wrong").status_code == 422
        assert not SignedApproval.objects.exists()
        back = sign(client, walk, agree="no", opinion="请补正送达回证。")
        assert back["Location"] == reverse("case", args=[walk.case.clue_no])
        assert not SignedApproval.objects.exists()


def test_signed_is_seen_by_others_and_leaves_the_desk(cast: Cast) -> None:
    """Whoever may approve too learns who signed; a change of the case brings it back to the desk."""
    walk = case_at("reviewed", cast)
    client = client_of(cast.head)
    sheet, case_url = (reverse(name, args=[walk.case.clue_no]) for name in ("case-approve_decision", "case"))
    words = "已签署，待制发；再次审批将代替这一次签署"
    with time_machine.travel(walk.at):
        assert [row.step_code for row in inbox(cast.head, walk.at.date())] == ["approve_decision"]
        assert words not in page(client, sheet)
        assert words not in page(client, case_url)
        sign(client, walk)
        other = client_of(cast.deputy)
        for url in (sheet, case_url):
            assert f"{cast.head.full_name} {clock.local(walk.at):%Y-%m-%d %H:%M} {words}" in page(other, url)
        assert inbox(cast.head, walk.at.date()) == inbox(cast.deputy, walk.at.date()) == []
        Case.objects.filter(pk=walk.case.pk).update(version=F("version") + 1)
        assert [row.step_code for row in inbox(cast.head, walk.at.date())] == ["approve_decision"]
        assert words not in page(other, sheet)


def test_who_may(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    with time_machine.travel(walk.at):
        sign(client_of(cast.head), walk)
    batch = issuing.order_issue(by=cast.head, references=[SignedApproval.objects.get().reference])
    for name, user in cast.everybody().items():
        client = client_of(user)
        is_leader = name in {"deputy", "second_deputy", "head"}
        assert client.get(LIST).status_code == (200 if is_leader else 403), name
        status = client.get(f"{LIST}{batch.reference}/").status_code
        assert status == (200 if name == "head" else 404 if is_leader else 403), name
    head = client_of(cast.head)
    with CaptureQueriesContext(connection) as queries:
        page(head)
    assert len(queries) - SESSION <= LIST_MOST
    assert LIST in page(head, reverse("case-list"))
    assert LIST not in page(client_of(cast.lead), reverse("case-list"))
