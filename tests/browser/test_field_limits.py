"""How much a phone keeps and for how long, and a large photo that goes on after a cut where it stopped."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, Route, expect

from inspections.models import PatrolShift, QueuedItem, RoadsideCheck
from lishu_law.web.models import PartialFile
from lishu_law.web.uploads.pieces import PIECE
from tests.browser.field import StopPhone
from tests.browser.test_field_offline import cast, faults_of, shift

__all__ = ["cast", "shift"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIECES = "**/m/queue/send/piece/**"
MEGABYTE = 1024 * 1024
WORDS_ONLY = 2000  # what the phone reckons for a form without photos
# The items of this phone are replaced by ``count`` others of ``size`` bytes, ``hours`` old.
FILL = """async ([count, size, state, hours]) => {
  const person = document.querySelector('meta[name="field-person"]').content;
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("lishu-field");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await new Promise((resolve, reject) => {
    const transaction = database.transaction("items", "readwrite");
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
    const store = transaction.objectStore("items");
    store.clear();
    for (let number = 0; number < count; number += 1) {
      store.put({
        id: `filler${number}`, person, path: "/m/", title: "记录一次检查", offline: true, state, problems: [], receipt: "r",
        createdAt: new Date(Date.now() - hours * 3600000 - 1000 * (count - number)).toISOString(),
        receivedAt: new Date().toISOString(), url: "", lateReason: "", handOver: false, size, files: [], counter: 0,
        keyId: "", mac: "", payload: null,
      });
    }
  });
  database.close();
}"""


@pytest.fixture
def phone(chromium: Browser, live_server: Any, shift: PatrolShift, tmp_path: Path) -> Iterator[StopPhone]:
    made = StopPhone(chromium, live_server.url, tmp_path / "storage", shift=shift)
    made.sign_in()
    made.prepare(made.form_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("count", "size", "state", "kept"),
    [
        (199, 1, "waiting", 200),
        (200, 1, "waiting", 0),
        (1, 500 * MEGABYTE - WORDS_ONLY, "waiting", 2),
        (1, 500 * MEGABYTE - WORDS_ONLY + 1, "refused", 0),
        (200, 1, "received", 200),  # a copy that has its receipt gives way
        (2, 250 * MEGABYTE, "received", 2),
    ],
    ids=["199 items", "200 items", "500 MB", "a byte more", "200 copies", "500 MB of copies"],
)
def test_a_full_phone_says_so_and_keeps_the_page(
    phone: StopPhone, keep_screenshot: Callable[[Page, str], None], count: int, size: int, state: str, kept: int
) -> None:
    phone.offline()
    phone.open_form(phone.form_path)
    phone.page.evaluate(FILL, [count, size, state, 0])
    phone.type_stop()
    if kept:
        phone.submit_and_wait(kept)
        expect(phone.page.locator("[data-item]").first).to_have_attribute("data-state", "waiting")
        return
    phone.submit()
    said = phone.page.locator("[data-queue-status]")
    expect(said).to_contain_text("已满（最多 200 份、500 MB），这一份没有存下")
    keep_screenshot(phone.page, "queue-full-360")
    assert faults_of(phone.page) == []
    phone.page.evaluate(FILL, [0, 1, "waiting", 0])  # uploaded meanwhile
    phone.submit_and_wait()


def test_the_line_warns_from_four_fifths_on(phone: StopPhone, keep_screenshot: Callable[[Page, str], None]) -> None:
    phone.offline()
    line = phone.page.locator("[data-queue-line]")
    for count, size, warned in ((159, 1, ""), (160, 1, "80%"), (1, 399 * MEGABYTE, ""), (1, 400 * MEGABYTE, "80%")):
        phone.page.evaluate(FILL, [count, size, "waiting", 0])
        phone.page.goto("/m/queue/")
        expect(line).to_contain_text(f"待上传 {count} 份")
        if warned:
            expect(line).to_contain_text(f"本机空间已用 {warned}，请尽快上传")
            keep_screenshot(phone.page, f"queue-warned-{count}-360")
        else:
            expect(line).not_to_contain_text("本机空间已用")


def test_after_72_hours_the_phone_asks_why(phone: StopPhone, keep_screenshot: Callable[[Page, str], None]) -> None:
    phone.offline()
    for hours, asked in ((71.9, 0), (72.1, 1)):
        phone.page.evaluate(FILL, [1, 1, "waiting", hours])
        phone.page.goto("/m/queue/")
        expect(phone.page.locator("[data-item]")).to_have_count(1)
        expect(phone.page.get_by_label("超过 72 小时才上传的原因")).to_have_count(asked)
    keep_screenshot(phone.page, "queue-late-360")
    assert faults_of(phone.page) == []


def large_photo() -> dict[str, Any]:
    """A photo of noise, a little over three pieces."""
    content = io.BytesIO()
    Image.frombytes("RGB", (1060, 1060), random.Random(4).randbytes(1060 * 1060 * 3)).save(content, "JPEG", quality=98)
    return {"name": "IMG_0009.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def offset_of(request: Request) -> str:
    """Where this piece begins; empty for the question how much is there."""
    return parse_qs(urlsplit(request.url).query).get("offset", [""])[0]


def test_a_large_photo_goes_on_where_it_was_cut(phone: StopPhone, keep_screenshot: Callable[[Page, str], None]) -> None:
    """Cut after two pieces and killed; then one piece is held on its way, so that the list shows how far it is."""
    photo = large_photo()

    def two_pieces(route: Route) -> None:
        if offset_of(route.request) in ("", "0", str(PIECE)):
            route.continue_()
        else:
            route.abort()

    phone.open_form(phone.form_path)
    phone.type_stop()
    phone.attach(photo)
    phone.page.route(PIECES, two_pieces)
    phone.submit_and_wait()
    phone.expect_on_phone("waiting")
    assert PartialFile.objects.get().have == 2 * PIECE
    phone.kill()
    phone.start()
    sent: list[str] = []
    held: list[Route] = []

    def hold_the_last(route: Route) -> None:
        sent.append(offset_of(route.request))
        if sent[-1] == str(3 * PIECE):
            held.append(route)
        else:
            route.continue_()

    phone.context.route(PIECES, hold_the_last)
    phone.come_online()
    phone.page.goto("/m/queue/")
    share = 3 * PIECE * 100 // len(photo["buffer"])
    expect(phone.page.locator(".queue-state")).to_have_text(f"上传中 {share}%")
    keep_screenshot(phone.page, "queue-sending-360")
    for route in held:
        route.continue_()
    phone.context.unroute_all(behavior="wait")
    phone.expect_on_phone("received")
    assert sorted(set(sent)) == ["", str(2 * PIECE), str(3 * PIECE)]  # nothing that was there came again
    check = RoadsideCheck.objects.get()
    assert check.photos.get().sha256 == hashlib.sha256(photo["buffer"]).hexdigest()
    assert (QueuedItem.objects.get().is_signed, PartialFile.objects.count()) == (True, 0)
