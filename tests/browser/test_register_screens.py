"""The registers in a real Chromium: three ways of reading, wide and narrow, and the whole import without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inspections.actions.catalogues import save_power
from inspections.actions.merging import merge_subjects
from inspections.actions.subjects import LicenceDetails, add_licence, register_subject
from inspections.actions.white_list import put_on_white_list
from inspections.models import InspectionMatter
from lishu_law import clock
from lishu_law.registry.models import Certificate
from tests.browser.walk import Player, Screens, go
from tests.cast import make_cast
from tests.inspections.loading.files import COMPANY_ROW, company, csv_file, received
from tests.inspections.scenes import Scene, make_scene
from tests.inspections.test_register_actions import details_of, profiled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EDITED = ("object-edit", "object-new")
THEMES: dict[str, dict[str, str]] = {"plain": {}, "big": {"big": "1"}, "contrast": {"contrast": "1"}}


def filled() -> tuple[Scene, dict[str, str]]:
    """Something to see on every page, and the addresses to look at."""
    scene, today = make_scene(make_cast()), clock.today()
    cast = scene.cast
    kept = register_subject(by=cast.lead, details=details_of(risk_tags=("dangerous_goods",), employees=12))
    merged = register_subject(by=cast.lead, details=details_of(industry="道路客运", longitude=124, latitude=43))
    register_subject(by=cast.lead, details=details_of(kind="site", name="示例砂石料场", industry="超限源头"))
    licence = LicenceDetails(kind="operating", number="示例许可0001号", expires_on=today)
    add_licence(by=cast.lead, object_no=kept.object_no, licence=licence)
    merge_subjects(by=cast.squad_leader, kept_no=kept.object_no, merged_no=merged.object_no, reason="重复录入")
    year = today + timedelta(days=364)
    put_on_white_list(by=cast.head, object_no=kept.object_no, from_on=today, to_on=year, basis="示例公告1号")
    values = {
        "code": "1", "name": "对示例行为的处罚", "kind": "penalty", "basis": "《中华人民共和国公路法》", "body": "梨树县交通运输局",
        "published_on": today, "valid_from": today,
    }  # fmt: skip
    save_power(by=cast.reviewer, values=values)
    number = profiled(scene)
    held = Certificate.objects.get(user__staff_number=number)
    load = received(cast.squad_leader, csv_file([company(1), {**COMPANY_ROW, "地址": "", "行业类别": "卖菜"}]))
    matter = InspectionMatter.objects.earliest("pk")
    return scene, {
        "objects": "/registers/objects/", "object": f"/registers/objects/{kept.object_no}/",
        "object-edit": f"/registers/objects/{kept.object_no}/edit/", "object-new": "/registers/objects/new/",
        "object-merge": f"/registers/objects/{kept.object_no}/merge/",
        "object-white-list": f"/registers/objects/{kept.object_no}/white-list/",
        "import-new": "/registers/import/objects/", "import": f"/registers/imports/{load.reference}/",
        "import-order": f"/registers/imports/{load.reference}/order/", "officers": "/registers/officers/",
        "officer": f"/registers/officers/{number}/", "officer-edit": f"/registers/officers/{number}/edit/",
        "certificate-new": f"/registers/officers/{number}/certificates/new/",
        "certificate-revoke": f"/registers/officers/{number}/certificates/{held.pk}/revoke/",
        "officer-conflict": f"/registers/officers/{number}/conflict/", "matters": "/registers/matters/",
        "matter": f"/registers/matters/{matter.item_code}/{matter.valid_from}/",
        "matter-edit": f"/registers/matters/{matter.item_code}/{matter.valid_from}/edit/",
        "powers": "/registers/powers/", "power-new": "/registers/powers/new/", "public-powers": "/powers/",
        "public-white-list": "/white-list/", "inspections": "/inspections/",
    }  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1366, 360])
def test_every_page_in_every_way_of_reading(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, theme: str
) -> None:
    _scene, pages = filled()
    screens = Screens(width, True, keep_screenshot)
    player = Player(open_page(width=width, cookies=THEMES[theme]), screens)
    player.sign_in("head")
    for name, address in pages.items():
        if name in EDITED:
            continue  # the leaders read; officers edit
        player.page.goto(address)
        screens.look(player.page, f"register-{name}-{theme}")
    editor = Player(open_page(width=width, cookies=THEMES[theme]), screens)
    editor.sign_in("lead")
    for name in EDITED:
        editor.page.goto(pages[name])
        screens.look(editor.page, f"register-{name}-{theme}")
    assert screens.faults() == {}


def test_an_import_without_a_script(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], tmp_path: Path
) -> None:
    make_scene(make_cast())
    file = tmp_path / "名录.csv"
    file.write_bytes(csv_file([company(1), company(2, 地址="")]).read())
    player = Player(open_page(width=360, script=False), Screens(360, False, keep_screenshot))
    player.sign_in("squadleader")
    page = player.page
    page.goto("/registers/objects/")
    go(page.get_by_role("link", name="从文件导入"))
    page.get_by_label("文件").set_input_files(file)
    page.get_by_label("数据来源").fill("示例名录")
    go(page.get_by_role("button", name="上传并检查"))
    expect(page.get_by_text("1 行有错")).to_be_visible()
    go(page.get_by_role("link", name="导入", exact=True))
    page.get_by_label("有错的行不导入").check()
    go(page.get_by_role("button", name="导入 1 行"))
    expect(page.get_by_text("已导入：新增 1 条")).to_be_visible()
    player.screens.look(page, "register-loaded")
