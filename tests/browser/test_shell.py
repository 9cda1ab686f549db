"""The shell in a real Chromium: no faults for axe, nothing scrolls sideways, no script is needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from playwright.sync_api import Page, expect

from lishu_law import urls
from lishu_law.access.doors import public, signed_in
from lishu_law.errors import Conflict, NotAllowed, Refusal, Refused
from lishu_law.law.amounts import chinese_upper
from lishu_law.registry.models.people import Unit, UnitKind, User
from lishu_law.registry.roles import Role
from lishu_law.web.acts import Act, act_page
from lishu_law.web.models import Draft
from lishu_law.web.style_guide import SampleForm
from tests.browser.walk import go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]

PASSWORD = "correct horse battery"
THEMES = {"plain": {}, "big": {"big": "1"}, "contrast": {"contrast": "1"}}
MOBILE = """{% extends "mobile_base.html" %}{% block main %}<ul class="tiles">
<li class="first"><a class="first" href="#">{% icon "scan" %}扫一扫</a></li>
<li><a href="#">{% icon "truck" %}开始检查</a></li>
<li><a href="#">{% icon "document" %}当场处罚</a></li>
<li><a href="#">{% icon "camera" %}拍照取证</a></li></ul>
<div class="bar"><button class="button" type="button">生成检查码</button></div>{% endblock %}"""
PUBLIC_PAGES = {
    "home": "/",
    "sign-in": "/sign-in/",
    "help": "/help/",
    "404": "/nothing/",
    "500": "/fail/500/",
    "penalties": "/penalties/",
    "open-data": "/open/",
}
STAFF_PAGES = {
    "components": "/_components/",
    "profile": "/me/",
    "demo-clock": "/demo/clock/",
    "act": "/toy/",
    "mobile": "/m-toy/",
    "desk": "/desk/",
    "cases": "/cases/",
    "inspections": "/inspections/",
    "field": "/m/",
    "403": "/fail/403/",
    "409": "/fail/409/",
    "422": "/fail/422/",
}


def _run(data: dict[str, object]) -> None:
    if data["facts"] == "违法":
        raise Refused(
            [
                Refusal("officer2", "至少要有 2 名执法人员，现在只有 1 名。", "行政处罚法第四十二条", fix="officers"),
                Refusal("step", "还不能提交：询问笔录没有完成。"),
            ]
        )


@signed_in
def toy(request: HttpRequest) -> HttpResponse:
    act = Act(
        title="制作现场笔录",
        form_class=SampleForm,
        run=_run,
        done_url="/help/",
        done_message="已提交。",
        submit="提交现场笔录",
        fixes=lambda refusal: "/me/" if refusal.fix else "",
        back_url="/me/",
    )
    return act_page(request, act)


@signed_in
def mobile_toy(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(MOBILE).render({"title": "现在要做哪种事？"}, request))


@public
def fail(request: HttpRequest, status: int) -> HttpResponse:
    request.is_staff_page = status != 500  # type: ignore[attr-defined]
    raise {
        403: NotAllowed("您没有“审批立案”的权限。请找局长办理。", who_may="分管负责人、局长"),
        409: Conflict(
            "演示员乙 在 10:02 改过这份内容。请看对照，您的内容没有丢。", changed_by="演示员乙", changed_at="10:02"
        ),
        422: Refused([Refusal("x", "还不能立案：没有核查线索。请先核查。", "行政处罚法第五十四条")]),
        500: RuntimeError("for the page of a broken server"),
    }[status]


urlpatterns = [*urls.urlpatterns, path("toy/", toy), path("m-toy/", mobile_toy), path("fail/<int:status>/", fail)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def administrator(settings, tmp_path: Path) -> User:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, str(tmp_path / "clock")
    unit = Unit.objects.create(code="S1", name="执法一中队", kind=UnitKind.SQUAD)
    return User.objects.create_user(
        "admin", PASSWORD, staff_number="N1", full_name="演示员甲", unit=unit, roles=[Role.SYSTEM_ADMIN, Role.OFFICER]
    )


@pytest.fixture
def session(administrator: User) -> dict[str, str]:
    client = Client()
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return {"sid": client.cookies["sid"].value}


def problems(page: Page) -> list[str]:
    """What axe finds, and sideways scrolling."""
    found = Axe().run(page).response["violations"]
    texts = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        texts.append("scrolls sideways")
    return texts


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("theme", list(THEMES))
def test_no_page_has_a_fault(
    session: dict[str, str], open_page: Callable[..., Page], keep_screenshot: Callable, theme: str, width: int
) -> None:
    found = {}
    for cookies, pages in ((THEMES[theme], PUBLIC_PAGES), ({**session, **THEMES[theme]}, STAFF_PAGES)):
        page = open_page(width=width, cookies=cookies)
        for name, address in pages.items():
            page.goto(address)
            keep_screenshot(page, f"{name}-{theme}-{width}")
            found[name] = problems(page)
    page.goto("/toy/")
    page.get_by_label("车牌号").fill("吉C1234567890")
    page.get_by_role("button", name="提交现场笔录").click()
    expect(page.locator("#error-summary")).to_be_focused()
    keep_screenshot(page, f"act-errors-{theme}-{width}")
    found["act with errors"] = problems(page)
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_sign_in_shows_the_password_and_names_the_mistake(administrator: User, open_page: Callable[..., Page]) -> None:
    page = open_page(width=360)
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("口令", exact=True).fill("wrong")
    page.get_by_role("button", name="显示口令").click()
    assert page.get_by_label("口令", exact=True).get_attribute("type") == "text"
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def test_draft_saves_itself_on_leaving_a_field(session: dict[str, str], open_page: Callable[..., Page]) -> None:
    page = open_page(cookies=session)
    page.goto("/toy/")
    page.get_by_label("违法事实").fill("夜间未苫盖")
    page.get_by_label("车牌号").focus()
    expect(page.locator("[data-draft-status]")).to_contain_text("已自动保存")
    assert json.loads(Draft.objects.get(key="/toy/").payload)["facts"] == ["夜间未苫盖"]
    page.reload()
    expect(page.get_by_label("违法事实")).to_have_value("夜间未苫盖")
    page.get_by_role("button", name="不用草稿，重新填").click()
    expect(page.get_by_label("违法事实")).to_have_value("")


def test_page_says_so_when_the_draft_cannot_be_saved(session: dict[str, str], open_page: Callable[..., Page]) -> None:
    page = open_page(cookies=session)
    page.goto("/toy/")
    page.context.set_offline(True)
    page.get_by_label("违法事实").fill("夜间未苫盖")
    page.get_by_label("车牌号").focus()
    expect(page.locator("[data-draft-status]")).to_contain_text("现在没有网络")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.get_by_label("车牌号").fill("吉C12345")
    page.get_by_label("违法事实").focus()
    expect(page.locator("[data-draft-status]")).to_contain_text("登录已超时")


def test_whole_act_works_without_script(session: dict[str, str], open_page: Callable[..., Page]) -> None:
    page = open_page(cookies=session, script=False, width=360)
    page.goto("/toy/")
    page.get_by_label("违法事实").fill("违法")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("body")).to_contain_text("草稿已保存")
    page.get_by_label("车牌号").fill("吉C12345")
    page.get_by_label("个人").check()
    page.get_by_label("发现日期").fill("2026-03-05")
    page.get_by_label("罚款（元）").fill("1,000")
    page.get_by_label("已告知当事人权利").check()
    page.get_by_role("button", name="提交现场笔录").click()
    expect(page.locator("#error-summary")).to_contain_text("行政处罚法第四十二条")
    expect(page.get_by_label("违法事实")).to_have_value("违法")
    page.get_by_label("违法事实").fill("夜间未苫盖")
    go(page.get_by_role("button", name="提交现场笔录"))
    assert page.url.endswith("/help/")


def test_reading_aids_work_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page(script=False)
    page.goto("/help/?a=1")
    go(page.get_by_role("link", name="大字版"))
    assert page.url.endswith("/help/?a=1")
    assert page.locator("html").get_attribute("class") == "big"
    go(page.get_by_role("link", name="重置"))
    assert page.locator("html").get_attribute("class") is None


def test_file_is_listed_with_size_and_digest(session: dict[str, str], open_page: Callable[..., Page]) -> None:
    page = open_page(cookies=session)
    page.goto("/toy/")
    chosen = page.get_by_label("现场照片")
    chosen.set_input_files({"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": b"abc"})
    expect(page.locator(".files li")).to_have_text("现场.jpg，1 KB，摘要 ba7816bf")
    chosen.set_input_files({"name": "空.jpg", "mimeType": "image/jpeg", "buffer": b""})
    expect(page.locator(".files li")).to_contain_text("是空文件")


def test_preview_of_the_amount_agrees_with_the_server(session: dict[str, str], open_page: Callable[..., Page]) -> None:
    page = open_page(cookies=session)
    page.goto("/toy/")
    texts = "0 10 1000 1010 1680.32 1409.50 325.04 0.05 107000.53 100000001 1000001000 100010000 20000 100000000 0.50"
    field, line = page.get_by_label("罚款（元）"), page.locator(".preview")
    for text in [*texts.split(), "10203040", "9999999999.99", "100001000", "1000000000.01"]:
        field.fill(text)
        expect(line).to_have_text(chinese_upper(Decimal(text)))
    field.fill("一千")
    expect(line).to_have_text("")
