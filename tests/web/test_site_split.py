"""A public process has no staff page at all, and a staff process no public register (shared decision 17)."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("site", "url", "status"),
    [
        ("both", "/penalties/", 200), ("both", "/sign-in/", 200), ("both", "/desk/", 302),
        ("public", "/penalties/", 200), ("public", "/healthz", 200), ("public", "/sign-in/", 404),
        ("public", "/desk/", 404), ("public", "/cases/new/", 404),
        ("staff", "/penalties/", 404), ("staff", "/sign-in/", 200), ("staff", "/desk/", 302),
    ],
)  # fmt: skip
def test_each_process_serves_its_own_addresses(settings, site: str, url: str, status: int) -> None:
    settings.SITE = site
    assert Client().get(url).status_code == status
