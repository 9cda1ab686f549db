"""An on-the-spot penalty at the roadside: one officer, one phone of 360 px, with and without a script (ux.md §6.2).

Counted is what has to be keyed in from the roadside check to the printable decision: choices, ticks, photos and values
that stand there already are no typing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.actions.closure import mark_disclosed
from cases.actions.discretion import PERSONS_QUESTIONS, QUESTIONS
from cases.documents.output import render_one, waiting_ids
from cases.models import Case
from cases.procedure.states import State
from disclosure import tasks
from disclosure.models import DisclosureRecord
from lishu_law import clock
from tests.browser.test_case_walk import LEADER, OFFICER, Stage, at, cast, picture
from tests.browser.walk import Player, Screens, go
from tests.cast import Cast
from tests.spot_scenes import id_number

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TYPED = 12
SILENT = (*QUESTIONS.values(), *PERSONS_QUESTIONS.values())


@dataclass
class Typist(Player):
    """A player who counts what is keyed in."""

    keyed: int = 0

    def _fill_one(self, label: str, value: Any) -> None:
        super()._fill_one(label, value)
        control = self.page.locator(".field").get_by_label(label)
        is_text = isinstance(value, str) and control.count() and not self._is_select(control.first)
        self.keyed += bool(is_text and control.first.get_attribute("type") != "radio")

    def screen(self, name: str, values: dict[str, Any], button: str, answer: str) -> None:
        """One screen: look at it, fill it, go on."""
        self.act(name, values, button, answer)


def filed_shift(stage: Stage) -> None:
    """The patrol was filed and approved beforehand; nothing of it belongs to the penalty."""
    officer = stage.player("assistant")
    officer.page.goto("/inspections/shifts/new/")
    shift = {
        "带队执法人员": "示例甲", "另一名执法人员": "示例乙", "出勤时间": "2026-03-02 20:00", "收勤时间": "2026-03-03 02:00",
        "执法车辆": "吉C0001警", "执法记录仪编号": "JLY-07", "路段 1：路线": "G303", "路段 1：起点桩号": "K800+000",
        "路段 1：终点桩号": "K830+000", "路段 1：乡镇": "梨树镇",
    }  # fmt: skip
    officer.act("spot-shift", shift, "提交审批", "已提交审批")
    leader = stage.player(LEADER)
    leader.take("审批巡查班次", "示例乙")
    leader.act("spot-approve-shift", {"审批意见": "同意，准予备案"}, "提交审批意见", "审批意见已记录")
    clock.move_demo_clock(at("2026-03-02 23:10"))


def roadside_check(officer: Typist) -> None:
    officer.page.goto("/m/")
    go(officer.page.get_by_role("link", name="记录一次检查"))
    check = {
        "为什么拦停检查": "看到有违法嫌疑", "车牌号": "吉C12345", "驾驶员姓名": "示例司机", "驾驶员电话": "13800000000",
        "驾驶员身份证号": id_number("19850630"), "检查事项": "超限运输车辆检查", "检查结果": "发现违法线索，转立案",
        "案由": "车货总体外廓尺寸超过限定标准", "看到的情况": "货车装载钢管，实测高 4.15 米，没有超限运输车辆通行证。",
        "现场照片": picture("IMG_0001.jpg"), "方向": "上行",
    }  # fmt: skip
    officer.screen("spot-check", check, "保存检查记录", "已记录")
    officer.screens.look(officer.page, "spot-finding")
    go(officer.page.get_by_role("button", name="当场处罚", exact=True))
    expect(officer.page.locator("main .messages")).to_contain_text("都已带入")


def decision(officer: Typist) -> None:
    identity = {
        "已向当事人出示执法证件": True,
        "当事人的精神、智力状况有没有疑问？": "没有",
        "住所或住址": "梨树镇示例街8号",
    }
    go(officer.page.get_by_role("button", name="声明：我与本案没有利害关系"))
    officer.screen("spot-identify", identity, "身份已查明", "身份已查明")
    officer.screen("spot-evidence", {}, "证据齐了，去裁量", "证据已保存")
    officer.fill({
        "造成了什么危害后果？": "未造成危害后果", "有没有阻碍执法、拒不接受调查？": "配合调查，没有阻碍执法",
        "当场改正了吗？": "没有当场改正", "责令改正后，复查时仍拒不改正吗？": "没有拒不改正的情形",
        "影响交通通行了吗？": "没有影响交通通行",
        "车货总高是多少米？": "4.15", "车货总宽是多少米？": "2.5", "车货总长是多少米？": "16",
        **{f"{question}？": "否" for question in SILENT}, "上述回答的理由": "现场核查没有这些情形。",
    })  # fmt: skip
    go(officer.page.get_by_role("button", name="计算裁量结果"))
    expect(officer.page.locator("[data-tier]")).to_be_visible()
    expect(officer.page.get_by_label("拟罚款（元）")).not_to_have_value("")
    officer.screen("spot-assess", {"确定数额的理由": "首次被查处。"}, "保存，去告知", "裁量结果已保存")
    officer.screen("spot-tell", {"已把上面的内容当面告诉当事人": True}, "已告知，听取意见", "口头告知已记录")
    officer.screen("spot-hear", {"当事人怎么说？": "没有意见"}, "记下，去作决定", "意见已记录")
    way = {"罚款怎么缴？": "当场收缴：罚款在一百元以下"}
    officer.screen("spot-decide", way, "作出决定，生成决定书", "已定稿编号")


@pytest.mark.parametrize("script", [True, False])
def test_a_penalty_on_the_spot_with_twelve_typed_fields_at_most(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], script: bool
) -> None:
    stage = Stage(Screens(360, script, keep_screenshot), open_page, {})
    filed_shift(stage)
    officer = Typist(open_page(width=360, script=script), stage.screens)
    officer.sign_in(OFFICER)
    stage.players[OFFICER] = officer
    roadside_check(officer)
    second = stage.player("assistant")
    second.page.goto(f"/cases/{Case.objects.get().clue_no}/")
    go(second.page.get_by_role("button", name="声明：我与本案没有利害关系"))
    decision(officer)
    expect(officer.page.locator("#document-state")).to_contain_text("正在生成")
    for document_id in waiting_ids(10):
        assert render_one(document_id)
    officer.page.reload()
    expect(officer.page.get_by_role("link", name="打开或打印（PDF）")).to_be_visible()
    assert 0 < officer.keyed <= MOST_TYPED

    officer.page.go_back()  # the decision's page again: it says where the case is and decides nothing twice
    officer.page.goto(f"/cases/{Case.objects.get().clue_no}/hand-over/")
    officer.screen("spot-hand-over", {}, "登记交付", "已当场交付")
    officer.screen("spot-collect", {"专用票据号": "22000012345678"}, "已收缴并出具票据", "当场收缴已登记")
    officer.screen("spot-report", {}, "报备案", "已报备案")
    case = Case.objects.get()
    assert (case.state, case.decision.amount) == (State.REPORTED, case.payments.get().amount)
    ending(stage, officer, cast)
    assert stage.screens.faults() == {}


def ending(stage: Stage, officer: Typist, cast: Cast) -> None:
    """The cash reaches the bank, the decision the public draft, the case its end."""
    case = Case.objects.get()
    officer.page.goto(f"/cases/{case.clue_no}/")
    officer.screens.look(officer.page, "spot-case")
    go(officer.page.get_by_role("link", name="交回当场收缴的罚款"))
    officer.screen("spot-hand-in", {"交款凭证号": "JK-2026-0001"}, "登记交回", "已交回本单位")
    leader = stage.player(LEADER)
    leader.page.goto(f"/cases/{case.clue_no}/bank-cash/")
    leader.act("spot-bank", {"银行缴款凭证号": "YH-2026-0001"}, "登记缴付银行", "已缴付银行")
    tasks.draft_new_decisions()
    record = DisclosureRecord.objects.get()
    assert record.case_no == case.case_no
    mark_disclosed(case_id=case.pk, by=cast.checker)
    officer.page.goto(f"/cases/{case.clue_no}/verify-duties/")
    seen = {"已经履行的义务": "责令改正", "核实情况": "现场复查，已经按标准装载。"}
    officer.screen("spot-duties", seen, "登记核实情况", "履行情况已登记")
    officer.page.goto(f"/cases/{case.clue_no}/close-summary/")
    officer.screen("spot-close", {}, "结案", "已结案")
    assert Case.objects.get().state == State.SUMMARY_CLOSED
