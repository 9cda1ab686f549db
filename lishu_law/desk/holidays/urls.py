"""Addresses of the work calendar."""

from __future__ import annotations

from django.urls import path

from lishu_law.desk.holidays import views

urlpatterns = [
    path("", views.holiday_list, name="holiday-list"),
    path("new/", views.propose, name="holiday-propose"),
    path("<int:notice_id>/publish/", views.publish, name="holiday-publish"),
]
