"""Flow charts and the day's page in every reading aid, wide and narrow; the portal inside another site's frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord
from lishu_law import clock
from tests.browser.walk import Screens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES: dict[str, dict[str, str]] = {"": {}, "-big": {"big": "1"}, "-contrast": {"contrast": "1"}}
PARENT = "http://county.example"


@pytest.mark.parametrize("width", [1366, 360])
def test_flow_charts_and_days_in_every_reading_aid(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    seed_records(25, pending=0)
    day = clock.local(DisclosureRecord.objects.latest("published_at").published_at).date()
    pages = {"procedures": ("/procedures/", "svg .state"), "day": (f"/penalties/day/?on={day}", "tbody tr")}
    screens = Screens(width, True, keep_screenshot)
    for mode, cookies in MODES.items():
        page = open_page(width=width, cookies=cookies)
        for name, (address, seen) in pages.items():
            page.goto(address)
            expect(page.locator(seen).first).to_be_visible()
            screens.look(page, f"{name}{mode}")
    assert screens.faults() == {}


def test_the_county_portal_may_frame_the_public_pages_and_nobody_the_staffs(
    chromium: Browser, live_server: LiveServer, settings: Any
) -> None:
    settings.FRAME_PARENTS = [PARENT]
    frames = "".join(
        f'<iframe name="{name}" src="{live_server.url}{address}"></iframe>'
        for name, address in (("public", "/penalties/"), ("staff", "/sign-in/"))
    )
    context = chromium.new_context(locale="zh-CN")
    try:
        page = context.new_page()
        page.route(f"{PARENT}/", lambda route: route.fulfill(body=f"<!doctype html>{frames}", content_type="text/html"))
        page.goto(f"{PARENT}/")
        expect(page.frame_locator("[name=public]").locator("h1")).to_have_text("行政处罚结果公示")
        assert page.frame_locator("[name=staff]").locator("h1", has_text="工作人员登录").count() == 0
        page.goto(f"{live_server.url}/sign-in/")
        expect(page.locator("h1")).to_have_text("工作人员登录")
    finally:
        context.close()
