"""Desk pages of filed inspections: file, look at with the code, approve, cancel, start, finish, open the case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import codes, permissions
from inspections.actions import filings as actions
from inspections.actions.findings import open_case_from_inspection
from inspections.actions.visits import finish_inspection, start_inspection
from inspections.forms.filings import FilingForm, ResultForm, StartForm
from inspections.forms.shifts import ApprovalForm, CancelForm, ConfirmForm
from inspections.models import FilingState, InspectionFiling, ResultCode
from inspections.queries.records import OpenedFiling, open_filing
from inspections.views.frame import fixes, kept_photos, version_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.web.acts import Act, act_page
from lishu_law.web.fields import officers_on

CODE_STATES = (FilingState.FILED, FilingState.STARTED, FilingState.FINISHED)
CANCELLABLE = (FilingState.SUBMITTED, FilingState.RETURNED, FilingState.FILED)


def filing_url(filing: InspectionFiling) -> str:
    return reverse("filing", args=[filing.reference])


@requires("inspection.read")
@require_GET
def filing_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The filing with its state, and for its officers the code to show."""
    found = open_filing(request.user, reference)
    filing = found.filing
    may_act = permissions.can(request.user, "inspection.act", found.subject)
    context = {
        "opened": found,
        "filing": filing,
        "state": filing.state_at(clock.now()).label,
        "points": filing.points.select_related("matter").order_by("id"),
        "photo_count": filing.photos.count(),
        "title": f"检查备案 {filing.filing_no or '（待审批）'}",
        **_buttons(request.user, found, may_act),
    }
    return render(request, "inspections/filing.html", context)


def _buttons(user: Any, found: OpenedFiling, may_act: bool) -> dict[str, bool]:
    filing = found.filing
    state = filing.state_at(clock.now())
    is_mine = filing.applicant_id == user.pk
    return {
        "can_approve": state == FilingState.SUBMITTED and permissions.can(user, "inspection.approve", found.subject),
        "can_refile": filing.state == FilingState.RETURNED and is_mine,
        "can_cancel": state in CANCELLABLE and (is_mine or may_act),
        "can_show_code": may_act and state in CODE_STATES and bool(filing.token),
        "can_start": may_act and state == FilingState.FILED,
        "can_finish": may_act and state == FilingState.STARTED,
        "can_open_case": may_act and filing.result_code == ResultCode.R9 and filing.case_id is None,
    }


@requires("inspection.file")
def new_filing(request: HttpRequest) -> HttpResponse:
    mine = officers_on(clock.today()).filter(username=request.user.get_username()).first()
    return act_page(request, _filing_act(request, {"lead": mine}, "报备一次检查", None))


@requires("inspection.file")
def refile(request: HttpRequest, reference: str) -> HttpResponse:
    """退回后修改，再次提交."""
    found = open_filing(request.user, reference)
    filing = found.filing
    people = [one.user for one in found.officers]
    plain = (
        "subject", "form", "category", "source", "source_note", "method", "why_on_site", "window_from", "window_to",
        "why_longer", "notice_mode", "notice_ground", "recorder_no", "version",
    )  # fmt: skip
    initial = {name: getattr(filing, name) for name in plain}
    initial |= {"matters": list(filing.matters.all()), **dict(zip(("lead", "second", "third"), people, strict=False))}
    return act_page(request, _filing_act(request, initial, "修改后重新报备", filing))


def _filing_act(request: HttpRequest, initial: dict[str, Any], title: str, filing: Any) -> Act:
    def run(data: dict[str, Any], form: FilingForm) -> Any:
        again = {"filing_id": filing.pk, "version": version_of(data, filing)} if filing else {}
        return actions.file_inspection(by=request.user, filing=form.filing(), **again)

    return Act(
        title=title, form_class=FilingForm, run=run, run_takes_form=True, done_url=filing_url,
        done_message="备案已提交审批。批准后生成备案号和检查码。", submit="提交审批", initial=initial, fixes=fixes,
        back_url=filing_url(filing) if filing else reverse("inspection-home"),
    )  # fmt: skip


def _act_on(request: HttpRequest, reference: str, action: str, run: Any, **act: Any) -> HttpResponse:
    """One act on an existing filing. ``run`` gets (identity of the filing, cleaned data, form)."""
    found = open_filing(request.user, reference)
    filing = found.filing
    if action != "inspection.act" or filing.applicant_id != request.user.pk:
        permissions.check(request.user, action, found.subject)
    page = {"initial": {}, "form_arguments": {}, "done_url": filing_url(filing), "context": {}, **act}
    if page.pop("takes_filing", False):
        page["form_arguments"] = {"filing": filing, "user": request.user}

    def perform(data: dict[str, Any], form: Any) -> Any:
        return run(
            {"filing_id": filing.pk, "version": version_of(data, filing), "by": request.user}, data, form, filing
        )

    page["initial"] = {"version": filing.version, **page["initial"]}
    page["context"] = {"opened": found, "filing": filing, **page["context"]}
    return act_page(request, Act(run=perform, run_takes_form=True, fixes=fixes, back_url=filing_url(filing), **page))


@requires("inspection.approve")
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    return _act_on(
        request, reference, "inspection.approve",
        lambda who, data, form, filing: actions.approve_inspection(**who, agree=data["agree"], opinion=data["opinion"]),
        title="审批检查备案", form_class=ApprovalForm, done_message="审批意见已记录。", submit="提交审批意见",
        template="inspections/approve_filing.html",
    )  # fmt: skip


@requires("inspection.file")
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    return _act_on(
        request, reference, "inspection.act",
        lambda who, data, form, filing: actions.cancel_inspection(**who, reason=data["reason"]),
        title="撤销检查备案", form_class=CancelForm, done_message="备案已撤销，检查码已失效。", submit="撤销备案",
    )  # fmt: skip


@requires("inspection.act")
def start(request: HttpRequest, reference: str) -> HttpResponse:
    return _act_on(
        request, reference, "inspection.act",
        lambda who, data, form, filing: start_inspection(**who, how=data["how"], scanned_uscc=data["scanned_uscc"]),
        title="亮证，开始检查", form_class=StartForm, done_message="检查已开始。", submit="开始检查",
        template="inspections/m_act.html",
    )  # fmt: skip


@requires("inspection.act")
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    def run(who: dict[str, Any], data: dict[str, Any], form: ResultForm, filing: InspectionFiling) -> Any:
        photos = kept_photos(
            data["photos"], request.user, taken_at=clock.now(), place=filing.subject.address,
            purpose=data["photo_purpose"],
        )  # fmt: skip
        return finish_inspection(**who, result=form.result(), photos=photos)

    return _act_on(
        request, reference, "inspection.act", run, takes_filing=True, title="记录检查结果", form_class=ResultForm,
        done_message="检查记录已保存。", submit="完成检查", template="inspections/m_act.html",
    )  # fmt: skip


@requires("inspection.act")
def open_case(request: HttpRequest, reference: str) -> HttpResponse:
    return _act_on(
        request, reference, "inspection.act",
        lambda who, data, form, filing: open_case_from_inspection(**who),
        title="转立案", form_class=ConfirmForm, submit="立案，带入全部事实", template="inspections/m_act.html",
        done_url=lambda case: reverse("case", args=[case.clue_no]),
        done_message=lambda case: f"线索 {case.clue_no} 已登记，检查事实和照片都已带入。",
    )  # fmt: skip


@requires("inspection.act")
@require_GET
def code(request: HttpRequest, reference: str) -> HttpResponse:
    """亮证: who inspects, and the code the business scans; the same changing word as on its page."""
    found = open_filing(request.user, reference)
    permissions.check(request.user, "inspection.act", found.subject)
    filing, moment = found.filing, clock.now()
    is_shown = filing.state_at(moment) in CODE_STATES and bool(filing.token)
    url = codes.public_url(filing.token) if is_shown else ""
    context = {
        "opened": found,
        "filing": filing,
        "url": url,
        "drawing": codes.drawing(url) if url else "",
        "word": codes.rolling_word(filing.token, moment) if url else "",
        "now": moment,
        "people": officers_on(clock.local(filing.window_from).date()).filter(
            pk__in=[one.user_id for one in found.officers]
        ),
        "title": "检查码",
        "back_url": filing_url(filing),
    }
    return render(request, "inspections/code.html", context)
