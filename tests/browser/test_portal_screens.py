"""Flow charts and the day's page in every reading aid, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord
from lishu_law import clock
from tests.browser.walk import Screens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES: dict[str, dict[str, str]] = {"": {}, "-big": {"big": "1"}, "-contrast": {"contrast": "1"}}


@pytest.mark.parametrize("width", [1366, 360])
def test_flow_charts_and_days_in_every_reading_aid(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    seed_records(25, pending=0)
    day = clock.local(DisclosureRecord.objects.latest("published_at").published_at).date()
    pages = {
        "procedures": ("/procedures/", ".tasks a"),
        "procedure": ("/procedures/ordinary/", "summary"),
        "day": (f"/penalties/day/?on={day}", "tbody tr"),
    }
    screens = Screens(width, True, keep_screenshot)
    for mode, cookies in MODES.items():
        page = open_page(width=width, cookies=cookies)
        for name, (address, seen) in pages.items():
            page.goto(address)
            expect(page.locator(seen).first).to_be_visible()
            screens.look(page, f"{name}{mode}")
    assert screens.faults() == {}
