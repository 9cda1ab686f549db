"""A visit on a phone of 360 px: filed, approved, certificate shown, licence scanned, points with photos, signed, result.

Every screen is judged by axe, for sideways scrolling and for targets of 44 px, also in large type and high contrast.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from inspections.actions.plans import register_plan
from inspections.matters import load_matters
from inspections.models import FilingState, InspectionFiling, ResultTelling, SealedRating
from lishu_law import clock
from lishu_law.registry.models import SupervisedSubject
from lishu_law.web.decoder import decoder_url
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.judging import axe_faults
from tests.browser.test_case_walk import picture
from tests.browser.test_rating_screens import answer
from tests.browser.walk import go
from tests.cast import PASSWORD, Cast, make_cast
from tests.inspections.scenes import COMPANY, signed_by_officers, subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODES = ("", "big", "contrast")
HERE = {"latitude": 43.301, "longitude": 124.3, "accuracy": 15}
SMALL = """() => Array.from(document.querySelectorAll("main a.button, main button, main .row-link, main .tiles a"))
  .filter((one) => one.offsetParent && !one.closest("[aria-hidden=true]"))
  .filter((one) => one.getBoundingClientRect().height < 43.5 && !one.classList.contains("linklike"))
  .map((one) => one.textContent.trim())"""


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PUBLIC_BASE_URL = "https://check.example.test"
    load_matters()
    made = make_cast()
    year = clock.today().year
    register_plan(
        by=made.head, year=year, document_no=f"示例计划〔{year}〕1号", published_on=date(year, 1, 1), at=clock.now()
    )
    return made


@pytest.fixture
def entry(cast: Cast) -> SupervisedSubject:
    found = subject()
    found.latitude, found.longitude = 43.3, 124.3
    found.save(update_fields=["latitude", "longitude"])
    return found


def film(folder: Path, text: str) -> Path:
    """What the camera sees: a licence code, as a film of one picture."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=8, border=6)
    frame = Image.new("RGB", (640, 480), "white")
    code = Image.open(drawn).convert("RGB")
    code.thumbnail((440, 440))
    frame.paste(code, (100, 20))
    still = io.BytesIO()
    frame.save(still, "JPEG", quality=95)
    path = folder / "camera.mjpeg"
    path.write_bytes(still.getvalue() * 3)
    return path


@pytest.fixture
def camera_phone(chromium: Browser, live_server: Any, tmp_path: Path) -> Iterator[BrowserContext]:
    seen = film(tmp_path, f"https://example.test/corp?uniscid={COMPANY.uscc}&name=x")
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[*ARGUMENTS, *camera, f"--use-file-for-fake-video-capture={seen}"]
    )
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, locale="zh-CN", service_workers="block",
        has_touch=True, is_mobile=True, geolocation=HERE, permissions=["geolocation", "camera"],
    )  # fmt: skip
    yield context
    context.set_offline(True)
    context.close()
    browser.close()


class Walker:
    """One person on the phone; every page is looked at in the three modes before it is filled in."""

    def __init__(self, page: Page, keep: Callable[[Page, str], None]) -> None:
        self.page, self.keep = page, keep
        self.faults: dict[str, list[str]] = {}
        self.broken: list[str] = []
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("console", lambda line: self.broken.append(line.text) if "Content Security" in line.text else None)

    def sign_in(self, username: str) -> None:
        self.page.goto("/sign-in/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("口令", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()

    def look(self, name: str) -> None:
        for mode in MODES:
            if mode:
                self.page.evaluate("(mode) => document.documentElement.classList.add(mode)", mode)
            found = axe_faults(self.page, is_restyled=bool(mode))
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append("scrolls sideways")
            found += [f"too small: {text}" for text in self.page.evaluate(SMALL)]
            self.faults[f"{name} {mode}".strip()] = found
            self.keep(self.page, f"visit-{name}{'-' + mode if mode else ''}-360")
            if mode:
                self.page.evaluate("(mode) => document.documentElement.classList.remove(mode)", mode)

    def fill(self, **values: Any) -> None:
        for name, value in values.items():
            control = self.page.locator(f"[name={name}]")
            kind = control.first.evaluate("(one) => one.type")
            if kind == "checkbox":
                control.check()
            elif kind == "radio":
                self.page.locator(f"[name={name}][value='{value}']").check()
            elif kind.startswith("select"):
                control.select_option(value=str(value))
            elif kind == "file":
                control.set_input_files(value)
            else:
                control.fill(str(value))

    def submit(self, name: str, answer: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        expect(self.page.locator("main .messages")).to_contain_text(answer)

    def touch_name(self, pad: int = 0) -> None:
        """Three strokes with a finger."""
        canvas = self.page.locator(".pad canvas").nth(pad)
        canvas.evaluate("(one) => one.scrollIntoView({ block: 'center' })")  # clear of the bar at the bottom
        box = canvas.bounding_box()
        assert box
        client = self.page.context.new_cdp_session(self.page)
        for line in (40, 90, 140):
            for step in range(11):
                at = [{"x": box["x"] + 30 + step * 20, "y": box["y"] + line + (step % 3) * 5}]
                client.send(
                    "Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": at}
                )
            client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def mouse_name(self, strokes: int = 3) -> None:
        canvas = self.page.locator(".pad canvas").first
        canvas.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        box = canvas.bounding_box()
        assert box
        for line in range(strokes):
            self.page.mouse.move(box["x"] + 30, box["y"] + 40 + 40 * line)
            self.page.mouse.down()
            self.page.mouse.move(box["x"] + 240, box["y"] + 60 + 40 * line, steps=8)
            self.page.mouse.up()


def filed(walker: Walker, cast: Cast, entry: SupervisedSubject, leader: Page) -> InspectionFiling:
    """File on the phone, approve at the desk."""
    today = f"{clock.local(clock.now()):%Y-%m-%d}"
    walker.page.goto("/inspections/new/")
    walker.fill(
        lead=cast.lead.pk, second=cast.assistant.pk, subject=entry.object_no, form="01", category="02", source="plan",
        method="01", why_on_site="要看车厢和装载的实物", window_from=f"{today} 00:00", window_to=f"{today} 23:59",
        notice_mode="ahead",
    )  # fmt: skip
    walker.page.locator("[name=matters]").first.check()
    walker.submit("提交审批", "已提交审批")
    row = InspectionFiling.objects.get()
    approver = Walker(leader, walker.keep)
    approver.sign_in("squadleader")
    leader.goto(f"/inspections/filings/{row.reference}/approve/")
    approver.fill(agree="yes")
    approver.submit("提交审批意见", "审批意见已记录")
    row.refresh_from_db()
    return row


def test_a_visit_from_filing_to_result(
    camera_phone: BrowserContext, open_page: Callable[..., Page], cast: Cast, entry: SupervisedSubject,
    keep_screenshot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    walker = Walker(camera_phone.new_page(), keep_screenshot)
    page = walker.page
    walker.sign_in("lead")
    row = filed(walker, cast, entry, open_page())
    page.goto("/m/")
    expect(page.get_by_role("heading", name="今天的检查")).to_be_visible()
    walker.look("home")
    go(page.get_by_role("link", name=COMPANY.name))
    walker.look("filing")
    show_the_certificate(walker, open_page(360))
    start(walker, row)
    stop_and_go_on(walker)
    write_the_record(walker, row)
    sign(walker)
    page.goto(f"/m/filing/{row.reference}/")
    walker.look("finished")
    # Nothing is told before the second officer signs.
    expect(page.get_by_text("现场检查笔录要由两名检查人签名")).to_be_visible()
    row.refresh_from_db()
    signed_by_officers(row, at=clock.now())
    page.goto(f"/m/filing/{row.reference}/")
    tell_the_result(walker)
    rate(walker, open_page(360), row)
    row.refresh_from_db()
    assert (row.state, row.result_code, row.order.what) == (FilingState.FINISHED, "R5", "两辆货车配齐苫布")
    assert [one.signature.how for one in row.signatures.order_by("id")] == ["drawn", "account", "account"]
    assert [(one.moment, one.located) for one in row.marks.order_by("id")] == [("start", "given"), ("finish", "given")]
    assert row.marks.first().distance == 111
    assert (ResultTelling.objects.get().filing_id, ResultTelling.objects.get().receiver) == (row.pk, "示例厂长")
    kept = row.photos.get(point__isnull=False)
    assert kept.file.derivative_path
    assert (walker.broken, {name: found for name, found in walker.faults.items() if found}) == ([], {})


def show_the_certificate(walker: Walker, business: Page) -> None:
    """The officer's card; the business opens what its code says."""
    page = walker.page
    go(page.get_by_role("link", name="出示执法证"))
    go(page.get_by_role("button", name="生成今天的电子证件"))
    expect(page.locator("[data-card]")).to_contain_text("示例甲")
    expect(page.locator("[data-word-state]")).to_have_text("在线")
    walker.look("certificate")
    address = page.locator(".id-card .muted").last.inner_text()
    business.goto("/c/" + address.rsplit("/", 1)[1])
    expect(business.get_by_role("heading", name="执法人员证件有效")).to_be_visible()
    assert business.locator(".word").inner_text() == page.locator("[data-word-now]").inner_text()
    assert not business.context.cookies()
    other = Walker(business, walker.keep)
    other.look("public-certificate")
    business.goto("/v/" + business.get_by_role("link", name="核对这次检查").get_attribute("href").rsplit("/", 1)[1])  # type: ignore[union-attr]
    expect(business.locator("main")).to_contain_text("已备案")
    walker.faults |= other.faults
    go(page.get_by_role("link", name="返回"))
    go(page.get_by_role("link", name="出示检查码"))
    expect(page.locator("[data-word-state]")).to_have_text("在线")
    walker.look("code")
    go(page.get_by_role("link", name="返回"))


def start(walker: Walker, row: InspectionFiling) -> None:
    """Scan the licence of the business with the camera; where set-up found no decoder, type it."""
    page = walker.page
    go(page.get_by_role("link", name="亮证，开始检查"))
    walker.look("start")
    if decoder_url():
        page.get_by_role("button", name="扫一扫").click()
        expect(page.locator("[name=read_text]")).to_have_value(
            f"https://example.test/corp?uniscid={COMPANY.uscc}&name=x"
        )
        expect(page.locator("[name=how][value=licence]")).to_be_checked()
    else:
        walker.fill(how="licence", read_text=COMPANY.uscc)
    page.get_by_role("button", name="记录现在的位置").click()
    expect(page.locator("[data-place] [role=status]")).to_contain_text("已定位")
    walker.fill(shown="on", told="on")
    walker.submit("开始检查", "检查已开始")


def stop_and_go_on(walker: Walker) -> None:
    go(walker.page.get_by_role("link", name="中止检查"))
    walker.look("suspend")
    walker.fill(reason="absent", note="负责人去接货，门卫请稍等", photos=picture("gate.jpg"))
    walker.submit("中止检查", "检查已中止")
    walker.look("suspended")
    go(walker.page.get_by_role("link", name="恢复检查"))
    walker.look("resume")
    walker.submit("恢复检查", "检查已恢复")


def write_the_record(walker: Walker, row: InspectionFiling) -> None:
    page = walker.page
    go(page.get_by_role("link", name="填写检查记录"))
    walker.look("record")
    names = [f"point_{matter.pk}_{point['no']}" for matter in row.matters.all() for point in matter.check_points]
    for name in names[1:]:
        walker.fill(**{name: "合格"})
    walker.fill(**{names[0]: "不合格"})
    expect(page.locator(f"[name={names[0]}_facts]")).to_be_visible()  # opened by itself
    walker.fill(**{
        f"{names[0]}_facts": "两辆货车未苫盖", f"{names[0]}_disposal": "by_date", f"{names[0]}_photos": picture("truck.jpg"),
        "result_code": "R5", "findings": "厂区内两辆货车装载未苫盖", "order_what": "两辆货车配齐苫布",
        "order_due": f"{clock.local(clock.now()):%Y-%m-%d}", "present_person": "示例厂长", "present_post": "厂长",
        "party_opinion": "没有意见", "signing": "signed",
    })  # fmt: skip
    page.get_by_role("button", name="给对方看填写的内容").click()
    expect(page.locator("[data-review] dl")).to_contain_text("两辆货车未苫盖")
    page.get_by_role("button", name="记录现在的位置").click()
    expect(page.locator("[data-place] [role=status]")).to_contain_text("已定位")
    walker.touch_name()
    expect(page.locator(".pad [role=status]").first).to_have_text("已签名。")
    walker.look("record-filled")
    walker.fill(party_opinion="没有不同意见")
    expect(page.locator(".pad [role=status]").first).to_have_text("内容改过了，请重新签名。")
    assert page.locator("[name=party_signature]").input_value() == ""
    walker.touch_name()
    walker.submit("完成检查", "检查记录已保存")


def sign(walker: Walker) -> None:
    """The officer: one line by mouse is not enough, then by the own account."""
    page = walker.page
    go(page.get_by_role("link", name="在检查记录上签名"))
    walker.look("sign")
    walker.mouse_name(1)
    page.get_by_role("button", name="签名", exact=True).click()
    expect(page.locator(".pad [role=status]")).to_contain_text("签名太简单")
    page.get_by_role("button", name="清除").click()
    page.get_by_label("您的口令").fill(PASSWORD)
    walker.submit("签名", "已签名")


def tell_the_result(walker: Walker) -> None:
    """The notice is sealed after its draft was looked at, handed over and signed for."""
    page = walker.page
    go(page.get_by_role("link", name="制作行政检查结果告知书"))
    walker.look("make-result")
    draft = page.request.get(str(page.get_by_role("link", name="看草稿（PDF）").get_attribute("href")))
    assert draft.body().startswith(b"%PDF-")
    page.get_by_label("已看过草稿，内容无误").check()
    go(page.get_by_role("button", name="定稿", exact=True))
    walker.look("result-sealed")
    go(page.get_by_role("link", name="回到检查备案"))
    go(page.get_by_role("link", name="登记结果告知"))
    walker.look("tell-result")
    page.get_by_label("检查现场当面告知，签收告知书").check()
    go(page.get_by_role("button", name="登记告知"))
    expect(page.get_by_text("结果告知已登记")).to_be_visible()


def rate(walker: Walker, business: Page, row: InspectionFiling) -> None:
    """The business opens the code again and says how it was; nobody of the bureau is told."""
    other = Walker(business, walker.keep)
    business.goto(f"/v/{row.token}")
    expect(business.get_by_role("heading", level=1)).to_have_text("检查已结束")
    other.look("public-finished")
    go(business.get_by_role("link", name="评价这次检查"))
    other.look("rate")
    answer(business)
    go(business.get_by_role("button", name="提交评价"))
    expect(business.get_by_text("评价已收到，谢谢")).to_be_visible()
    other.look("rated")
    assert not business.context.cookies()
    assert SealedRating.objects.count() == 1
    walker.faults |= other.faults
