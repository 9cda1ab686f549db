"""Results and bodies in public, and the pages behind them, in a real Chromium: publish, look up, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inspections.actions.documents import NewTelling, make_paper, tell_result
from inspections.actions.pending import NewEnd, end_pending
from inspections.actions.units import save_unit
from inspections.actions.visits import NewOrder
from inspections.models import InspectionFiling
from lishu_law import clock
from tests.browser.walk import Player, Screens, go
from tests.cast import Cast, make_cast
from tests.inspections.scenes import (
    COMPANY,
    VISIT_FROM,
    Scene,
    finished_filing,
    make_scene,
    signed_by_officers,
    subject,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = [(1366, {}), (360, {}), (360, {"big": "1"}), (1366, {"contrast": "1"})]
TOLD_AT = VISIT_FROM + timedelta(hours=3)


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    """A result left open was told and has ended since, so that it is to be told again; and an entrusted unit."""
    settings.MEDIA_ROOT = tmp_path / "media"
    made = make_cast()
    scene: Scene = make_scene(made)
    filing = signed_by_officers(finished_filing(scene, subject(), result_code="R8", item_code=""))
    who: dict[str, Any] = {"filing_id": filing.pk, "version": None, "by": made.lead, "at": TOLD_AT}
    make_paper(**who, code="inspection_result")
    tell_result(**who, telling=NewTelling("on_spot", TOLD_AT, "示例厂长"))
    today = clock.today()
    end_pending(
        **{**who, "at": clock.now()}, end=NewEnd("R5", "核实确有两辆车没有苫布", order=NewOrder("配齐苫布", "", today))
    )
    save_unit(by=made.reviewer, values={
        "code": "WT01", "name": "梨树县示例道路运输服务中心", "kind": "entrusted", "uscc": "", "address": "", "phone": "",
        "mandate": "梨交委〔2026〕1号", "mandate_scope": "道路货运企业的日常检查", "mandate_from": today, "mandate_to": today,
        "mandate_published_on": today,
    })  # fmt: skip
    return made


@pytest.mark.parametrize(("width", "cookies"), MODES, ids=lambda value: str(value))
def test_a_result_is_published_and_everybody_reads_it(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], cast: Cast, width: int,
    cookies: dict[str, str],
) -> None:  # fmt: skip
    mode = "-".join(["", *cookies])
    screens = Screens(width, True, keep_screenshot)
    player = Player(open_page(width=width, cookies=cookies), screens)
    player.sign_in("checker")
    player.page.goto("/inspections/results/")
    screens.look(player.page, f"results-publish{mode}")
    go(player.page.get_by_role("button", name="公示勾选的结果"))
    expect(player.page.get_by_text("已公示 1 次检查的结果")).to_be_visible()
    anybody = open_page(width=width, cookies=cookies)
    anybody.goto("/inspection-results/")
    expect(anybody.get_by_text(COMPANY.name)).to_be_visible()
    screens.look(anybody, f"results-public{mode}")
    anybody.get_by_label("单位名称或者检查编号").fill("别的公司")
    go(anybody.get_by_role("button", name="查找"))
    expect(anybody.get_by_text("没有找到")).to_be_visible()
    anybody.goto("/units/")
    expect(anybody.get_by_text("梨树县示例道路运输服务中心")).to_be_visible()
    screens.look(anybody, f"units-public{mode}")
    legal = Player(open_page(width=width, cookies=cookies), screens)
    legal.sign_in("reviewer")
    for name, address in (("units", "/registers/units/"), ("unit-new", "/registers/units/new/")):
        legal.page.goto(address)
        screens.look(legal.page, f"{name}{mode}")
    officer = Player(open_page(width=width, cookies=cookies), screens)
    officer.sign_in("lead")
    filing = InspectionFiling.objects.get()
    officer.page.goto(f"/inspections/filings/{filing.reference}/")
    expect(officer.page.get_by_text("以前再次告知")).to_be_visible()
    screens.look(officer.page, f"told-again{mode}")
    assert screens.faults() == {}
