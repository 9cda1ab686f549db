"""Desk pages of filed inspections: look at, approve, cancel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import permissions
from inspections.actions import filings as actions
from inspections.forms.shifts import ApprovalForm, CancelForm
from inspections.models import FilingState, InspectionFiling, ResultCode
from inspections.phrases import EIGHT_NEVERS, FIVE_BANS
from inspections.queries.filings import answers_of, cap_so_far
from inspections.queries.owed import crossregion_due, crossregion_light, needs_consent, papers_light
from inspections.queries.papers import signing_refusals
from inspections.queries.queue import items_behind
from inspections.queries.records import OpenedFiling, open_filing
from inspections.queries.visit_record import Visit, visit_of
from inspections.views.documents import papers_part
from inspections.views.frame import fixes_of, version_of
from inspections.views.kept import current_version, keepable
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.web.acts import Act, act_page

CODE_STATES = (FilingState.FILED, FilingState.STARTED, FilingState.SUSPENDED, FilingState.FINISHED)
SIGNED_STATES = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)
CANCELLABLE = (FilingState.SUBMITTED, FilingState.RETURNED, FilingState.FILED)


def filing_url(filing: InspectionFiling) -> str:
    return reverse("filing", args=[filing.reference])


@requires("inspection.read")
@require_GET
def filing_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The filing with its state, and for its officers the code to show."""
    found = open_filing(request.user, reference)
    filing, moment = found.filing, clock.now()
    may_act = permissions.can(request.user, "inspection.act", found.subject)
    visit = visit_of(filing)
    context = {
        "opened": found,
        "filing": filing,
        "state": filing.state_at(moment).label,
        "sent_later": items_behind(filing_url(filing), reverse("mobile-filing", args=[reference])),
        "visit": visit,
        "steps": filing.steps.select_related("by"),
        "answers": answers_of(filing),
        "papers_light": papers_light(filing, moment),
        "crossregion_light": crossregion_light(filing, moment),
        "title": f"检查备案 {filing.label}",
        **buttons(request.user, found, visit, may_act),
        **papers_part(request.user, found, visit),
    }
    return render(request, "inspections/filing.html", context)


def buttons(user: Any, found: OpenedFiling, visit: Visit, may_act: bool) -> dict[str, bool]:
    """Which acts stand open to this person on this filing now."""
    filing = found.filing
    state = filing.state_at(clock.now())
    is_mine = filing.applicant_id == user.pk
    is_after = filing.is_afterwards and filing.approved_at is None
    waits = filing.is_waiting and state != FilingState.EXPIRED
    return {
        "can_approve": waits and permissions.can(user, "inspection.approve", found.subject),
        "can_refile": filing.state == FilingState.RETURNED and is_mine,
        "can_file_papers": is_after and filing.papers_at is None and (is_mine or may_act),
        "can_cancel": state in CANCELLABLE and (is_mine or may_act),
        "can_show_code": may_act and state in CODE_STATES and bool(filing.token),
        "can_start": may_act and state == FilingState.FILED,
        "can_finish": may_act and state in (FilingState.STARTED, FilingState.SUSPENDED),
        "can_suspend": may_act and state == FilingState.STARTED,
        "can_resume": may_act and state == FilingState.SUSPENDED,
        "can_sign": may_act and filing.state in SIGNED_STATES and user in visit.unsigned,
        "can_recheck": may_act and visit.order is not None and visit.order.ended_at is None,
        "can_end_pending": may_act and filing.result_code == ResultCode.R8,
        "can_open_case": may_act
        and filing.result_code == ResultCode.R9
        and filing.case_id is None
        and not signing_refusals(filing, visit),
        "can_consent": needs_consent(filing, clock.now())
        and permissions.can(user, "inspection.consent", found.subject),
        "can_record_crossregion": crossregion_due(filing) is not None
        and filing.justice_filed_on is None
        and permissions.can(user, "inspection.crossregion", found.subject),
        "can_note_number": filing.filing_no is not None and not filing.provincial_filing_no and (is_mine or may_act),
    }


def act_on(request: HttpRequest, reference: str, action: str, run: Any, **act: Any) -> HttpResponse:
    """One act on an existing filing. ``run`` gets (identity of the filing, cleaned data, form)."""
    found = open_filing(request.user, reference)
    filing = found.filing
    if action != "inspection.act" or filing.applicant_id != request.user.pk:
        permissions.check(request.user, action, found.subject)
    here = filing_url(filing)
    page = {"initial": {}, "form_arguments": {}, "done_url": here, "back_url": here, "context": {}, **act}
    if page.pop("takes_filing", False):
        page["form_arguments"] = {"filing": filing, "user": request.user}

    def perform(data: dict[str, Any], form: Any) -> Any:
        version = current_version(request, version_of(data, filing), filing)
        return run({"filing_id": filing.pk, "version": version, "by": request.user}, data, form, filing)

    page["initial"] = {"version": filing.version, **page["initial"]}
    is_queued = page.pop("is_queued", False)
    if page.pop("judged", False):
        page["context"] |= {"answers": answers_of(filing), "cap": cap_so_far(filing, clock.now())}
    page["context"] = {"opened": found, "filing": filing, "is_queued": is_queued, **page["context"]}
    response = act_page(request, Act(run=perform, run_takes_form=True, fixes=fixes_of(reference), **page))
    return keepable(request, response) if is_queued else response


@requires("inspection.approve")
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    return act_on(
        request, reference, "inspection.approve",
        lambda who, data, form, filing: actions.approve_inspection(**who, agree=data["agree"], opinion=data["opinion"]),
        title="审批检查备案", form_class=ApprovalForm, done_message="审批意见已记录。", submit="提交审批意见",
        template="inspections/approve_filing.html",
        context={"five_bans": FIVE_BANS, "eight_nevers": EIGHT_NEVERS}, judged=True,
    )  # fmt: skip


@requires("inspection.file")
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    return act_on(
        request, reference, "inspection.act",
        lambda who, data, form, filing: actions.cancel_inspection(**who, reason=data["reason"]),
        title="撤销检查备案", form_class=CancelForm, done_message="备案已撤销，检查码已失效。", submit="撤销备案",
    )  # fmt: skip
