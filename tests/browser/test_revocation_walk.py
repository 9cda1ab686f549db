"""A fine that was paid and published falls in a review: refunded and withdrawn (复议法63、64、69；处罚法48)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.documents.output import render_one, waiting_ids
from cases.models import Document, Refund, Remedy, Ruling
from cases.procedure.states import State
from disclosure import tasks
from disclosure.models import DisclosureRecord, RecordState
from lishu_law import clock
from tests.browser.test_case_walk import AGREE, COMPANY, DEPUTY, LEADER, OFFICER, REVIEWER, Stage, at, cast
from tests.browser.walk import WIDTHS, Screens, go
from tests.cast import PASSWORD, Cast
from tests.scenarios import Walk, case_at

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHECKER, GONE = "checker", 410
NUMBER, RULED = "梨府复〔2026〕3号", "梨府复决〔2026〕3号"


def published(stage: Stage) -> str:
    """The checker publishes the served decision; returns its public address."""
    clock.move_demo_clock(at("2026-03-16 09:00"))
    tasks.draft_new_decisions()
    checker = stage.player(CHECKER)
    checker.take("审核并公示", COMPANY)
    go(checker.page.get_by_role("link", name="审核并公示"))
    for box in checker.page.locator("input[name=masks]").all():
        box.check()
    checker.act("publish", {}, "审核并公示", "已经公示")
    address = f"/penalties/{DisclosureRecord.objects.get().public_id}/"
    public = stage.open_page(width=stage.screens.width)
    public.goto(address)
    expect(public.locator("main")).to_contain_text("1000")
    stage.screens.look(public, "public-before")
    return address


def applied(stage: Stage) -> None:
    """The copy of the application arrives; the legal section registers it and answers in ten working days."""
    clock.move_demo_clock(at("2026-04-01 09:00"))
    legal = stage.player(REVIEWER)
    legal.open_case(stage.case_no)
    go(legal.page.get_by_role("link", name="登记行政复议、行政诉讼"))
    new = {
        "复议机关或者法院的案号": NUMBER, "收到申请书、起诉状副本的日期": "2026-04-01",
        "请求和理由": "请求撤销处罚决定：主要事实不清，证据不足。",
    }  # fmt: skip
    legal.act("record-remedy", new, "登记", "答复期限开始计算")
    legal.screens.look(legal.page, "case-under-review")
    legal.page.goto("/cases/remedies/")
    expect(legal.page.get_by_role("table")).to_contain_text(NUMBER)
    legal.screens.look(legal.page, "remedies-open")
    clock.move_demo_clock(at("2026-04-07 09:00"))
    answer = {"答复意见": "原处罚决定事实清楚，证据充分，适用法律正确，程序合法，请予维持。"}
    stage.take(REVIEWER, "提出复议答复", answer, "生成答复书", "复议答复书已生成")


def revoked(stage: Stage) -> None:
    clock.move_demo_clock(at("2026-05-20 09:00"))
    ended = {
        "结果": "撤销处罚决定", "结果文书文号": RULED, "结果作出日期": "2026-05-18", "结果送达当事人的日期": "2026-05-19",
        "生效日期": "2026-05-19", "理由": "主要事实不清，证据不足。",
    }  # fmt: skip
    legal = stage.take(REVIEWER, "登记复议、诉讼结果", ended, "登记结果", "结果已登记")
    legal.screens.look(legal.page, "case-revoked-legal")
    legal.page.goto("/cases/remedies/?open=0")
    legal.screens.look(legal.page, "remedies-all")
    officer = stage.player(OFFICER)
    officer.open_case(stage.case_no)
    officer.screens.look(officer.page, "case-revoked")
    expect(officer.page.locator("main")).to_contain_text("应退 1,000.00 元，还没有退")
    expect(officer.page.locator("main")).to_contain_text("原处罚决定已经失去效力")


def withdrawn(stage: Stage, address: str) -> None:
    """In three working days, with the reason; whoever brought the ruling in cannot do it."""
    assert tasks.draft_withdrawals() == 1
    checker = stage.player(CHECKER)
    checker.take("撤回公示", COMPANY)
    checker.act("withdraw", {"您的口令": PASSWORD}, "撤回公示", "公示已撤回")
    stage.screens.look(checker.page, "disclosure-withdrawn")
    public = stage.open_page(width=stage.screens.width)
    answer = public.goto(address)
    assert answer is not None and answer.status == GONE
    expect(public.locator("main")).to_contain_text(RULED)
    expect(public.locator("main")).to_contain_text("撤回日期")
    expect(public.locator("main")).not_to_contain_text(COMPANY)
    stage.screens.look(public, "public-gone")
    public.goto("/penalties/")
    expect(public.locator("main")).not_to_contain_text(COMPANY)


def refunded(stage: Stage) -> None:
    clock.move_demo_clock(at("2026-05-25 09:00"))
    paid_back = {"财政退库凭证号": "TK2026000012", "退款日期": "2026-05-25"}
    officer = stage.take(OFFICER, "登记退款", paid_back, "登记退款", "退款已登记")
    officer.screens.look(officer.page, "case-refunded")
    stage.follow("提请结案", {}, "提请结案", "已提交结案审批")
    stage.take(LEADER, "签署结案意见", AGREE, "签署意见", "结案意见已签署")
    stage.take(DEPUTY, "审批结案", AGREE, "签署审批意见", "结案审批已签署")
    officer.open_case(stage.case_no)
    officer.screens.look(officer.page, "case-revoked-closed")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_published_fine_falls_in_a_review(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    walk: Walk = case_at("paid", cast)
    stage = Stage(Screens(width, True, keep_screenshot), open_page, {}, walk.case.label)
    address = published(stage)
    applied(stage)
    revoked(stage)
    withdrawn(stage, address)
    refunded(stage)
    walk.case.refresh_from_db()
    assert (walk.case.state, Remedy.objects.get().outcome) == (State.CLOSED, "revoked")
    assert (Refund.objects.get().done_on, Ruling.objects.get().withdrawn_on is not None) == (clock.today(), True)
    assert DisclosureRecord.objects.get().state == RecordState.WITHDRAWN
    for document_id in waiting_ids(50):
        assert render_one(document_id)
    assert not Document.objects.exclude(pdf_state="done").exists()
    assert stage.screens.faults() == {}
