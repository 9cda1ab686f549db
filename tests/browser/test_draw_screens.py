"""Draws in a real Chromium: every screen wide and narrow, in large type and high contrast, and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from inspections.actions.redraws import Wish, redraw
from inspections.models import Draw, RedrawReason
from inspections.queries.draws import drawn_rows
from tests.browser.walk import Player, Screens, go
from tests.cast import make_cast
from tests.inspections.draw_scenes import FREIGHT, REPAIR, NewStratum, drawn, enrol, make_objects, prepared, published
from tests.inspections.draw_scenes import officers as people
from tests.inspections.scenes import Scene, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = [
    (1366, {}), (360, {}), (1366, {"big": "1"}), (360, {"big": "1"}), (1366, {"contrast": "1"}), (360, {"contrast": "1"}),
]  # fmt: skip


def a_scene() -> Scene:
    scene = make_scene(make_cast())
    make_objects(60)
    make_objects(15, "机动车维修", first=200)
    make_objects(6, "道路客运", first=300, risk_class="A")
    enrol(*people(scene))
    return scene


def three_draws(scene: Scene) -> dict[str, Draw]:
    both = NewStratum(FREIGHT, "道路货运（普货）", 10, "freight"), NewStratum(REPAIR, "机动车维修", 20, "repair")
    done = published(scene, *both)
    name = drawn_rows(done)[0].object_no
    wish = Wish(name, RedrawReason.CLOSED, "现场核对，已经注销")
    redraw(draw_id=done.pk, version=done.version, by=scene.cast.squad_leader, wish=wish)
    return {"done": done, "drawn": drawn(scene, *both), "prepared": prepared(scene, *both)}


@pytest.mark.parametrize(("width", "cookies"), MODES, ids=lambda value: str(value))
def test_every_screen(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, cookies: dict[str, str]
) -> None:
    rows = three_draws(a_scene())
    done, waiting = f"/inspections/draws/{rows['done'].draw_no}/", f"/inspections/draws/{rows['prepared'].draw_no}/"
    first = drawn_rows(rows["done"])[0].object_no
    mode = "-".join(["", *cookies])
    screens = Screens(width, True, keep_screenshot)
    for username, pages in (
        ("squadleader", {
            "list": "/inspections/draws/", "new": "/inspections/draws/new/", "prepared": waiting,
            "freeze": f"{waiting}freeze/", "done": done, "redraw": f"{done}objects/{first}/redraw/",
        }),
        ("head", {"void": f"{waiting}void/", "plans": "/inspections/plans/"}),
    ):  # fmt: skip
        player = Player(open_page(width=width, cookies=cookies), screens)
        player.sign_in(username)
        for name, page in pages.items():
            player.page.goto(page)
            screens.look(player.page, f"draw-{name}{mode}")
    public = open_page(width=width, cookies=cookies)
    for name, page in (("public-list", "/draws/"), ("public", f"/draws/{rows['done'].draw_no}/")):
        public.goto(page)
        screens.look(public, f"draw-{name}{mode}")
    assert screens.faults() == {}


@pytest.mark.parametrize(("width", "script"), [(360, False), (1366, True)])
def test_a_draw_is_made_by_hand(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, script: bool
) -> None:
    """Prepare, freeze, draw with a witness: on a phone without a script, and at the desk."""
    a_scene()
    screens = Screens(width, script, keep_screenshot)
    player = Player(open_page(width=width, script=script), screens)
    page = player.page
    player.sign_in("squadleader")
    page.goto("/inspections/draws/new/")
    page.get_by_label("抽查名称").fill("道路货运企业双随机抽查")
    page.get_by_label("道路货物运输车辆装载和防脱落扬撒检查").check()
    page.get_by_label("道路货运（普货）·B 一般的抽取比例（%）").fill("10")
    go(page.get_by_role("button", name="保存", exact=True))
    expect(page.get_by_text("核对名单以后冻结")).to_be_visible()
    go(page.get_by_role("link", name="冻结名单"))
    go(page.get_by_role("button", name="冻结并公布名单"))
    expect(page.get_by_text("名单已冻结并公布")).to_be_visible()
    screens.look(page, "draw-frozen", ".button")
    go(page.get_by_role("link", name="抽取", exact=True))
    go(page.get_by_role("button", name="现在抽取"))
    expect(page.get_by_text("抽取要有人见证").first).to_be_visible()
    screens.look(page, "draw-run-refused")
    page.get_by_label("见证人（本局）").select_option(index=1)
    go(page.get_by_role("button", name="现在抽取"))
    expect(page.get_by_text("已经抽取")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"^递补\s*DX"))).to_have_count(6)
    assert screens.faults() == {}
