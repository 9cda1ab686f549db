"""What is asked of a publication and not agreed to, seen by everybody concerned: kept from the public, objected to, taken down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.api import decision_facts
from cases.models import Decision
from disclosure.actions.credit_repair import NewRepair, register_repair
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord, Objection
from lishu_law import clock
from lishu_law.documents.codes import short_code
from lishu_law.web import rate_limits
from tests.browser.test_case_acts import case_now
from tests.browser.walk import Player, Screens, go
from tests.disclosure.facts import COMPANY, decision
from tests.disclosure.sent_files import image
from tests.scenarios import PARTY, Walk, last_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "梨树县人民法院判决撤销了该行政处罚决定，现依法撤回公示信息。"
WHY = "省级机关批准不公开的事项。"


class Room:
    """The people of this story, each in a window of their own."""

    def __init__(self, walk: Walk, open_page: Callable[..., Page], screens: Screens) -> None:
        self.walk, self.open_page, self.screens = walk, open_page, screens
        self.pages: dict[str, Page] = {}

    def at(self, who: str, address: str, name: str) -> Page:
        """The window of ``who`` at an address, looked at."""
        if who not in self.pages:
            self.pages[who] = self.open_page(width=self.screens.width)
            if who != "anybody":
                Player(self.pages[who], self.screens).sign_in(who)
        self.pages[who].goto(address)
        self.screens.look(self.pages[who], name)
        return self.pages[who]

    def press(self, page: Page, button: str, name: str) -> None:
        """Send the form and look at what comes of it."""
        go(page.get_by_role("button", name=button, exact=True))
        self.screens.look(page, name)


def kept_from_the_public(room: Room, base: str, paper: Path) -> None:
    """X06 needs its paper; whoever decides sees it and says that the decision is to be public."""
    page = room.at("checker", f"{base}exclude/", "exclude")
    page.get_by_label("不予公示的情形").select_option("X06")
    page.get_by_label("为什么属于这一种情形").fill(WHY)
    page.get_by_label(re.compile("^依据文件")).fill("示例批准文件")
    room.press(page, "提交", "exclude-without-paper")
    expect(page.get_by_text("请上传禁止公开的法律条文").first).to_be_visible()
    expect(page.get_by_label("为什么属于这一种情形")).to_have_value(WHY)
    page.get_by_label("上传依据文件").set_input_files(paper)
    room.press(page, "提交", "exclude-asked")
    page = room.at("head", f"{base}exclude/check/", "exclusion-decide")
    expect(page.get_by_role("link", name="打开文件")).to_be_visible()
    page.get_by_label("应当公示").check()
    page.get_by_label("说明").fill("批准文件不涉及本案。")
    room.press(page, "提交", "exclusion-decided")


def objected_and_open_again(room: Room, record: DisclosureRecord) -> None:
    """The party objects on the page; upheld, not agreed to by the second person, it comes back with what was written."""
    paper, base = last_document(room.walk.case, "penalty_decision"), f"/disclosure/{record.public_id}/"
    room.at("anybody", "/objections/", "public-objections")
    page = room.at("anybody", "/objections/new/", "public-objection-form")
    page.get_by_label("决定书文号").fill(record.number)
    page.get_by_label("证件号码或者信用代码的后六位").fill("000000")
    page.get_by_label("核验码").fill(short_code(paper.seal_code))
    page.get_by_label("公示的哪一处有误").fill("案由写错了。")
    page.get_by_label("您的姓名").fill("示例负责人")
    page.get_by_label("联系电话或者地址").fill("19900001234")
    room.press(page, "提交异议", "public-objection-wrong")
    expect(page.get_by_label("公示的哪一处有误")).to_have_value("案由写错了。")
    page.get_by_label("证件号码或者信用代码的后六位").fill(PARTY.uscc[-6:])
    room.press(page, "提交异议", "public-objection-done")
    act = f"{base}objection/{Objection.objects.get().pk}/"
    page = room.at("reviewer", act, "objection")
    page.get_by_label("核实情况").fill("核对了决定书。")
    page.get_by_label("属实，予以更正").check()
    page.get_by_label("答复内容").fill("属实，予以更正。")
    page.get_by_label("更正哪一项").select_option("violation")
    page.get_by_label("现在公开的错误文字").fill(record.content["violation"][:2])
    page.get_by_label("更正为").fill("示例")
    page.get_by_label("向社会公开的更正说明").fill("文字录入有误。")
    room.press(page, "提交处理意见", "objection-upheld")
    expect(page.get_by_text("由另一名人员决定").first).to_be_visible()
    page = room.at("head", f"{base}correct/check/", "correction")
    page.get_by_label("不同意", exact=True).check()
    page.get_by_label("说明").fill("决定书写的就是这样。")
    room.press(page, "提交", "correction-refused")
    page = room.at("reviewer", act, "objection-again")
    expect(page.get_by_text("决定书写的就是这样。").first).to_be_visible()
    expect(page.get_by_label("核实情况")).to_have_value("核对了决定书。")


def withdrawal_refused_and_asked_again(room: Room, record: DisclosureRecord) -> None:
    """Asked for, refused though the decision fell, shown with its running days, and asked for anew."""
    base = f"/disclosure/{record.public_id}/"
    page = room.at("checker", f"{base}withdraw/ask/", "withdrawal-ask")
    page.get_by_label("撤回原因").select_option("W2")
    page.get_by_label("生效日期").fill(clock.today().isoformat())
    page.get_by_label("据以撤回的文书").fill("示例行终字第1号")
    page.get_by_label("向社会公开的撤回理由").fill("太短")
    room.press(page, "提交", "withdrawal-ask-wrong")
    page.get_by_label("向社会公开的撤回理由").fill(REASON)
    room.press(page, "提交", "withdrawal-asked")
    page = room.at("head", base, "record-withdrawal-waits")
    go(page.get_by_role("link", name="核对并撤回"))
    room.screens.look(page, "withdraw")
    go(page.get_by_role("link", name="不同意撤回"))
    page.get_by_label("不同意的理由").fill("文书文号与送达的不一致。")
    room.press(page, "不同意撤回", "withdrawal-refuse-wrong")
    expect(page.get_by_label("不同意的理由")).to_have_value("文书文号与送达的不一致。")
    page.get_by_label("确实已撤销").check()
    room.press(page, "不同意撤回", "withdrawal-refused")
    expect(page.get_by_text("期限没有停").first).to_be_visible()
    page = room.at("checker", "/disclosure/", "disclosure-list-again")
    expect(page.get_by_text("重新提请撤回").first).to_be_visible()
    page = room.at("checker", f"{base}withdraw/ask/", "withdrawal-ask-again")
    expect(page.get_by_label("据以撤回的文书")).to_have_value("示例行终字第1号")


@pytest.mark.parametrize("width", [1366, 360])
def test_what_is_not_agreed_to(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    rate_limits.forget_all()
    walk = case_now("decision_served", settings, tmp_path)
    facts, cast = decision_facts(Decision.objects.get(case=walk.case).pk), walk.cast
    paper = tmp_path / "批准文件.jpg"
    paper.write_bytes(image())
    screens = Screens(width, True, keep_screenshot)
    room = Room(walk, open_page, screens)
    made = draft(facts)
    kept_from_the_public(room, f"/disclosure/{made.public_id}/", paper)
    made.refresh_from_db()
    objected_and_open_again(room, publish(record_id=made.pk, version=made.version, facts=facts, by=cast.checker))

    # Decided before the day the demo clock shows.
    days = {
        "act_on": date(2026, 2, 2),
        "filed_on": date(2026, 2, 3),
        "legal_reviewed_on": date(2026, 2, 27),
        "decided_on": date(2026, 3, 2),
        "served_on": date(2026, 3, 4),
    }
    old = decision(COMPANY, decision_id=None, number="吉梨交罚〔2026〕0077号", fine=Decimal(20000), **days)
    made = draft(old)
    earlier = publish(record_id=made.pk, version=made.version, facts=old, by=cast.checker, reason="补录的历史决定。")
    today = clock.today()
    said = NewRepair("XF-1", today, today, "缴款凭证、整改材料。", True)
    repair = register_repair(record_id=earlier.pk, version=earlier.version, by=cast.reviewer, said=said)
    page = room.at("checker", f"/disclosure/{earlier.public_id}/repair/{repair.pk}/", "repair")
    page.get_by_label("同意", exact=True).check()
    page.get_by_label("理由").fill("条件符合。")
    room.press(page, "作出决定", "repair-refused")
    expect(page.get_by_label("理由")).to_have_value("条件符合。")
    room.at("checker", f"/disclosure/{earlier.public_id}/repair/", "repair-new")
    withdrawal_refused_and_asked_again(room, earlier)
    assert screens.faults() == {}
