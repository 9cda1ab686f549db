"""Messages of the clocks: to whom, when, once; and the page that shows them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.limits import extend_limit, pause_limit, resume_limit, start_limit, stop_limit
from cases.models import Deadline
from lishu_law import clock
from lishu_law.desk.messages.recipients import OFFICERS, roles_of
from lishu_law.desk.messages.sending import mark_read, send_due
from lishu_law.desk.models import Message
from lishu_law.law.limits import LIMITS
from lishu_law.registry.models import User
from lishu_law.registry.roles import Role
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

KINDS = ["half", "most", "due", "day-after"]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A case under investigation whose only running clock is a limit started by the test."""
    walk = case_at("filed", cast)
    Deadline.objects.all().delete()
    return walk


def on(text: str) -> datetime:
    """A moment of 2026 in Shanghai."""
    return datetime.fromisoformat(f"2026-{text}+08:00")


def told(kind: str = "") -> Counter[tuple[str, str]]:
    rows = Message.objects.select_related("user")
    if kind:
        rows = rows.filter(kind=kind)
    return Counter((row.kind, row.user.username) for row in rows)


def test_half_most_due_and_the_day_after_to_the_right_people(walk: Walk) -> None:
    start_limit(walk.case, "serve-7d", on("03-02T10:00").date())  # 6, 10, 11, 12 March
    assert send_due(on("03-05T23:59")) == 0
    for day in ("03-06T00:00", "03-10T00:00", "03-11T00:00", "03-12T00:00"):
        send_due(on(day))
    officers = {(kind, who) for kind in KINDS for who in ("lead", "assistant")}
    assert told() == Counter(officers | {("due", "squadleader"), ("day-after", "squadleader")})
    title, text = Message.objects.filter(kind="day-after").values_list("title", "text")[0]
    assert title == "七日内送达：已经超期"
    assert text.startswith("已超期 1 天，需说明原因。请马上办理，并在案件中说明超期的原因。")
    assert "《中华人民共和国行政处罚法》第六十一条" in text


def test_a_task_that_runs_twice_sends_once(walk: Walk) -> None:
    limit = start_limit(walk.case, "serve-7d", on("03-02T10:00").date())
    assert send_due(on("03-06T08:00")) == 2
    assert send_due(on("03-06T08:01")) == 0
    Deadline.objects.filter(pk=limit.pk).update(told_at=None, tell_at=on("03-06T00:00"))  # as if the mark were lost
    send_due(on("03-06T08:02"))
    assert told() == Counter({("half", "lead"): 1, ("half", "assistant"): 1})
    assert User.objects.get(username="lead").unread_messages == 1


def test_of_messages_missed_only_the_most_pressing_goes_out(walk: Walk) -> None:
    start_limit(walk.case, "serve-7d", on("03-02T10:00").date())
    send_due(on("03-20T08:00"))
    assert {kind for kind, _who in told()} == {"day-after"}
    assert Message.objects.first().text.startswith("已超期 9 天")  # type: ignore[union-attr]


def test_hours_go_by_the_clock(walk: Walk) -> None:
    limit = start_limit(walk.case, "coerce-24h", on("03-02T23:02"), part="measure:1")
    for moment, expected in (
        ("03-03T11:01", 0), ("03-03T11:02", 2), ("03-03T18:14", 2), ("03-03T22:01", 0), ("03-03T22:02", 6),
        ("03-03T23:01", 0), ("03-03T23:03", 6),
    ):  # fmt: skip
        assert send_due(on(moment)) == expected, moment
    limit.refresh_from_db()
    assert limit.tell_at is None
    assert "今天 23:02 到期" in Message.objects.filter(kind="due")[0].title
    assert {who for kind, who in told("due")} == {"lead", "assistant", "deputy", "deputy2", "head", "squadleader"}


def test_a_clock_that_stands_still_tells_nothing(walk: Walk) -> None:
    start_limit(walk.case, "coerce-30d", on("03-02T10:00").date(), part="measure:1")
    pause_limit(walk.case, "coerce-30d", on("03-05T10:00").date(), "鉴定中", document="R1", part="measure:1")
    assert send_due(on("06-01T08:00")) == 0
    resume_limit(walk.case, "coerce-30d", on("03-15T10:00").date(), part="measure:1")
    limit = Deadline.objects.get()
    assert (limit.due, limit.moves[0]["from"], limit.moves[0]["to"]) == (
        on("04-11T10:00").date(), "2026-04-01", "2026-04-11",
    )  # fmt: skip
    assert limit.tell_at is not None


def test_an_extended_limit_has_messages_of_its_new_end(walk: Walk) -> None:
    start_limit(walk.case, "decide-90d", on("03-05T10:00").date())  # until 3 June
    send_due(on("06-03T08:00"))
    extend_limit(walk.case, "decide-90d", "decide-90d-extend", document="D1")
    limit = Deadline.objects.get()
    assert f"{limit.due:%m-%d}" == "07-03"
    send_due(on("07-03T08:00"))
    assert sorted(Message.objects.filter(kind="due", user=walk.cast.lead).values_list("due", flat=True)) == [
        on("06-03T10:00").date(), on("07-03T10:00").date(),
    ]  # fmt: skip


def test_what_is_done_tells_nothing_more(walk: Walk) -> None:
    start_limit(walk.case, "serve-7d", on("03-02T10:00").date())
    stop_limit(walk.case, "serve-7d", on("03-05T10:00").date())
    assert send_due(on("03-30T10:00")) == 0


def test_the_partys_limits_are_told_without_blame(walk: Walk) -> None:
    start_limit(walk.case, "defence-window", on("03-02T10:00").date())
    start_limit(walk.case, "pay-15d", on("03-02T10:00").date())
    send_due(on("03-20T08:00"))
    texts = dict(Message.objects.filter(user=walk.cast.lead).values_list("limit__code", "text"))
    assert texts["defence-window"].startswith("03-09 期满。期满后可以办理下一步。")
    assert texts["pay-15d"].startswith("2026-03-17 已经到期。当事人逾期没有履行，请办理下一步。")


def test_messages_hold_nothing_of_the_party(walk: Walk) -> None:
    start_limit(walk.case, "serve-7d", on("03-02T10:00").date())
    send_due(on("03-06T10:00"))
    row = Message.objects.first()
    assert row is not None
    assert walk.case.known_party.name not in row.title + row.text


OWNERS = {
    "file-timely": {Role.SQUAD_LEADER}, "inv-crime-transfer-decide": {Role.HEAD}, "serve-7d": {OFFICERS},
    "review-deadline": {Role.LEGAL_REVIEWER}, "archive-time": {OFFICERS, Role.ARCHIVIST},
    "pub-7wd": {Role.DISCLOSURE_CHECKER}, "enforce-court-3m": {Role.LEGAL_REVIEWER}, "pay-15d": {OFFICERS},
    "decide-90d": {OFFICERS, Role.DEPUTY_HEAD, Role.HEAD}, "coerce-30d": {OFFICERS, Role.DEPUTY_HEAD, Role.HEAD},
    "hearing-request": {OFFICERS}, "enforce-court-clock#1": {OFFICERS},
}  # fmt: skip


def test_every_limit_has_somebody_to_tell() -> None:
    assert {code for code in LIMITS if not roles_of(code)} == set()
    assert {code: set(roles_of(code)) for code in OWNERS} == OWNERS


def test_whose_step_stands_under_the_limit_is_told_too(cast: Cast) -> None:
    walk = case_at("verified", cast)
    assert set(roles_of("file-timely", "", walk.case.state)) == {Role.SQUAD_LEADER, OFFICERS}
    due = Deadline.objects.get(code="file-timely").due
    send_due(datetime(due.year, due.month, due.day, 1, tzinfo=clock.SHANGHAI) - timedelta(days=2))
    assert {who for _kind, who in told()} == {"lead", "assistant", "squadleader"}


def test_leaders_are_told_from_the_due_day_on(walk: Walk) -> None:
    start_limit(walk.case, "decide-90d", on("03-05T10:00").date())
    send_due(on("04-19T08:00"))
    assert {who for _kind, who in told()} == {"lead", "assistant"}
    send_due(on("06-03T08:00"))
    assert {who for _kind, who in told("due")} == {"lead", "assistant", "deputy", "deputy2", "head", "squadleader"}


def test_the_reviewer_is_told_of_the_review_and_nobody_who_left(walk: Walk) -> None:
    User.objects.filter(pk=walk.cast.squad_leader.pk).update(is_active=False)
    start_limit(walk.case, "review-deadline", on("03-02T10:00").date())
    send_due(on("03-30T08:00"))
    assert {who for _kind, who in told()} == {"reviewer"}


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_lists_marks_and_counts(walk: Walk, django_assert_max_num_queries) -> None:
    start_limit(walk.case, "serve-7d", clock.today() - timedelta(days=40))
    start_limit(walk.case, "pay-15d", clock.today() - timedelta(days=40))
    send_due()
    client, other = client_of(walk.cast.lead), client_of(walk.cast.outsider)
    client.get(reverse("message-list"))  # the first page of a session stores its token
    with django_assert_max_num_queries(4):
        page = client.get(reverse("message-list")).content.decode()
    assert page.count('data-kind="day-after"') == 2
    assert 'data-unread="2"' in page
    row = Message.objects.filter(user=walk.cast.lead).latest("pk")
    assert other.post(reverse("message-read", args=[row.pk])).status_code == 404
    answer = client.post(reverse("message-read", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (303, reverse("case", args=[walk.case.clue_no]))
    assert 'data-unread="1"' in client.get(reverse("message-list")).content.decode()
    client.post(reverse("message-read-all"))
    page = client.get(reverse("message-list") + "?unread=1").content.decode()
    assert 'data-unread="0"' in page
    assert "没有未读的通知" in page
    assert "还没有通知" in other.get(reverse("message-list")).content.decode()
    assert client.get(reverse("message-read-all")).status_code == 405


def test_reading_all_touches_only_ones_own(walk: Walk) -> None:
    start_limit(walk.case, "serve-7d", clock.today() - timedelta(days=40))
    send_due()
    assert mark_read(by=walk.cast.lead) == 1
    assert mark_read(by=walk.cast.lead) == 0
    assert Message.objects.filter(read_at__isnull=True).count() == 2
