"""What people do to pages that authors did not mean: no mouse, Back, a double click, two tabs, a session that ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect

from cases.actions import filing
from cases.models import Step
from lishu_law import clock
from lishu_law.registry.models import User
from lishu_law.web.models import Draft
from tests.browser.walk import go
from tests.cast import make_cast
from tests.scenarios import Walk, case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABS = 60  # more stops than any page has


def cookies(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"sid": client.cookies["sid"].value}


def case_now(state: str, settings: Any, tmp_path: Path) -> Walk:
    """A case at ``state``, and the demo clock an hour after its last act."""
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, str(tmp_path / "clock")
    walk = case_at(state, make_cast())
    offset = walk.at + timedelta(hours=1) - clock.now()
    Path(settings.DEMO_CLOCK_FILE).write_text(f"{offset.total_seconds():.3f}\n", "ascii")
    return walk


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus stands on what a person reads as ``words``."""
    for _press in range(TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().replace(/\\s+/g, ' ')"
        )
        if focused == words:
            return
    pytest.fail(f"{words} cannot be reached by the keyboard")


def steps(walk: Walk, code: str) -> int:
    return Step.objects.filter(case=walk.case, code=code).count()


def test_filing_is_recommended_by_the_keyboard_alone(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    walk = case_now("filing_requested", settings, tmp_path)
    page = open_page(cookies=cookies(walk.cast.squad_leader))
    page.goto("/desk/")
    tab_to(page, "签署立案意见")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recommend-filing/")
    tab_to(page, "同意")
    page.keyboard.press("Space")
    tab_to(page, "意见")
    page.keyboard.type("同意立案。")
    tab_to(page, "签署意见")
    page.keyboard.press("Enter")
    expect(page.locator("main .messages")).to_contain_text("立案意见已签署")
    assert steps(walk, "recommend_filing") == 1


def test_a_page_is_submitted_once_however_often_it_is_sent(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    walk = case_now("clue", settings, tmp_path)
    page = open_page(cookies=cookies(walk.cast.lead))
    page.goto(f"/cases/{walk.case.clue_no}/verify-clue/")
    button = page.get_by_role("button", name="完成核查")
    button.dblclick()
    expect(page.locator("main .messages")).to_contain_text("线索核查已完成")
    page.go_back()
    expect(button).to_be_visible()
    page.get_by_label("意见").fill("再来一次，看看会怎样。")
    button.click()
    expect(page.locator("#error-summary")).to_contain_text("不能核查线索")
    expect(page.get_by_label("意见")).to_have_value("再来一次，看看会怎样。")
    assert steps(walk, "verify_clue") == 1


def test_two_tabs_and_an_ended_session_lose_nothing(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    walk = case_now("clue", settings, tmp_path)
    page = open_page(cookies=cookies(walk.cast.lead))
    page.goto(f"/cases/{walk.case.clue_no}/verify-clue/")
    page.get_by_label("意见").fill("第二个标签页里写了很久的核查意见。")
    filing.verify_clue(case_id=walk.case.pk, version=walk.case.version, by=walk.cast.assistant, opinion="属实。")
    go(page.get_by_role("button", name="完成核查"))
    expect(page.locator("main")).to_contain_text("第二个标签页里写了很久的核查意见。")
    expect(page.locator("main")).to_contain_text("示例乙")

    page.goto(f"/cases/{walk.case.clue_no}/request-filing/")
    page.get_by_label("意见").fill("登录快要超时的时候写的意见。")
    page.get_by_role("button", name="提请立案审批").focus()
    expect(page.locator("[data-draft-status]")).to_contain_text("已自动保存")
    Session.objects.all().delete()
    go(page.get_by_role("button", name="提请立案审批"))
    expect(page.locator("main")).to_contain_text("登录")
    page.context.add_cookies([{"name": n, "value": v, "url": page.url} for n, v in cookies(walk.cast.lead).items()])
    page.goto(f"/cases/{walk.case.clue_no}/request-filing/")
    expect(page.get_by_label("意见")).to_have_value("登录快要超时的时候写的意见。")
    assert steps(walk, "request_filing") == 0
    assert Draft.objects.filter(key__endswith="request-filing/").exists()
