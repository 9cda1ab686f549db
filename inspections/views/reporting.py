"""Filing a visit: beforehand, again after a return, urgent with its papers afterwards, late after a failure."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from inspections.actions.filings import file_inspection
from inspections.actions.urgent import report_urgent
from inspections.forms.reporting import FilingForm, LateForm, PapersForm, UrgentForm
from inspections.models import InspectionFiling
from inspections.phrases import EIGHT_NEVERS, FIVE_BANS
from inspections.queries.filings import as_typed
from inspections.queries.records import open_filing
from inspections.views.filings import filing_url
from inspections.views.frame import fixes, version_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.web.acts import Act, act_page
from lishu_law.web.fields import officers_on
from lishu_law.web.uploads import store_upload

WAITS = "备案已提交审批。批准后生成备案号和检查码。"


@requires("inspection.file")
def new_filing(request: HttpRequest) -> HttpResponse:
    return act_page(request, filing_act(request, "报备一次检查", FilingForm, initial={"lead": _me(request)}))


@requires("inspection.file")
def late_filing(request: HttpRequest) -> HttpResponse:
    """E3: it was checked while the network or the system was down."""
    act = filing_act(request, "故障期间的检查，事后补报", LateForm, initial={"lead": _me(request)})
    return act_page(request, act)


@requires("inspection.file")
def refile(request: HttpRequest, reference: str) -> HttpResponse:
    """退回后修改，再次提交."""
    found = open_filing(request.user, reference)
    initial = as_typed(found.filing, [one.user for one in found.officers])
    act = filing_act(request, "修改后重新报备", FilingForm, initial=initial, filing=found.filing)
    return act_page(request, act)


@requires("inspection.file")
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """补办备案: the papers of a visit that was checked first."""
    found = open_filing(request.user, reference)
    initial = as_typed(found.filing, [one.user for one in found.officers])
    form_class = PapersForm if found.filing.exemption == "E2" else LateForm
    act = filing_act(request, "补办检查备案", form_class, initial=initial, filing=found.filing)
    return act_page(request, act)


def filing_act(
    request: HttpRequest, title: str, form_class: type[FilingForm], *, initial: dict[str, Any],
    filing: InspectionFiling | None = None,
) -> Act:  # fmt: skip
    """The act of filing, with what is already known; ``filing`` is one that came back or was checked first."""

    def run(data: dict[str, Any], form: FilingForm) -> InspectionFiling:
        files = tuple(store_upload(file, request.user) for file in data["attachments"])
        if filing is None:
            return file_inspection(by=request.user, filing=form.filing(files))
        known = {"subject": filing.subject, "window_from": filing.window_from} if filing.is_afterwards else {}
        version = version_of(data, filing)
        return file_inspection(
            by=request.user, filing=form.filing(files, **known), filing_id=filing.pk, version=version
        )

    return Act(
        title=title, form_class=form_class, run=run, run_takes_form=True, done_url=filing_url, done_message=WAITS,
        submit="提交审批", initial=initial, fixes=fixes, template="inspections/file.html",
        context={"five_bans": FIVE_BANS, "eight_nevers": EIGHT_NEVERS, "filing": filing},
        back_url=filing_url(filing) if filing else reverse("inspection-home"),
    )  # fmt: skip


@requires("inspection.file")
def urgent(request: HttpRequest) -> HttpResponse:
    """E2: report at once, check, file within 24 hours."""

    def run(data: dict[str, Any], form: UrgentForm) -> InspectionFiling:
        return report_urgent(by=request.user, report=form.report())

    act = Act(
        title="紧急检查，先查后报", form_class=UrgentForm, run=run, run_takes_form=True, done_url=filing_url,
        done_message="已报告，检查可以进行。请在期限内补办备案，由负责人事后审批。", submit="报告，开始检查",
        initial={"lead": _me(request), "began_at": clock.local(clock.now()).replace(second=0, microsecond=0)},
        fixes=fixes, template="inspections/urgent.html",
        context={"five_bans": FIVE_BANS, "eight_nevers": EIGHT_NEVERS}, back_url=reverse("inspection-home"),
    )  # fmt: skip
    return act_page(request, act)


def _me(request: HttpRequest) -> Any:
    return officers_on(clock.today()).filter(username=request.user.get_username()).first()
