"""Addresses of open data (disclosure.md §7.3)."""

from __future__ import annotations

from django.urls import path, re_path

from disclosure.portal.open_data import views

ID = r"(?P<public_id>[0-9]{4}-[a-z2-7]{10})"

urlpatterns = [
    path("penalties.json", views.penalties_json, name="open-json"),
    path("penalties.csv", views.penalties_csv, name="open-csv"),
    path("penalties.csv-metadata.json", views.csv_metadata, name="open-csv-metadata"),
    path("penalties/atom.xml", views.atom, name="open-atom"),
    path("penalties/rss.xml", views.rss, name="open-rss"),
    re_path(rf"^penalties/{ID}\.jsonld$", views.linked, name="open-linked"),
    path("open/", views.open_data, name="public-data"),
    re_path(r"^open/penalties-(?P<year>[0-9]{4})\.(?P<kind>csv|jsonl|xlsx)$", views.year_file, name="open-year"),
    path("open/penalties-header.csv", views.machine_header, name="open-header"),
    path("open/fields.json", views.fields, name="open-fields"),
    path("open/catalog.json", views.catalog, name="open-catalog"),
    path("open/tombstones.json", views.tombstones, name="open-tombstones"),
    path("open/manifest.json", views.manifest, name="open-manifest"),
    path("open/openapi.json", views.openapi, name="open-api"),
    path("sitemap.xml", views.sitemap, name="open-sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
