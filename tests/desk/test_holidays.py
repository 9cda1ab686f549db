"""A notice published late: proposed by one, published by another, every running limit computed again, people told."""

from __future__ import annotations

import threading
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from cases.actions.limits import start_limit
from cases.models import Deadline
from lishu_law.audit.models import JournalEntry
from lishu_law.desk.holidays.actions import propose_holidays, publish_holidays
from lishu_law.desk.models import Message
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.registry import holidays
from lishu_law.registry.models import Holiday, HolidayNotice, User
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

NUMBER = "国办发明电〔2026〕9号"
TEXT = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。"
)


@pytest.fixture(autouse=True)
def _in_november_2026():
    with time_machine.travel("2026-11-20 09:00+08:00", tick=True):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Walk:
    walk = case_at("filed", cast)
    Deadline.objects.all().delete()
    return walk


def propose(cast: Cast, **changes: Any) -> HolidayNotice:
    return propose_holidays(by=cast.reviewer, **{"year": 2027, "number": NUMBER, "text": TEXT, **changes})


def test_publishing_moves_running_limits_and_tells_whom(walk: Walk) -> None:
    cast = walk.cast
    touched = start_limit(walk.case, "serve-7d", date(2026, 12, 25))
    same = start_limit(walk.case, "pay-15d", date(2026, 12, 1))
    done = start_limit(walk.case, "pres-7d", date(2026, 12, 25), part="measure:1")
    Deadline.objects.filter(pk=done.pk).update(state="met", ended_on=date(2026, 12, 26))
    assert (touched.due, touched.provisional) == (date(2027, 1, 5), True)
    notice = propose(cast)
    assert DEFAULT_CALENDAR.version == 0, "a proposal changes nothing"
    before = JournalEntry.objects.count()
    _notice, moved = publish_holidays(by=cast.deputy, notice_id=notice.pk, agree=True)
    assert [(one.limit_id, one.before, one.after) for one in moved] == [
        (touched.pk, date(2027, 1, 5), date(2027, 1, 6))
    ]
    for limit in (touched, same, done):
        limit.refresh_from_db()
    assert (touched.due, touched.provisional) == (date(2027, 1, 6), False)
    assert touched.moves == [
        {"on": "2026-11-20", "why": f"2027 年放假安排公布（{NUMBER}）", "from": "2027-01-05", "to": "2027-01-06"}
    ]
    assert done.due == date(2027, 1, 5), "what is finished is history"
    assert JournalEntry.objects.count() == before + 1
    assert JournalEntry.objects.latest("seq").action == "holidays.publish"
    told = Message.objects.filter(kind="moved").select_related("user")
    assert {row.user.username for row in told} == {"lead", "assistant", "squadleader"}
    assert told[0].text == ("放假安排公布后重新计算：原来 2027-01-05（周二）到期，现在 2027-01-06（周三）到期。")
    assert User.objects.get(username="lead").unread_messages == 1


def test_new_limits_count_by_it_and_a_correction_replaces_it(walk: Walk) -> None:
    publish_holidays(by=walk.cast.deputy, notice_id=propose(walk.cast).pk, agree=True)
    limit = start_limit(walk.case, "serve-7d", date(2026, 12, 25))
    assert limit.due == date(2027, 1, 6)
    corrected = propose(walk.cast, number="国办发明电〔2026〕10号", text="元旦：1月1日至4日放假，共4天。")
    _notice, moved = publish_holidays(by=walk.cast.deputy, notice_id=corrected.pk, agree=True)
    assert [one.after for one in moved] == [date(2027, 1, 7)]
    assert DEFAULT_CALENDAR.notice_number(2027) == "国办发明电〔2026〕10号"
    assert DEFAULT_CALENDAR.is_working_day(date(2027, 2, 5)), "the correction replaces the year whole"


def test_two_persons_and_the_right_ones(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        propose_holidays(by=cast.lead, year=2027, number=NUMBER, text=TEXT)
    notice = propose(cast)
    for person in (cast.reviewer, cast.head, cast.lead, cast.system_admin):
        with pytest.raises(NotAllowed):
            publish_holidays(by=person, notice_id=notice.pk, agree=True)
    cast.reviewer.roles = [*cast.reviewer.roles, "deputy_head"]
    cast.reviewer.save(update_fields=["roles"])
    with pytest.raises(NotAllowed, match="申请人"):
        publish_holidays(by=cast.reviewer, notice_id=notice.pk, agree=True)
    assert DEFAULT_CALENDAR.version == 0
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        HolidayNotice.objects.filter(pk=notice.pk).update(
            outcome="published", decided_by=cast.reviewer, decided_at=notice.proposed_at
        )


def test_everything_wrong_is_told_at_once(cast: Cast) -> None:
    propose(cast)
    with pytest.raises(Refused) as refused:
        propose(cast, number="7号", text="元旦：1月1日（周四）放假。\n什么")
    assert {one.code for one in refused.value.refusals} == {"holidays.number", "holidays.text", "holidays.waiting"}
    assert len(refused.value.refusals) == 4
    with pytest.raises(Refused, match="2025 到 2028"):
        propose(cast, year=2031, text="元旦：1月1日放假。")
    assert Holiday.objects.count() == 11


def test_a_refused_notice_changes_nothing_and_is_decided_once(cast: Cast) -> None:
    notice = propose(cast)
    with pytest.raises(Refused, match="写明理由"):
        publish_holidays(by=cast.deputy, notice_id=notice.pk, agree=False)
    publish_holidays(by=cast.deputy, notice_id=notice.pk, agree=False, opinion="春节的日期抄错了。")
    assert DEFAULT_CALENDAR.version == 0
    with pytest.raises(NotFound):
        publish_holidays(by=cast.deputy, notice_id=notice.pk, agree=True)
    propose(cast)


def test_another_process_follows_with_the_next_page(cast: Cast) -> None:
    publish_holidays(by=cast.deputy, notice_id=propose(cast).pk, agree=True)
    DEFAULT_CALENDAR.enter((), 0)  # a process that was not there
    client = client_of(cast.lead)
    client.get(reverse("desk"))
    assert DEFAULT_CALENDAR.version == 1
    assert not DEFAULT_CALENDAR.is_working_day(date(2027, 2, 5))
    DEFAULT_CALENDAR.enter((), 0)
    holidays.look()  # before a task
    assert DEFAULT_CALENDAR.version == 1


def test_the_command_computes_again(walk: Walk) -> None:
    limit = start_limit(walk.case, "serve-7d", date(2026, 12, 25))
    Deadline.objects.filter(pk=limit.pk).update(due=date(2027, 3, 1))
    out = StringIO()
    call_command("recompute_limits", stdout=out)
    assert out.getvalue() == f"期限 {limit.pk}：2027-03-01 → 2027-01-05\n重新计算完成，1 个期限变了日期。\n"
    out = StringIO()
    call_command("recompute_limits", stdout=out)
    assert "0 个期限变了日期" in out.getvalue()
    assert JournalEntry.objects.filter(action="limits.recompute").count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_computes_a_limit_meanwhile_counts_by_the_new_calendar() -> None:
    """An act that starts a limit while holidays are being published waits, and then counts by them."""
    cast = make_cast()
    walk = case_at("filed", cast)
    notice = propose(cast)
    started = threading.Event()
    found: list[date] = []

    def act() -> None:
        started.set()
        with transaction.atomic():
            found.append(start_limit(walk.case, "serve-7d", date(2026, 12, 25)).due)
        connection.close()

    with transaction.atomic():
        holidays.take()
        thread = threading.Thread(target=act)
        thread.start()
        started.wait()
        HolidayNotice.objects.filter(pk=notice.pk).update(
            outcome="published", decided_by=cast.deputy, decided_at=notice.proposed_at
        )
    thread.join()
    assert found == [date(2027, 1, 6)]


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_from_proposal_to_publication(cast: Cast) -> None:
    reviewer, deputy = client_of(cast.reviewer), client_of(cast.deputy)
    listed = reviewer.get(reverse("holiday-list")).content.decode()
    assert "2027 年放假安排还没有录入，算到这一年的期限都是估算的。" in listed
    wrong = reviewer.post(reverse("holiday-propose"), {"year": "2027", "number": NUMBER, "text": "元旦放假"})
    assert wrong.status_code == 422
    assert "第 1 行：看不懂" in wrong.content.decode()
    assert "元旦放假" in wrong.content.decode()
    answer = reviewer.post(reverse("holiday-propose"), {"year": "2027", "number": NUMBER, "text": TEXT})
    assert answer.status_code == 303
    notice = HolidayNotice.objects.get()
    address = reverse("holiday-publish", args=[notice.pk])
    assert address in deputy.get(reverse("desk")).content.decode()
    page = deputy.get(address).content.decode()
    assert "2027-02-05 周五 至 2027-02-11 周四（7 天）" in page
    assert "2027-02-14 周日" in page
    assert deputy.post(address, {"agree": "yes", "opinion": ""}).status_code == 303
    assert deputy.get(address).status_code == 404
    listed = client_of(cast.lead).get(reverse("holiday-list")).content.decode()
    assert NUMBER in listed
    assert "还没有录入，算到" not in listed
