"""The screens of the numbered blank forms and of what phones sent later, on a phone of 360 px in every reading mode."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from cases.actions import blanks
from cases.models import BlankNumber
from lishu_law import clock
from tests.browser.test_case_walk import at
from tests.browser.test_field_offline import faults_of
from tests.browser.walk import Player, Screens
from tests.cast import Cast, make_cast
from tests.spot_scenes import SPOT_AT, spot_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    """Everybody, at two in the afternoon of Monday 2 March 2026."""
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, str(tmp_path / "clock")
    settings.MEDIA_ROOT = tmp_path / "media"
    start = at("2026-03-02 14:00") - clock.now()
    Path(settings.DEMO_CLOCK_FILE).write_text(f"{start.total_seconds():.3f}\n", "ascii")
    return make_cast()


def test_every_screen_of_the_forms_in_every_mode(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[[Page, str], None]
) -> None:
    lease = blanks.lease_numbers(by=cast.squad_leader, holder=cast.lead, count=3, at=SPOT_AT - timedelta(hours=2))
    blanks.void_blank(blank_id=BlankNumber.objects.get(serial=1).pk, by=cast.lead, reason="填写错误，当场重开")
    case = spot_at("heard", cast, hours=1).case
    squad = {
        "list": "/cases/blanks/",
        "new": "/cases/blanks/new/",
        "back": f"/cases/blanks/{lease.reference}/take-back/",
    }
    officer = {
        "lease": f"/cases/blanks/{lease.reference}/", "void": f"/cases/blanks/{lease.reference}/2/void/",
        "paper": f"/cases/{case.clue_no}/decide-on-paper/",
    }  # fmt: skip
    faults = {}
    for who, pages in (("squadleader", squad), ("lead", officer)):
        for mode in ("", "big", "contrast"):
            page = open_page(width=360, cookies={mode: "1"} if mode else {})
            Player(page, Screens(360, True, keep_screenshot)).sign_in(who)
            for name, url in pages.items():
                page.goto(url)
                keep_screenshot(page, f"blank-{name}-{mode or 'normal'}-360")
                faults[name, mode] = faults_of(page)
    assert {key: found for key, found in faults.items() if found} == {}
