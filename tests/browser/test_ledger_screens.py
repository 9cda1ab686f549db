"""The public register, a record with its proof and a notice in a real Chromium, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.browser.walk import Screens
from tests.disclosure.register import scenes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = [(1366, {}), (360, {}), (360, {"big": "1"}), (1366, {"contrast": "1"})]


@pytest.fixture
def scene(settings: Any, tmp_path: Path) -> Iterator[scenes.Scene]:
    scenes.use_key(settings, tmp_path / "kept")
    made = scenes.grown()
    with time_machine.travel(scenes.START, tick=True):
        yield made


@pytest.mark.parametrize(("width", "cookies"), MODES, ids=lambda value: str(value))
def test_anybody_reads_the_register_and_a_proof(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], scene: scenes.Scene, width: int,
    cookies: dict[str, str],
) -> None:  # fmt: skip
    mode = "-".join(["", *cookies])
    screens = Screens(width, True, keep_screenshot)
    page = open_page(width=width, cookies=cookies)
    page.goto("/register/")
    expect(page.get_by_role("heading", name="公示防篡改登记簿")).to_be_visible()
    expect(page.get_by_text("共 7 条登记")).to_be_visible()
    screens.look(page, f"register{mode}")
    page.goto(f"/penalties/{scene.records['company'].public_id}/")
    page.get_by_text("查看登记和证明").click()
    expect(page.get_by_text("叶子摘要")).to_be_visible()
    screens.look(page, f"record-proof{mode}")
    page.goto(f"/penalties/{scene.records['shop'].public_id}/")
    expect(page.get_by_text("已撤回", exact=True).first).to_be_visible()
    screens.look(page, f"record-gone{mode}")
    assert screens.faults() == {}
