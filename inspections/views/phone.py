"""Field pages under /m/: what do I do now, the shift, the record of a stop, and from the finding to the case."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import permissions
from inspections.actions.checks import record_check
from inspections.actions.findings import open_case_from_check, open_summary_from_check
from inspections.forms.checks import VEHICLE_TYPES, CheckForm
from inspections.forms.shifts import ConfirmForm
from inspections.models import CheckResult, RoadsideCheck
from inspections.phrases import FINDINGS, MEASURES
from inspections.queries.pickers import companies_like
from inspections.queries.queue import items_behind
from inspections.queries.records import (
    OpenedShift,
    checks_of,
    findings_without_case,
    my_filings,
    my_shifts,
    open_check,
    open_shift,
)
from inspections.views.frame import fixes, kept_photos, key_of
from inspections.views.kept import keepable, written_at
from inspections.views.prefill import fill_draft, is_prefill
from inspections.views.shifts import buttons
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound
from lishu_law.web import drafts
from lishu_law.web.acts import SEE_OTHER, Act, act_page
from lishu_law.web.navigation import address_of
from lishu_law.web.uploads import serve_file

# (title, url name, action, icon): the tiles whose pages exist.
TILES = (
    ("报备检查", "filing-new", "inspection.file", "edit"),
    ("报备巡查", "shift-new", "shift.file", "truck"),
    ("我的待办", "desk", "desk.read", "list"),
    ("当场处罚", "case-summary-new", "case.open_summary", "document"),
    ("登记线索", "case-new", "case.create", "plus"),
    ("检查台账", "inspection-home", "inspection.read", "document"),
)


# Pages of today's visits that the phone keeps, so that the whole visit can be written without network.
KEPT_PAGES = ("filing-start", "filing-finish", "filing-suspend", "filing-resume", "filing-certificate", "filing-code")


@requires("inspection.read")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """我现在要做哪种事？"""
    moment = clock.now()
    shifts = my_shifts(request.user, moment)
    tiles = [
        (title, address_of(name), icon)
        for title, name, action, icon in TILES
        if address_of(name) and may_ever(request.user, action)
    ]
    filings = my_filings(request.user, moment)
    end = clock.local(moment).replace(hour=23, minute=59, second=59)
    context = {
        "shifts": shifts,
        "running": next((one for one in shifts if one.planned_from <= moment), None),
        "filings": [one for one in filings if one.window_from <= end],
        "later": [one for one in filings if one.window_from > end],
        "keep": KEPT_PAGES,
        "can_show": may_ever(request.user, "certificate.show"),
        "waiting": findings_without_case(request.user),
        "tiles": tiles,
        "title": "现在要做什么？",
    }
    return keepable(request, render(request, "inspections/m_home.html", context))


@requires("shift.read")
@require_GET
def shift(request: HttpRequest, shift_no: str) -> HttpResponse:
    """The shift on the phone: record the next stop, see the last ones."""
    found = open_shift(request.user, shift_no)
    context = {
        "opened": found,
        "shift": found.shift,
        "page": checks_of(found.shift, after=key_of(request, "after")),
        "title": f"班次 {shift_no}",
        "back_url": reverse("mobile-home"),
        **buttons(request.user, found),
    }
    return render(request, "inspections/m_shift.html", context)


@requires("shift.act")
def record(request: HttpRequest, shift_no: str) -> HttpResponse:
    """记录一次路检. 查找企业, 选用 and 常用语 fill the draft and show the page again; they work without a script."""
    found = open_shift(request.user, shift_no)
    permissions.check(request.user, "shift.act", found.subject)
    if request.method == "POST" and is_prefill(request.POST):
        anchor = fill_draft(request)
        return HttpResponseRedirect(f"{request.path}#{anchor}", status=SEE_OTHER)

    def run(data: dict[str, Any], form: CheckForm) -> Any:
        check = form.check_record()
        place = "".join((check.township, check.route, check.stake, check.direction))
        photos = kept_photos(
            data["photos"], request.user, taken_at=check.at, place=place, purpose=data["photo_purpose"]
        )
        return record_check(
            shift_id=found.shift.pk, by=request.user, check=check, photos=photos, written_at=written_at(request)
        )

    act = Act(
        title="记录一次检查", form_class=CheckForm, run=run, run_takes_form=True, done_url=check_url,
        done_message=_recorded, submit="保存检查记录", template="inspections/m_check_form.html",
        initial=_initial(request, found), form_arguments={"shift": found.shift, "user": request.user},
        context={
            "shift": found.shift, "hits": _hits(request), "vehicle_types": VEHICLE_TYPES, "finding_phrases": FINDINGS,
            "measure_phrases": MEASURES, "is_queued": True,
        },
        fixes=fixes, back_url=reverse("mobile-shift", args=[shift_no]),
    )  # fmt: skip
    return keepable(request, act_page(request, act))


def check_url(check: RoadsideCheck) -> str:
    return reverse("mobile-check", args=[check.check_code])


def _recorded(check: RoadsideCheck) -> str:
    if check.result == CheckResult.FINDING:
        return f"检查 {check.check_code} 已记录。请接着点“立案”或者“当场处罚”，事实会全部带入。"
    return f"检查 {check.check_code} 已记录。"


def _initial(request: HttpRequest, found: OpenedShift) -> dict[str, Any]:
    """Time, place and the other officer, from the last stop of this shift or from its first section."""
    last = found.shift.checks.order_by("-id").first()
    section = next(iter(found.shift.sections.all()), None)
    others = [one.user for one in found.officers if one.user_id != request.user.pk]
    initial: dict[str, Any] = {"at": clock.now(), "second_officer": others[0] if others else None}
    if last is not None:
        initial |= {name: getattr(last, name) for name in ("route", "stake", "direction", "township")}
        initial["matter"] = last.matter_id
    elif section is not None:
        initial |= {"route": section.route, "stake": section.from_stake, "township": section.township}
    return initial


def _hits(request: HttpRequest) -> list[Any]:
    """What 查找企业 found, shown above the form until one is taken."""
    draft = drafts.load(request.user, request.path)
    text = (draft.payload.get("_searched") or [""])[0] if draft else ""
    return companies_like(text)


@requires("shift.read")
@require_GET
def check(request: HttpRequest, check_code: str) -> HttpResponse:
    """One recorded stop."""
    found, opened = open_check(request.user, check_code)
    may_act = permissions.can(request.user, "shift.act", opened.subject)
    context = {
        "check": found,
        "opened": opened,
        "photos": found.photos.all(),
        "can_open_case": may_act and found.result == CheckResult.FINDING and found.case_id is None,
        "op_id": uuid4().hex,
        "sent_later": items_behind(check_url(found)),
        "title": f"检查 {check_code}",
        "back_url": reverse("mobile-shift", args=[found.shift.shift_no]),
    }
    return render(request, "inspections/m_check.html", context)


@requires("shift.act")
def open_case(request: HttpRequest, check_code: str) -> HttpResponse:
    """立案 in one step: nothing to type."""
    found, opened = open_check(request.user, check_code)
    permissions.check(request.user, "shift.act", opened.subject)
    act = Act(
        title="转立案", form_class=ConfirmForm,
        run=lambda data: open_case_from_check(check_id=found.pk, by=request.user),
        done_url=lambda case: reverse("case", args=[case.clue_no]),
        done_message=lambda case: f"线索 {case.clue_no} 已登记，检查事实和照片都已带入。",
        submit="立案，带入全部事实", template="inspections/m_act.html", context={"check": found}, fixes=fixes,
        back_url=check_url(found),
    )  # fmt: skip
    return act_page(request, act)


@requires("shift.act")
def open_summary(request: HttpRequest, check_code: str) -> HttpResponse:
    """当场处罚 in one step: everything recorded goes along, the next page asks who the party is."""
    found, opened = open_check(request.user, check_code)
    permissions.check(request.user, "shift.act", opened.subject)
    act = Act(
        title="当场处罚", form_class=ConfirmForm,
        run=lambda data: open_summary_from_check(check_id=found.pk, by=request.user),
        done_url=lambda case: reverse("case-identify", args=[case.clue_no]),
        done_message="检查事实和照片都已带入。请出示证件，查明当事人身份。",
        submit="当场处罚，带入全部事实", template="inspections/m_act.html", context={"check": found}, fixes=fixes,
        back_url=check_url(found),
    )  # fmt: skip
    return act_page(request, act)


@requires("shift.read")
@require_GET
def photo(request: HttpRequest, check_code: str, position: int) -> HttpResponseBase:
    """One photo of a stop, for who may read the stop."""
    found, _opened = open_check(request.user, check_code)
    wanted = next((one for one in found.photos.all() if one.position == position), None)
    if wanted is None:
        raise NotFound
    suffix = "jpg" if wanted.file.content_type == "image/jpeg" else wanted.file.content_type.rsplit("/", 1)[-1]
    return serve_file(request, wanted.file, download_name=f"{check_code}-{position + 1}.{suffix}")
