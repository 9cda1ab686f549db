"""The papers of an inspection in a real Chromium: every screen wide and narrow, and the result told without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inspections.documents.render import OUTPUT
from inspections.models import InspectionFiling, ResultTelling
from tests.browser.walk import Player, Screens, go
from tests.cast import make_cast
from tests.inspections.scenes import Scene, finished_filing, make_scene, signed_by_officers, subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = [(1366, {}), (360, {}), (360, {"big": "1"}), (1366, {"contrast": "1"})]


@pytest.fixture
def filing(settings: Any, tmp_path: Any) -> InspectionFiling:
    settings.MEDIA_ROOT = tmp_path / "media"
    scene: Scene = make_scene(make_cast())
    return signed_by_officers(finished_filing(scene, subject()))


@pytest.mark.parametrize(("width", "cookies"), MODES, ids=lambda value: str(value))
def test_every_screen(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], filing: InspectionFiling, width: int,
    cookies: dict[str, str],
) -> None:  # fmt: skip
    OUTPUT.render_one(OUTPUT.waiting_ids(1)[0])
    address = f"/inspections/filings/{filing.reference}/"
    papers = [f"{address}papers/{one.pk}/" for one in filing.documents.order_by("id")]
    screens = Screens(width, True, keep_screenshot)
    pages = {
        "filing": address, "drawn": papers[0], "waiting": papers[1], "result": f"{address}papers/result/",
        "questioning": f"{address}papers/questioning/", "sampling": f"{address}papers/sampling/",
        "inquest": f"{address}papers/inquest/", "told": f"{address}told/",
    }  # fmt: skip
    player = Player(open_page(width=width, cookies=cookies), screens)
    player.sign_in("lead")
    for name, page in pages.items():
        player.page.goto(page)
        screens.look(player.page, f"paper-{name}{'-'.join(['', *cookies])}")
    legal = Player(open_page(width=width, cookies=cookies), screens)
    legal.sign_in("reviewer")
    legal.page.goto("/registers/papers/")
    screens.look(legal.page, f"paper-forms{'-'.join(['', *cookies])}")
    assert screens.faults() == {}


@pytest.mark.parametrize(("width", "script"), [(360, False), (1366, True)])
def test_the_result_is_made_and_told(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], filing: InspectionFiling, width: int,
    script: bool,
) -> None:  # fmt: skip
    """From the page of the filing: look at the draft, seal, tell on the spot."""
    player = Player(open_page(width=width, script=script), Screens(width, script, keep_screenshot))
    page = player.page
    player.sign_in("lead")
    page.goto(f"/inspections/filings/{filing.reference}/")
    go(page.get_by_role("link", name="制作行政检查结果告知书"))
    draft = page.request.get(str(page.get_by_role("link", name="看草稿（PDF）").get_attribute("href")))
    assert draft.body().startswith(b"%PDF-")
    page.get_by_label("已看过草稿，内容无误").check()
    go(page.get_by_role("button", name="定稿", exact=True))
    expect(page.get_by_text("正在生成").first).to_be_visible()
    go(page.get_by_role("link", name="回到检查备案"))
    go(page.get_by_role("link", name="登记结果告知"))
    page.get_by_label("检查现场当面告知，签收告知书").check()
    page.get_by_label("告知时间").fill(f"{filing.finished_at:%Y-%m-%d} 12:00")
    go(page.get_by_role("button", name="登记告知"))
    expect(page.get_by_text("结果告知已登记")).to_be_visible()
    assert ResultTelling.objects.get().receiver == "示例厂长"
