"""Pages of the hearing, of further statements and of the renewed notice, as a browser sends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import hearing, legal_review, notice, serving
from cases.models import Hearing
from cases.procedure.review_items import ITEMS
from lishu_law import clock
from tests.cases.actions.hearing_scenes import appoint, arranged, heard, hold, request, review
from tests.cast import Cast, make_cast
from tests.scenarios import PARTY, Walk, _serving, case_at

PERFORMERS = {
    "request_hearing": ("notice_served", "lead"), "appoint_hearing": ("requested", "head"),
    "issue_hearing_notice": ("accepted", "archivist"), "postpone_hearing": ("scheduled", "archivist"),
    "suspend_hearing": ("scheduled", "archivist"), "resume_hearing": ("suspended", "archivist"),
    "terminate_hearing": ("scheduled", "archivist"), "record_hearing": ("scheduled", "outsider"),
    "report_hearing": ("ended", "archivist"), "authorise_proxy": ("notice_served", "lead"),
    "add_statement": ("defence_recorded", "lead"),
    "renotice": ("defence_recorded", "lead"), "approve_revision": ("renewed", "deputy"),
    "review_report": ("report_submitted", "reviewer"),
}  # fmt: skip
CASE_PAGE, OTHER, SESSION_AND_USER = 8, 25, 2


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def told(cast: Cast) -> Walk:
    return case_at("notice_served", cast, party=replace(PARTY, kind="individual_business", name="示例货运部"))


def url(walk: Walk, code: str, *part: int) -> str:
    return reverse(f"case-{code}", args=[walk.case.clue_no, *part])


def opens(walk: Walk, code: str, *part: int) -> None:
    """The right person sees the page for at most twenty-five statements, the system administrator nothing."""
    client = client_of(getattr(walk.cast, PERFORMERS[code][1]))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url(walk, code, *part)).status_code == 200, code
    assert len(queries) - SESSION_AND_USER <= OTHER, code
    for method in ("get", "post"):
        assert getattr(client_of(walk.cast.system_admin), method)(url(walk, code, *part)).status_code == 403
    assert client_of(walk.cast.checker).get(url(walk, code, *part)).status_code == 403


def sends(walk: Walk, code: str, part: tuple[int, ...] = (), **data: Any) -> None:
    answer = client_of(getattr(walk.cast, PERFORMERS[code][1])).post(url(walk, code, *part), data)
    errors = answer.context and (answer.context["form"].errors, answer.context["refusals"])
    assert answer.status_code == 303, (code, errors)


def moment(value: Any) -> str:
    return f"{clock.local(value):%Y-%m-%d %H:%M}"


def test_request_to_appointment_in_the_browser(cast: Cast, time_machine: Any) -> None:
    walk = told(cast)
    time_machine.move_to(walk.at + timedelta(hours=1))
    opens(walk, "request_hearing")
    sends(walk, "request_hearing", applicant="示例货运部", requested_at=moment(clock.now()), reason="对数额有异议。")
    one = Hearing.objects.get(case=walk.case)
    page = client_of(cast.head).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert url(walk, "appoint_hearing", one.pk) in page
    opens(walk, "appoint_hearing", one.pk)
    people = {"chair": str(cast.archivist.pk), "recorder": str(cast.outsider.pk)}
    sends(walk, "appoint_hearing", (one.pk,), **people)
    opens(walk, "issue_hearing_notice", one.pk)
    when = moment(clock.now() + timedelta(days=20))
    sends(walk, "issue_hearing_notice", (one.pk,), scheduled_at=when, place="二楼会议室", is_public="yes")
    for code in ("postpone_hearing", "terminate_hearing", "record_hearing", "suspend_hearing"):
        opens(walk, code, one.pk)
    sends(walk, "suspend_hearing", (one.pk,), is_listed="yes", reason="需要通知新的证人到会")
    opens(walk, "resume_hearing", one.pk)
    sends(walk, "resume_hearing", (one.pk,), reason="证人已经通知")
    recorder = client_of(cast.outsider)
    recorder.get(reverse("case", args=[walk.case.clue_no]))  # a new session writes its row
    with CaptureQueriesContext(connection) as queries:
        assert recorder.get(reverse("case", args=[walk.case.clue_no])).status_code == 200
    assert len(queries) - SESSION_AND_USER <= CASE_PAGE


def scheduled(walk: Walk) -> Hearing:
    """A hearing whose served notice lies far enough back."""
    cast = walk.cast
    new = hearing.NewHearing(applicant="示例货运部", requested_at=walk.at)
    one = walk.step(hearing.request_hearing, cast.lead, request=new)
    walk.step(
        hearing.appoint_hearing, cast.head, part_id=one.pk, people=hearing.HearingPeople(cast.archivist, cast.outsider)
    )
    when = walk.at + timedelta(days=20)
    data = {"part_id": one.pk, "scheduled_at": when, "place": "二楼会议室", "is_public": True}
    document = walk.step(hearing.issue_hearing_notice, cast.archivist, **data)
    walk.step(serving.serve_document, cast.lead, part_id=document.pk, serving=_serving(walk))
    one.refresh_from_db()
    return one


def test_transcript_and_report_in_the_browser(cast: Cast, time_machine: Any) -> None:
    walk = told(cast)
    one = scheduled(walk)
    assert one.scheduled_at
    time_machine.move_to(one.scheduled_at + timedelta(hours=3))
    opens(walk, "authorise_proxy")
    sends(walk, "authorise_proxy", name="示例代理人", gender="male", employer="示例公司职员", kind="general")
    sent = {
        "started_at": moment(one.scheduled_at), "ended_at": moment(one.scheduled_at + timedelta(hours=1)),
        "place": "二楼会议室", "attendance": "attended", "proxy_1": "示例代理人", "proxy_authority_1": "on",
        "body": "主持人核实身份，双方陈述、质证、辩论并作最后陈述。", "investigators_stated": "on",
        "party_answered": "on", "signing": "signed",
    }  # fmt: skip
    shown = client_of(cast.outsider).get(url(walk, "record_hearing", one.pk)).content.decode()
    assert 'value="示例代理人"' in shown  # authorised before: nobody types the name again
    assert "男，示例公司职员" in shown
    page = client_of(cast.outsider).post(url(walk, "record_hearing", one.pk), {**sent, "proxy_authority_1": ""})
    assert page.status_code == 422
    assert "授权委托书" in page.content.decode()
    sends(walk, "record_hearing", (one.pk,), **sent)
    opens(walk, "report_hearing", one.pk)
    words = {
        "summary": "双方对现场笔录和照片进行了质证，当事人请求从轻。",
        "conclusion": "建议按告知的意见处罚，不加重。",
    }
    sends(walk, "report_hearing", (one.pk,), **words)
    approval = client_of(cast.lead).get(reverse("case-request_review", args=[walk.case.clue_no]))
    assert approval.status_code == 200


def test_statements_and_renewed_notice_in_the_browser(cast: Cast, time_machine: Any) -> None:
    walk = told(cast)
    walk.step(notice.record_defence, cast.lead, kind="written", received_at=walk.at, content="第一次被查处。")
    time_machine.move_to(walk.at + timedelta(hours=1))
    opens(walk, "add_statement")
    sends(walk, "add_statement", kind="written", received_at=moment(clock.now()), content="没有洒落。\n补交发票。")
    review = client_of(cast.assistant).get(reverse("case-review_defence", args=[walk.case.clue_no])).content.decode()
    assert "3．补交发票。" in review
    answers = {
        f"{name}_{n}": value for n in (1, 2, 3) for name, value in (("adopted", "no"), ("answer", "与照片不符。"))
    }
    answer = client_of(cast.assistant).post(reverse("case-review_defence", args=[walk.case.clue_no]), answers)
    assert answer.status_code == 303
    opens(walk, "renotice")
    facts = "2026年3月2日23时02分，当事人装载碎砖未苫盖，补充查明有洒落。"
    sends(walk, "renotice", changes=["facts"], facts=facts, reason="补充查明有洒落。")
    page = client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert reverse("case-set_discretion", args=[walk.case.clue_no]) in page
    opens(walk, "approve_revision")
    sends(walk, "approve_revision", agree="yes", opinion="同意变更。")
    issue = reverse("case-issue_notice", args=[walk.case.clue_no])
    assert client_of(cast.lead).post(issue, {}).status_code == 303


def test_review_of_the_report_in_the_browser(cast: Cast, time_machine: Any) -> None:
    walk = case_at("report_submitted", cast)
    time_machine.move_to(walk.at + timedelta(hours=1))
    opens(walk, "review_report")
    items = {f"item_{item.code}": "passed" for item in ITEMS}
    sends(walk, "review_report", **items, agree="yes", opinion="事实清楚，证据充分，适用法律正确。")


def test_a_refusal_is_offered_only_where_the_request_may_be_late(cast: Cast, time_machine: Any) -> None:
    """Served on 3 March 2026: the fifth working day is the tenth."""
    walk = told(cast)
    client = client_of(cast.lead)
    for day, offered in (("2026-03-10 23:00+08:00", False), ("2026-03-11 08:00+08:00", True)):
        time_machine.move_to(datetime.fromisoformat(day))
        page = client.get(url(walk, "request_hearing")).content.decode()
        assert ("逾期不予受理的理由" in page) is offered


def test_the_page_says_the_first_day_a_hearing_may_take_place(cast: Cast, time_machine: Any) -> None:
    walk = told(cast)
    one = request(walk)
    appoint(walk, one)
    time_machine.move_to(datetime.fromisoformat("2026-03-06 09:00+08:00"))
    page = client_of(cast.archivist).get(url(walk, "issue_hearing_notice", one.pk)).content.decode()
    assert "最早是 2026-03-18" in page
    asked = {"place": "二楼会议室", "is_public": "yes"}
    for day, status in (("2026-03-17 09:00", 422), ("2026-03-18 09:00", 303)):
        sent = {"scheduled_at": day, **asked}
        assert client_of(cast.archivist).post(url(walk, "issue_hearing_notice", one.pk), sent).status_code == status


def test_the_chair_reports_with_the_transcript_in_view(cast: Cast, time_machine: Any) -> None:
    walk, one, when = arranged(cast)
    hold(walk, one, when)
    time_machine.move_to(walk.at + timedelta(hours=1))
    page = client_of(cast.archivist).get(url(walk, "report_hearing", one.pk)).content.decode()
    assert "双方陈述、质证、辩论并作最后陈述" in page


def test_the_case_page_links_an_open_hearing_to_its_place_on_the_page(cast: Cast, time_machine: Any) -> None:
    walk = told(cast)
    request(walk)
    time_machine.move_to(walk.at + timedelta(days=8))
    page = client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert "待负责人确定听证人员" in page
    assert '<a href="#beside">去办理</a>' in page
    assert 'id="beside"' in page


def test_after_a_hearing_the_review_is_asked_for_with_its_ground_and_decided_on_the_record(
    cast: Cast, time_machine: Any
) -> None:
    walk, one = heard(cast)
    time_machine.move_to(walk.at + timedelta(hours=1))
    asked = client_of(cast.lead).get(url(walk, "request_review")).content.decode()
    assert "应当法制审核的情形" in asked
    assert "经过听证程序" in asked
    walk.step(legal_review.request_review, cast.lead)
    assert "经过听证程序" in client_of(cast.reviewer).get(url(walk, "review")).content.decode()
    review(walk)
    time_machine.move_to(walk.at + timedelta(hours=1))
    page = client_of(cast.head).get(url(walk, "approve_decision"))
    form = page.context["form"]
    assert list(form.fields).index("record_basis") < list(form.fields).index("password")
    assert "是否根据听证笔录作出决定</label>" in page.content.decode()


def test_no_desk_asks_for_putting_a_hearing_off(cast: Cast) -> None:
    walk, one, _when = arranged(cast)
    client = client_of(cast.archivist)
    assert url(walk, "postpone_hearing", one.pk) not in client.get(reverse("desk")).content.decode()
    assert (
        url(walk, "postpone_hearing", one.pk) in client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
    )
