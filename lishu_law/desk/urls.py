"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from lishu_law.desk import rule_pages, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("rules/", rule_pages.rules, name="rules"),
    path("journal/", views.journal, name="journal"),
]
