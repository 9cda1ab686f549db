"""The calendar of due dates, and its feed behind a secret address (RFC 5545)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.limits import start_limit
from cases.models import Deadline
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.desk.calendar.ical import Event, calendar, escaped, folded
from lishu_law.desk.calendar.month import parse_month
from lishu_law.desk.calendar.subscription import READS_AN_HOUR, digest_of, make_subscription, reader_of
from lishu_law.desk.models import CalendarSubscription
from lishu_law.errors import NotFound
from lishu_law.registry.models import User
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Walk:
    walk = case_at("filed", cast)
    Deadline.objects.all().delete()
    return walk


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_month_shows_what_is_due_on_which_day(walk: Walk, django_assert_max_num_queries) -> None:
    start_limit(walk.case, "serve-7d", date(2026, 3, 2))  # 11 March
    start_limit(walk.case, "coerce-24h", datetime(2026, 3, 10, 15, 2, tzinfo=UTC), part="measure:1")  # 11 March 23:02
    client = client_of(walk.cast.lead)
    client.get(reverse("due-calendar"))
    with django_assert_max_num_queries(4):
        page = client.get(reverse("due-calendar") + "?month=2026-03").content.decode()
    assert "2 项" in page
    assert 'id="d-2026-03-11"' in page
    assert page.index("七日内送达") > 0
    assert walk.case.label in page
    assert (
        "2026-03-11"
        not in client_of(walk.cast.outsider)
        .get(reverse("due-calendar") + "?month=2026-03")
        .content.decode()
        .split("<tbody>")[1]
    )
    assert "清明节" in client.get(reverse("due-calendar") + "?month=2026-04").content.decode()
    assert "2028 年放假安排还没有导入" in client.get(reverse("due-calendar") + "?month=2028-01").content.decode()
    assert "调休上班" in client.get(reverse("due-calendar") + "?month=2026-02").content.decode()


@pytest.mark.parametrize("text", ["", "2026-13", "2026-3", "1999-12", "x", "２０２６-03", "2026-03-01", "9999-12"])
def test_a_month_that_is_none_is_this_month(text: str) -> None:
    assert parse_month(text, date(2026, 5, 17)) == date(2026, 5, 1)


def test_everybody_may_open_it(cast: Cast) -> None:
    for user in cast.everybody().values():
        assert client_of(user).get(reverse("due-calendar")).status_code == 200


# The feed


def lines_of(body: bytes) -> list[str]:
    """The content lines, unfolded; checks what RFC 5545 §3.1 demands of the octets."""
    assert body.endswith(b"\r\n")
    physical = body[:-2].split(b"\r\n")
    assert max(len(line) for line in physical) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in physical)
    for line in physical:
        line.decode()  # no character is broken in two
    return re.sub("\r\n[ \t]", "", body[:-2].decode()).split("\r\n")


def test_the_feed_holds_number_limit_and_link_and_nothing_of_the_party(walk: Walk) -> None:
    limit = start_limit(walk.case, "serve-7d", clock.today())
    hours = start_limit(walk.case, "coerce-24h", clock.now(), part="measure:1")
    secret = make_subscription(by=walk.cast.lead)
    answer = Client().get(reverse("calendar-feed", args=[secret]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    lines = lines_of(answer.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert f"SUMMARY:{walk.case.label} 七日内送达" in lines
    assert f"DTSTART;VALUE=DATE:{limit.due:%Y%m%d}" in lines
    assert f"DTEND;VALUE=DATE:{limit.due + timedelta(days=1):%Y%m%d}" in lines
    assert hours.due_at is not None
    assert f"DTSTART:{hours.due_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in lines
    assert f"URL:http://testserver/cases/{walk.case.clue_no}/limits/{limit.pk}/" in lines
    assert f"UID:limit-{limit.pk}@lishu-law" in lines
    party = walk.case.known_party
    for secret_word in (party.name, party.person_name, party.phone, party.uscc):
        assert secret_word not in answer.content.decode()


def test_only_the_digest_is_kept_and_a_new_secret_ends_the_old(cast: Cast) -> None:
    first = make_subscription(by=cast.lead)
    assert len(first) == 32
    assert CalendarSubscription.objects.get().digest == digest_of(first) != first
    second = make_subscription(by=cast.lead)
    assert Client().get(reverse("calendar-feed", args=[first])).status_code == 404
    assert Client().get(reverse("calendar-feed", args=[second])).status_code == 200
    assert JournalEntry.objects.filter(action="calendar.subscribe").count() == 2
    assert first not in str(list(JournalEntry.objects.values_list("body", flat=True)))


def test_who_left_and_what_was_revoked_is_not_found(cast: Cast) -> None:
    secret = make_subscription(by=cast.lead)
    User.objects.filter(pk=cast.lead.pk).update(is_active=False)
    assert Client().get(reverse("calendar-feed", args=[secret])).status_code == 404
    User.objects.filter(pk=cast.lead.pk).update(is_active=True)
    client_of(cast.lead).post(reverse("calendar-subscription-revoke"))
    assert Client().get(reverse("calendar-feed", args=[secret])).status_code == 404
    assert Client().get(reverse("calendar-feed", args=["nothing"])).status_code == 404
    assert Client().post(reverse("calendar-feed", args=[secret])).status_code in (403, 405)


def test_reading_too_often_waits_for_the_next_hour(cast: Cast) -> None:
    secret, now = make_subscription(by=cast.lead), clock.now()
    for _ in range(READS_AN_HOUR):
        assert reader_of(secret, now) == cast.lead
    assert reader_of(secret, now + timedelta(minutes=59)) is None
    answer = Client().get(reverse("calendar-feed", args=[secret]))
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert reader_of(secret, now + timedelta(hours=1)) == cast.lead
    with pytest.raises(NotFound):
        reader_of("nothing", now)


def test_the_secret_is_shown_once(cast: Cast) -> None:
    client = client_of(cast.lead)
    assert "生成订阅地址" in client.get(reverse("calendar-subscription")).content.decode()
    page = client.post(reverse("calendar-subscription-make")).content.decode()
    found = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", page)
    assert found
    assert Client().get(found[1]).status_code == 200
    again = client.get(reverse("calendar-subscription")).content.decode()
    assert found[1] not in again
    assert "最近一次读取" in again
    assert reverse("calendar-subscription") in client.get(reverse("profile")).content.decode()
    assert client.get(reverse("calendar-subscription-make")).status_code == 405


@pytest.mark.law
def test_text_is_escaped() -> None:
    assert escaped("a\\b;c,d\r\ne\nf\x07\x00") == "a\\\\b\\;c\\,d\\ne\\nf"


@pytest.mark.law
@pytest.mark.parametrize("text", ["x" * 200, "字" * 80, "𠮷" * 60, "a" + "字" * 25, "", "x" * 75, "x" * 76])
def test_lines_are_folded_between_characters(text: str) -> None:
    line = folded(text)
    assert lines_of(line) == [text]


@pytest.mark.law
def test_a_calendar_without_events_is_whole() -> None:
    body = calendar("期限;日历", [], datetime(2026, 3, 1, tzinfo=UTC))
    assert "X-WR-CALNAME:期限\\;日历" in lines_of(body)
    day = Event("u", date(2026, 12, 31), "s", "d", "http://x/")
    assert "DTEND;VALUE=DATE:20270101" in lines_of(calendar("n", [day], datetime(2026, 3, 1, tzinfo=UTC)))
    assert "DTSTAMP:20260301T000000Z" in lines_of(calendar("n", [day], datetime(2026, 3, 1, tzinfo=UTC)))


def test_a_public_process_serves_no_feed(cast: Cast, settings) -> None:
    secret = make_subscription(by=cast.lead)
    for site, status in (("public", 404), ("staff", 200), ("both", 200)):
        settings.SITE = site
        assert Client().get(reverse("calendar-feed", args=[secret])).status_code == status
