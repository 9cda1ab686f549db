"""The calendar page, the subscription page, and the feed behind the secret address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from cases.api import RunningLimit, my_limits
from lishu_law import clock
from lishu_law.access.doors import public, requires
from lishu_law.desk.calendar.ical import Event, calendar
from lishu_law.desk.calendar.month import month_of, parse_month
from lishu_law.desk.calendar.subscription import make_subscription, reader_of, revoke_subscription
from lishu_law.desk.models import CalendarSubscription
from lishu_law.law.limits import find
from lishu_law.web.acts import SEE_OTHER

BACK, AHEAD, MOST = timedelta(days=60), timedelta(days=400), 500


@requires("calendar.read")
@require_GET
def due_calendar(request: HttpRequest) -> HttpResponse:
    """What is due on which day? ``?month=2026-03``."""
    today = clock.today()
    month = month_of(request.user, parse_month(request.GET.get("month", ""), today), today)
    return render(request, "desk/calendar.html", {"month": month, "today": today})


@requires("calendar.read")
@require_GET
def subscription(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    found = CalendarSubscription.objects.filter(user=person).first()
    return render(request, "desk/subscription.html", {"subscription": found})


@requires("calendar.read")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Shows the address this one time; that is why it is a page and no redirect."""
    person: Any = request.user
    secret = make_subscription(by=person)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
    found = CalendarSubscription.objects.get(user=person)
    return render(request, "desk/subscription.html", {"subscription": found, "address": address})


@requires("calendar.read")
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    was_there = revoke_subscription(by=person)
    notes.success(request, "日历订阅地址已停用，以后不能再读取。" if was_there else "没有正在使用的订阅地址。")
    return HttpResponseRedirect(reverse("calendar-subscription"), status=SEE_OTHER)


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Public by policy, open to whoever holds the secret: case number, limit and link, nothing of a party."""
    now = clock.now()
    user = reader_of(secret, now)
    if user is None:
        answer = HttpResponse("读取太频繁，请一小时后再试。", status=429, content_type="text/plain; charset=utf-8")
        answer["Retry-After"] = "3600"
        return _closed(answer)
    today = clock.local(now).date()
    events = [_event(request, one) for one in my_limits(user, today - BACK, today + AHEAD, MOST)]
    body = calendar("梨树交通执法期限", events, now)
    return _closed(HttpResponse(body, content_type="text/calendar; charset=utf-8"))


def _closed(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(request: HttpRequest, one: RunningLimit) -> Event:
    limit = one.limit
    end = f"{clock.local(limit.due_at):%H:%M} 到期" if limit.due_at else "24:00 到期"
    estimate = "\n放假安排还没有公布，日期是估算的。" if limit.provisional else ""
    return Event(
        uid=f"limit-{limit.pk}@lishu-law",
        on=limit.due_at or limit.due,
        summary=f"{one.label} {one.title}",
        description=f"{limit.due:%Y-%m-%d} {end}（{find(limit.code).length_text}）{estimate}",
        url=request.build_absolute_uri(reverse("case-limit", args=[one.clue_no, limit.pk])),
    )
