"""One case from the patrol to the archive in a real Chromium, as its people would: wide, narrow and without a script."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cases.actions.discretion import QUESTIONS
from cases.documents.output import render_one, waiting_ids
from cases.models import Case
from cases.procedure.review_items import ITEMS
from cases.procedure.states import State
from disclosure import tasks
from inspections.matters import load_matters
from lishu_law import clock
from tests.browser.walk import Player, Screens, go
from tests.cast import PASSWORD, Cast, make_cast
from tests.disclosure import exchange as exchanges

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPANY, USCC = "梨树县示例运输有限公司", "91220322MA17ABCD2L"
SUBMIT = ".bar .button"
OFFICER, LEADER, DEPUTY, REVIEWER = "lead", "squadleader", "deputy", "reviewer"
AGREE = {"审批结果": "同意", "意见": "同意。"}
DISCRETION = {
    "造成了什么危害后果？": "未造成危害后果",
    "有没有阻碍执法、拒不接受调查？": "配合调查，没有阻碍执法",
    "当场改正了吗？": "没有当场改正",
    "责令改正后，复查时仍拒不改正吗？": "没有拒不改正的情形",
    "造成交通堵塞的时间是多少分钟？": "0",
    "影响交通通行了吗？": "没有影响交通通行",
    **{f"{question}？": "否" for question in QUESTIONS.values()},
    "上述回答的理由": "当场不能改正，没有减轻情节的证据。",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


def picture(name: str) -> dict[str, Any]:
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


@dataclass
class Stage:
    """The people of the walk, each at an own browser."""

    screens: Screens
    open_page: Callable[..., Page]
    players: dict[str, Player]
    case_no: str = ""

    def player(self, username: str) -> Player:
        if username not in self.players:
            page = self.open_page(width=self.screens.width, script=self.screens.script)
            self.players[username] = Player(page, self.screens)
            self.players[username].sign_in(username)
        return self.players[username]

    def follow(self, step: str, values: dict[str, Any], button: str, answer: str, main: str = "") -> Player:
        """The officer goes by the case page."""
        player = self.player(OFFICER)
        player.follow(step, self.case_no)
        player.act(step, values, button, answer, main)
        return player

    def take(self, who: str, step: str, values: dict[str, Any], button: str, answer: str, main: str = "") -> Player:
        """Those who sign go straight from their desk."""
        player = self.player(who)
        player.take(step, self.case_no)
        player.act(step, values, button, answer, main)
        return player


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    """Everybody, at half past seven in the evening of Monday 2 March 2026."""
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, str(tmp_path / "clock")
    settings.MEDIA_ROOT = tmp_path / "media"
    start = at("2026-03-02 19:30") - clock.now()
    Path(settings.DEMO_CLOCK_FILE).write_text(f"{start.total_seconds():.3f}\n", "ascii")
    load_matters()
    return make_cast()


@pytest.fixture
def exchange(settings: Any, tmp_path: Path) -> Iterator[exchanges.Exchange]:
    with exchanges.running(tmp_path) as running:
        settings.FEED_URL, settings.FEED_APP, settings.FEED_KEY_ID = running.url, exchanges.APP, exchanges.KEY_ID
        settings.FEED_SECRET, settings.FEED_SIGN_ALG = exchanges.SECRET, "HMAC-SHA256"
        yield running


def patrol(stage: Stage) -> None:
    """The shift is filed, approved by somebody else, and a stop is recorded on the phone's pages."""
    officer = stage.player(OFFICER)
    officer.page.goto("/m/")
    stage.screens.look(officer.page, "phone-home")
    go(officer.page.get_by_role("link", name="报备巡查"))
    shift = {
        "另一名执法人员": "示例乙", "出勤时间": "2026-03-02 20:00", "收勤时间": "2026-03-03 02:00", "执法车辆": "吉C0001警",
        "执法记录仪编号": "JLY-07", "路段 1：路线": "G303", "路段 1：起点桩号": "K800+000",
        "路段 1：终点桩号": "K830+000", "路段 1：乡镇": "梨树镇",
    }  # fmt: skip
    officer.act("shift", shift, "提交审批", "已提交审批")
    stage.screens.look(officer.page, "shift")
    leader = stage.player(LEADER)
    leader.take("审批巡查班次", "示例甲")
    leader.act("approve-shift", {"审批意见": "同意，准予备案"}, "提交审批意见", "审批意见已记录")
    clock.move_demo_clock(at("2026-03-02 23:10"))
    officer.page.goto("/m/")
    go(officer.page.get_by_role("link", name="记录一次检查"))
    stop(officer)


def stop(officer: Player) -> None:
    check = {
        "为什么拦停检查": "看到有违法嫌疑", "车牌号": "吉C12345", "车型": "重型半挂牵引车", "企业或个体户名称": COMPANY, "统一社会信用代码": USCC,
        "驾驶员姓名": "示例司机", "驾驶员电话": "13800000000",
        "检查事项": "道路货物运输车辆装载", "检查结果": "发现违法线索，转立案", "案由": "没有采取必要措施防止货物脱落",
        "看到的情况": "重型半挂牵引车装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒，当场不能改正。",
        "当场告知和采取的措施": "已责令采取苫盖措施后再行驶。", "现场照片": picture("IMG_0001.jpg"),
        "照片要证明什么": "证明货物未苫盖", "检查时间": "2026-03-02 23:02", "桩号": "K812+300", "方向": "上行",
    }  # fmt: skip
    officer.act("stop", check, "保存检查记录", "已记录")
    officer.screens.look(officer.page, "stop")
    go(officer.page.get_by_role("button", name="立案", exact=True))
    expect(officer.page.locator("main .messages")).to_contain_text("照片都已带入")


def filing(stage: Stage) -> None:
    for who in (OFFICER, "assistant"):
        page = stage.player(who).page
        page.goto(f"/cases/{stage.case_no}/")
        go(page.get_by_role("button", name="声明：我与本案没有利害关系"))
        expect(page.get_by_role("button", name="声明：我与本案没有利害关系")).to_have_count(0)
    stage.follow("核查线索", {}, "完成核查", "线索核查已完成")
    stage.follow("提请立案", {}, "提请立案审批", "已提交中队长")
    clock.move_demo_clock(at("2026-03-03 08:40"))
    stage.take(LEADER, "签署立案意见", AGREE, "签署意见", "立案意见已签署")
    stage.take(DEPUTY, "审批立案", AGREE, "签署审批意见", "立案审批已签署", SUBMIT)


def investigation(stage: Stage) -> None:
    told = {"已主动出示执法证件": True, "已告知如实回答的义务、申请回避的权利": True}
    stage.follow("制作现场笔录", {"结束时间": "2026-03-02 23:25", **told}, "保存并生成笔录", "笔录已保存")
    officer = stage.player(OFFICER)
    clock.move_demo_clock(at("2026-03-03 11:00"))
    go(officer.page.get_by_role("link", name="制作询问笔录"))
    times = {"开始时间": "2026-03-03 10:00", "结束时间": "2026-03-03 10:40"}
    alone = {"询问时只有被询问人一人在场（执法人员除外）": "是"}
    answers = {"答 3": "昨晚十一点左右在国道303线，拉碎砖，没有盖苫布。", "答 8": "没有补充。"}
    officer.act("制作询问笔录", {**times, **told, **alone, **answers}, "保存并生成笔录", "笔录已保存")
    go(officer.page.get_by_role("link", name="补充证据"))
    evidence = {
        "证据名称": "道路运输证复印件", "证明目的": "证明车辆有道路运输证", "取得时间": "2026-03-02 23:20",
        "文件": picture("license.jpg"),
    }  # fmt: skip
    officer.act("补充证据", evidence, "保存证据", "证据已保存")
    officer.follow("查证核对证据", stage.case_no)
    for box in officer.page.locator("input[name=evidence_ids]").all():
        box.check()
    officer.act("查证核对证据", {}, "确认已核对", "证据核对已记录")
    discretion(stage, officer)
    complete_party(stage, officer)
    stage.follow("提交调查报告", {}, "提交调查报告", "调查报告已提交")
    stage.take(LEADER, "签署报告意见", AGREE, "签署意见", "报告意见已签署")
    stage.take(DEPUTY, "审批调查报告", AGREE, "签署审批意见", "调查报告审批已签署")


def complete_party(stage: Stage, officer: Player) -> None:
    """What the roadside did not know yet is asked for by the case page, with the link that cures it."""
    go(officer.open_desk(stage.case_no).get_by_role("link", name=stage.case_no))
    officer.screens.look(officer.page, "case-gaps")
    go(officer.page.get_by_role("link", name="去办理").first)
    known = {"法定代表人、负责人或经营者": "示例人", "职务": "经理", "住所或住址": "梨树县梨树镇示例路1号"}
    officer.act("edit", known, "保存修改", "案件事实已修改")


def discretion(stage: Stage, officer: Player) -> None:
    officer.follow("裁量", stage.case_no)
    stage.screens.look(officer.page, "act-裁量-empty")
    officer.fill(DISCRETION)
    go(officer.page.get_by_role("button", name="计算裁量结果"))
    expect(officer.page.locator("[data-range]")).to_have_text("1,000.00–1,600.00 元")
    stage.screens.look(officer.page, "act-裁量-computed")
    amount = {"拟罚款（元）": "1000", "确定数额的理由": "首次被查处，未造成危害后果，按较轻档下限处罚。"}
    officer.act("裁量", amount, "保存裁量结果", "裁量结果已保存")


def notice(stage: Stage) -> None:
    stage.follow("制作违法行为通知书", {}, "生成违法行为通知书", "已定稿")
    serve(stage, "送达违法行为通知书", "2026-03-04 09:30", "陈述申辩期开始计算")
    clock.move_demo_clock(at("2026-03-13 09:00"))
    stage.follow("记录陈述申辩", {"当事人的表示": "期满未陈述申辩"}, "保存记录", "陈述申辩情况已记录")


def serve(stage: Stage, step: str, when: str, answer: str) -> None:
    clock.move_demo_clock(at(when.replace("09:30", "10:00")))
    values = {"收件人姓名": "示例人", "送达地点": "梨树县梨树镇示例路1号", "送达时间": when}
    stage.follow(step, values, "登记送达", answer)


def review_and_decision(stage: Stage) -> None:
    stage.follow("提交法制审核", {}, "提交法制审核", "已提交法制审核")
    concluded = {"审核结论": "同意", "意见": "事实清楚，证据充分，适用法律正确，裁量适当。"}
    items = {item.title: "通过" for item in ITEMS}
    stage.take(REVIEWER, "法制审核", {**items, **concluded}, "签署审核意见", "法制审核意见已签署")
    signed = {**AGREE, "您的口令": PASSWORD}
    stage.take("head", "审批处罚决定", signed, "签署审批意见", "处罚决定审批已签署", SUBMIT)
    serve(stage, "送达处罚决定书", "2026-03-16 09:30", "缴款期限开始计算")


def publication(stage: Stage) -> None:
    """The checker publishes what is due, and somebody without an account finds it."""
    tasks.draft_new_decisions()
    checker = stage.player("checker")
    checker.take("审核并公示", COMPANY)
    stage.screens.look(checker.page, "disclosure-record")
    go(checker.page.get_by_role("link", name="审核并公示"))
    for box in checker.page.locator("input[name=masks]").all():
        box.check()
    checker.act("publish", {}, "审核并公示", "已经公示")
    assert "ordinary" not in checker.page.locator("main").inner_text()
    public = stage.open_page(width=stage.screens.width, script=stage.screens.script)
    public.goto("/penalties/")
    public.get_by_label("查单位名称、决定书文号、信用代码或者违法行为").fill(COMPANY)
    go(public.get_by_role("button", name="查询"))
    stage.screens.look(public, "public-list")
    go(public.get_by_role("link", name=COMPANY))
    expect(public.locator("main")).to_contain_text("1000")
    stage.screens.look(public, "public-record")
    assert "示例司机" not in public.content()
    assert "吉C12345" not in public.content()


def end(stage: Stage) -> None:
    seen = {"已经履行的义务": "责令改正", "核实日期": "2026-03-16", "核实情况": "现场复查，车辆已加盖苫布。"}
    stage.follow("核实其他义务履行情况", seen, "登记核实情况", "履行情况已登记")
    paid = {"财政票据号": "22000012345678", "罚款金额（元）": "1000", "缴款日期": "2026-03-16"}
    stage.follow("登记缴款", paid, "登记缴款", "缴款已登记")
    stage.follow("提请结案", {}, "提请结案", "已提交结案审批")
    stage.take(LEADER, "签署结案意见", AGREE, "签署意见", "结案意见已签署")
    stage.take(DEPUTY, "审批结案", AGREE, "签署审批意见", "结案审批已签署")
    stage.take("archivist", "归档", {}, "确认归档", "案卷已归档")


def papers(stage: Stage) -> None:
    """Every document is rendered; the officer opens the decision and the timeline."""
    for document_id in waiting_ids(50):
        assert render_one(document_id)
    page = stage.player(OFFICER).page
    page.goto(f"/cases/{stage.case_no}/")
    stage.screens.look(page, "case-archived")
    expect(page.locator("[data-document]")).to_have_count(13)
    expect(page.locator("[data-document] + .muted")).to_have_text(["已生成"] * 13)
    go(page.locator("[data-document=penalty_decision]"))
    expect(page.get_by_role("link", name="打开或打印（PDF）")).to_be_visible()
    stage.screens.look(page, "document")
    page.goto(f"/cases/{stage.case_no}/timeline/")
    stage.screens.look(page, "timeline")
    page.goto("/cases/")
    stage.screens.look(page, "cases")


@pytest.mark.parametrize(("width", "script"), [(1366, True), (360, True), (1366, False)])
def test_one_case_from_the_patrol_to_the_archive(
    cast: Cast, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int, script: bool
) -> None:
    stage = Stage(Screens(width, script, keep_screenshot), open_page, {})
    patrol(stage)
    stage.case_no = Case.objects.get().clue_no
    filing(stage)
    stage.case_no = Case.objects.get().label
    investigation(stage)
    notice(stage)
    review_and_decision(stage)
    publication(stage)
    end(stage)
    assert State(Case.objects.get().state) == State.ARCHIVED
    stage.case_no = Case.objects.get().clue_no
    papers(stage)
    assert stage.screens.faults() == {}
