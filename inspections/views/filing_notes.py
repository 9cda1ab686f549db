"""What others add to a filing, its attachments, who approves for whom, and what supervision sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections.actions import filing_notes as notes
from inspections.actions.delegations import delegate_approval, end_delegation
from inspections.forms.filing_notes import ConsentForm, CrossregionForm, DelegationForm, ProvincialForm
from inspections.forms.shifts import ConfirmForm
from inspections.models import ApprovalDelegation, FilingAttachment
from inspections.queries.owed import notable_filings, papers_light
from inspections.queries.records import open_filing
from inspections.views.filings import filing_url
from inspections.views.frame import fixes, key_of, version_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound
from lishu_law.registry.roles import LEADER_ROLES
from lishu_law.web.acts import Act, act_page
from lishu_law.web.uploads import serve_file

PAGE = 20


@requires("inspection.consent")
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    """法制机构审核评价保护期内的个案检查."""
    return _act_on(
        request, reference,
        lambda who, data: notes.consent_to_inspection(**who, agree=data["agree"], note=data["note"]),
        title="审核评价保护期内的个案检查", form_class=ConsentForm, done_message="意见已记录。", submit="提交意见",
    )  # fmt: skip


@requires("inspection.crossregion")
def crossregion(request: HttpRequest, reference: str) -> HttpResponse:
    """异地检查已经向司法局备案."""
    return _act_on(
        request, reference,
        lambda who, data: notes.record_justice_filing(**who, number=data["number"], filed_on=data["filed_on"]),
        title="登记异地检查备案", form_class=CrossregionForm, done_message="已登记。", submit="登记",
    )  # fmt: skip


@requires("inspection.file")
def provincial(request: HttpRequest, reference: str) -> HttpResponse:
    return _act_on(
        request, reference, lambda who, data: notes.record_provincial_number(**who, number=data["number"]),
        title="登记省平台备案号", form_class=ProvincialForm, done_message="已登记。", submit="登记",
    )  # fmt: skip


def _act_on(request: HttpRequest, reference: str, run: Any, **act: Any) -> HttpResponse:
    found = open_filing(request.user, reference)
    filing = found.filing

    def perform(data: dict[str, Any]) -> Any:
        return run({"filing_id": filing.pk, "version": version_of(data, filing), "by": request.user}, data)

    page = Act(
        run=perform, initial={"version": filing.version}, done_url=filing_url, back_url=filing_url(filing), fixes=fixes,
        template="inspections/approve_filing.html", context={"opened": found, "filing": filing}, **act,
    )  # fmt: skip
    return act_page(request, page)


@requires("inspection.read")
@require_GET
def attachment(request: HttpRequest, reference: str, position: int) -> HttpResponseBase:
    """One paper of a filing, for who may read the filing."""
    found = open_filing(request.user, reference)
    rows = FilingAttachment.objects.select_related("file").filter(filing=found.filing, position=position)
    wanted = rows.first()
    if wanted is None:
        raise NotFound
    return serve_file(request, wanted.file, download_name=wanted.file.original_name)


@requires("inspection.delegate")
def delegations(request: HttpRequest) -> HttpResponse:
    """Who approves for whom now, and the form for another."""
    is_leader = request.user.has_role(*LEADER_ROLES)  # type: ignore[union-attr]
    rows = ApprovalDelegation.objects.select_related("unit", "delegate", "granted_by").order_by("-id")
    mine = rows if is_leader else rows.filter(unit=request.user.unit)  # type: ignore[union-attr]
    today = clock.today()
    act = Act(
        title="委托审批", form_class=DelegationForm, form_arguments={"user": request.user, "is_leader": is_leader},
        run=lambda data, form: delegate_approval(by=request.user, given=form.delegation()), run_takes_form=True,
        done_url=reverse("delegation-list"), done_message="委托已登记。", submit="登记委托", fixes=fixes,
        initial={"from_on": today}, template="inspections/delegations.html", back_url=reverse("inspection-home"),
        context={"rows": [(one, _holds(one, today)) for one in mine[:PAGE]]},
    )  # fmt: skip
    return act_page(request, act)


def _holds(one: ApprovalDelegation, today: Any) -> bool:
    return one.ended_on is None and one.to_on >= today


@requires("inspection.delegate")
def delegation_end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """终止委托."""
    act = Act(
        title="终止委托", form_class=ConfirmForm,
        run=lambda data: end_delegation(by=request.user, delegation_id=delegation_id),
        done_url=reverse("delegation-list"), done_message="委托已终止。", submit="终止委托", fixes=fixes,
        back_url=reverse("delegation-list"),
    )  # fmt: skip
    return act_page(request, act)


@requires("inspection.supervise")
@require_GET
def notable(request: HttpRequest) -> HttpResponse:
    """Which visits went above the cap, and whose papers came late?"""
    now = clock.now()
    found = list(notable_filings(request.user, now, after=key_of(request, "after"))[: PAGE + 1])
    context = {
        "title": "报监督的检查", "rows": [(one, papers_light(one, now)) for one in found[:PAGE]],
        "next_url": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "can_open": may_ever(request.user, "inspection.read"),
    }  # fmt: skip
    return render(request, "inspections/notable.html", context)
