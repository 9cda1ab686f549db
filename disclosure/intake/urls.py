"""Staff addresses of the intake."""

from __future__ import annotations

from django.urls import path

from disclosure.intake import views

urlpatterns = [
    path("disclosure/intake/", views.intake_new, name="intake-new"),
    path("disclosure/intake/template/", views.intake_template, name="intake-template"),
    path("disclosure/intake/<str:reference>/", views.intake_page, name="intake"),
    path("disclosure/intake/<str:reference>/order/", views.intake_order, name="intake-order"),
    path("disclosure/intake/<str:reference>/drop/", views.intake_drop, name="intake-drop"),
    path("disclosure/intake/<str:reference>/faults/", views.intake_faults, name="intake-faults"),
]
