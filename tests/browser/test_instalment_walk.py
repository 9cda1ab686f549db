"""A fine paid in instalments, the last one missed, urged, and taken to the court (处罚法66、72；强制法35、53–55)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.actions.court import ENCLOSURES
from cases.documents.output import render_one, waiting_ids
from cases.models import CourtApplication, Document
from cases.procedure.states import State
from lishu_law import clock
from tests.browser.test_case_walk import OFFICER, REVIEWER, Stage, at, cast
from tests.browser.walk import WIDTHS, Screens, go
from tests.cast import Cast
from tests.scenarios import Walk, case_at

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD, GRANTED = "head", {"审批结果": "批准", "意见": "情况属实，同意。"}
FIRST, SECOND = "2026-05-20", "2026-06-22"


def board(stage: Stage, username: str, name: str) -> Page:
    """From the list of the cases to the board of the unpaid decisions."""
    player = stage.player(username)
    player.page.goto("/cases/")
    go(player.page.get_by_role("link", name="未缴清的罚款和法院申请期限"))
    stage.screens.look(player.page, f"board-{name}")
    return player.page


def beside(stage: Stage, act: str) -> None:
    """The officer starts an act that stands beside the road."""
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    go(officer.page.get_by_role("link", name=act, exact=True).first)


def serve(stage: Stage, title: str, when: str) -> None:
    clock.move_demo_clock(at(when) + timedelta(minutes=10))
    officer = stage.player(OFFICER)
    officer.open_card(title, "送达文书", stage.case_no)
    officer.act(f"serve-{title}", {"送达时间": when}, "登记送达", "文书已送达")


def instalments(stage: Stage) -> None:
    """Asked for by the party, granted by the head, each instalment with a notice of its own."""
    clock.move_demo_clock(at("2026-03-20 09:00"))
    beside(stage, "申请延期、分期缴纳")
    officer = stage.player(OFFICER)
    asked = {
        "经济困难的情况和证明材料": "提交近三个月银行流水和停运证明，确有经济困难。",
        "缴纳计划": f"{FIRST} 400\n{SECOND} 600", "承办人意见": "情况属实，建议同意。",
    }  # fmt: skip
    officer.act("deferral", asked, "提交审批", "已提交负责人审批")
    stage.take(HEAD, "审批延期、分期缴纳", GRANTED, "签署审批意见", "通知书已生成")
    for when in ("2026-03-20 10:00", "2026-03-20 10:30"):
        serve_first(stage, when)
    officer.screens.look(officer.page, "case-instalments")


def serve_first(stage: Stage, when: str) -> None:
    """Both notices wait side by side."""
    clock.move_demo_clock(at(when) + timedelta(minutes=10))
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    cards = officer.page.locator("article.card").filter(has_text="分期（延期）缴纳罚款通知书")
    go(cards.first.get_by_role("link", name="送达文书"))
    officer.act("serve-deferral", {"送达时间": when}, "登记送达", "文书已送达")


def first_paid(stage: Stage) -> None:
    clock.move_demo_clock(at(f"{FIRST} 15:00"))
    beside(stage, "登记缴款")
    officer = stage.player(OFFICER)
    paid = {"财政票据号": "22000012345678", "罚款金额（元）": "400", "缴款日期": FIRST}
    officer.act("payment", paid, "登记缴款", "缴款已登记")
    officer.screens.look(officer.page, "case-first-paid")
    beside(stage, "核实其他义务履行情况")
    officer.act("duties", {"责令改正": True, "核实情况": "现场复查，车辆已加盖苫布。"}, "登记核实情况", "已登记")


def second_missed(stage: Stage) -> None:
    """Ten days after the last instalment: three per cent of the fine a day."""
    clock.move_demo_clock(at("2026-07-02 09:00"))
    beside(stage, "转入逾期")
    officer = stage.player(OFFICER)
    officer.act("overdue", {}, "转入逾期", "已转入逾期")
    officer.screens.look(officer.page, "case-overdue")
    expect(officer.page.locator("article.card").filter(has_text="罚款执行")).to_contain_text("300.00 元")
    go(officer.page.get_by_role("link", name="金额和期限怎么算的"))
    officer.screens.look(officer.page, "amount")


def urged(stage: Stage) -> None:
    """The demand, its serving, and ten working days without a word."""
    officer = stage.follow("制作催告书", {}, "生成催告书", "催告书已定稿")
    serve(stage, "催告书", "2026-07-02 10:00")
    officer.screens.look(officer.page, "case-urged")
    clock.move_demo_clock(at("2026-07-17 09:00"))
    silent = {"当事人的表示": "期满没有陈述、申辩", "收到或者记录的日期": "2026-07-17"}
    stage.follow("记录催告后的陈述申辩", silent, "保存记录", "陈述、申辩情况已记录")


def to_court(stage: Stage) -> None:
    """The window opens when the period to sue is over; the application is signed and handed in."""
    board(stage, REVIEWER, "before")
    clock.move_demo_clock(at("2026-10-15 09:00"))
    expect(board(stage, REVIEWER, "open").get_by_role("table")).to_contain_text("还剩")
    ticked = dict.fromkeys(ENCLOSURES.values(), True)
    stage.follow("申请法院强制执行", ticked, "提交负责人签署", "申请已提交负责人签署")
    stage.take(HEAD, "审批强制执行申请", GRANTED, "签署审批意见", "申请书已签署定稿")
    stage.take(REVIEWER, "登记已向法院递交", {}, "登记递交", "法院应当在五日内受理")
    expect(board(stage, HEAD, "filed").get_by_role("table")).to_contain_text("已于 2026-10-15 递交法院")
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    officer.screens.look(officer.page, "case-at-court")


@pytest.mark.parametrize("width", WIDTHS)
def test_instalments_are_missed_and_the_court_is_asked(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    walk: Walk = case_at("decision_served", cast)
    stage = Stage(Screens(width, True, keep_screenshot), open_page, {}, walk.case.label)
    instalments(stage)
    first_paid(stage)
    second_missed(stage)
    urged(stage)
    to_court(stage)
    walk.case.refresh_from_db()
    assert walk.case.state == State.ENFORCEMENT
    assert CourtApplication.objects.get().filed_on == clock.today()
    for document_id in waiting_ids(50):
        assert render_one(document_id)
    assert not Document.objects.exclude(pdf_state="done").exists()
    assert stage.screens.faults() == {}
