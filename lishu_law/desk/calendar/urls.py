"""Addresses of the calendar; the feed's is secret."""

from __future__ import annotations

from django.urls import include, path

from lishu_law.desk.calendar import views

urlpatterns = [
    path("", views.due_calendar, name="due-calendar"),
    path("subscription/", views.subscription, name="calendar-subscription"),
    path("subscription/make/", views.make, name="calendar-subscription-make"),
    path("subscription/revoke/", views.revoke, name="calendar-subscription-revoke"),
    path("holidays/", include("lishu_law.desk.holidays.urls")),
    path("<str:secret>.ics", views.feed, name="calendar-feed"),
]
