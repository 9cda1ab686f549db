"""Pages of the work calendar: which years are published, entering a notice, publishing it."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.api import Moved
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.desk.holidays.actions import propose_holidays, publish_holidays
from lishu_law.desk.holidays.forms import DecisionForm, NoticeForm
from lishu_law.errors import NotFound
from lishu_law.law.calendar import DEFAULT_CALENDAR, DayKind, weekday_name
from lishu_law.registry.models import Holiday, HolidayNotice
from lishu_law.web.acts import Act, act_page


@requires("holidays.read")
@require_GET
def holiday_list(request: HttpRequest) -> HttpResponse:
    """Which days count as working days, and by which notice?"""
    notices = HolidayNotice.objects.select_related("proposed_by", "decided_by").order_by("-id")[:50]
    years = [(year, DEFAULT_CALENDAR.notice_number(year)) for year in DEFAULT_CALENDAR.years_published]
    this_year = clock.today().year
    missing = [year for year in (this_year, this_year + 1) if not DEFAULT_CALENDAR.is_published(year)]
    return render(
        request,
        "desk/holidays.html",
        {
            "years": years[::-1],
            "notices": list(notices),
            "estimates": [f"{year} 年放假安排还没有录入，算到这一年的期限都是估算的。" for year in missing],
            "can_propose": may_ever(request.user, "holidays.propose"),
            "can_publish": may_ever(request.user, "holidays.publish"),
        },
    )


@requires("holidays.propose")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    years = DEFAULT_CALENDAR.years_published
    act = Act(
        title="录入放假安排",
        form_class=NoticeForm,
        run=lambda data: propose_holidays(by=request.user, year=data["year"], number=data["number"], text=data["text"]),
        done_url=reverse("holiday-list"),
        done_message=lambda notice: f"{notice.year} 年放假安排已录入，等分管负责人审批后生效。",
        submit="提交审批",
        initial={"year": years[-1] + 1 if years else None},
        fixes=lambda refusal: f"#id_{refusal.fix}",
        back_url=reverse("holiday-list"),
    )
    return act_page(request, act)


@requires("holidays.publish")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice's own lines beside the days the program read from them."""
    notice = HolidayNotice.objects.select_related("proposed_by").filter(pk=notice_id).first()
    if notice is None or notice.outcome:
        raise NotFound("没有找到等待审批的放假安排，可能已经审批过了。")
    act = Act(
        title=f"审批 {notice.year} 年放假安排",
        form_class=DecisionForm,
        run=lambda data: publish_holidays(by=request.user, notice_id=notice_id, **_decision(data)),
        done_url=reverse("holiday-list"),
        done_message=_done,
        submit="签署审批意见",
        template="desk/publish_holidays.html",
        context={"notice": notice, "days": _days(notice), "years": DEFAULT_CALENDAR.years_published},
        fixes=lambda refusal: f"#id_{refusal.fix}",
        back_url=reverse("holiday-list"),
    )
    return act_page(request, act)


def _decision(data: dict[str, Any]) -> dict[str, Any]:
    return {"agree": data["agree"], "opinion": data["opinion"] or ""}


def _done(result: tuple[HolidayNotice, list[Moved]]) -> str:
    notice, moved = result
    if notice.outcome == "refused":
        return "放假安排没有采用，已退回录入人。"
    return f"{notice.year} 年放假安排已公布。重新计算后有 {len(moved)} 个期限变了日期，已通知有关人员。"


def _days(notice: HolidayNotice) -> list[tuple[str, str, str]]:
    """Per holiday: its name, the days off, the make-up days."""
    rows = Holiday.objects.filter(notice=notice).order_by("on").values_list("name", "on", "kind")
    by_name: dict[str, list[tuple[date, str]]] = {}
    for name, on, kind in rows:
        by_name.setdefault(name, []).append((on, kind))
    return [
        (
            name,
            _spans([on for on, kind in days if kind == DayKind.OFF]),
            "、".join(_shown(on) for on, kind in days if kind == DayKind.MAKEUP),
        )
        for name, days in by_name.items()
    ]


def _spans(days: list[date]) -> str:
    """2027-02-05 周五 至 2027-02-11 周四（7 天）."""
    runs = [[day for _place, day in run] for _key, run in groupby(enumerate(days), lambda p: p[1].toordinal() - p[0])]
    return "、".join(
        f"{_shown(run[0])}{f' 至 {_shown(run[-1])}' if len(run) > 1 else ''}（{len(run)} 天）" for run in runs
    )


def _shown(day: date) -> str:
    return f"{day:%Y-%m-%d} {weekday_name(day)}"
