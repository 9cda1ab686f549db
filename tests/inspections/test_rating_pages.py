"""The pages behind the code after a visit: rate, change, complain; and what nobody of the unit can see of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from inspections import codes
from inspections.actions.filings import cancel_inspection
from inspections.actions.ratings import close_evaluations, hand_over_ratings, release_ratings
from inspections.models import FilingState, InspectionFiling, SealedRating, SupervisionTicket, TicketKind
from lishu_law.audit.models import JournalEntry
from tests.inspections.browsing import client_of
from tests.inspections.rating_scenes import (
    BAD,
    DAY,
    GOOD,
    RATED_AT,
    RELEASED_AT,
    TOLD_AT,
    ended_visits,
    rated,
    supervisor,
)
from tests.inspections.scenes import FILED_AT, VISIT_FROM, Scene, filed_filing, subject, submitted_filing

FILLED = {"overall": "bad", "q1": "yes", "q2": "no", "q3": "slight", "q4": "no", "q5": "no", "text": "等了两个小时"}


def get(address: str, at: datetime = RATED_AT, client: Client | None = None) -> Any:
    with time_machine.travel(at, tick=False):
        return (client or Client(enforce_csrf_checks=True)).get(address)


def send(address: str, typed: dict[str, Any], at: datetime = RATED_AT) -> Any:
    with time_machine.travel(at, tick=False):
        return Client(enforce_csrf_checks=True).post(address, typed)


def code_of(response: Any) -> str:
    found = re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", response.content.decode())
    assert found
    return found.group()


def test_a_visit_is_rated_without_cookie_script_or_session(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    address = f"/v/{row.token}/rate/"
    form = get(address)
    assert form.status_code == 200
    code = code_of(form)
    done = send(address, {**FILLED, "code": code})
    assert done.status_code == 200
    assert code in done.content.decode()
    for page in (form, done):
        assert not page.cookies
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "<script" not in page.content.decode()
    assert SealedRating.objects.count() == 1


def test_nothing_typed_is_lost_and_everything_missing_is_said(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    address = f"/v/{row.token}/rate/"
    page = send(address, {"text": "字" * 501, "contact": "0434-5222222", "q4": "yes", "code": code_of(get(address))})
    assert page.status_code == 422
    text = page.content.decode()
    assert "最多 500 个字，现在是 501 个字" in text
    assert text.count("请选择：") >= 5
    assert "字" * 501 in text
    assert 'value="0434-5222222"' in text
    assert not SealedRating.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"overall": "best"}, {"q4": "maybe"}, {"bans": ["money"]}, {"code": "1"}, {"code": ""}, {"text": "a\x00b"}],
)
def test_what_no_form_offers_is_refused(scene: Scene, wrong: dict[str, Any]) -> None:
    (row,) = ended_visits(scene, 1)
    address = f"/v/{row.token}/rate/"
    page = send(address, {**FILLED, "code": code_of(get(address)), **wrong})
    assert page.status_code == 422
    assert not SealedRating.objects.exists()


def test_a_rating_is_changed_by_its_code(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    code = rated(row, BAD)
    address = f"/v/{row.token}/rate/?change=1"
    assert "修改哪一份评价" in get(address).content.decode()
    wrong = send(address, {**FILLED, "code": "aaaa-bbbb-cccc-dddd"})
    assert wrong.status_code == 422
    assert "修改码不对" in wrong.content.decode()
    assert "等了两个小时" in wrong.content.decode()
    done = send(address, {**FILLED, "code": f" {code.upper().replace('-', ' ')} "})
    assert done.status_code == 200
    assert "已按您的意思修改" in done.content.decode()


def test_the_page_does_not_say_whether_a_visit_was_rated(scene: Scene) -> None:
    """Neither the form nor the answer to another statement: an officer knows the address as well."""
    (row,) = ended_visits(scene, 1)
    address = f"/v/{row.token}/rate/"
    before = plain(get(address))
    first = send(address, {**FILLED, "code": "aaaa-bbbb-cccc-dddd"})
    assert plain(get(address)) == before
    second = send(address, {**FILLED, "code": "eeee-ffff-gggg-hhhh"})
    assert (plain(first), first.status_code) == (plain(second), second.status_code)


def plain(response: Any) -> str:
    """A page without what differs each time: codes, tokens of forms, times, numbers of error reports."""
    text = response.content.decode()
    for pattern in (
        r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", r'name="csrfmiddlewaretoken" value="[^"]*"', r'name="op_id" value="[^"]*"',
        r'name="csrf-token" content="[^"]*"',
        r'<b class="word">\d{4}</b>', r"服务器时间：[^<]*", r'class="report-no">[^<]*', r'back=[^"&]*',
    ):  # fmt: skip
        text = re.sub(pattern, "", text)
    return text


def unknown_tokens(scene: Scene) -> dict[str, tuple[str, datetime]]:
    """Every way a token can be no good, with the moment it is tried."""
    entry = subject()
    other = filed_filing(scene, entry, window_from=VISIT_FROM + 2 * DAY, window_to=VISIT_FROM + 2 * DAY + DAY / 4)
    cancelled = other.token
    cancel_inspection(filing_id=other.pk, version=None, by=scene.cast.lead, reason="改期", at=FILED_AT)
    (old,) = ended_visits(scene, 1)
    returned = InspectionFiling.objects.get(pk=submitted_filing(scene, entry).pk)
    InspectionFiling.objects.filter(pk=returned.pk).update(
        state=FilingState.RETURNED, token_digest=codes.digest_of("returned-token")
    )
    assert old.finished_at is not None
    return {
        "guessed": (codes.new_token(), RATED_AT),
        "broken": ("x", RATED_AT),
        "cancelled": (cancelled, VISIT_FROM + 2 * DAY),
        "returned": ("returned-token", VISIT_FROM),
        "old": (old.token, old.finished_at + 16 * DAY),
        "before": (old.token, VISIT_FROM),
    }


def test_no_good_tokens_give_one_page_everywhere(scene: Scene) -> None:
    bad = unknown_tokens(scene)
    pages = {
        (name, tail): get(f"/v/{token}{tail}", at)
        for name, (token, at) in bad.items()
        for tail in ("", "/rate/", "/complain/")
    }
    assert {page.status_code for page in pages.values()} <= {404, 429}
    found = [page for page in pages.values() if page.status_code == 404]
    assert len({plain(page) for page in found}) == 1
    assert len({tuple(sorted(page.headers)) for page in found}) == 1


def test_a_running_visit_can_be_complained_of_but_not_rated(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    assert get(f"/v/{row.token}/rate/", VISIT_FROM).status_code == 404
    assert get(f"/v/{row.token}/complain/", VISIT_FROM).status_code == 200
    text = get(f"/v/{row.token}", VISIT_FROM).content.decode()
    assert f"/v/{row.token}/complain/" in text
    assert f"/v/{row.token}/rate/" not in text


def test_yesterdays_screenshot_does_not_agree(scene: Scene) -> None:
    """The number on the picture is not the officers' number, and the clock is another."""
    row = filed_filing(scene, subject())
    first, second = get(f"/v/{row.token}", VISIT_FROM), get(f"/v/{row.token}", VISIT_FROM + timedelta(minutes=3))
    words = [re.search(r'class="word">(\d{4})<', page.content.decode()) for page in (first, second)]
    assert words[0] and words[1]
    assert words[0].group(1) != words[1].group(1)
    assert "服务器时间：2026-03-04 周三 09:00" in first.content.decode()


def test_the_page_says_visits_and_cap_and_grounds_to_refuse(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    text = get(f"/v/{row.token}", VISIT_FROM).content.decode()
    wanted = ("共 1 次，年度上限 2 次", "有效至 2030-12-31", "可以拒绝检查", "不出示执法证件、不扫码", "申请回避", "检查的人不得做的事",
              "强制接受指定的中介服务")  # fmt: skip
    assert [one for one in wanted if one not in text] == []


def test_a_complaint_opens_its_ticket_at_once(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    done = send(
        f"/v/{row.token}/complain/", {"text": "没有扫码就进厂", "bans": ["costs"], "contact": "示例电话"}, VISIT_FROM
    )
    assert done.status_code == 200
    ticket = SupervisionTicket.objects.get()
    assert ticket.kind == TicketKind.COMPLAINT
    assert ticket.ticket_no in done.content.decode()
    assert (ticket.acknowledge_by - ticket.received_on).days == 1
    assert row.filing_no in ticket.content
    entry = JournalEntry.objects.order_by("seq").last()
    assert entry is not None
    assert entry.action == "ticket.complaint"
    assert "127.0.0.1" not in entry.body


def test_a_complaint_sent_twice_is_one(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    address = f"/v/{row.token}/complain/"
    found = re.search(r'name="mark" value="([^"]+)"', get(address, VISIT_FROM).content.decode())
    assert found
    typed = {"text": "没有扫码就进厂", "mark": found.group(1)}
    first, second = (send(address, typed, VISIT_FROM) for _time in range(2))
    assert plain(first) == plain(second)
    assert SupervisionTicket.objects.count() == 1
    assert JournalEntry.objects.filter(action="ticket.complaint").count() == 1
    send(address, {**typed, "mark": "another"}, VISIT_FROM)
    assert SupervisionTicket.objects.count() == 2


def test_an_anonymous_complaint_passes_on_neither_visit_nor_contact(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    address, typed = f"/v/{row.token}/complain/", {"text": "要求到指定的店修车", "is_anonymous": "on"}
    both = send(address, {**typed, "contact": "示例电话"}, VISIT_FROM)
    assert both.status_code == 422
    assert "要匿名的请清空联系方式" in both.content.decode()
    assert send(address, typed, VISIT_FROM).status_code == 200
    content = SupervisionTicket.objects.get().content
    assert row.filing_no not in content
    assert "示例运输" not in content


def everything_the_unit_sees(scene: Scene, row: InspectionFiling, at: datetime) -> dict[str, str]:
    """Every page and file about visits and ratings, for officer, squad leader and leaders, and what is public."""
    cast = scene.cast
    mine = ("/desk/", "/inspections/", f"/inspections/filings/{row.reference}/", f"/registers/objects/{row.subject.object_no}/")  # fmt: skip
    board = ["/supervision/board/", *(f"/supervision/board/{part}.csv" for part in ("months", "objects", "ratings"))]
    seen = {
        (user.username, page): plain(get(page, at, client_of(user)))
        for user in (cast.lead, cast.assistant, cast.squad_leader, cast.deputy, cast.head)
        for page in (*mine, *board, "/supervision/tickets/", "/supervision/ratings/")
    }
    seen |= {("", page): plain(get(page, at)) for page in ("/ratings/", f"/v/{row.token}", f"/v/{row.token}/rate/")}
    return {f"{who} {page}": text for (who, page), text in seen.items()}


def changed(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str]]:
    """The pages that differ, each with its first differing line."""
    assert before.keys() == after.keys()
    return [
        (page, next(new for old, new in zip(text.splitlines(), after[page].splitlines(), strict=False) if old != new))
        for page, text in before.items()
        if text != after[page]
    ]


def test_no_page_of_the_unit_changes_when_a_bad_rating_is_given(scene: Scene) -> None:
    """Differencing between two moments: before it, after it, after supervision was told, after the quarter of four."""
    rows = ended_visits(scene, 4)
    before = everything_the_unit_sees(scene, rows[0], TOLD_AT)
    for row in rows:
        rated(row, BAD)
    assert changed(before, everything_the_unit_sees(scene, rows[0], TOLD_AT)) == []
    assert len(hand_over_ratings(by=None, at=TOLD_AT)) == 4
    assert changed(before, everything_the_unit_sees(scene, rows[0], TOLD_AT)) == []
    close_evaluations(by=None, at=RELEASED_AT)
    before = everything_the_unit_sees(scene, rows[0], RELEASED_AT)
    release_ratings(by=None, at=RELEASED_AT)
    assert changed(before, everything_the_unit_sees(scene, rows[0], RELEASED_AT)) == []


def test_five_ratings_are_shown_to_everybody_alike(scene: Scene) -> None:
    for row in ended_visits(scene, 5):
        rated(row, GOOD)
    release_ratings(by=None, at=RELEASED_AT)
    page = get("/ratings/", RELEASED_AT)
    text = page.content.decode()
    assert "执法一中队" in text
    assert 'data-label="满意">5<' in text
    assert not page.cookies
    assert "5" in get("/supervision/board/ratings.csv", RELEASED_AT, client_of(scene.cast.head)).content.decode()


@pytest.mark.parametrize("who", ["lead", "squad_leader", "deputy", "head", "reviewer", "audit_admin", "system_admin"])
def test_single_ratings_are_the_supervisors_alone(scene: Scene, who: str) -> None:
    assert get("/supervision/ratings/", RATED_AT, client_of(getattr(scene.cast, who))).status_code == 403
    assert get("/supervision/ratings/", RATED_AT, client_of(supervisor(scene))).status_code == 200


def test_without_the_rating_key_the_page_says_where_to_go(scene: Scene, settings: Any) -> None:
    (row,) = ended_visits(scene, 1)
    address = f"/v/{row.token}/rate/"
    settings.RATING_KEY = ""
    assert "现在不能收评价" in get(address).content.decode()
    kept = send(address, {**FILLED, "code": "aaaa-bbbb-cccc-dddd"})
    assert kept.status_code == 422
    assert "等了两个小时" in kept.content.decode()


def test_pages_cost_few_statements(scene: Scene, django_assert_max_num_queries: Callable[..., Any]) -> None:
    (row,) = ended_visits(scene, 1)
    for address in (f"/v/{row.token}", f"/v/{row.token}/rate/", f"/v/{row.token}/complain/", "/ratings/"):
        get(address)
        with django_assert_max_num_queries(12):
            get(address)


def test_refused_addresses_are_not_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """Django logs the address of refused requests: with the token in it, it would say when somebody rated."""
    (row,) = ended_visits(scene, 1)
    send(f"/v/{row.token}/rate/", {})
    get(f"/v/{codes.new_token()}")
    assert "/v/" not in caplog.text
