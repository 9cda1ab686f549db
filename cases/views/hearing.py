"""Pages of the hearing (``cases/procedure/steps/hearing.py``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import hearing, legal_review, notice, proxies
from cases.actions.hearing import HearingPeople, NewHearing, NewSession
from cases.actions.proxies import NewProxy
from cases.forms import defence as defence_forms
from cases.forms import hearing as forms
from cases.forms.opinions import ApprovalForm, ReportReviewForm
from cases.models import CasePerson, HearingTranscript, PersonRole
from cases.queries.find import OpenedCase
from cases.queries.people import apart_from
from cases.views.frame import CaseAct, opened, perform, to_the_paper
from cases.views.opinions import departure_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.blocks import age_on, gender
from lishu_law.law.limits import compute

PART = "cases/part_act.html"
APPROVAL = "cases/approve.html"
FREE = ("费用", "当事人不承担组织听证的费用（行政处罚法第六十三条第二款）。")


def _now() -> str:
    return clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")


def _lines(found: OpenedCase) -> list[tuple[str, str]]:
    """What is known of the hearing at hand, above the form."""
    one = found.loaded.facts.focused_hearing
    if one is None:
        return []
    people = "、".join(f"{person.name}（{ROLE_WORDS[person.role]}）" for person in one.people)
    when = f"{clock.local(one.scheduled_at):%Y-%m-%d %H:%M}，{one.place}" if one.scheduled_at else ""
    lines = [
        ("申请人", one.applicant), ("申请日期", f"{one.requested_on:%Y-%m-%d}"), ("申请的事项和理由", one.reason),
        ("听证人员", people), ("时间地点", when), ("通知书送达", _told(found)), FREE,
    ]  # fmt: skip
    return [(label, text) for label, text in lines if text]


def _told(found: OpenedCase) -> str:
    """When the newest notice of this hearing reached the party; empty before there is one."""
    one = found.loaded.facts.focused_hearing
    notices = [d for d in found.loaded.facts.documents if one and d.part == one.part and d.code == "hearing_notice"]
    if not notices:
        return ""
    return f"{notices[-1].served_on:%Y-%m-%d}" if notices[-1].served_on else "还没有送达"


ROLE_WORDS = {"chair": "主持人", "member": "听证员", "recorder": "记录员"}


def _act(request: HttpRequest, clue_no: str, part_id: int, act: CaseAct) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    act.template, act.context = PART, {"lines": _lines(found)}
    return perform(request, found, act)


@requires("case.request_hearing")
def request_hearing(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return hearing.request_hearing(case_id=case_id, version=version, by=by, request=NewHearing(**data))

    due = found.loaded.facts.hearing_request_due
    lines = [("申请期限", f"{due:%Y-%m-%d} 24 时届满")] if due else []
    act = CaseAct(
        "request_hearing", forms.HearingRequestForm, run, "登记听证申请", "听证申请已登记。",
        initial={"applicant": found.case.party.name if found.case.party else "", "requested_at": _now()},
        form_arguments={"may_be_late": due is None or clock.today() > due}, template=PART, context={"lines": [*lines, FREE]},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.appoint_hearing")
def appoint_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)

    def run(*, chair: Any, recorder: Any, member_1: Any, member_2: Any, **data: Any) -> Any:
        people = HearingPeople(chair, recorder, tuple(one for one in (member_1, member_2) if one))
        return hearing.appoint_hearing(people=people, **data)

    act = CaseAct(
        "appoint_hearing", forms.HearingPeopleForm, run, "受理并指定听证人员", "听证已受理，听证人员已指定。",
        template=PART, context={"lines": _lines(found)}, form_arguments={"people": apart_from(found)},
    )  # fmt: skip
    return perform(request, found, act)


def _earliest() -> str:
    """The first day for the hearing if its notice were served today (处罚法64(2))."""
    return f"{compute('hearing-notice-7d', clock.today()).due + timedelta(days=1):%Y-%m-%d}"


@requires("case.arrange_hearing")
def issue_hearing_notice(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "issue_hearing_notice", forms.HearingNoticeForm, hearing.issue_hearing_notice, "生成听证通知书",
        "听证通知书已定稿，请承办人送达。", initial={"is_public": "yes"}, form_arguments={"earliest": _earliest()},
    )  # fmt: skip
    return _act(request, clue_no, part_id, act)


@requires("case.arrange_hearing")
def postpone_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "听证已延期，请另定时间并重新通知。"
    act = CaseAct("postpone_hearing", forms.HearingGroundForm, hearing.postpone_hearing, "延期听证", done)
    return _act(request, clue_no, part_id, act)


@requires("case.arrange_hearing")
def suspend_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "听证已中止，原因消除后请恢复。"
    act = CaseAct("suspend_hearing", forms.HearingGroundForm, hearing.suspend_hearing, "中止听证", done)
    return _act(request, clue_no, part_id, act)


@requires("case.arrange_hearing")
def resume_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "听证已恢复，请确定时间地点并重新通知。"
    act = CaseAct("resume_hearing", forms.HearingResumeForm, hearing.resume_hearing, "恢复听证", done)
    return _act(request, clue_no, part_id, act)


@requires("case.terminate_hearing")
def terminate_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "听证已终止，案件可以继续办理。"
    act = CaseAct("terminate_hearing", forms.HearingGroundForm, hearing.terminate_hearing, "终止听证", done)
    return _act(request, clue_no, part_id, act)


def _authorised(found: OpenedCase) -> dict[str, Any]:
    """Those the party gave a written authority here, so that nobody names them a second time."""
    papers = {one.part for one in found.loaded.documents if one.code == "power_of_attorney"}
    agents = CasePerson.objects.filter(case=found.case, role=PersonRole.AGENT).order_by("pk")
    typed: dict[str, Any] = {}
    for number, one in enumerate([one for one in agents if f"person:{one.pk}" in papers][: forms.PROXIES], start=1):
        age = age_on(one.id_number, clock.today())
        said = (gender(one.gender), f"{age}岁" if age else "", one.employer)
        typed[f"proxy_{number}"] = one.name
        typed[f"proxy_details_{number}"] = "，".join(word for word in said if word)
        typed[f"proxy_authority_{number}"] = True
    return typed


@requires("case.record_hearing")
def record_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    one = found.loaded.facts.focused_hearing

    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        session = NewSession(**data)
        return hearing.record_hearing(case_id=case_id, version=version, by=by, part_id=part_id, session=session)

    start = f"{clock.local(one.scheduled_at):%Y-%m-%d %H:%M}" if one and one.scheduled_at else ""
    act = CaseAct(
        "record_hearing", forms.HearingRecordForm, run, "保存并生成听证笔录", "听证笔录已生成，请主持人提交听证报告。",
        initial={"place": one.place if one else "", "started_at": start, **_authorised(found)},
        template=PART, context={"lines": _lines(found)},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.authorise_proxy")
def authorise_proxy(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return proxies.authorise_proxy(case_id=case_id, version=version, by=by, proxy=NewProxy(**data))

    act = CaseAct(
        "authorise_proxy", forms.ProxyForm, run, "生成授权委托书", "授权委托书已生成。请打印后由当事人和受委托人签名，再上传扫描件。",
        done_url=to_the_paper(clue_no),
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.report_hearing")
def report_hearing(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    written = HearingTranscript.objects.filter(hearing__case=found.case, hearing_id=part_id).first()
    record = [("听证记录", written.body)] if written else []
    act = CaseAct(
        "report_hearing", forms.HearingReportForm, hearing.report_hearing, "提交听证报告书",
        "听证报告书已提交，案件可以提交法制审核。", template=PART, context={"lines": [*_lines(found), *record]},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.add_statement")
def add_statement(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "add_statement", defence_forms.FurtherStatementForm, notice.add_statement, "保存记录",
        "陈述申辩已记录，请复核。", initial={"received_at": _now()},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.renotice")
def renotice(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    report = found.loaded.part("report")
    act = CaseAct(
        "renotice", defence_forms.RenoticeForm, notice.renotice, "变更处罚意见",
        "已退回告知阶段。需要变更金额的请重新裁量，再请负责人审批变更后的处罚意见。",
        initial={"facts": report.facts if report else ""},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.approve_revision")
def approve_revision(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "approve_revision", ApprovalForm, notice.approve_revision, "签署审批意见", "变更后的处罚意见审批已签署。",
        template=APPROVAL,
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.review_report")
def review_report(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "review_report", ReportReviewForm, legal_review.review_report, "签署审核意见",
        "对调查报告的审核意见已签署。作出决定前还要再审核。", template=APPROVAL,
        form_arguments={"departure": departure_of(found)},
    )  # fmt: skip
    return perform(request, found, act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "request_hearing": request_hearing,
    "appoint_hearing": appoint_hearing,
    "issue_hearing_notice": issue_hearing_notice,
    "postpone_hearing": postpone_hearing,
    "suspend_hearing": suspend_hearing,
    "resume_hearing": resume_hearing,
    "terminate_hearing": terminate_hearing,
    "record_hearing": record_hearing,
    "report_hearing": report_hearing,
    "authorise_proxy": authorise_proxy,
    "add_statement": add_statement,
    "renotice": renotice,
    "approve_revision": approve_revision,
    "review_report": review_report,
}
