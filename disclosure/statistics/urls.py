"""Staff addresses of the statistics."""

from __future__ import annotations

from django.urls import path, re_path

from disclosure.statistics import views

urlpatterns = [
    path("", views.statistics, name="statistics"),
    path("yearly.xlsx", views.statistics_workbook, name="statistics-workbook"),
    path("yearly.pdf", views.statistics_pdf, name="statistics-pdf"),
    path("report/", views.yearly_report, name="yearly-report"),
    path("report.pdf", views.yearly_report_pdf, name="yearly-report-pdf"),
    re_path(r"^(?P<form>[A-Z])/(?P<key>[a-z_]{2,30})/$", views.statistics_rows, name="statistics-rows"),
]
