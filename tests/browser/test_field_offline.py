"""A stop recorded with the network cut at twelve points and the page or the browser killed: nothing lost, nothing double."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from inspections.actions.plans import register_plan
from inspections.actions.shifts import NewSection, NewShift, approve_shift, file_shift
from inspections.matters import load_matters
from inspections.models import PatrolShift, QueuedItem, RoadsideCheck
from lishu_law import clock
from tests.browser.field import SEND, StopPhone, abort, lose_answer
from tests.browser.test_case_walk import picture
from tests.cast import Cast, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHOTO = picture("IMG_0001.jpg")


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    load_matters()
    return make_cast()


def running_shift(cast: Cast, since: timedelta = timedelta(hours=1)) -> PatrolShift:
    """A patrol that runs now, by the machine's own clock: the phone has no other."""
    now = clock.now()
    year = clock.local(now).year
    register_plan(by=cast.head, year=year, document_no=f"示例计划〔{year}〕1号", published_on=date(year, 1, 1), at=now)
    new = NewShift(
        officers=(cast.lead, cast.assistant), vehicle="吉C0001警", recorder_no="JLY-07",
        planned_from=now - since, planned_to=now + timedelta(hours=6),
        sections=(NewSection("G303", "K800+000", "K830+000", "梨树镇"),),
    )  # fmt: skip
    before = now - since - timedelta(hours=1)
    row = file_shift(by=cast.lead, shift=new, at=before)
    return approve_shift(shift_id=row.pk, version=row.version, by=cast.squad_leader, agree=True, at=before)


@pytest.fixture
def shift(cast: Cast) -> PatrolShift:
    return running_shift(cast)


@pytest.fixture
def phone(chromium: Browser, live_server: Any, shift: PatrolShift, tmp_path: Path, request: Any) -> Iterator[StopPhone]:
    cut = request.node.callspec.params.get("cut") if hasattr(request.node, "callspec") else None
    folder = tmp_path / "storage" if cut in KILLED else None
    made = StopPhone(chromium, live_server.url, folder, shift=shift)
    made.sign_in()
    made.prepare(made.form_path)
    yield made
    made.close()


def filled(phone: StopPhone) -> None:
    phone.open_form(phone.form_path)
    phone.type_stop()
    phone.attach(PHOTO)


def before_the_form_is_opened(phone: StopPhone) -> None:
    phone.offline()
    filled(phone)
    phone.submit_and_wait()


def before_the_first_word(phone: StopPhone) -> None:
    phone.open_form(phone.form_path)
    phone.offline()
    phone.type_stop()
    phone.attach(PHOTO)
    phone.submit_and_wait()


def between_words_and_photo(phone: StopPhone) -> None:
    phone.open_form(phone.form_path)
    phone.type_stop()
    phone.offline()
    phone.attach(PHOTO)
    phone.submit_and_wait()


def before_submitting(phone: StopPhone) -> None:
    filled(phone)
    phone.offline()
    phone.submit_and_wait()


def on_the_way_to_the_server(phone: StopPhone) -> None:
    filled(phone)
    phone.page.route(SEND, abort)
    phone.submit_and_wait()
    phone.page.unroute_all(behavior="wait")


def on_the_way_back(phone: StopPhone) -> None:
    filled(phone)
    phone.page.route(SEND, lose_answer)
    phone.submit_and_wait()
    phone.page.unroute_all(behavior="wait")


def page_closed_while_offline(phone: StopPhone) -> None:
    before_submitting(phone)
    phone.expect_on_phone("waiting")
    phone.reopen_page()


def page_closed_before_the_answer(phone: StopPhone) -> None:
    filled(phone)
    with phone.page.expect_request(SEND):
        phone.submit()
    phone.reopen_page()


def session_ended_meanwhile(phone: StopPhone) -> None:
    before_submitting(phone)
    phone.expect_on_phone("waiting")
    phone.context.clear_cookies()
    phone.offline(False)
    phone.page.get_by_role("button", name="立即上传").click()
    expect(phone.page.locator("[data-queue-said]")).to_contain_text("登录已超时")
    phone.page.wait_for_load_state("networkidle")  # a late answer would bring another cookie than the sign-in page's
    phone.sign_in()


def two_tabs_send_at_once(phone: StopPhone) -> None:
    before_submitting(phone)
    phone.expect_on_phone("waiting")
    other = phone.context.new_page()
    other.goto("/m/queue/")
    phone.offline(False)
    for page in (phone.page, other):
        page.evaluate("() => { navigator.locks.request = (name, work) => work(); }")
    for page in (phone.page, other):
        page.evaluate("() => document.querySelector('[data-queue-now]').click()")


def browser_killed_while_offline(phone: StopPhone) -> None:
    before_submitting(phone)
    phone.expect_on_phone("waiting")
    phone.restart()


def browser_killed_before_the_answer(phone: StopPhone) -> None:
    filled(phone)
    phone.page.route(SEND, lose_answer)
    phone.submit_and_wait()
    phone.restart()


KILLED = (browser_killed_while_offline, browser_killed_before_the_answer)
CUTS: tuple[Callable[[StopPhone], None], ...] = (
    before_the_form_is_opened, before_the_first_word, between_words_and_photo, before_submitting,
    on_the_way_to_the_server, on_the_way_back, page_closed_while_offline, page_closed_before_the_answer,
    session_ended_meanwhile, two_tabs_send_at_once, *KILLED,
)  # fmt: skip


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
def test_nothing_is_lost_and_nothing_double(phone: StopPhone, cut: Callable[[StopPhone], None]) -> None:
    cut(phone)
    phone.offline(False)
    phone.expect_on_phone("received")
    check = RoadsideCheck.objects.get()
    assert check.plate == "吉C12345"
    assert check.photos.get().sha256 == hashlib.sha256(PHOTO["buffer"]).hexdigest()
    item = QueuedItem.objects.get()
    assert (item.state, item.is_signed) == ("done", True)
    assert abs(item.drift_seconds) < 60
    expect(phone.page.locator(f"text={item.receipt}").first).to_be_visible()


def test_a_slow_press_is_not_lost_to_the_line_that_says_there_is_no_network(phone: StopPhone) -> None:
    """The draft is saved as the field is left, the answer comes at once: the button stays where it is pressed."""
    filled(phone)
    phone.offline()
    phone.page.locator("[name=plate]").fill("吉C12345")
    button = phone.page.get_by_role("button", name="保存检查记录")
    box = button.bounding_box()
    assert box
    phone.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    phone.page.mouse.down()
    phone.page.wait_for_timeout(1500)
    assert button.bounding_box() == box
    phone.page.mouse.up()
    expect(phone.page.locator("[data-item]")).to_have_count(1)


def test_three_stops_from_one_kept_page_are_three_records(phone: StopPhone) -> None:
    phone.offline()
    for number in range(3):
        phone.open_form(phone.form_path)
        phone.type_stop(f"吉C1234{number}")
        phone.submit_and_wait(number + 1)
        phone.expect_on_phone("waiting", number + 1)
        expect(phone.page.locator("[data-queue-line]")).to_contain_text(f"离线 · 待上传 {number + 1} 份")
    phone.offline(False)
    phone.expect_on_phone("received", 3)
    assert sorted(RoadsideCheck.objects.values_list("plate", flat=True)) == ["吉C12340", "吉C12341", "吉C12342"]
    assert sorted(QueuedItem.objects.values_list("counter", flat=True)) == [1, 2, 3]


def faults_of(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("scrolls sideways")
    return found


def test_a_refused_stop_is_corrected_with_its_photo_still_there(
    phone: StopPhone, keep_screenshot: Callable[[Page, str], None]
) -> None:
    phone.offline()
    phone.open_form(phone.form_path)
    phone.type_stop("")
    phone.attach(PHOTO)
    phone.submit_and_wait()
    phone.expect_on_phone("waiting")
    keep_screenshot(phone.page, "queue-waiting-360")
    phone.offline(False)
    phone.expect_on_phone("refused")
    faults = {}
    for mode in ("", "big", "contrast"):
        if mode:
            phone.context.add_cookies([{"name": mode, "value": "1", "url": phone.url}])
        phone.page.reload()
        phone.expect_on_phone("refused")
        keep_screenshot(phone.page, f"queue-refused-{mode or 'normal'}-360")
        faults[mode] = faults_of(phone.page)
        if mode:
            phone.context.clear_cookies(name=mode)
    assert faults == {"": [], "big": [], "contrast": []}
    phone.page.get_by_role("link", name="打开改正").click()
    expect(phone.page.locator("#queue-problems")).to_contain_text("车牌")
    assert phone.page.locator("[name=photos]").evaluate("(input) => input.files.length") == 1
    keep_screenshot(phone.page, "queue-correct-360")
    phone.page.locator("[name=plate]").fill("吉C12345")
    phone.submit()
    expect(phone.page.locator("main .messages")).to_contain_text("已记录")
    assert RoadsideCheck.objects.get().photos.count() == 1


def test_signing_out_asks_first_and_leaves_nothing_behind(
    phone: StopPhone, keep_screenshot: Callable[[Page, str], None]
) -> None:
    phone.offline()
    filled(phone)
    phone.submit_and_wait()
    phone.expect_on_phone("waiting")
    phone.context.route(SEND, abort)
    phone.offline(False)
    phone.page.goto("/desk/")
    phone.page.get_by_role("button", name="退出").click()
    expect(phone.page.get_by_role("button", name="删除并退出")).to_be_visible()
    keep_screenshot(phone.page, "queue-leaving-360")
    assert faults_of(phone.page) == []
    expect(phone.page.locator("form[data-upload-first][data-held]")).to_have_count(1)
    phone.page.get_by_role("button", name="上传后退出").click()
    expect(phone.page.locator("[data-queue-said]")).to_contain_text("没有退出")
    phone.context.unroute(SEND)
    phone.page.get_by_role("button", name="上传后退出").click()
    expect(phone.page.get_by_label("用户名")).to_be_visible()
    assert RoadsideCheck.objects.count() == 1
    assert phone.page.evaluate("async () => (await caches.keys()).length") == 0
    assert phone.page.evaluate("async () => (await indexedDB.databases()).map((one) => one.name)") == []
    phone.offline()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.page.goto(phone.form_path)  # neither page nor worker is left


def test_what_lies_on_the_phone_cannot_be_read(phone: StopPhone) -> None:
    phone.offline()
    filled(phone)
    phone.submit_and_wait()
    phone.expect_on_phone("waiting")
    kept = phone.page.evaluate(
        """async () => {
          const database = await new Promise((resolve) => {
            const request = indexedDB.open("lishu-field");
            request.onsuccess = () => resolve(request.result);
          });
          const all = (name) => new Promise((resolve) => {
            const request = database.transaction(name).objectStore(name).getAll();
            request.onsuccess = () => resolve(request.result);
          });
          const [items, keys] = [await all("items"), await all("keys")];
          const bytes = (sealed) => new TextDecoder("utf-8").decode(sealed.data);
          return {
            text: JSON.stringify(items) + items.map((one) => bytes(one.payload) + one.files.map((f) => bytes(f.sealed))),
            extractable: keys.map((one) => one.key.extractable),
          };
        }"""
    )
    assert "吉C12345" not in kept["text"]
    assert "JFIF" not in kept["text"]
    assert kept["extractable"] == [False, False]


def test_without_a_script_the_form_goes_straight_to_the_server(
    open_page: Callable[..., Page], shift: PatrolShift
) -> None:
    page = open_page(width=360, script=False)
    page.goto("/sign-in/")
    page.get_by_label("用户名").fill("lead")
    page.get_by_label("口令", exact=True).fill("Lishu-demo-2026")
    page.get_by_role("button", name="登录").click()
    page.goto(f"/m/shift/{shift.shift_no}/check/")
    page.locator("[name=stop_reason]").select_option("seen")
    page.locator("[name=plate]").fill("吉C12345")
    page.locator("[name=matter]").select_option(index=1)
    page.locator("[name=result][value=none]").check()
    page.locator("[name=second_officer]").select_option(index=1)
    page.locator("[name=at]").fill(f"{clock.local(clock.now()) - timedelta(minutes=1):%Y-%m-%d %H:%M}")
    page.get_by_role("button", name="保存检查记录").click()
    expect(page.locator("main .messages")).to_contain_text("已记录")
    page.goto("/m/queue/")
    assert "没有启用脚本" in page.content()
    assert (RoadsideCheck.objects.count(), QueuedItem.objects.count()) == (1, 0)
