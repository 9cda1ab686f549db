"""An on-the-spot penalty where there is no network: the stop on the phone, the decision on a numbered blank form, then
the network again. Cut, killed and pressed twice, every number of the block has one end and the series adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cases.actions import blanks
from cases.models import BlankNumber, Case, Document, NumberEnd, NumberLease
from cases.queries.blanks import series_rows
from inspections.models import PatrolShift, RoadsideCheck
from lishu_law import clock
from tests.browser.field import StopPhone, abort, lose_answer
from tests.browser.test_case_walk import picture
from tests.browser.test_field_offline import cast, faults_of, running_shift
from tests.browser.test_visit_walk import Walker
from tests.browser.walk import go
from tests.cast import Cast
from tests.scenarios import Walk
from tests.spot_scenes import DRIVER, ITEM, STAGES

__all__ = ["cast"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCAN = picture("decision.jpg")


@pytest.fixture
def shift(cast: Cast, settings: Any) -> PatrolShift:
    settings.DEMO = True  # the invented identity number
    return running_shift(cast, timedelta(hours=2))


@pytest.fixture
def lease(cast: Cast, shift: PatrolShift) -> NumberLease:
    """Four forms, printed at the station before going out."""
    return blanks.lease_numbers(
        by=cast.squad_leader, holder=cast.lead, count=4, at=clock.now() - timedelta(hours=2, minutes=30)
    )


@pytest.fixture
def phone(
    chromium: Browser, live_server: Any, shift: PatrolShift, lease: NumberLease, tmp_path: Path
) -> Iterator[StopPhone]:
    made = StopPhone(chromium, live_server.url, tmp_path / "storage", shift=shift)
    made.sign_in()
    made.prepare(made.form_path)
    yield made
    made.close()


def test_every_number_has_one_end(
    phone: StopPhone, lease: NumberLease, cast: Cast, keep_screenshot: Callable[[Page, str], None]
) -> None:
    stopped_at = clock.now() - timedelta(minutes=100)
    stop_without_network(phone, stopped_at)
    case = case_on_the_spot(phone)
    heard(Walk(cast, case, stopped_at + timedelta(minutes=5)))
    enter_the_paper(phone, case, keep_screenshot)
    void_one(phone, lease)
    blanks.return_blanks(lease_id=lease.pk, by=cast.squad_leader, serials=(3, 4))
    ends = dict(BlankNumber.objects.values_list("serial", "end"))
    assert ends == {1: NumberEnd.VOID, 2: NumberEnd.USED, 3: NumberEnd.RETURNED, 4: NumberEnd.RETURNED}
    (row,) = series_rows()
    assert (row.last, row.leased, row.open, row.missing) == (4, 4, 0, 0)
    phone.page.goto("/cases/blanks/?open=0")
    expect(phone.page.get_by_text("号码相符，全部有交代")).to_be_visible()
    keep_screenshot(phone.page, "blank-accounted-360")


def stop_without_network(phone: StopPhone, at: datetime) -> None:
    """The stop is recorded, the decision written by hand on form 2; then the battery is dead."""
    phone.offline()
    phone.open_form(phone.form_path)
    phone.type_stop()
    Walker(phone.page, lambda page, name: None).fill(
        result="finding", item_code=ITEM[0], findings="网约车驾驶员途中甩客，乘客当场投诉，驾驶员承认。",
        at=f"{clock.local(at):%Y-%m-%d %H:%M}",
    )  # fmt: skip
    phone.attach(picture("IMG_0001.jpg"))
    phone.submit_and_wait()
    phone.restart()
    phone.offline(False)
    phone.expect_on_phone("received")
    assert RoadsideCheck.objects.count() == 1


def case_on_the_spot(phone: StopPhone) -> Case:
    """当场处罚: the answer is lost and the button pressed again; it stays one case."""
    page = phone.page
    address = f"/m/check/{RoadsideCheck.objects.get().check_code}/"
    page.goto(address)
    page.route("**/summary/", lose_answer)
    cut_off(page, "当场处罚")
    page.unroute_all(behavior="wait")
    page.goto(address)
    expect(page.get_by_role("button", name="当场处罚", exact=True)).to_have_count(0)
    return Case.objects.get()


def cut_off(page: Page, button: str) -> None:
    """Press it; what comes is the browser's own page that there is no network."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_url("chrome-error://chromewebdata/")


def heard(walk: Walk) -> None:
    for word in ("identified", "evidenced", "assessed", "told", "heard"):
        STAGES[word](walk, {"party": DRIVER, "amount": "50", "decision": {}})


def enter_the_paper(phone: StopPhone, case: Case, keep: Callable[[Page, str], None]) -> None:
    """补录: cut before the server has it, then cut before the answer: one decision under the number of the form."""
    page, address = phone.page, f"/cases/{case.clue_no}/decide-on-paper/"
    page.goto(address)
    keep(page, "blank-paper-360")
    assert faults_of(page) == []
    type_paper(page)
    page.route(f"**{address}", abort)
    cut_off(page, "补录纸质决定")
    page.unroute_all(behavior="wait")
    assert not BlankNumber.objects.exclude(end=NumberEnd.OPEN).exists()
    page.goto(address)
    type_paper(page)
    page.route(
        f"**{address}", lambda route: lose_answer(route) if route.request.method == "POST" else route.continue_()
    )
    cut_off(page, "补录纸质决定")
    page.unroute_all(behavior="wait")
    page.goto(f"/cases/{case.clue_no}/")
    blank = BlankNumber.objects.get(serial=2)
    expect(page.locator("main")).to_contain_text(blank.number)  # the officer sees that it is done
    document = Document.objects.get(code="spot_decision")
    assert (blank.end, blank.document, document.number) == (NumberEnd.USED, document, blank.number)
    case.refresh_from_db()
    assert case.decision.number == blank.number


def type_paper(page: Page) -> None:
    Walker(page, lambda page, name: None).fill(
        payment_way="bank", blank=BlankNumber.objects.get(serial=2).pk,
        written_at=f"{clock.local(clock.now()) - timedelta(minutes=20):%Y-%m-%d %H:%M}", paper_reason="现场没有网络",
        is_same="on", scan=SCAN,
    )  # fmt: skip


def void_one(phone: StopPhone, lease: NumberLease) -> None:
    """作废: the answer is lost; pressed again from the page that still stood there, it has ended once."""
    page, address = phone.page, f"/cases/blanks/{lease.reference}/1/void/"
    page.goto(address)
    page.get_by_label("作废原因").fill("填写错误，当场重开一份")
    page.route(
        f"**{address}", lambda route: lose_answer(route) if route.request.method == "POST" else route.continue_()
    )
    cut_off(page, "作废")
    page.unroute_all(behavior="wait")
    page.goto(address)
    page.get_by_label("作废原因").fill("再作废一次")
    go(page.get_by_role("button", name="作废", exact=True))
    expect(page.locator("#error-summary")).to_contain_text("已经登记为“作废”，不能再改")
    page.goto(f"/cases/blanks/{lease.reference}/")
    expect(page.get_by_text("填写错误，当场重开一份")).to_be_visible()
