"""Public addresses (decision 16)."""

from __future__ import annotations

from django.urls import include, path, re_path

from disclosure.portal import benchmarks, days, flows, objections, papers, register, views
from disclosure.statistics.views import public_statistics

ID = r"(?P<public_id>[0-9]{4}-[a-z2-7]{10})"

urlpatterns = [
    path("", include("disclosure.portal.open_data.urls")),
    path("penalties/", views.penalty_list, name="penalty-list"),
    re_path(rf"^penalties/{ID}/$", views.penalty_record, name="public-record"),
    re_path(rf"^penalties/{ID}/how/$", benchmarks.how, name="public-how"),
    path("penalties/day/", days.penalties_of_day, name="public-day"),
    path("procedures/", flows.procedures, name="public-procedures"),
    path("procedures/<slug:code>/", flows.procedure, name="public-procedure"),
    path("objections/", objections.objections, name="public-objections"),
    path("objections/new/", objections.objection_online, name="public-objection"),
    path("check/", papers.check_paper, name="paper-check"),
    path("d/<str:token>", papers.scanned_paper, name="paper-scanned"),
    path("statistics/", public_statistics, name="public-statistics"),
    path("benchmarks/", benchmarks.benchmark_list, name="public-benchmarks"),
    path("benchmarks/<slug:code>/", benchmarks.benchmark_item, name="public-benchmark"),
    re_path(rf"^penalties/{ID}\.json$", views.penalty_json, name="public-record-json"),
    path("register/", register.register_home, name="register"),
    path("register/checkpoint", register.register_checkpoint, name="register-checkpoint"),
    path("register/checkpoint/<int:size>", register.register_checkpoint_at, name="register-checkpoint-at"),
    path("register/checkpoints.json", register.register_checkpoints, name="register-checkpoints"),
    path("register/tiles/<int:tile>", register.register_tile, name="register-tile"),
    path("register/proof", register.register_proof, name="register-proof"),
    path("register/consistency", register.register_consistency, name="register-consistency"),
    path("register/key", register.register_key, name="register-key"),
    path("register/tools/<str:name>", register.register_tool, name="register-tool"),
]
