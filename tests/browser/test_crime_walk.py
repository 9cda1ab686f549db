"""A suspected crime found in an ordinary case: reported, decided, handed to the police, closed (移送规定5–12)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.documents.output import render_one, waiting_ids
from cases.models import CrimeTransfer, Document
from cases.procedure.states import State
from lishu_law import clock
from tests.browser.test_case_walk import AGREE, DEPUTY, LEADER, OFFICER, Stage, at, cast
from tests.browser.walk import WIDTHS, Screens, go
from tests.cast import Cast
from tests.scenarios import Walk, case_at

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD, CARD = "head", "涉嫌犯罪移送"
FOUND = "当事人从事旅客运输，核载九人实载二十人，严重超过额定乘员，涉嫌危险驾驶。"


def reported(stage: Stage) -> None:
    """Two officers and a written report; the head of the bureau answers within three days."""
    clock.move_demo_clock(at("2026-03-03 09:00"))
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    go(officer.page.get_by_role("link", name="报告涉嫌犯罪"))
    report = {
        "涉嫌的罪名": "危险驾驶罪", "涉嫌犯罪的事实和依据": FOUND, "专案组成员一": "示例甲", "专案组成员二": "示例丙",
    }  # fmt: skip
    officer.act("report-crime", report, "提交书面报告", "三日内答复")
    officer.screens.look(officer.page, "case-crime-reported")
    agreed = {"决定": "批准移送", "意见": "同意移送公安机关。"}
    stage.take(HEAD, "决定是否移送公安机关", agreed, "签署决定", "二十四小时内移送")


def handed_over(stage: Stage) -> None:
    """Within twenty-four hours; the things go once the police have filed."""
    clock.move_demo_clock(at("2026-03-03 15:00"))
    goods = {"接收人": "示例警官", "移送时间": "2026-03-03 14:30", "涉案物品": "行驶证，吉C12345，1本"}
    officer = stage.take(OFFICER, "移送公安机关", goods, "登记移送", "移送书已生成")
    officer.screens.look(officer.page, "case-handed-over")
    clock.move_demo_clock(at("2026-03-05 10:00"))
    answer = {
        "公安机关的答复": "决定立案", "收到通知的日期": "2026-03-05", "通知书文号和内容": "梨公（刑）立字〔2026〕1号，决定立案侦查。",
    }  # fmt: skip
    officer = stage.take(OFFICER, "登记公安机关答复", answer, "登记答复", "答复已登记")
    officer.screens.look(officer.page, "case-police-filed")
    clock.move_demo_clock(at("2026-03-06 10:00"))
    given = {"移交时间": "2026-03-06 09:30", "移交情况": "行驶证1本，示例警官当面清点签收，已办交接手续。"}
    officer = stage.take(OFFICER, "移交涉案物品和材料", given, "登记移交", "移交已登记")
    officer.screens.look(officer.page, "case-material-given")


def closed(stage: Stage) -> None:
    """No fine is decided beside the police: the case ends as transferred."""
    stage.take(OFFICER, "提请结案", {}, "提请结案", "已提交结案审批")
    stage.take(LEADER, "签署结案意见", AGREE, "签署意见", "结案意见已签署")
    stage.take(DEPUTY, "审批结案", AGREE, "签署审批意见", "结案审批已签署")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_suspected_crime_goes_to_the_police(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    walk: Walk = case_at("recorded", cast)
    stage = Stage(Screens(width, True, keep_screenshot), open_page, {}, walk.case.label)
    reported(stage)
    handed_over(stage)
    closed(stage)
    walk.case.refresh_from_db()
    assert (walk.case.state, CrimeTransfer.objects.get().state) == (State.CLOSED, "material_given")
    officer = stage.player(OFFICER)
    officer.page.goto(f"/cases/{walk.case.clue_no}/timeline/")
    officer.screens.look(officer.page, "crime-timeline")
    expect(officer.page.locator("main")).to_contain_text("移送公安机关")
    for document_id in waiting_ids(50):
        assert render_one(document_id)
    assert not Document.objects.exclude(pdf_state="done").exists()
    assert stage.screens.faults() == {}
