"""举报记录, 证据粘贴页 and 授权委托书: their forms and pages in a real Chromium, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.actions import ending, investigation
from cases.models import Case
from tests.browser.walk import Player, Screens, go
from tests.cast import make_cast
from tests.scenarios import Walk, case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clue(settings: Any, tmp_path: Any) -> Walk:
    """What somebody reported, before it is a case."""
    settings.MEDIA_ROOT = tmp_path / "media"
    walk = case_at("clue", make_cast())
    Case.objects.filter(pk=walk.case.pk).update(source="report")
    return walk


@pytest.fixture
def walk(clue: Walk) -> Walk:
    walk = case_at("recorded", clue.cast)
    copy = investigation.NewEvidence(
        kind="documentary", title="道路运输证复印件", purpose="证明车辆的营运资格", obtained_at=walk.at,
        obtained_place="梨树县梨树镇示例路1号", is_copy=True, copy_source="原件由示例司机保管", is_checked_copy=True,
    )  # fmt: skip
    walk.step(investigation.add_evidence, walk.cast.lead, items=(copy,))
    return walk


@pytest.mark.parametrize("width", [1366, 360])
def test_every_screen_of_the_side_papers(
    clue: Walk, walk: Walk, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    screens = Screens(width, True, keep_screenshot)
    player = Player(open_page(width=width), screens)
    player.sign_in("lead")
    page = player.page

    def to(name: str, where: Walk = walk) -> None:
        page.goto(reverse(f"case-{name}", args=[where.case.clue_no]))

    to("record_informant", clue)
    screens.look(page, "side-informant-form")
    clue.step(
        ending.record_informant, clue.cast.lead,
        informant=ending.NewInformant(name="示例举报人", content="举报扬撒。", reported_at=clue.at),
    )  # fmt: skip
    to("informant", clue)
    screens.look(page, "side-informant")
    to("paste_copy")
    screens.look(page, "side-paste-form")
    go(page.get_by_role("button", name="生成粘贴页"))
    expect(page.get_by_role("heading", name="证据粘贴页")).to_be_visible()
    screens.look(page, "side-paste")
    to("authorise_proxy")
    screens.look(page, "side-proxy-form")
    player.fill({"受委托人姓名": "示例代理人", "权限": "一般授权"})
    go(page.get_by_role("button", name="生成授权委托书"))
    expect(page.get_by_role("link", name="签名")).to_be_visible()
    screens.look(page, "side-proxy")
    assert screens.faults() == {}
