"""Addresses of the inspections: the desk under /inspections/, the phone under /m/, the public check under /v/."""

from __future__ import annotations

from django.urls import path, re_path

from inspections.views import desk, filings, phone, public, shifts

urlpatterns = [
    path("inspections/", desk.home, name="inspection-home"),
    path("inspections/shifts/new/", shifts.new_shift, name="shift-new"),
    path("inspections/shifts/<str:shift_no>/", shifts.shift_page, name="shift"),
    path("inspections/shifts/<str:shift_no>/edit/", shifts.refile_shift, name="shift-refile"),
    path("inspections/shifts/<str:shift_no>/approve/", shifts.approve_shift, name="shift-approve"),
    path("inspections/shifts/<str:shift_no>/finish/", shifts.finish_shift, name="shift-finish"),
    path("inspections/new/", filings.new_filing, name="filing-new"),
    path("inspections/filings/<str:reference>/", filings.filing_page, name="filing"),
    path("inspections/filings/<str:reference>/edit/", filings.refile, name="filing-refile"),
    path("inspections/filings/<str:reference>/approve/", filings.approve, name="filing-approve"),
    path("inspections/filings/<str:reference>/cancel/", filings.cancel, name="filing-cancel"),
    path("m/", phone.home, name="mobile-home"),
    path("m/shift/<str:shift_no>/", phone.shift, name="mobile-shift"),
    path("m/shift/<str:shift_no>/check/", phone.record, name="mobile-record"),
    path("m/check/<str:check_code>/", phone.check, name="mobile-check"),
    path("m/check/<str:check_code>/case/", phone.open_case, name="mobile-check-case"),
    path("m/check/<str:check_code>/photo/<int:position>/", phone.photo, name="mobile-check-photo"),
    path("m/filing/<str:reference>/code/", filings.code, name="filing-code"),
    path("m/filing/<str:reference>/start/", filings.start, name="filing-start"),
    path("m/filing/<str:reference>/finish/", filings.finish, name="filing-finish"),
    path("m/filing/<str:reference>/case/", filings.open_case, name="filing-case"),
    re_path(r"^v/(?P<token>[A-Za-z0-9_-]{1,64})/?$", public.verify, name="verify"),
]
