"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from lishu_law.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("journal/", views.journal, name="journal"),
]
