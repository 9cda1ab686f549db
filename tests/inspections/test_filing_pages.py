"""Pages of filings: what they ask and show, what they cost, that nothing typed is lost, who finds them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.actions.filings import approve_inspection
from inspections.models import ApprovalDelegation, CapRule, FilingState, InspectionFiling
from inspections.phrases import EIGHT_NEVERS, FIVE_BANS
from tests.inspections.browsing import client_of
from tests.inspections.scenes import FILED_AT, Scene, filed_filing, subject, submitted_filing

SESSION_AND_USER = 2
LIST, OTHER = 12, 25

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(FILED_AT, tick=False):
        yield


def typed_filing(scene: Scene, **changed: Any) -> dict[str, Any]:
    typed = {
        "subject": "DX0001", "matters": scene.matter.pk, "form": "01", "category": "02", "source": "plan",
        "source_note": "", "method": "01", "why_on_site": "要看车厢和装载的实物", "window_from": "2026-03-04 09:00",
        "window_to": "2026-03-04 17:00", "notice_mode": "ahead", "lead": scene.cast.lead.pk,
        "second": scene.cast.assistant.pk,
    }  # fmt: skip
    return {**typed, **changed}


def test_a_visit_is_filed_with_helpers_joint_units_and_a_paper(scene: Scene) -> None:
    subject()
    typed = typed_filing(
        scene,
        category="04",
        joint_units="示例县市场监督管理局\n示例县公安局",
        assistants="示例丁，示例检测公司，操作检测仪器",
    )
    typed["attachments"] = SimpleUploadedFile("联合检查方案.txt", b"words", "text/plain")
    client = client_of(scene.cast.lead)
    answer = client.post(reverse("filing-new"), typed)
    assert answer.status_code == 422  # neither a PDF nor a photo
    assert "操作检测仪器" in answer.content.decode()
    del typed["attachments"]
    answer = client.post(reverse("filing-new"), typed)
    assert answer.status_code == 303
    shown = client.get(answer["Location"]).content.decode()
    for words in ("示例县公安局", "示例丁（示例检测公司）", "计入年度次数", "提交审批", "年度检查次数上限：符合"):
        assert words in shown


def test_refusals_name_their_reason_and_keep_what_was_typed(scene: Scene) -> None:
    entry = subject()
    entry.area_code = "220303"
    entry.save()
    client = client_of(scene.cast.lead)
    typed = typed_filing(scene, assistants="示例丁", why_on_site="要看实物和台账")
    answer = client.post(reverse("filing-new"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写协助函文号" in page
    assert "协助人员要写全" in page
    assert "要看实物和台账" in page and "示例丁" in page


def test_the_bans_are_shown_where_a_visit_is_filed_and_approved(scene: Scene) -> None:
    row = submitted_filing(scene, subject())
    officer, leader = client_of(scene.cast.lead), client_of(scene.cast.squad_leader)
    pages = [officer.get(reverse(name)) for name in ("filing-new", "filing-urgent")]
    pages.append(leader.get(reverse("filing-approve", args=[row.reference])))
    for page in pages:
        text = page.content.decode()
        assert all(words in text for words in (*FIVE_BANS, *EIGHT_NEVERS))
    columns = {column.name for model in (InspectionFiling, CapRule) for column in model._meta.fields}
    assert not any("quota" in name or "target" in name for name in columns)


def test_an_urgent_visit_through_its_pages(scene: Scene) -> None:
    subject()
    officer, leader = client_of(scene.cast.lead), client_of(scene.cast.deputy)
    typed = {
        "subject": "DX0001", "matters": scene.matter.pk, "began_at": "2026-03-02 09:50", "reason": "",
        "lead": scene.cast.lead.pk, "second": scene.cast.assistant.pk,
    }  # fmt: skip
    answer = officer.post(reverse("filing-urgent"), typed)
    assert answer.status_code == 422
    assert "DX0001" in answer.content.decode()
    answer = officer.post(reverse("filing-urgent"), {**typed, "reason": "货车侧翻，装载物泄漏，不立即检查证据会灭失"})
    assert answer.status_code == 303
    row = InspectionFiling.objects.get()
    page = officer.get(answer["Location"]).content.decode()
    assert "补办备案" in page and "还剩 23 小时 50 分" in page
    assert "补办紧急检查的备案" in officer.get(reverse("desk")).content.decode()
    papers = reverse("filing-papers", args=[row.reference])
    assert "货车侧翻" in officer.get(papers).content.decode()
    given = typed_filing(
        scene, form="03", category="06", source="emergency", notice_mode="none", notice_ground="紧急情况",
        window_to="2026-03-02 12:00", exemption_reason="货车侧翻，装载物泄漏",
    )  # fmt: skip
    assert officer.post(papers, given).status_code == 303
    assert "审批检查备案" in leader.get(reverse("desk")).content.decode()
    approve = reverse("filing-approve", args=[row.reference])
    assert leader.post(approve, {"agree": "yes", "opinion": "同意"}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.filing_no) == (FilingState.STARTED, "JC-220322-2026-000001")


def test_a_failure_is_entered_through_its_page(scene: Scene) -> None:
    subject()
    client = client_of(scene.cast.lead)
    typed = typed_filing(scene, window_from="2026-03-01 09:00", window_to="2026-03-01 11:00")
    assert client.post(reverse("filing-late"), typed).status_code == 422
    answer = client.post(reverse("filing-late"), {**typed, "exemption_reason": "2 月 28 日起县域网络中断"})
    assert answer.status_code == 303
    assert "网络或者系统故障，事后补报" in client.get(answer["Location"]).content.decode()


def test_a_secret_visit_is_on_no_page_of_others(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    given = {"form": "03", "source": "referred", "source_note": "示例 7 号", "exemption": "E4"}
    row = submitted_filing(scene, entry, **given, exemption_reason="联合行动函 1 号")
    approve_inspection(filing_id=row.pk, version=None, by=cast.head, agree=True, at=FILED_AT)
    pages = [
        reverse("desk"),
        reverse("inspection-home"),
        reverse("subject", args=[entry.object_no]),
        reverse("filing-notable"),
    ]
    for user in (cast.third_officer, cast.squad_leader, cast.deputy, cast.outsider):
        client = client_of(user)
        for page in pages:
            text = client.get(page).content.decode()
            assert row.reference not in text
            assert "JC-220322-2026-000001" not in text
        assert client.get(reverse("filing", args=[row.reference])).status_code == 404
        assert client.get(reverse("filing-approve", args=[row.reference])).status_code in (403, 404)
    for user in (cast.head, cast.reviewer, cast.lead):
        assert client_of(user).get(reverse("filing", args=[row.reference])).status_code == 200
        assert row.reference in client_of(user).get(reverse("inspection-home")).content.decode()


def test_caps_are_entered_dated_and_changed(scene: Scene) -> None:
    client = client_of(scene.cast.reviewer)
    typed = {
        "industry": "道路货运", "risk_class": "", "most": "3", "not_counted": ["complaint"], "basis": "示例公告〔2026〕1号",
        "valid_from": "2026-01-01", "valid_to": "",
    }  # fmt: skip
    assert client.post(reverse("cap-new"), {**typed, "basis": ""}).status_code == 422
    assert client.post(reverse("cap-new"), typed).status_code == 303
    shown = client.get(reverse("cap-list")).content.decode()
    assert "3 次" in shown and "示例公告〔2026〕1号（待确认）" in shown and "投诉举报" in shown
    answer = client.post(reverse("cap-new"), {**typed, "valid_from": "2025-06-01"})
    assert answer.status_code == 422
    assert "期间重叠" in answer.content.decode()
    assert client.post(reverse("cap-new"), {**typed, "most": "4", "valid_from": "2026-07-01"}).status_code == 303
    first, second = CapRule.objects.order_by("pk")
    assert (first.valid_to, second.valid_from, second.most) == (date(2026, 6, 30), date(2026, 7, 1), 4)
    edit = reverse("cap-edit", args=[second.pk])
    assert "示例公告" in client.get(edit).content.decode()
    assert client.post(edit, {**typed, "most": "5", "valid_from": "2026-07-01", "version": "1"}).status_code == 303
    stale = {**typed, "most": "6", "valid_from": "2026-07-01", "version": "1"}
    assert client.post(edit, stale).status_code == 409
    second.refresh_from_db()
    assert second.most == 5
    assert client_of(scene.cast.lead).get(reverse("cap-new")).status_code == 403
    assert client_of(scene.cast.lead).get(reverse("cap-list")).status_code == 200


def test_approval_is_delegated_and_ended_through_pages(scene: Scene) -> None:
    client = client_of(scene.cast.squad_leader)
    typed = {
        "unit": scene.cast.squad.pk, "delegate": scene.cast.third_officer.pk, "document": "示例委托〔2026〕1号",
        "from_on": "2026-03-01", "to_on": "2026-03-31",
    }  # fmt: skip
    wrong = client.post(reverse("delegation-list"), {**typed, "unit": scene.cast.other_squad.pk})
    assert wrong.status_code == 422
    assert client.post(reverse("delegation-list"), typed).status_code == 303
    row = ApprovalDelegation.objects.get()
    assert "示例委托〔2026〕1号" in client.get(reverse("delegation-list")).content.decode()
    assert client.post(reverse("delegation-end", args=[row.pk]), {}).status_code == 303
    row.refresh_from_db()
    assert row.ended_on == date(2026, 3, 2)


def test_pages_stay_within_their_ceilings(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    row = filed_filing(scene, entry)
    later = timedelta(days=10)
    waiting = submitted_filing(
        scene, entry, window_from=row.window_from + later, window_to=row.window_to + later, why_separate="季节不同"
    )
    ApprovalDelegation.objects.create(
        unit=cast.squad, delegate=cast.third_officer, document="示例", from_on=date(2026, 3, 1), to_on=date(2026, 3, 9),
        granted_by=cast.squad_leader, granted_at=FILED_AT,
    )  # fmt: skip
    CapRule.objects.create(most=3, basis="示例", valid_from=date(2026, 1, 1))
    pages = [
        (cast.lead, reverse("filing-new"), OTHER), (cast.lead, reverse("filing-urgent"), OTHER),
        (cast.lead, reverse("filing-late"), OTHER), (cast.lead, reverse("filing", args=[row.reference]), OTHER),
        (cast.squad_leader, reverse("filing-approve", args=[waiting.reference]), OTHER),
        (cast.squad_leader, reverse("delegation-list"), LIST), (cast.reviewer, reverse("cap-list"), LIST),
        (cast.deputy, reverse("filing-notable"), LIST), (cast.lead, reverse("inspection-home"), LIST),
        (cast.third_officer, reverse("inspection-home"), LIST), (cast.reviewer, reverse("desk"), OTHER), (cast.lead, reverse("desk"), OTHER),
    ]  # fmt: skip
    found = {}
    for user, address, most in pages:
        client = client_of(user)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address).status_code == 200, address
        if len(taken) - SESSION_AND_USER > most:
            found[user.username, address] = (len(taken) - SESSION_AND_USER, most)
    assert found == {}
