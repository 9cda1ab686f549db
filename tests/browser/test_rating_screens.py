"""The page behind the code, rating, supervision and board in a real Chromium: wide and narrow, large type, high contrast.

The business's part is done on a phone without a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from inspections.actions.ratings import hand_over_ratings, release_ratings
from inspections.models import InspectionFiling, SupervisionTicket
from tests.browser.walk import Player, Screens, go
from tests.cast import make_cast
from tests.inspections.rating_scenes import BAD, FAIR, GOOD, RATED_AT, RELEASED_AT, ended_visits, rated, supervisor
from tests.inspections.scenes import VISIT_FROM, Scene, filed_filing, make_scene, subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = [
    (1366, {}), (360, {}), (1366, {"big": "1"}), (360, {"big": "1"}), (1366, {"contrast": "1"}), (360, {"contrast": "1"}),
]  # fmt: skip
LATER = datetime(2026, 4, 17, 2, 0, tzinfo=UTC)


def told_scene() -> tuple[Scene, list[InspectionFiling], str]:
    """Six rated visits of the first quarter, released; one bad rating under supervision."""
    scene = make_scene(make_cast())
    supervisor(scene)
    rows = ended_visits(scene, 6)
    for row, answers in zip(rows, (GOOD, GOOD, GOOD, FAIR, FAIR, BAD), strict=True):
        rated(row, answers)
    hand_over_ratings(by=None, at=RELEASED_AT)
    release_ratings(by=None, at=RELEASED_AT)
    return scene, rows, SupervisionTicket.objects.get().ticket_no


@pytest.mark.parametrize(("width", "cookies"), MODES, ids=lambda value: str(value))
def test_every_screen(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, cookies: dict[str, str]
) -> None:
    scene, rows, ticket_no = told_scene()
    token = filed_filing(scene, subject()).token
    mode, screens = "-".join(["", *cookies]), Screens(width, True, keep_screenshot)
    moments = (
        (VISIT_FROM, {"genuine": f"/v/{token}", "complain": f"/v/{token}/complain/", "unknown": "/v/nothing"}),
        (RATED_AT, {"finished": f"/v/{rows[5].token}", "rate": f"/v/{rows[5].token}/rate/"}),
        (LATER, {"ratings": "/ratings/"}),
    )
    for at, pages in moments:
        with time_machine.travel(at, tick=True):
            public = open_page(width=width, cookies=cookies)
            for name, address in pages.items():
                public.goto(address)
                screens.look(public, f"rating-{name}{mode}")
    ticket = f"/supervision/tickets/{ticket_no}/"
    staff = {
        "supervisor": {"tickets": "/supervision/tickets/", "ticket": ticket, "singles": "/supervision/ratings/"},
        "head": {"board": "/supervision/board/"},
        "reviewer": {"acknowledge": f"{ticket}acknowledge/", "escalate": f"{ticket}escalate/"},
    }
    with time_machine.travel(LATER, tick=True):
        for username, pages in staff.items():
            player = Player(open_page(width=width, cookies=cookies), screens)
            player.sign_in(username)
            for name, address in pages.items():
                player.page.goto(address)
                screens.look(player.page, f"rating-{name}{mode}")
    assert screens.faults() == {}


def test_a_business_rates_and_changes_on_a_phone_without_a_script(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None]
) -> None:
    scene = make_scene(make_cast())
    (row,) = ended_visits(scene, 1)
    screens = Screens(360, False, keep_screenshot)
    with time_machine.travel(RATED_AT, tick=True):
        page = open_page(width=360, script=False)
        page.goto(f"/v/{row.token}")
        expect(page.get_by_role("heading", level=1)).to_have_text("检查已结束")
        go(page.get_by_role("link", name="评价这次检查"))
        go(page.get_by_role("button", name="提交评价"))
        expect(page.get_by_text("请选择：总体").first).to_be_visible()
        screens.look(page, "rating-refused")
        answer(page)
        page.get_by_label("具体情况").fill("等了两个小时")
        go(page.get_by_role("button", name="提交评价"))
        expect(page.get_by_text("评价已收到，谢谢")).to_be_visible()
        screens.look(page, "rating-done")
        code = page.locator(".code-word").inner_text()
        go(page.get_by_role("link", name="修改评价"))
        page.get_by_label("修改码").fill(code)
        answer(page)
        go(page.get_by_role("button", name="修改评价"))
        expect(page.get_by_text(re.compile("已按您的意思修改"))).to_be_visible()
        page.goto(f"/v/{row.token}/complain/")
        page.get_by_label("投诉什么").fill("要求到指定的店修车")
        go(page.get_by_role("button", name="提交投诉"))
        expect(page.get_by_text(re.compile("JD-2026-"))).to_be_visible()
        screens.look(page, "rating-complained")
        assert page.context.cookies() == []
    assert SupervisionTicket.objects.count() == 1


def answer(page: Page) -> None:
    page.get_by_label("不满意", exact=True).check()
    groups = {"执法人员出示了证件，并且扫了码": "是", "只检查了告知的事项": "否", "对正常生产经营有没有影响": "轻微影响",
              "有没有索要财物、宴请、指定中介、摊派费用": "没有", "态度文明": "否"}  # fmt: skip
    for question, word in groups.items():
        page.get_by_role("group", name=question).get_by_label(word, exact=True).check()
