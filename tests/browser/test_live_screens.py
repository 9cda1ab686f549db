"""What changes while one types: the search for a violation and the result of the discretion page, wide, narrow, plain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Response, expect

from cases.models import Discretion
from lishu_law.web.models import Draft
from tests.browser.test_case_acts import case_now, cookies
from tests.browser.walk import Screens, go
from tests.scenarios import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES: dict[str, dict[str, str]] = {"": {}, "-big": {"big": "1"}, "-contrast": {"contrast": "1"}}
ANSWERS = (
    "未造成危害后果", "配合调查，没有阻碍执法", "没有当场改正", "没有拒不改正的情形", "没有影响交通通行",
)  # fmt: skip
LAST = "没有当场改正"  # without it no tier is certain
RANGE = "1,000.00–1,600.00 元"


def url_of(walk: Walk) -> str:
    return f"/cases/{walk.case.clue_no}/set-discretion/"


def is_live(response: Response) -> bool:
    return response.request.method == "POST" and response.request.headers.get("hx-request") == "true"


def answer(page: Page, label: str) -> None:
    """Tick one answer and wait for what the server says to it."""
    box = page.get_by_label(label, exact=True)
    if not box.is_checked():
        with page.expect_response(is_live):
            box.check()


def answered(page: Page) -> None:
    for label in ANSWERS:
        answer(page, label)
    with page.expect_response(is_live):
        page.get_by_label("造成交通堵塞的时间是多少分钟？").fill("0")
    expect(page.locator("[data-range]")).to_have_text(RANGE)


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("mode", MODES)
def test_a_violation_is_found_and_chosen_while_typing(
    settings: Any,
    tmp_path: Path,
    open_page: Callable[..., Page],
    keep_screenshot: Callable[..., None],
    width: int,
    mode: str,
) -> None:
    walk = case_now("clue", settings, tmp_path)
    page = open_page(width=width, cookies={**cookies(walk.cast.lead), **MODES[mode]})
    screens = Screens(width, True, keep_screenshot)
    page.goto("/cases/new/")
    search, choice = page.get_by_label("查案由"), page.get_by_label("案由", exact=True)
    search.press_sequentially("hwtl")
    hit = page.get_by_role("button", name="货运经营者没有采取必要措施防止货物脱落、扬撒")
    expect(hit).to_be_visible()
    screens.look(page, f"find{mode}")
    search.press("Enter")  # asks again and sends nothing
    expect(hit).to_be_visible()
    hit.click()
    expect(choice).to_have_value("frt-scatter")
    expect(choice).to_be_focused()
    expect(page.get_by_text("已选：货运经营者")).to_be_visible()
    search.fill("没有这种行为")
    expect(page.get_by_text("没有查到“没有这种行为”")).to_be_visible()
    expect(choice).to_have_value("frt-scatter")
    assert page.url.endswith("/cases/new/")
    assert screens.faults() == {}


def test_a_violation_is_found_and_chosen_without_a_script(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page], keep_screenshot: Callable[..., None]
) -> None:
    walk = case_now("clue", settings, tmp_path)
    page = open_page(width=360, script=False, cookies=cookies(walk.cast.lead))
    page.goto("/cases/new/")
    page.get_by_label("所在乡镇").fill("榆树台镇")
    page.get_by_label("查案由").fill("道路运输条例 68")
    go(page.get_by_role("button", name="查找", exact=True))
    keep_screenshot(page, "find-plain-360")
    go(page.get_by_role("button", name="货运经营者没有采取必要措施防止货物脱落、扬撒"))
    expect(page.get_by_label("案由", exact=True)).to_have_value("frt-scatter")
    expect(page.get_by_label("所在乡镇")).to_have_value("榆树台镇")


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("mode", MODES)
def test_tier_and_range_change_with_each_answer(
    settings: Any,
    tmp_path: Path,
    open_page: Callable[..., Page],
    keep_screenshot: Callable[..., None],
    width: int,
    mode: str,
) -> None:
    walk = case_now("evidence_verified", settings, tmp_path)
    page = open_page(width=width, cookies={**cookies(walk.cast.lead), **MODES[mode]})
    screens = Screens(width, True, keep_screenshot)
    page.goto(url_of(walk))
    line = page.locator("#live-line")
    screens.look(page, f"live-empty{mode}")
    answer(page, ANSWERS[0])
    expect(line).to_contain_text("个问题没有回答")
    answered(page)
    expect(line).to_have_text(f"较轻档，罚款 {RANGE}")
    screens.look(page, f"live-full{mode}")
    answer(page, "造成严重危害后果")
    expect(line).not_to_contain_text("较轻档")
    answer(page, ANSWERS[0])
    expect(line).to_have_text(f"较轻档，罚款 {RANGE}")
    page.get_by_role("button", name="填入建议数额").click()
    expect(page.get_by_label("拟罚款（元）")).not_to_have_value("")
    assert screens.faults() == {}
    assert not Discretion.objects.exists()


@pytest.mark.parametrize("width", [1366, 360])
def test_nothing_typed_is_lost_and_nothing_moves(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page], width: int
) -> None:
    walk = case_now("evidence_verified", settings, tmp_path)
    page = open_page(width=width, cookies=cookies(walk.cast.lead))
    page.goto(url_of(walk))
    for label in ANSWERS:
        if label != LAST:
            answer(page, label)
    reason = page.get_by_label("上述回答的理由")
    reason.scroll_into_view_if_needed()
    reason.click()
    before = reason.bounding_box()
    with page.expect_response(is_live):
        reason.press_sequentially("现场不能改正，有照片证明。")
    expect(page.locator("[data-range]")).to_have_count(0)
    page.get_by_label(LAST, exact=True).evaluate("one => { one.checked = true; }")
    with page.expect_response(is_live):
        reason.press_sequentially("再写一句。")
    expect(page.locator("[data-range]")).to_have_text(RANGE)  # the panel above has grown
    expect(reason).to_be_focused()
    expect(reason).to_have_value("现场不能改正，有照片证明。再写一句。")
    after = reason.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 2
    with page.expect_response(lambda response: "_draft_key" in (response.request.post_data or "")):
        page.get_by_label("拟罚款（元）").focus()  # leaving the field saves the draft
    page.reload()
    expect(page.get_by_label("上述回答的理由")).to_have_value("现场不能改正，有照片证明。再写一句。")
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("width", [1366, 360])
def test_no_swap_under_a_pressed_finger(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page], width: int
) -> None:
    walk = case_now("evidence_verified", settings, tmp_path)
    page = open_page(width=width, cookies=cookies(walk.cast.lead))
    page.goto(url_of(walk))
    answered(page)
    button = page.get_by_role("button", name="保存草稿")
    box = button.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    with page.expect_response(is_live):
        page.evaluate("""() => {
          document.addEventListener("htmx:beforeSwap", () => { document.body.dataset.answered = "yes"; });
          const one = document.querySelector("[name=fact_harm][value=serious]");
          one.checked = true;
          one.dispatchEvent(new Event("input", { bubbles: true }));
        }""")
    expect(page.locator("body")).to_have_attribute("data-answered", "yes")
    expect(page.locator("[data-range]")).to_have_text(RANGE)
    page.mouse.move(2, 2)  # the finger slides off the button: nothing is sent
    with page.expect_response(is_live):
        page.mouse.up()
    expect(page.locator("#live-line")).not_to_contain_text("较轻档")
    assert not Discretion.objects.exists()


def test_an_ended_session_changes_nothing_on_the_page(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    walk = case_now("evidence_verified", settings, tmp_path)
    page = open_page(cookies=cookies(walk.cast.lead))
    page.goto(url_of(walk))
    answered(page)
    Session.objects.all().delete()
    with page.expect_response(is_live):
        page.get_by_label("造成严重危害后果", exact=True).check()
    expect(page.get_by_role("heading", name="裁量结果")).to_be_visible()
    expect(page.get_by_label("口令", exact=True)).to_have_count(0)
    expect(page.get_by_label("造成严重危害后果", exact=True)).to_be_checked()
