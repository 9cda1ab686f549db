"""A questioning is signed on the screen by real strokes, page by page, on a desk's screen and on a phone; without a script
the scan of the paper does it. Every screen is judged by axe and for sideways scrolling.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from cases.documents.signed import SIGNED_OUTPUT
from cases.models import Document, PaperSignature, SignedCopy
from tests.browser.walk import Player, Screens, go
from tests.cases.signing_scenes import drawn_questioning
from tests.cases.views.test_signing_pages import photo
from tests.cast import PASSWORD, make_cast
from tests.scenarios import Walk, case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk(settings: Any, tmp_path: Path) -> Walk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return case_at("recorded", make_cast())


def write_name(pad: Locator, strokes: int = 3) -> None:
    """Strokes by the pointer, each with several points."""
    pad.scroll_into_view_if_needed()
    box, mouse = pad.bounding_box(), pad.page.mouse
    assert box
    for number in range(strokes):
        x, y = box["x"] + 30 + 60 * number, box["y"] + 40
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 30, y + 50, steps=6)
        mouse.move(x + 8, y + 110, steps=6)
        mouse.up()


def signs(walk: Walk, document: Document, player: Player) -> None:
    """The driver on both pages: a single dot is told at once, then the whole name on each."""
    page, look = player.page, player.screens.look
    page.goto(reverse("case-sign_document", args=[walk.case.clue_no, document.pk]))
    expect(page.get_by_role("heading", name="被询问人签名")).to_be_visible()
    expect(page.get_by_label("签名人姓名")).to_have_value("示例司机")
    expect(page.locator("[data-way='paper refused']")).to_be_hidden()
    page.get_by_label("本人看过，与所说一致").check()
    pads = page.locator(".pad canvas:visible")
    expect(pads).to_have_count(2)
    box = pads.first.bounding_box()
    assert box and box["width"] > 250
    pads.first.click(position={"x": 30, "y": 30})
    page.get_by_role("button", name="保存签名").click()
    expect(page.locator("[data-way=drawn] .pad [role=status]").first).to_contain_text("签名太简单")
    look(page, "sign-dot")
    page.locator("[data-way=drawn]").first.get_by_role("button", name="清除").click()
    for pad in pads.all():
        write_name(pad)
    expect(page.locator(".pad [role=status]", has_text="已签名。")).to_have_count(2)
    look(page, "sign-drawn")
    go(page.get_by_role("button", name="保存签名"))
    expect(page.get_by_text("签名已保存")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 360])
def test_signed_on_the_screen(
    walk: Walk, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    document = drawn_questioning(walk, answers=4)
    screens = Screens(width, True, keep_screenshot)
    player = Player(open_page(width=width), screens)
    player.sign_in("lead")
    signs(walk, document, player)
    page = player.page
    screens.look(page, "sign-account")
    page.get_by_label("您的登录口令").fill(PASSWORD)
    go(page.get_by_role("button", name="保存签名"))
    page.get_by_label("在屏幕上手写").check()
    page.get_by_label("签名人", exact=True).select_option(label=f"{walk.cast.assistant}")
    write_name(page.locator(".pad canvas:visible"))
    go(page.get_by_role("button", name="保存签名"))
    expect(page.get_by_text("已经签齐")).to_be_visible()
    assert PaperSignature.objects.filter(way="drawn", signature__text_digest=document.pdf_sha256).count() == 3
    assert SIGNED_OUTPUT.render_one(SignedCopy.objects.get().pk)
    page.reload()
    expect(page.get_by_role("link", name="打开签名件（PDF）")).to_be_visible()
    screens.look(page, "sign-done")
    assert screens.faults() == {}


def test_refused_before_a_witness(
    walk: Walk, open_page: Callable[..., Page], keep_screenshot: Callable[..., None]
) -> None:
    document = drawn_questioning(walk)
    screens = Screens(360, True, keep_screenshot)
    player = Player(open_page(width=360), screens)
    player.sign_in("lead")
    page = player.page
    page.goto(reverse("case-sign_document", args=[walk.case.clue_no, document.pk]))
    page.get_by_label("拒绝签名", exact=True).check()
    expect(page.locator("[data-way=drawn]").first).to_be_hidden()
    page.get_by_label("拒绝签名的原因").fill("认为处罚过重，不愿意签名。")
    go(page.get_by_role("button", name="保存签名"))
    expect(page.get_by_text("要请见证人见证").first).to_be_visible()
    screens.look(page, "sign-refused")
    page.get_by_label("见证人姓名").fill("示例见证人")
    write_name(page.locator(".pad canvas:visible"))
    go(page.get_by_role("button", name="保存签名"))
    expect(page.get_by_text("签名已保存")).to_be_visible()
    row = PaperSignature.objects.get()
    assert (row.witness_name, row.witness_signature is not None) == ("示例见证人", True)
    assert screens.faults() == {}


def test_without_a_script_the_scan_is_the_way(
    walk: Walk, open_page: Callable[..., Page], keep_screenshot: Callable[..., None]
) -> None:
    document = drawn_questioning(walk, answers=4)
    player = Player(open_page(width=360, script=False), Screens(360, False, keep_screenshot))
    player.sign_in("lead")
    page = player.page
    page.goto(reverse("case-sign_document", args=[walk.case.clue_no, document.pk]))
    page.get_by_label("签在纸上，上传扫描件").check()
    page.get_by_label("本人看过，与所说一致").check()
    files = [photo(shade) for shade in (120, 130)]
    page.get_by_label("签过名的纸质文书").set_input_files(
        [{"name": str(one.name), "mimeType": "image/jpeg", "buffer": one.read()} for one in files]
    )
    for box in page.locator("input[name=also]").all():
        box.check()
    player.screens.look(page, "sign-plain")
    go(page.get_by_role("button", name="保存签名"))
    expect(page.get_by_role("link", name="第 2 份扫描件")).to_be_visible()
    document.refresh_from_db()
    assert document.signing == "done"
