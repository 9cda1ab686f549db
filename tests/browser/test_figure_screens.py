"""Earlier decisions come in and are counted, in a real Chromium: upload, look, load, figures, report, public page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lishu_law import clock
from tests.browser.walk import Player, Screens, go
from tests.cast import Cast, make_cast
from tests.disclosure.intake.legacy_files import rows, sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = [(1366, {}), (360, {}), (360, {"big": "1"}), (1366, {"contrast": "1"})]


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    return make_cast()


def workbook(tmp_path: Path) -> Path:
    """Thirty decisions of the last months, one of them with a fault."""
    whole = rows(30, newest=clock.today() - timedelta(days=30), days=200)
    whole[2] = {**whole[2], "罚款金额": "一千"}
    path = tmp_path / "历史公示.xlsx"
    path.write_bytes(sheet(whole).read())
    return path


@pytest.mark.parametrize(("width", "cookies"), MODES, ids=lambda value: str(value))
def test_earlier_decisions_come_in_and_are_counted(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], cast: Cast, width: int,
    cookies: dict[str, str], tmp_path: Path,
) -> None:  # fmt: skip
    mode = "-".join(["", *cookies])
    screens = Screens(width, True, keep_screenshot)
    player = Player(open_page(width=width, cookies=cookies), screens)
    player.sign_in("checker")
    page = player.page
    page.goto("/disclosure/intake/")
    screens.look(page, f"intake-new{mode}")
    page.get_by_label("文件").set_input_files(str(workbook(tmp_path)))
    page.get_by_label("数据来源").fill("示例导出")
    go(page.get_by_role("button", name="上传并检查"))
    expect(page.get_by_text("29 条")).to_be_visible()
    expect(page.get_by_text("“一千”不是金额")).to_be_visible()
    screens.look(page, f"intake-checked{mode}")
    go(page.get_by_role("link", name="导入", exact=True))
    page.get_by_label("已抽查遮盖后的内容").check()
    page.get_by_label("有错的行不导入").check()
    screens.look(page, f"intake-order{mode}")
    go(page.get_by_role("button", name="导入 29 条"))
    expect(page.get_by_text("已导入 29 条")).to_be_visible()
    page.goto("/disclosure/figures/")
    screens.look(page, f"figures{mode}")
    go(page.locator("a[href^='/disclosure/figures/B/total/']"))
    screens.look(page, f"figure-rows{mode}")
    page.goto("/disclosure/figures/report/")
    screens.look(page, f"yearly-report{mode}")
    anybody = open_page(width=width, cookies=cookies)
    anybody.goto("/statistics/")
    expect(anybody.get_by_role("heading", name="按处罚种类")).to_be_visible()
    screens.look(anybody, f"figures-public{mode}")
    assert screens.faults() == {}
