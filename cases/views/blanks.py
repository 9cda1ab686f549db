"""Pages of the numbered blank forms: give out, print, account for every number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases.actions import blanks as actions
from cases.documents.blank_forms import SETS, SetKind, blank_forms, set_of_case
from cases.forms import blanks as forms
from cases.models import BlankNumber, NumberEnd, NumberLease
from cases.permissions import can, lease_subject
from cases.queries.blanks import lease_by, leases, leases_to_print, series_rows
from cases.views.investigation import stored
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.documents.response import made_response
from lishu_law.errors import NotFound
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.pdf.render import RenderedPdf
from lishu_law.registry.models import Unit, UnitKind
from lishu_law.web.acts import Act, ActForm, act_page
from lishu_law.web.uploads import serve_file


@requires("blank.read")
@require_GET
def blank_list(request: HttpRequest) -> HttpResponse:
    """Who holds which numbers, and does the series add up?"""
    only_open, after = request.GET.get("open") == "1", request.GET.get("after", "")
    key = int(after) if after.isdecimal() and len(after) < 16 else None
    page = leases(request.user, clock.now(), only_open=only_open, after=key)
    next_url = f"?open={int(only_open)}&after={page.next_key}" if page.next_key else ""
    context = {
        "rows": page.rows, "series": series_rows(), "only_open": only_open, "next_url": next_url,
        "can_lease": may_ever(request.user, "blank.lease"), "sets": SETS,
    }  # fmt: skip
    return render(request, "cases/blanks.html", context)


@requires("blank.lease")
def lease(request: HttpRequest) -> HttpResponse:
    today, user = clock.today(), request.user

    def run(data: dict[str, Any]) -> Any:
        return actions.lease_numbers(by=user, holder=data["holder"], count=data["count"])

    most = int(DEFAULT_PARAMETERS.number("blank_forms.most", today))
    act = Act(
        title="发放编号空白文书", form_class=forms.LeaseForm, run=run, submit="发放，占用号码",
        form_arguments={"unit_id": user.unit_id, "today": today, "most": most},  # type: ignore[union-attr]
        done_url=lambda row: reverse("blank-lease", args=[row.reference]), back_url=reverse("blank-list"),
        done_message=lambda row: f"已占用 {row.size} 个号码。请打印，当面点清后交给领用人。",
    )  # fmt: skip
    return act_page(request, act)


@requires("blank.read")
@require_GET
def lease_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One block: every number with what became of it."""
    row, numbers = lease_by(request.user, reference, clock.now())
    subject = lease_subject(row.lease.unit_id, row.lease.holder)
    acts = {
        f"can_{word}": can(request.user, f"blank.{word}", subject)
        for word in ("print", "void", "take_back", "allow_late")
    }
    context = {"row": row, "numbers": numbers, "lease": row.lease, "is_open": row.open > 0, **acts}
    return render(request, "cases/blank_lease.html", context)


@requires("blank.print")
@require_POST
def print_lease(request: HttpRequest, reference: str) -> HttpResponse:
    """The PDF of the numbers still open; every printing is in the journal."""
    row, numbers = lease_by(request.user, reference, clock.now())
    wanted = [one.number for one in numbers if one.end == NumberEnd.OPEN]
    if not wanted:
        raise NotFound("这一批号码都已经有交代，没有可以打印的空白文书。")
    actions.print_blanks(lease_id=row.lease.pk, by=request.user)
    name = f"编号空白文书{row.lease.year}-{row.lease.first}-{row.lease.last}.pdf"
    return made_response(blank_forms(row.lease, wanted).content, name)


@requires("blank.read")
def paper_set(request: HttpRequest, kind: str) -> HttpResponse:
    """断网备用: the empty forms of one procedure, with the numbers of a block where its decision needs one."""
    wanted = next((one for one in SETS if one.code == kind), None)
    if wanted is None:
        raise NotFound
    found = leases_to_print(request.user, clock.now()) if wanted.is_numbered else NumberLease.objects.none()
    form = forms.PaperSetForm(request.POST or None, leases=found, is_numbered=wanted.is_numbered)
    if request.method == "POST" and form.is_valid():
        made = _made_set(request.user, wanted, form.cleaned_data)
        return made_response(made.content, f"断网备用文书-{wanted.title}.pdf")
    context = {"form": form, "kind": wanted, "title": f"打印断网备用文书：{wanted.title}"}
    return render(request, "cases/paper_set.html", context, status=422 if form.errors else 200)


def _made_set(user: Any, kind: SetKind, chosen: dict[str, Any]) -> RenderedPdf:
    lease, numbers = chosen.get("lease"), []
    if lease is not None:
        _row, rows = lease_by(user, lease.reference, clock.now())
        numbers = [one.number for one in rows if one.end == NumberEnd.OPEN]
        actions.print_blanks(lease_id=lease.pk, by=user)
    organ = Unit.objects.get(kind=UnitKind.AUTHORITY).name
    return set_of_case(kind, organ, chosen["copies"], clock.now(), lease=lease, numbers=numbers)


@requires("blank.take_back")
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    row, numbers = lease_by(request.user, reference, clock.now())
    still = [one for one in numbers if one.end == NumberEnd.OPEN]

    def run(data: dict[str, Any]) -> Any:
        return actions.return_blanks(lease_id=row.lease.pk, by=request.user, serials=tuple(data["serials"]))

    url = reverse("blank-lease", args=[reference])
    act = Act(
        title="收回没有用的空白文书", form_class=forms.TakeBackForm, run=run, submit="已收到，登记交回",
        form_arguments={"blanks": still}, done_url=url, back_url=url,
        done_message=lambda count: f"已登记交回 {count} 份。这些号码不再使用，纸质文书请随案卷台账保存。",
    )  # fmt: skip
    return act_page(request, act)


def _blank(request: HttpRequest, reference: str, serial: int) -> BlankNumber:
    _row, numbers = lease_by(request.user, reference, clock.now())
    found = next((one for one in numbers if one.serial == serial), None)
    if found is None:
        raise NotFound
    return found


def _act(request: HttpRequest, reference: str, title: str, form_class: type[ActForm], run: Any) -> HttpResponse:
    url = reverse("blank-lease", args=[reference])
    return act_page(
        request,
        Act(title=title, form_class=form_class, run=run, submit=title.partition("：")[0], done_message="已登记。",
            done_url=url, back_url=url),
    )  # fmt: skip


@requires("blank.void")
def void(request: HttpRequest, reference: str, serial: int) -> HttpResponse:
    blank = _blank(request, reference, serial)

    def run(data: dict[str, Any]) -> Any:
        scan = stored(data["scan"], request.user)
        return actions.void_blank(blank_id=blank.pk, by=request.user, reason=data["reason"], scan=scan)

    return _act(request, reference, f"作废：{blank.number}", forms.VoidForm, run)


@requires("blank.allow_late")
def allow_late(request: HttpRequest, reference: str, serial: int) -> HttpResponse:
    blank = _blank(request, reference, serial)

    def run(data: dict[str, Any]) -> Any:
        return actions.allow_late_entry(blank_id=blank.pk, by=request.user, reason=data["reason"])

    return _act(request, reference, f"准予超期补录：{blank.number}", forms.LateForm, run)


@requires("blank.read")
@require_GET
def scan(request: HttpRequest, reference: str, serial: int) -> Any:
    """The paper of a number: the decision as it was written, or the spoiled form."""
    blank = _blank(request, reference, serial)
    if blank.scan is None:
        raise NotFound
    return serve_file(request, blank.scan, download_name=f"{blank.number}纸质文书")
