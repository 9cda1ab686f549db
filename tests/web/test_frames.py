"""Public pages may stand in the county portal's frame; what a token opens and every staff page may not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PORTAL = ["https://www.example.gov.cn", "https://portal.example.gov.cn:8443"]
FRAMED = ("/", "/penalties/", "/penalties/?q=x", "/penalties/day/", "/procedures/", "/procedures/ordinary/", "/benchmarks/", "/statistics/", "/open/",
          "/register/", "/help/", "/penalties/2026-aaaaaaaaaa/")  # fmt: skip
ALONE = ("/sign-in/", "/desk/", "/cases/", "/v/nothing", "/c/nothing", "/m/offline/", "/check/", "/d/nothing")


def ancestors(address: str) -> tuple[str, str]:
    response = Client().get(address)
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    return policy["frame-ancestors"], response.get("X-Frame-Options", "")


@pytest.mark.parametrize("address", FRAMED)
def test_public_pages_name_the_parents_of_the_setting(settings: Any, address: str) -> None:
    assert ancestors(address) == ("'none'", "DENY")
    settings.FRAME_PARENTS = PORTAL
    assert ancestors(address) == (" ".join(PORTAL), "")


@pytest.mark.parametrize("address", ALONE)
def test_everything_else_stands_alone(settings: Any, address: str) -> None:
    settings.FRAME_PARENTS = PORTAL
    assert ancestors(address) == ("'none'", "DENY")


def test_the_way_to_sign_in_leaves_the_frame() -> None:
    for address in ("/", "/penalties/"):
        page = Client().get(address).content.decode()
        links = [tag for tag in page.split("<a ") if tag.startswith('href="/sign-in/"')]
        assert links
        assert all('target="_top"' in tag.split(">", 1)[0] for tag in links)
