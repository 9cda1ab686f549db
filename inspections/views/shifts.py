"""Desk pages of patrol shifts: file, look at, approve, finish."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import permissions
from inspections.actions import shifts as actions
from inspections.forms.shifts import SECTIONS, ApprovalForm, FinishShiftForm, ShiftForm
from inspections.models import ShiftState
from inspections.queries.records import OpenedShift, checks_of, open_shift
from inspections.views.frame import fixes, key_of, version_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.web.acts import Act, act_page
from lishu_law.web.fields import officers_on


def shift_url(shift: Any) -> str:
    return reverse("shift", args=[shift.shift_no])


@requires("shift.read")
@require_GET
def shift_page(request: HttpRequest, shift_no: str) -> HttpResponse:
    found = open_shift(request.user, shift_no)
    page = checks_of(found.shift, after=key_of(request, "after"))
    context = {
        "opened": found,
        "shift": found.shift,
        "page": page,
        "title": f"巡查班次 {shift_no}",
        **buttons(request.user, found),
    }
    return render(request, "inspections/shift.html", context)


def buttons(user: Any, found: OpenedShift) -> dict[str, bool]:
    """Which acts the page offers."""
    state = found.shift.state
    return {
        "can_approve": state == ShiftState.SUBMITTED and permissions.can(user, "shift.approve", found.subject),
        "can_act": state == ShiftState.FILED and permissions.can(user, "shift.act", found.subject),
        "can_refile": state == ShiftState.RETURNED and found.shift.applicant_id == user.pk,
    }


@requires("shift.file")
def new_shift(request: HttpRequest) -> HttpResponse:
    """报备一个巡查班次."""
    mine = officers_on(clock.today()).filter(username=request.user.get_username()).first()
    return act_page(request, _filing_act(request, {"lead": mine}, "报备巡查班次", None))


@requires("shift.file")
def refile_shift(request: HttpRequest, shift_no: str) -> HttpResponse:
    """退回后修改，再次提交."""
    found = open_shift(request.user, shift_no)
    shift, people = found.shift, [one.user for one in found.officers]
    initial = {
        name: getattr(shift, name)
        for name in ("vehicle", "recorder_no", "planned_from", "planned_to", "remarks", "version")
    }
    initial |= dict(zip(("lead", "second", "third"), people, strict=False))
    for number, section in zip(range(1, SECTIONS + 1), shift.sections.all(), strict=False):
        initial |= {
            f"route_{number}": section.route, f"from_{number}": section.from_stake, f"to_{number}": section.to_stake,
            f"township_{number}": section.township,
        }  # fmt: skip
    return act_page(request, _filing_act(request, initial, "修改后重新报备", shift))


def _filing_act(request: HttpRequest, initial: dict[str, Any], title: str, shift: Any) -> Act:
    def run(data: dict[str, Any], form: ShiftForm) -> Any:
        again = {"shift_id": shift.pk, "version": version_of(data, shift)} if shift else {}
        return actions.file_shift(by=request.user, shift=form.shift(), **again)

    return Act(
        title=title, form_class=ShiftForm, run=run, run_takes_form=True, done_url=shift_url,
        done_message=lambda row: f"班次 {row.shift_no} 已提交审批。批准后才能上路检查。", submit="提交审批",
        initial=initial, fixes=fixes, back_url=shift_url(shift) if shift else reverse("inspection-home"),
    )  # fmt: skip


@requires("shift.approve")
def approve_shift(request: HttpRequest, shift_no: str) -> HttpResponse:
    found = open_shift(request.user, shift_no)
    permissions.check(request.user, "shift.approve", found.subject)
    shift = found.shift

    def run(data: dict[str, Any]) -> Any:
        return actions.approve_shift(
            shift_id=shift.pk,
            version=version_of(data, shift),
            by=request.user,
            agree=data["agree"],
            opinion=data["opinion"],
        )

    act = Act(
        title=f"审批巡查班次 {shift_no}", form_class=ApprovalForm, run=run, done_url=shift_url(shift),
        done_message="审批意见已记录。", submit="提交审批意见", template="inspections/approve_shift.html",
        initial={"version": shift.version}, context={"opened": found, "shift": shift}, fixes=fixes,
        back_url=shift_url(shift),
    )  # fmt: skip
    return act_page(request, act)


@requires("shift.act")
def finish_shift(request: HttpRequest, shift_no: str) -> HttpResponse:
    found = open_shift(request.user, shift_no)
    permissions.check(request.user, "shift.act", found.subject)
    shift = found.shift

    def run(data: dict[str, Any]) -> Any:
        return actions.finish_shift(
            shift_id=shift.pk, version=version_of(data, shift), by=request.user, remarks=data["remarks"]
        )

    act = Act(
        title=f"结束班次 {shift_no}", form_class=FinishShiftForm, run=run, done_url=shift_url(shift),
        done_message="班次已结束。", submit="结束班次", initial={"version": shift.version}, fixes=fixes,
        back_url=shift_url(shift),
    )  # fmt: skip
    return act_page(request, act)
