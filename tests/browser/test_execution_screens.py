"""The screens of the execution in a real Chromium, wide and narrow: readable, nothing hidden, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from cases.models import CourtApplication
from tests.browser.walk import Player, Screens
from tests.cases.actions import execution_scenes as scenes
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1366, 360])
def test_the_screens_of_an_unpaid_fine(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    cast = make_cast()
    walk, _application = scenes.at_court(cast)
    address, application = f"/cases/{walk.case.clue_no}/", CourtApplication.objects.get()
    screens = Screens(width, True, keep_screenshot)
    for username, pages in (
        ("lead", {
            "case": "", "amount": "amount/", "duties": "verify-duties/", "payment": "record-payment/",
            "demand": "issue-demand/", "agreement": "request-agreement/", "enforcement": "request-enforcement/",
        }),
        ("reviewer", {"answer": f"court/{application.pk}/record-court-answer/"}),
        ("head", {"board": "/cases/execution/"}),
    ):  # fmt: skip
        player = Player(open_page(width=width), screens)
        player.sign_in(username)
        for name, page in pages.items():
            player.page.goto(page if page.startswith("/") else address + page)
            screens.look(player.page, f"execution-{name}")
    assert screens.faults() == {}
