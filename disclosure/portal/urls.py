"""Public addresses (decision 16)."""

from __future__ import annotations

from django.urls import include, path, re_path

from disclosure.portal import benchmarks, views

ID = r"(?P<public_id>[0-9]{4}-[a-z2-7]{10})"

urlpatterns = [
    path("", include("disclosure.portal.open_data.urls")),
    path("penalties/", views.penalty_list, name="penalty-list"),
    re_path(rf"^penalties/{ID}/$", views.penalty_record, name="public-record"),
    re_path(rf"^penalties/{ID}/how/$", benchmarks.how, name="public-how"),
    path("benchmarks/", benchmarks.benchmark_list, name="public-benchmarks"),
    path("benchmarks/<slug:code>/", benchmarks.benchmark_item, name="public-benchmark"),
    re_path(rf"^penalties/{ID}\.json$", views.penalty_json, name="public-record-json"),
]
