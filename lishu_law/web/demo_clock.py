"""The demo clock's page and act. Exists in demo mode only: moves the one source of "now" forward, never back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import check
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.web.acts import Act, ActForm, act_page

FARTHEST = timedelta(days=5 * 366)
STEPS = (("1h", "＋1 小时"), ("1d", "＋1 天"), ("1wd", "＋1 个工作日"), ("5wd", "＋5 个工作日"), ("15d", "＋15 天"))
_STEP = re.compile(r"(?P<count>\d{1,4})(?P<unit>wd|d|h|m)", re.ASCII)


class ClockForm(ActForm):
    """Either a moment or one of the step buttons."""

    to = forms.DateTimeField(
        label="拨到哪一天、几点",
        required=False,
        help_text="北京时间，例如 2026-12-01 23:02。只能向前拨。",
        widget=forms.DateTimeInput(attrs={"autocomplete": "off", "inputmode": "numeric"}, format="%Y-%m-%d %H:%M"),
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y年%m月%d日 %H:%M"],
    )
    step = forms.ChoiceField(choices=STEPS, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("to") and not data.get("step"):
            self.add_error("to", "请填写要拨到的日期和时间，或者点下面的按钮。")
        return data


def after_step(step: str, now: datetime) -> datetime:
    """The moment ``step`` after ``now``: 3h, 5d, 2wd (working days, same time of day) or 30m.

    Raises ``ValueError`` for anything else.
    """
    match = _STEP.fullmatch(step)
    if match is None:
        raise ValueError("步长请写成 3h（小时）、5d（天）、2wd（工作日）或 30m（分钟）。")
    count, unit = int(match["count"]), match["unit"]
    if unit == "wd":
        local = clock.local(now)
        day, _derivation = DEFAULT_CALENDAR.add_working_days(local.date(), count)
        return datetime.combine(day, local.time(), tzinfo=clock.SHANGHAI)
    return now + {"d": timedelta(days=count), "h": timedelta(hours=count), "m": timedelta(minutes=count)}[unit]


@transaction.atomic
def move_clock(*, by: Any, to: datetime) -> datetime:
    """Move the demo clock forward to ``to``; ``by`` is None for the command. Raises ``Refused``."""
    if by is not None:
        check(by, "clock.move")
    before = clock.now()
    if to > before + FARTHEST:
        raise Refused([Refusal("clock.too_far", "一次最多向前拨 5 年，请分几次拨。", fix="to")])
    if to < before:
        raise Refused([Refusal("clock.backwards", _backwards(before), fix="to")])
    details = {"from": before.isoformat(), "to": to.isoformat()}
    journal.record("clock.moved", by=by, on=("clock", "demo"), details=details)
    try:
        return clock.move_demo_clock(to)
    except ValueError as error:
        raise Refused([Refusal("clock.refused", str(error), fix="to")]) from error


def _backwards(now: datetime) -> str:
    return f"演示时钟只能向前拨，不能回拨。现在已是 {clock.local(now):%Y-%m-%d %H:%M}，请填更晚的时间。"


@requires("clock.move")
@require_http_methods(["GET", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """What time is it in the demo, and what shall it be?"""
    if not settings.DEMO:
        raise NotFound
    now = clock.now()
    act = Act(
        title="演示时钟",
        form_class=ClockForm,
        run=lambda data: move_clock(by=request.user, to=data["to"] or after_step(data["step"], now)),
        done_url=reverse("demo-clock"),
        done_message=lambda moved: f"演示时钟已拨到 {clock.local(moved):%Y-%m-%d %H:%M}。",
        submit="拨到这个时间",
        template="web/demo_clock.html",
        context={"now": now, "steps": STEPS},
        fixes=lambda refusal: "#id_to",
    )
    return act_page(request, act)
