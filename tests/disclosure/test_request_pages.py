"""The staff pages of corrections, objections and repairs over a real case: who may, what is shown, nothing typed lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.api import decision_facts
from disclosure import tasks
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord, Exclusion, Objection, RecordCorrection
from lishu_law import clock
from lishu_law.registry.roles import Role
from tests.cast import make_cast
from tests.disclosure.facts import user
from tests.disclosure.sent_files import image
from tests.scenarios import Walk, case_at

LIST_MOST, PAGE_MOST, SESSION = 12, 25, 2


@pytest.fixture
def walk(db: None) -> Any:
    found = case_at("decision_served", make_cast())
    with time_machine.travel(found.at + timedelta(hours=1), tick=False):
        yield found


@pytest.fixture
def record(walk: Walk) -> DisclosureRecord:
    tasks.draft_new_decisions()
    made, pk = DisclosureRecord.objects.get(), walk.case.decision.pk
    return publish(record_id=made.pk, version=made.version, facts=decision_facts(pk), by=walk.cast.checker)


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured) - SESSION


def _objection(**changes: Any) -> dict[str, Any]:
    return {
        "received_on": clock.today().isoformat(), "way": "counter", "applicant": "示例提出人", "contact": "",
        "identity": "核对了法定代表人证件。", "claim": "公示的地点有误。", "op_id": "o1", **changes,
    }  # fmt: skip


def test_from_an_objection_to_the_corrected_page(client: Client, walk: Walk, record: DisclosureRecord) -> None:
    base, cast = f"/disclosure/{record.public_id}/", walk.cast
    client.force_login(cast.reviewer)
    refused = client.post(f"{base}objection/", _objection(claim="错", version=record.version))
    assert refused.status_code == 422
    assert "核对了法定代表人证件。" in refused.content.decode()
    assert client.post(f"{base}objection/", _objection(version=record.version)).status_code == 303
    found = Objection.objects.get()
    act = f"{base}objection/{found.pk}/"
    client.force_login(cast.checker)  # not who registered it
    assert "答复公示异议" in client.get(reverse("desk")).content.decode()
    assert "示例提出人" in client.get(act).content.decode()
    wrong = record.content["place"] or record.content["violation"]
    field = "place" if record.content["place"] else "violation"
    said = {
        "findings": "核对了现场笔录。", "outcome": "correct", "answer": "属实，予以更正。", "field": field,
        "wrong": wrong, "right": "示例公路", "note": "地点录入有误。", "version": record.version, "op_id": "o2",
    }  # fmt: skip
    assert client.post(act, said).status_code == 303
    assert client.get(f"{act}reply/").status_code == 404  # nothing is promised before it is done
    assert "等待另一名人员决定" in client.get(base).content.decode()
    client.force_login(cast.head)
    check = f"{base}correct/check/"
    assert "示例公路" in client.get(check).content.decode()
    agreed = client.post(check, {"agree": "yes", "opinion": "", "version": record.version, "op_id": "o3"})
    assert agreed.status_code == 303
    reply = client.get(f"{act}reply/").content.decode()
    for words in ("属实，予以更正。", "示例提出人", "已经更正", "示例公路", "地点录入有误。"):
        assert words in reply
    client.logout()
    public = client.get(f"/penalties/{record.public_id}/").content.decode()
    assert "示例公路" in public
    assert "示例提出人" not in public


def test_the_pages_stay_within_their_statements(client: Client, walk: Walk, record: DisclosureRecord) -> None:
    client.force_login(walk.cast.checker)
    base = f"/disclosure/{record.public_id}/"
    client.post(f"{base}objection/", _objection(version=record.version))
    wanted = {"field": "violation", "wrong": record.content["violation"][:2], "right": "示例", "note": "文字录入有误。",
              "reason": "核对决定书发现。", "version": record.version, "op_id": "c1"}  # fmt: skip
    assert client.post(f"{base}correct/", wanted).status_code == 303
    own = client.post(f"{base}correct/check/", {"agree": "yes", "version": record.version, "op_id": "c2"})
    assert own.status_code == 403  # whoever asked does not decide
    assert RecordCorrection.objects.get().outcome == ""
    page = client.get(base).content.decode()
    for words in (
        "公示渠道",
        "互联网+监管",
        "原则上不作信用公示",
        "最迟二十个工作日内公开",
        "公示异议 YY-",
        "提请撤回",
    ):
        assert words in page
    assert _queries(client, base) <= PAGE_MOST
    assert _queries(client, "/disclosure/") <= LIST_MOST
    assert _queries(client, reverse("desk")) <= PAGE_MOST


@pytest.mark.parametrize(("who", "page", "status"), [
    ("checker", "correct/", 200), ("reviewer", "withdraw/ask/", 200), ("head", "correct/", 403),
    ("lead", "objection/", 403), ("checker", "repair/", 200), ("checker", "repair/9/", 404),
    ("checker", "correct/check/", 404), ("head", "objection/9/reply/", 404),
])  # fmt: skip
def test_who_may_open_what(
    client: Client, walk: Walk, record: DisclosureRecord, who: str, page: str, status: int
) -> None:
    client.force_login(walk.cast.everybody()[who])
    assert client.get(f"/disclosure/{record.public_id}/{page}").status_code == status


def test_the_paper_is_sent_in_and_opened_by_whoever_decides(
    client: Client, walk: Walk, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    tasks.draft_new_decisions()
    record = DisclosureRecord.objects.get()
    why = "省级机关批准不公开的事项。"
    base = f"/disclosure/{record.public_id}/exclude/"
    typed = {"code": "X06", "reason": why, "basis_no": "示例省级机关批准文件", "version": record.version, "op_id": "x1"}
    client.force_login(walk.cast.checker)
    missing = client.post(base, typed)
    assert missing.status_code == 422
    assert "请上传禁止公开的法律条文" in missing.content.decode()
    wrong = client.post(base, {**typed, "op_id": "x2", "paper": SimpleUploadedFile("批准.pdf", b"no PDF at all")})
    assert wrong.status_code == 422
    assert why in wrong.content.decode()
    content = image()
    assert (
        client.post(base, {**typed, "op_id": "x3", "paper": SimpleUploadedFile("批准.jpg", content)}).status_code == 303
    )
    made = Exclusion.objects.get()
    address = f"{base}{made.pk}/paper/"
    page = f"/disclosure/{record.public_id}/"
    assert address in client.get(page).content.decode()
    asked = client.get(address)
    assert b"".join(asked.streaming_content) == content, "whoever asked may read what was sent in"  # type: ignore[attr-defined]
    client.force_login(user("C008", Role.DISCLOSURE_CHECKER))
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 403
    client.force_login(walk.cast.head)
    assert address in client.get(f"{base}check/").content.decode()
    assert b"".join(client.get(address).streaming_content) == content  # type: ignore[attr-defined]
    assert client.get(f"{base}{made.pk + 1}/paper/").status_code == 404
