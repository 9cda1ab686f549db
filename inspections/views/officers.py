"""执法人员名录: who could be drawn today and why not; the entry of one officer and its acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inspections.actions import officers as actions
from inspections.actions.certificates import may_certify
from inspections.forms.registers import AbsenceForm, ConflictForm, ProfileForm, YearForm
from inspections.forms.visits import PortraitForm
from inspections.queries.officer_register import (
    conflicts_of,
    officer_register,
    officer_row,
    running_filings,
    years_of,
)
from inspections.queries.passes import portrait_of
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.doors import requires
from lishu_law.access.policy import Subject
from lishu_law.errors import Refusal
from lishu_law.web.acts import Act, ActForm, act_page
from lishu_law.web.uploads import make_portrait, store_upload


@requires("officer.read")
@require_GET
def officer_list(request: HttpRequest) -> HttpResponse:
    """Who could be drawn today?"""
    rows = officer_register(clock.today())
    ready = sum(1 for row in rows if not row.reasons)
    return render(
        request, "inspections/registers/officers.html", {"title": "执法人员名录", "rows": rows, "ready": ready}
    )


@requires("officer.read")
@require_GET
def officer_page(request: HttpRequest, staff_number: str) -> HttpResponse:
    """One officer."""
    row = officer_row(staff_number, clock.today())
    may = policy.can(request.user, "officer.edit", Subject(unit_id=row.user.unit_id)).allowed
    context = {
        "title": row.user.full_name, "row": row, "can_edit": may, "conflicts": conflicts_of(row.user),
        "years": years_of(row.user), "running": running_filings(row.user, clock.now(), clock.today()),
        "can_certify": may_certify(request.user, row.user), "portrait": portrait_of(row.user),
    }  # fmt: skip
    return render(request, "inspections/registers/officer.html", context)


@requires("officer.edit")
@require_http_methods(["GET", "POST"])
def edit_officer(request: HttpRequest, staff_number: str) -> HttpResponse:
    """The entry of an officer."""
    profile = officer_row(staff_number, clock.today()).profile

    def run(data: dict[str, Any]) -> Any:
        version = data.pop("version", None)
        details = actions.ProfileDetails(**{**data, "specialities": tuple(data["specialities"])})
        return actions.save_profile(by=request.user, staff_number=staff_number, details=details, version=version)

    initial: dict[str, Any] = {}
    if profile:
        names = ("staff_type", "sex", "post", "specialities", "pairing_group", "version")
        initial = {name: getattr(profile, name) for name in names} | {"areas": "、".join(profile.areas)}
    return _act(request, staff_number, "名录资料", ProfileForm, run, initial)


@requires("officer.edit")
@require_http_methods(["GET", "POST"])
def officer_photo(request: HttpRequest, staff_number: str) -> HttpResponse:
    """上传证件照: kept as it came; what is shown is a small copy."""

    def run(data: dict[str, Any]) -> Any:
        stored = store_upload(data["photo"], request.user)
        make_portrait(stored)
        return actions.save_portrait(by=request.user, staff_number=staff_number, photo=stored)

    return _act(request, staff_number, "上传证件照", PortraitForm, run)


@requires("officer.edit")
@require_http_methods(["GET", "POST"])
def officer_absence(request: HttpRequest, staff_number: str) -> HttpResponse:
    """登记请假、培训."""

    def run(data: dict[str, Any]) -> Any:
        data.pop("version", None)
        return actions.record_absence(by=request.user, staff_number=staff_number, **data)

    return _act(request, staff_number, "登记不在岗", AbsenceForm, run)


@requires("officer.edit")
@require_http_methods(["GET", "POST"])
def officer_conflict(request: HttpRequest, staff_number: str) -> HttpResponse:
    """登记回避."""

    def run(data: dict[str, Any]) -> Any:
        data.pop("version", None)
        return actions.record_conflict(by=request.user, staff_number=staff_number, on=data.pop("subject"), **data)

    return _act(request, staff_number, "登记回避", ConflictForm, run, {"from_on": clock.today()})


@requires("officer.edit")
@require_http_methods(["GET", "POST"])
def officer_year(request: HttpRequest, staff_number: str) -> HttpResponse:
    """登记年度培训和考核."""

    def run(data: dict[str, Any]) -> Any:
        data.pop("version", None)
        return actions.record_year(by=request.user, staff_number=staff_number, **data)

    return _act(request, staff_number, "登记年度培训和考核", YearForm, run, {"year": clock.today().year})


@requires("officer.edit")
@require_POST
def cancel_absence(request: HttpRequest, staff_number: str, absence_id: int) -> HttpResponse:
    actions.cancel_absence(by=request.user, staff_number=staff_number, absence_id=absence_id)
    messages.success(request, "已取消，这段时间可以抽取。")
    return HttpResponseRedirect(reverse("officer", args=[staff_number]), status=303)


@requires("officer.edit")
@require_POST
def cancel_conflict(request: HttpRequest, staff_number: str, conflict_id: int) -> HttpResponse:
    actions.cancel_conflict(by=request.user, staff_number=staff_number, conflict_id=conflict_id)
    messages.success(request, "回避已解除。")
    return HttpResponseRedirect(reverse("officer", args=[staff_number]), status=303)


def _act(
    request: HttpRequest, staff_number: str, title: str, form_class: type[ActForm], run: Any, *initial: dict[str, Any]
) -> HttpResponse:
    """The page of one act on one officer; asks first whether this person may at all."""
    row = officer_row(staff_number, clock.today())
    policy.check(request.user, "officer.edit", Subject(unit_id=row.user.unit_id))
    url = reverse("officer", args=[staff_number])
    act = Act(
        title=f"{title}：{row.user.full_name}", form_class=form_class, run=run, done_url=url, done_message="已保存。",
        submit="保存", initial=initial[0] if initial else {}, fixes=_fix, back_url=url,
    )  # fmt: skip
    return act_page(request, act)


def _fix(refusal: Refusal) -> str:
    return f"#id_{refusal.fix}" if refusal.fix else ""
