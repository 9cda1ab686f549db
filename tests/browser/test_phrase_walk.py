"""Reference wording in a real Chromium: every page wide and narrow, inserting with and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.actions.phrases import revise_phrase
from cases.models import PhraseUse
from tests.browser.walk import Player, Screens, go
from tests.cases.actions.phrase_scenes import TEXT, approved, submitted
from tests.cast import make_cast
from tests.scenarios import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GAP = "【待填：货物名称】"
INSERT = re.compile(r"^插入\s*：没有苫盖$")


@pytest.mark.parametrize("width", [1366, 360])
def test_the_library_wide_and_narrow(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    cast = make_cast()
    one = approved(cast)
    revise_phrase(by=cast.lead, code=one.phrase.code, text=TEXT.replace("运输", "用货车运输") + "路面没有散落。")
    submitted(cast, title="等待审核的")
    legal = Player(open_page(width=width), Screens(width, True, keep_screenshot))
    legal.sign_in("reviewer")
    legal.open_desk("等待审核的")
    for name, address in {
        "phrases": "/cases/phrases/", "phrase": "/cases/phrases/B-001/2/", "phrase-review": "/cases/phrases/B-002/1/review/",
        "phrase-retire": "/cases/phrases/B-001/1/retire/", "phrase-new": "/cases/phrases/new/",
    }.items():  # fmt: skip
        legal.page.goto(address)
        legal.screens.look(legal.page, name)
    assert legal.screens.faults() == {}


@pytest.mark.parametrize("width", [1366, 360])
def test_inserting_by_a_press(open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int) -> None:
    cast = make_cast()
    approved(cast)
    approved(cast, kind="amount", title="首次被查处", text="当事人12个月内首次被查处，没有危害后果", item_code="")
    walk = case_at("discretion_set", cast)
    officer = Player(open_page(width=width), Screens(width, True, keep_screenshot))
    officer.sign_in("lead")
    page = officer.page
    page.goto(f"/cases/{walk.case.clue_no}/submit-report/")
    area = page.get_by_label("违法事实", exact=True)
    before = area.input_value()
    page.get_by_text("参考用语（1 条，已按本案填好）").click()
    officer.screens.look(page, "report-blocks")
    page.get_by_role("button", name=INSERT).click()
    expect(page.locator("[data-said]").first).to_contain_text("已插入到文字末尾")
    assert area.input_value().startswith(f"{before}\n经查，2026年3月2日23时02分，梨树县示例运输有限公司")
    assert (
        page.evaluate(
            "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == GAP
    )
    go(page.get_by_role("button", name="提交调查报告"))
    expect(page.locator("#id_facts_error")).to_contain_text(f"还有 1 处{GAP}没有填写")
    officer.screens.look(page, "report-gap")
    page.get_by_text("参考用语（1 条，已按本案填好）").click()
    page.get_by_role("button", name=INSERT).press("Enter")  # by the keyboard the focus stays: no gap is typed over
    assert area.input_value().count(GAP) == 2
    area.fill(f"{before}\n{area.input_value().splitlines()[-1].replace(GAP, '碎砖')}")
    go(page.get_by_role("button", name="提交调查报告"))
    expect(page.get_by_text("调查报告已提交中队长签署意见。")).to_be_visible()
    assert PhraseUse.objects.get().standing == "kept"
    leader = Player(open_page(width=width), officer.screens)
    leader.sign_in("squadleader")
    leader.page.goto(f"/cases/{walk.case.clue_no}/endorse-report/")
    expect(leader.page.get_by_role("heading", name="用了哪些参考用语")).to_be_visible()
    leader.screens.look(leader.page, "endorse-phrases")
    assert officer.screens.faults() == {}


@pytest.mark.parametrize("script", [True, False])
def test_the_enter_key_in_a_short_field_inserts_nothing(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], script: bool
) -> None:
    cast = make_cast()
    approved(cast, kind="amount", title="首次被查处", text="当事人12个月内首次被查处，没有危害后果", item_code="")
    walk = case_at("evidence_verified", cast)
    officer = Player(open_page(width=1366, script=script), Screens(1366, script, keep_screenshot))
    officer.sign_in("lead")
    page = officer.page
    page.goto(f"/cases/{walk.case.clue_no}/set-discretion/")
    page.get_by_label("拟罚款（元）").fill("1000")
    with page.expect_navigation():
        page.get_by_label("拟罚款（元）").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("需要修改")
    expect(page.locator("#id_reason")).to_have_value("")
    officer.screens.look(page, "discretion-enter")
    assert officer.screens.faults() == {}


def test_from_writing_to_the_report_without_a_script(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None]
) -> None:
    cast = make_cast()
    walk = case_at("discretion_set", cast)
    officer = Player(open_page(width=360, script=False), Screens(360, False, keep_screenshot))
    officer.sign_in("lead")
    page = officer.page
    page.goto("/cases/phrases/")
    go(page.get_by_role("link", name="起草一条参考用语"))
    officer.fill({"写在文书的哪一部分": "违法事实", "名称": "没有苫盖", "用语": TEXT})
    go(page.get_by_role("button", name="保存为草稿"))
    go(page.get_by_role("link", name="提交审核"))
    go(page.get_by_role("button", name="提交法制审核"))
    legal = Player(open_page(width=360, script=False), officer.screens)
    legal.sign_in("reviewer")
    legal.take("审核参考用语", "没有苫盖")
    legal.fill({"审核结论": "通过，供承办人参考", "审核意见": "依据和用词核对无误。"})
    go(legal.page.get_by_role("button", name="签署审核意见"))
    expect(legal.page.get_by_text("已审核，可以参考").first).to_be_visible()
    page.goto(f"/cases/{walk.case.clue_no}/submit-report/")
    page.get_by_label("案件调查经过").fill("这一段已经改过，还没有保存。")
    page.get_by_text("参考用语（1 条，已按本案填好）").click()
    go(page.get_by_role("button", name=INSERT))
    expect(page.get_by_label("案件调查经过")).to_have_value("这一段已经改过，还没有保存。")
    area = page.get_by_label("违法事实", exact=True)
    expect(area).to_be_focused()
    officer.screens.look(page, "report-inserted")
    area.fill(area.input_value().replace(GAP, "碎砖"))
    page.get_by_label("案件调查经过").fill("执法人员当场检查并制作了现场笔录，调查过程合法。")
    go(page.get_by_role("button", name="提交调查报告"))
    expect(page.get_by_text("调查报告已提交中队长签署意见。")).to_be_visible()
    assert PhraseUse.objects.get().standing == "kept"
