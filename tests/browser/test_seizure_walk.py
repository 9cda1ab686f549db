"""A vehicle taken at the roadside, approved afterwards, kept, kept longer, and given back (强制法18–28)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.actions.measure_checks import SCOPE_QUESTIONS
from cases.documents.output import render_one, waiting_ids
from cases.models import Document, Measure
from lishu_law import clock
from tests.browser.test_case_walk import DEPUTY, OFFICER, Stage, at, cast, picture
from tests.browser.walk import WIDTHS, Screens, go
from tests.cast import Cast
from tests.measure_scenes import filed

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEEPER, GRANTED = "keeper", {"审批结果": "批准", "意见": "同意。"}
FITS, SLIGHT = "所选条款的情形是否已经查实", "违法行为是否情节显著轻微或者没有明显社会危害"
CUSTODY = "物品是否妥善保管、没有使用和损毁、没有向当事人收费"


def seizure(stage: Stage) -> None:
    """Everything of the spot on one page; the vehicle stands on the list already."""
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    go(officer.page.get_by_role("link", name="紧急当场扣押、扣留"))
    scope = {question: "是" if lawful else "否" for question, lawful, _cure in SCOPE_QUESTIONS.values()}
    reasons = {f"理由：{question}": "现场逐件核对。" for question in scope}
    spot = {
        "依据的条款": "第六十二条", FITS: "是", f"理由：{FITS}": "现场查询无营运证，驾驶员也不能提供其他证明。",
        SLIGHT: "否", f"理由：{SLIGHT}": "无证从事货运，影响运输安全。",
        "采取措施的理由": "无法当场证明车辆有营运证，需要查清。", "情况为什么紧急": "驾驶员要驾车离开，来不及先报批准。",
        "开始时间": "2026-03-03 10:00", "结束时间": "2026-03-03 10:40", "已主动出示执法证件": True,
        "已告知如实回答的义务、申请回避的权利": True, "当事人是否到场": "是",
        "已当场告知理由、依据以及当事人的权利、救济途径": True, "当事人的陈述和申辩": "没有意见。",
        "存放地点": "示例停车场3号位", "物品 1 状况、备注": "外观完好，钥匙一把", **scope, **reasons,
        "决定书和清单当场交付当事人": True, "全程音像记录编号": "记录仪07，视频20260303-1000",
    }  # fmt: skip
    officer.act("measure-urgent", spot, "实施并生成决定书", "已紧急实施")
    officer.screens.look(officer.page, "case-seized")
    clock.move_demo_clock(at("2026-03-03 16:00"))
    stage.take(DEPUTY, "补办紧急措施的批准", GRANTED, "签署审批意见", "补办审批已签署")


def custody(stage: Stage) -> None:
    kept = {"物品状况": "车辆外观完好，钥匙一把", CUSTODY: "是", f"理由：{CUSTODY}": "停在专用车位，已贴封条。"}
    keeper = stage.take(
        KEEPER, "接收涉案财物", {**kept, "签名后的清单照片": picture("list.jpg")}, "登记接收", "已登记入账"
    )
    keeper.screens.look(keeper.page, "case-keeper")


def extension(stage: Stage) -> None:
    """Asked and approved before the thirty days are over; the party is told in writing."""
    clock.move_demo_clock(at("2026-03-30 09:00"))
    officer = stage.player(OFFICER)
    officer.open_card("扣留（暂扣）车辆", "申请延长扣押期限", stage.case_no)
    asked = {"延长多少日": "30", "情况复杂、需要延长的理由": "车辆在外省登记，营运证真伪正在函查。"}
    officer.act("measure-extension", asked, "报负责人审批", "延长申请已报负责人审批")
    stage.take(DEPUTY, "审批延长扣押期限", GRANTED, "签署审批意见", "延长审批已签署")
    serve(stage, "延长", "2026-03-30 11:00")
    officer.screens.look(officer.page, "case-extended")
    expect(officer.page.locator("article.card").filter(has_text="期满自动解除")).to_contain_text("2026-05-02")


def serve(stage: Stage, title: str, when: str) -> None:
    """A document beside the road is served from its own card."""
    clock.move_demo_clock(at(when))
    officer = stage.player(OFFICER)
    officer.open_card(title, "送达文书", stage.case_no)
    officer.act(f"serve-{title}", {"送达时间": when}, "登记送达", "文书已送达")


def release(stage: Stage) -> None:
    """The reason fell away: lifted, the decision served, the vehicle back against a signed list."""
    clock.move_demo_clock(at("2026-04-10 09:00"))
    officer = stage.player(OFFICER)
    officer.open_card("扣留（暂扣）车辆", "申请解除扣押、扣留", stage.case_no)
    asked = {"解除的情形": "其他不再需要采取扣押措施的情形", "理由": "发证机关已复函，证明车辆有营运证。"}
    officer.act("measure-lifting", asked, "报负责人审批", "解除申请已报负责人审批")
    stage.take(DEPUTY, "审批解除扣押、扣留", GRANTED, "签署审批意见", "解除审批已签署")
    serve(stage, "解除", "2026-04-10 10:00")
    clock.move_demo_clock(at("2026-04-10 10:30"))
    back = {"物品状况": "与接收时一致", "当事人（代理人）已查验退还清单，无误并签名": True}
    keeper = stage.take(KEEPER, "退还物品", {**back, "签名后的清单照片": picture("back.jpg")}, "登记退还", "物品已退还")
    keeper.screens.look(keeper.page, "case-returned")
    expect(keeper.page.locator("article.card").filter(has_text="吉C12345")).to_contain_text("已退还")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_vehicle_is_seized_kept_longer_and_given_back(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    walk = filed(cast)
    stage = Stage(Screens(width, True, keep_screenshot), open_page, {}, walk.case.label)
    clock.move_demo_clock(at("2026-03-03 10:50"))
    seizure(stage)
    custody(stage)
    extension(stage)
    release(stage)
    measure = Measure.objects.get()
    assert (measure.state, [item.state for item in measure.items.all()]) == ("C6", ["returned"])
    for document_id in waiting_ids(50):
        assert render_one(document_id)
    assert not Document.objects.exclude(pdf_state="done").exists()
    assert stage.screens.faults() == {}
