"""An ordinary case whose party asks for a hearing: from the request to the sealed decision (处罚法63–65、57、58)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from cases.documents.output import render_one, waiting_ids
from cases.models import Document, Hearing
from cases.procedure.review_items import ITEMS
from cases.procedure.states import State
from lishu_law import clock
from tests.browser.test_case_walk import AGREE, OFFICER, REVIEWER, SUBMIT, Stage, at, cast
from tests.browser.walk import WIDTHS, Player, Screens, go
from tests.cases.actions.hearing_scenes import told
from tests.cast import PASSWORD, Cast
from tests.scenarios import Walk

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD, CHAIR, RECORDER = "head", "archivist", "outsider"
ASKED, TOLD, HELD = "2026-03-05", "2026-03-06", "2026-03-18"
SAID = (
    "主持人核实身份，宣布听证人员名单，告知回避等权利。调查人员陈述事实和证据，当事人申辩、质证，双方辩论并作最后陈述。"
)


def asked(stage: Stage) -> None:
    """On the second working day after the notice the shop asks; the officer writes it down."""
    clock.move_demo_clock(at(f"{ASKED} 10:00"))
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    officer.screens.look(officer.page, "case-told")
    go(officer.page.get_by_role("link", name="登记听证申请"))
    request = {"提出申请的时间": f"{ASKED} 09:30", "申请的事项和理由": "对罚款数额有异议，要求听证。"}
    officer.act("request-hearing", request, "登记听证申请", "听证申请已登记")
    officer.screens.look(officer.page, "case-hearing-asked")


def arranged(stage: Stage) -> None:
    """Two persons apart from the case, and a day seven working days ahead."""
    people = {"主持人": "示例癸", "记录员": "示例丁"}
    stage.take(HEAD, "受理听证、指定听证人员", people, "受理并指定听证人员", "听证人员已指定", SUBMIT)
    clock.move_demo_clock(at(f"{TOLD} 09:00"))
    when = {"听证时间": f"{HELD} 09:00", "听证地点": "梨树县交通运输局二楼会议室", "是否公开": "公开举行"}
    stage.take(CHAIR, "确定时间地点、制作听证通知书", when, "生成听证通知书", "请承办人送达")
    clock.move_demo_clock(at(f"{TOLD} 11:00"))
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    officer.screens.look(officer.page, "case-hearing-notice")
    go(officer.page.get_by_role("link", name="送达文书"))
    served = {"收件人姓名": "示例人", "送达地点": "梨树县梨树镇示例路1号", "送达时间": f"{TOLD} 10:00"}
    officer.act("serve-hearing-notice", served, "登记送达", "文书已送达")


def held(stage: Stage) -> None:
    clock.move_demo_clock(at(f"{HELD} 11:00"))
    session = {
        "结束时间": f"{HELD} 10:20", "当事人到场情况": "当事人或者代理人到场参加", "听证记录": SAID,
        "调查人员提出了事实、证据和处罚建议": True, "当事人进行了申辩和质证": True, "核对签名": "已逐页签名",
    }  # fmt: skip
    stage.take(RECORDER, "制作听证笔录", session, "保存并生成听证笔录", "请主持人提交听证报告")
    clock.move_demo_clock(at(f"{HELD} 15:00"))
    reported = {
        "听证会摘要": "双方对现场笔录和照片进行了质证，当事人请求从轻处罚。",
        "结论及处理意见": "违法事实有现场笔录证明，当事人没有提出新的事实和证据，从轻的请求不予采纳。",
    }
    stage.take(CHAIR, "提交听证报告书", reported, "提交听证报告书", "案件可以提交法制审核")


def reviewed_and_decided(stage: Stage) -> None:
    """After a hearing the review is compulsory, and the leaders discuss (第五十八条第一款第二项)."""
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    officer.screens.look(officer.page, "case-heard")
    stage.follow("提交法制审核", {}, "提交法制审核", "已提交法制审核")
    concluded = {"审核结论": "同意", "意见": "事实清楚，证据充分，适用法律正确，裁量适当。"}
    items = {item.title: "通过" for item in ITEMS}
    stage.take(REVIEWER, "法制审核", {**items, **concluded}, "签署审核意见", "法制审核意见已签署")
    clock.move_demo_clock(at("2026-03-19 09:00"))
    heard = {"是否根据听证笔录作出决定": "是，认定的事实和证据都在听证中出示、质证。"}
    signed = {**AGREE, **heard, "您的口令": PASSWORD}
    stage.take(HEAD, "审批处罚决定", signed, "签署审批意见", "处罚决定审批已签署", SUBMIT)


def papers(officer: Player, case: str) -> None:
    officer.open_case(case)
    officer.screens.look(officer.page, "case-decided")
    for document_id in waiting_ids(50):
        assert render_one(document_id)
    assert not Document.objects.exclude(pdf_state="done").exists()
    officer.page.goto(officer.page.url + "timeline/")
    officer.screens.look(officer.page, "timeline")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_hearing_is_asked_for_in_time_and_held_before_the_decision(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    walk: Walk = told(cast)
    stage = Stage(Screens(width, True, keep_screenshot), open_page, {}, walk.case.label)
    asked(stage)
    arranged(stage)
    held(stage)
    reviewed_and_decided(stage)
    walk.case.refresh_from_db()
    assert (walk.case.state, Hearing.objects.get().state) == (State.DECIDED, "reported")
    papers(stage.player(OFFICER), stage.case_no)
    assert stage.screens.faults() == {}
