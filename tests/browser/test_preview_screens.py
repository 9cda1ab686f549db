"""The pages of a paper beside its form in a real Chromium: wide and narrow, with and without a script, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Page, expect

from cases.models import Document
from tests.browser.walk import Player, Screens
from tests.cast import make_cast
from tests.scenarios import Walk, case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk() -> Walk:
    return case_at("filed", make_cast())


@pytest.mark.parametrize(("width", "script"), [(1366, True), (360, True), (1366, False), (360, False)])
def test_the_pages_stand_beside_or_below_the_form(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], walk: Walk, width: int, script: bool
) -> None:
    with time_machine.travel(walk.at, tick=True):
        screens = Screens(width, script, keep_screenshot)
        player = Player(open_page(width=width, script=script), screens)
        player.sign_in("lead")
        page = player.page
        page.goto(f"/cases/{walk.case.clue_no}/record-onscene/")
        name = f"preview-{'script' if script else 'plain'}"
        screens.look(page, f"{name}-before")
        page.get_by_label("结束时间").fill("2026-03-02 23:30")
        button = page.get_by_role("button", name="预览")
        button.focus()
        page.keyboard.press("Enter")
        picture = page.get_by_role("img", name="《现场笔录》草稿第 1 页")
        expect(picture).to_be_visible()
        expect(page.get_by_label("结束时间")).to_have_value("2026-03-02 23:30")
        assert picture.evaluate("one => one.complete && one.naturalWidth") == 840
        form, panel = page.locator("#act").bounding_box(), page.locator("#preview").bounding_box()
        assert form and panel
        if width > 1000:
            assert panel["x"] >= form["x"] + form["width"] and panel["width"] > 400
        else:
            assert panel["y"] >= form["y"] and panel["x"] < 40
        page.get_by_role("link", name="请勾选：已主动出示执法证件。").last.click()
        assert page.evaluate("location.hash") == "#id_licence_shown"
        screens.look(page, f"{name}-shown")
        with page.expect_popup() as popup:
            page.get_by_role("button", name="看草稿（PDF）").click()
        popup.value.close()
        assert screens.faults() == {}
    assert not Document.objects.filter(code="onscene_record").exists()
