"""A visit in a cellar: the card, the start and the whole record without network, sent when it is back, in their order;
and the same visit with the network cut at twelve points and the browser killed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from inspections.actions.filings import NewFiling, approve_inspection, file_inspection
from inspections.actions.passes import issue_pass
from inspections.matters import load_matters
from inspections.models import FilingState, InspectionFiling, InspectionMatter, QueuedItem
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from tests.browser.field import HAS_KEY, KEEPS_PAGE, SEND, SIZE, abort, lose_answer
from tests.browser.test_case_walk import picture
from tests.browser.test_visit_walk import Walker
from tests.browser.visiting import VisitPhone
from tests.browser.walk import go
from tests.cast import Cast, make_cast
from tests.inspections.scenes import subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHOTO = picture("truck.jpg")
EXPIRE = """async (path) => {
  const cache = await caches.open("field-pages");
  const kept = await cache.match(location.origin + path);
  const headers = new Headers(kept.headers);
  headers.set("X-Field-Expires", "1000000000");
  await cache.put(location.origin + path, new Response(await kept.blob(), { status: 200, headers }));
}"""


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    load_matters()
    return make_cast()


@pytest.fixture
def row(cast: Cast) -> InspectionFiling:
    """A visit filed for today because of a complaint, approved an hour ago."""
    now = clock.now()
    day = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    filing = NewFiling(
        subject=subject(), matters=(InspectionMatter.objects.get(item_code="22032200000001"),),
        officers=(cast.lead, cast.assistant), form="03", category="05", source="complaint", source_note="投诉 1",
        method="01", window_from=day - timedelta(hours=3), window_to=day + timedelta(hours=23, minutes=59),
        notice_mode="ahead", why_on_site="要看车厢和装载的实物", why_longer="投诉的时间跨夜",
    )  # fmt: skip
    before = now - timedelta(hours=1)
    made = file_inspection(by=cast.lead, filing=filing, at=before)
    return approve_inspection(
        filing_id=made.pk, version=made.version, by=cast.squad_leader, agree=True, opinion="同意", at=before
    )


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url, viewport=SIZE, locale="zh-CN", service_workers="allow", has_touch=True
    )
    made = context.new_page()
    yield made
    context.set_offline(True)
    context.close()


def until(page: Page, question: str, *argument: str) -> None:
    for _try in range(300):
        if page.evaluate(question, *argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError((question, argument))


def test_a_visit_without_network(
    page: Page, row: InspectionFiling, keep_screenshot: Callable[[Page, str], None]
) -> None:
    walker = Walker(page, keep_screenshot)
    walker.sign_in("lead")
    card, start, finish = (f"/m/filing/{row.reference}/{name}/" for name in ("certificate", "start", "finish"))
    page.goto(card)
    go(page.get_by_role("button", name="生成今天的电子证件"))
    page.goto("/m/")
    for path in (card, start, finish, "/m/queue/"):
        until(page, KEEPS_PAGE, path)
    until(page, HAS_KEY)
    page.context.set_offline(True)
    page.goto(card)
    expect(page.locator("[data-card]")).to_contain_text("示例甲")
    expect(page.locator("[data-word-state]")).to_contain_text("离线出示")
    expect(page.locator("[data-word-state]")).to_contain_text("当日有效")
    expect(page.locator("[data-word-now]")).to_have_text("————")
    keep_screenshot(page, "visit-card-offline-360")
    assert Axe().run(page).response["violations"] == []
    page.evaluate(EXPIRE, card)
    page.goto(card)
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()  # an old card is never shown
    write_start(walker, start)
    write_record(walker, finish, row)
    expect(page.locator("[data-item]")).to_have_count(2)
    page.context.set_offline(False)
    page.goto("/m/queue/")
    for _try in range(120):
        if QueuedItem.objects.exclude(state="received").count() == 2:
            break
        page.wait_for_timeout(500)
    assert [(one.state, one.problems) for one in QueuedItem.objects.order_by("counter")] == [("done", "")] * 2
    expect(page.locator("[data-item][data-state=received]")).to_have_count(2)
    row.refresh_from_db()
    assert (row.state, row.result_code, row.photos.count()) == (FilingState.FINISHED, "R1", 1)
    assert row.signatures.get().signature.how == "drawn"
    assert [one.path for one in QueuedItem.objects.order_by("counter")] == [start, finish]
    assert row.started_at is not None
    assert row.finished_at is not None
    assert row.started_at < row.finished_at


def write_start(walker: Walker, path: str) -> None:
    walker.page.goto(path)
    walker.fill(how="paper", shown="on", told="on")
    walker.page.get_by_role("button", name="开始检查").click()
    expect(walker.page.locator("[data-item]")).to_have_count(1)


def write_record(walker: Walker, path: str, row: InspectionFiling) -> None:
    walker.page.goto(path)
    names = [f"point_{matter.pk}_{point['no']}" for matter in row.matters.all() for point in matter.check_points]
    walker.fill(**dict.fromkeys(names, "合格"))
    walker.fill(**{f"{names[0]}_photos": picture("truck.jpg"), "result_code": "R1", "signing": "signed"})
    walker.touch_name()
    expect(walker.page.locator(".pad [role=status]").first).to_have_text("已签名。")
    walker.page.get_by_role("button", name="完成检查").click()


@pytest.fixture
def phone(
    chromium: Browser, live_server: Any, row: InspectionFiling, cast: Cast, tmp_path: Path, request: Any
) -> Iterator[VisitPhone]:
    issue_pass(by=cast.lead, filing_id=row.pk)
    folder = tmp_path / "storage" if request.node.callspec.params["cut"] in KILLED else None
    made = VisitPhone(chromium, live_server.url, folder, row=row, photo=PHOTO)
    made.sign_in()
    made.prepare(*(made.path(name) for name in ("certificate", "start", "finish")))
    yield made
    made.close()


def before_the_card_is_shown(phone: VisitPhone) -> None:
    phone.walk(cut_before="show_card")


def between_card_and_start(phone: VisitPhone) -> None:
    phone.walk(cut_before="open_start")


def before_the_start_is_sent(phone: VisitPhone) -> None:
    phone.walk(cut_before="send_start")


def the_start_comes_only_with_the_record(phone: VisitPhone) -> None:
    """The network is back at the moment the record is sent: the start that still waits goes first."""
    phone.page.route(SEND, abort)
    phone.walk(until="send_record")
    phone.page.unroute_all(behavior="wait")
    phone.send_record()


def on_the_starts_way_back(phone: VisitPhone) -> None:
    phone.page.route(SEND, lose_answer)
    phone.walk(until="open_record")
    phone.page.unroute_all(behavior="wait")
    phone.go_on("open_record")


def between_start_and_record(phone: VisitPhone) -> None:
    phone.walk(cut_before="open_record")


def between_words_and_photo(phone: VisitPhone) -> None:
    phone.walk(cut_before="attach_photo")


def between_photo_and_signature(phone: VisitPhone) -> None:
    phone.walk(cut_before="sign_name")


def on_the_records_way_to_the_server(phone: VisitPhone) -> None:
    phone.walk(until="send_record")
    phone.page.route(SEND, abort)
    phone.send_record()
    phone.page.unroute_all(behavior="wait")


def on_the_records_way_back(phone: VisitPhone) -> None:
    phone.walk(until="send_record")
    phone.page.route(SEND, lose_answer)
    phone.send_record()
    phone.page.unroute_all(behavior="wait")


def browser_killed_between_start_and_record(phone: VisitPhone) -> None:
    phone.walk(cut_before="open_start", until="open_record")
    phone.expect_on_phone("waiting")
    phone.restart(offline=True)
    phone.go_on("open_record")


def browser_killed_before_the_records_answer(phone: VisitPhone) -> None:
    phone.walk(until="send_record")
    phone.page.route(SEND, lose_answer)
    phone.send_record()
    phone.restart()


KILLED = (browser_killed_between_start_and_record, browser_killed_before_the_records_answer)
CUTS: tuple[Callable[[VisitPhone], None], ...] = (
    before_the_card_is_shown, between_card_and_start, before_the_start_is_sent, the_start_comes_only_with_the_record,
    on_the_starts_way_back, between_start_and_record, between_words_and_photo, between_photo_and_signature,
    on_the_records_way_to_the_server, on_the_records_way_back, *KILLED,
)  # fmt: skip


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
def test_of_a_visit_nothing_is_lost_and_nothing_double(phone: VisitPhone, cut: Callable[[VisitPhone], None]) -> None:
    cut(phone)
    phone.come_online()
    phone.expect_on_phone("received", 2)
    row = InspectionFiling.objects.get()
    items = QueuedItem.objects.order_by("counter")
    assert [(one.path, one.state, one.is_signed) for one in items] == [
        (phone.path("start"), "done", True), (phone.path("finish"), "done", True),
    ]  # fmt: skip
    assert (row.state, row.result_code) == (FilingState.FINISHED, "R1")
    assert row.photos.get().file.sha256 == hashlib.sha256(PHOTO["buffer"]).hexdigest()
    signed = row.signatures.get().signature
    assert (signed.how, signed.signed_at) == ("drawn", row.finished_at)
    assert row.started_at is not None
    assert row.finished_at is not None
    assert row.started_at < row.finished_at
    acts = [one.action for one in JournalEntry.objects.order_by("seq") if one.action.startswith("inspection.")]
    assert acts[-2:] == ["inspection.start", "inspection.finish"]
    assert (acts.count("inspection.start"), acts.count("inspection.finish")) == (1, 1)
    phone.page.goto(f"/m/filing/{row.reference}/")
    expect(phone.page.get_by_role("link", name="在检查记录上签名")).to_be_visible()  # the result is there to go on with
