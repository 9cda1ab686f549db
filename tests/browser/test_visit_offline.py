"""A visit in a cellar: the card, the start and the whole record without network, sent when it is back, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from inspections.actions.filings import NewFiling, approve_inspection, file_inspection
from inspections.matters import load_matters
from inspections.models import FilingState, InspectionFiling, InspectionMatter, QueuedItem
from lishu_law import clock
from tests.browser.field import HAS_KEY, KEEPS_PAGE, SIZE
from tests.browser.test_case_walk import picture
from tests.browser.test_visit_walk import Walker
from tests.browser.walk import go
from tests.cast import Cast, make_cast
from tests.inspections.scenes import subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
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
