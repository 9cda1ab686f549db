"""Addresses of the messages."""

from __future__ import annotations

from django.urls import path

from lishu_law.desk.messages import views

urlpatterns = [
    path("", views.message_list, name="message-list"),
    path("read-all/", views.read_all, name="message-read-all"),
    path("<int:message_id>/read/", views.read_message, name="message-read"),
]
