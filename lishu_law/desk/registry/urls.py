"""Addresses of the registry's pages."""

from __future__ import annotations

from django.urls import path

from lishu_law.desk.registry import views

urlpatterns = [
    path("parties/", views.parties, name="party-list"),
    path("parties/new/", views.new_party, name="party-new"),
    path("parties/<slug:reference>/", views.party, name="party"),
    path("parties/<slug:reference>/edit/", views.edit_party, name="party-edit"),
    path("parties/<slug:reference>/reveal/", views.reveal_party, name="party-reveal"),
    path("vehicles/new/", views.new_vehicle, name="vehicle-new"),
    path("search/", views.search, name="registry-search"),
]
