"""Editions and the mirror of similar cases in a real Chromium: wide and narrow, and an import without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cases.actions.editions import review_edition
from cases.models import Edition
from cases.queries.editions import unconfirmed_rows
from lishu_law import clock
from tests import scenarios
from tests.browser.walk import Player, Screens, go
from tests.cases.editions.files import as_csv, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.scenarios import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def filled(cast: Cast) -> dict[str, str]:
    """A draft with changes, a file with faults, and the addresses to look at."""
    rows = [row for row in shipped_rows("benchmark") if row["row_id"] != "pax-stops-01"]
    rows[30] |= {"conditions": "首次被查处，且能够当场改正", "penalty_max": rows[30]["penalty_max"]}
    draft = Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), "benchmark")))
    review_edition(by=cast.reviewer, reference=draft.reference, agree=True, opinion="逐行核对，均在法定范围以内。")
    rows[7] |= {"penalty_max": "999999", "condition_expr": "prior_same_99m==0"}
    faulty = received(cast.reviewer, as_csv(rows), "benchmark")
    row = unconfirmed_rows(clock.today())[0]
    return {
        "editions": "/cases/editions/", "edition": f"/cases/editions/{draft.reference}/",
        "edition-import-new": "/cases/editions/import/benchmark/",
        "edition-import": f"/cases/editions/imports/{faulty.reference}/",
        "unconfirmed": "/cases/editions/unconfirmed/", "confirm-row": f"/cases/editions/unconfirmed/{row.key}/",
    }  # fmt: skip


@pytest.mark.parametrize("width", [1366, 360])
def test_every_page_wide_and_narrow(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    pages = filled(cast)
    screens = Screens(width, True, keep_screenshot)
    player = Player(open_page(width=width), screens)
    player.sign_in("reviewer")
    for name, address in pages.items():
        player.page.goto(address)
        screens.look(player.page, name)
    for hour in range(6):
        monkeypatch.setattr(scenarios, "ACT_AT", scenarios.ACT_AT + timedelta(hours=1))
        walk = case_at("discretion_set" if hour == 5 else "decided", cast, amount=str(1000 + hour % 2 * 200))
    officer = Player(open_page(width=width), screens)
    officer.sign_in("lead")
    officer.page.goto(f"/cases/{walk.case.clue_no}/set-discretion/")
    expect(officer.page.get_by_role("heading", name="同类案件罚了多少？")).to_be_visible()
    screens.look(officer.page, "mirror")
    assert screens.faults() == {}


def test_an_edition_from_file_to_force_without_a_script(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], tmp_path: Path
) -> None:
    make_cast()
    rows = shipped_rows("lists")
    rows[0] |= {"procedure": "核查前次记录→教育→负责人批准"}
    file = tmp_path / "清单.csv"
    file.write_bytes(as_csv(rows).read())
    legal = Player(open_page(width=360, script=False), Screens(360, False, keep_screenshot))
    legal.sign_in("reviewer")
    page = legal.page
    page.goto("/cases/editions/")
    go(page.get_by_role("link", name="导入裁量清单"))
    page.get_by_label("文件").set_input_files(file)
    page.get_by_label("名称").fill("示例清单")
    page.get_by_label("版本").fill("2026年版")
    page.get_by_label("本机关", exact=True).check()
    go(page.get_by_role("button", name="上传并检查"))
    go(page.get_by_role("button", name="导入这 101 行"))
    expect(page.get_by_text("有 1 行不同")).to_be_visible()
    go(page.get_by_role("link", name="登记法制审核"))
    page.get_by_label("通过，报负责人公布").check()
    page.get_by_label("审核意见").fill("依据和条件核对无误。")
    go(page.get_by_role("button", name="登记法制审核"))
    address = page.url
    head = Player(open_page(width=360, script=False), legal.screens)
    head.sign_in("head")
    page = head.page
    page.goto(address)
    go(page.get_by_role("link", name="公布施行"))
    page.get_by_label("发文字号").fill("梨交发〔2026〕3号")
    page.get_by_label("公布日期").fill("2026-03-01")
    page.get_by_label("在哪里公布").fill("县政府网站")
    page.get_by_label("施行日期").fill("2026-03-01")
    go(page.get_by_role("button", name="公布施行"))
    expect(page.get_by_text("现行有效，2026-03-01 起施行")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 360])
def test_the_public_pages_wide_and_narrow(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    screens = Screens(width, True, keep_screenshot)
    page = open_page(width=width)
    page.goto("/benchmarks/?q=扬撒")
    screens.look(page, "public-benchmarks")
    go(page.get_by_role("link", name="货运经营者没有采取必要措施防止货物脱落、扬撒"))
    for name in ("未造成危害后果", "配合调查，没有阻碍执法", "没有当场改正", "没有拒不改正的情形", "没有影响交通通行"):
        page.get_by_label(name, exact=True).check()
    for box in page.locator("#ask input[inputmode=decimal]").all():
        box.fill("0")
    go(page.get_by_role("button", name="看看会怎么处理"))
    expect(page.locator("[data-answer]")).to_contain_text("罚款1000元以上1600元以下")
    screens.look(page, "public-benchmark")
    assert screens.faults() == {}
