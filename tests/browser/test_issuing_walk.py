"""Decisions issued together in a real Chromium: signed on the sheet, chosen, confirmed, watched; wide with a script and
on a phone without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from cases.actions import issuing
from cases.actions.decision import approve_decision
from cases.models import Case, Decision
from lishu_law.demo.bench.cases import cases_to_decide
from lishu_law.demo.bench.people import Staff, staff
from lishu_law.pdf import machine
from tests.browser.walk import Player, Screens, go
from tests.cast import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
]


@pytest.fixture
def people(settings: Any, tmp_path: Path) -> Staff:
    settings.MEDIA_ROOT, settings.DEMO = tmp_path / "media", True
    found = staff()
    found.head.set_password(PASSWORD)
    found.head.save(update_fields=["password"])
    return found


@pytest.mark.parametrize(("width", "script"), [(1366, True), (360, False)])
def test_signed_chosen_confirmed_watched(
    people: Staff, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, script: bool
) -> None:
    by_hand, changed, fine = cases_to_decide(people, 3)
    for walk in (changed, fine):
        walk.step(approve_decision, people.head, agree=True, opinion="事实清楚，同意。", in_batch=True)
    screens = Screens(width, script, keep_screenshot)
    player = Player(open_page(width=width, script=script), screens)
    player.sign_in(people.head.username)
    page = player.page
    page.goto(f"/cases/{by_hand.case.clue_no}/approve-decision/")
    page.get_by_label("同意", exact=True).check()
    page.get_by_label("意见", exact=True).fill("事实清楚，同意处罚。")
    page.get_by_label("先签署，稍后一并制发").check()
    page.get_by_label("您的口令").fill(PASSWORD)
    screens.look(page, "issue-sheet")
    go(page.get_by_role("button", name="签署审批意见"))
    expect(page.get_by_role("heading", level=1)).to_have_text("哪些决定已经签署，等着制发？")
    ticks = page.get_by_role("checkbox")
    expect(ticks).to_have_count(3)
    assert [ticks.nth(place).is_checked() for place in range(3)] == [True] * 3
    screens.look(page, "issue-choice")
    page.get_by_label("您的口令").focus()
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="已办 0/3 件")).to_be_visible()
    screens.look(page, "issue-progress")
    Case.objects.filter(pk=changed.case.pk).update(version=F("version") + 1)
    assert issuing.issue_waiting(seconds=300) is False
    if not script:
        page.reload()
    expect(page.get_by_text("已制发 2 件，没有制发 1 件")).to_be_visible()
    for number in Decision.objects.values_list("number", flat=True):
        expect(page.get_by_role("link", name=number)).to_be_visible()
    screens.look(page, "issue-result")
    go(page.get_by_role("link", name="去办理"))
    expect(page.get_by_role("button", name="签署审批意见")).to_be_visible()
    page.goto("/cases/decisions/")
    expect(page.get_by_text("现在没有可以制发的决定")).to_be_visible()
    screens.look(page, "issue-none")
    assert screens.faults() == {}
