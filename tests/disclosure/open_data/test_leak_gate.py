"""Every night each public record is compared with the values of its case, in every form it has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cases.api import decision_facts
from disclosure import tasks
from disclosure.actions.withdraw import withdraw
from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord, LeakAlarm, LeakScan, RegisterContent
from disclosure.portal import leak_gate
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.celery import app
from lishu_law.desk.messages.leaks import TITLE
from lishu_law.desk.models import Message
from lishu_law.desk.tasks import tell_leaks
from tests.cast import Cast, make_cast
from tests.disclosure.actions.test_withdraw import REASON, fallen, published
from tests.scenarios import Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Any:
    found = case_at("decision_served", cast)
    with time_machine.travel(found.at + timedelta(hours=1), tick=False):
        yield found


def spoil(record: DisclosureRecord, **changes: str) -> None:
    record.content = {**record.content, **changes}
    record.save(update_fields=["content"])
    for said in RegisterContent.objects.filter(leaf__record=record):
        RegisterContent.objects.filter(pk=said.pk).update(content={**said.content, **changes})


def test_what_is_in_order_raises_nothing(walk: Walk) -> None:
    published(walk)
    assert tasks.look_for_leaks() == 1
    night = LeakScan.objects.get()
    assert (night.on, night.looked, night.found) == (clock.today(), 1, 0)
    assert night.done_at is not None
    assert not LeakAlarm.objects.exists()


def test_a_name_that_came_back_is_found_in_every_form_and_told(walk: Walk, client: Client) -> None:
    record = published(walk)
    spoil(record, facts=f"{record.content['facts']}驾驶人为示例司机。")
    tasks.look_for_leaks()
    alarm = LeakAlarm.objects.get()
    for place in ("公示页", "JSON", "CSV", "JSON Lines", "XLSX"):
        assert place in alarm.places.split("、")
    assert alarm.rules == "原值"
    entry = JournalEntry.objects.get(action="disclosure.leak_alarm")
    assert "示例司机" not in entry.body
    tell_leaks()
    message = Message.objects.get(user=walk.cast.checker)
    assert (message.kind, message.title, message.about, message.is_late) == ("leak", TITLE, record.public_id, True)
    assert "示例司机" not in message.text
    assert Message.objects.filter(kind="leak").count() == 1
    client.force_login(walk.cast.checker)
    page = client.get("/messages/").content.decode()
    assert f"公示 {record.public_id}" in page
    assert "去公示" in page
    answer = client.post(f"/messages/{message.pk}/read/")
    assert answer["Location"] == f"/disclosure/{record.public_id}/"


def test_looking_and_telling_twice_does_it_once(walk: Walk) -> None:
    spoil(published(walk), facts="吉C12345号车。")
    tasks.look_for_leaks()
    tasks.look_for_leaks()
    tell_leaks()
    tell_leaks()
    assert LeakAlarm.objects.count() == Message.objects.filter(kind="leak").count() == 1
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        tasks.look_for_leaks()
        tell_leaks()
    assert LeakAlarm.objects.count() == Message.objects.filter(kind="leak").count() == 2


def test_the_notice_of_a_withdrawn_record_is_looked_at_too(walk: Walk) -> None:
    record = fallen(walk)
    facts = decision_facts(record.decision_id or 0)
    withdraw(record_id=record.pk, version=record.version, facts=facts, by=walk.cast.checker, reason=REASON)
    assert leak_gate.scan(clock.today()).found == 0
    LeakScan.objects.all().delete()
    spoil(record, reason=f"{REASON}驾驶人示例司机。")
    assert leak_gate.scan(clock.today()).found == 1
    assert set(LeakAlarm.objects.get().places.split("、")) == {"公示页", "JSON"}


@pytest.mark.django_db
def test_earlier_records_are_searched_for_what_detectors_know() -> None:
    seed_records(8, pending=0)
    assert leak_gate.scan(clock.today()).found == 0
    LeakScan.objects.all().delete()
    record = DisclosureRecord.objects.filter(display_until__gte=clock.today()).first()
    assert record is not None
    spoil(record, facts="当事人电话19900001234。")
    assert leak_gate.scan(clock.today()).found == 1
    assert LeakAlarm.objects.get().rules == "手机号"


@pytest.mark.django_db
def test_a_record_that_cannot_be_shown_does_not_end_the_night() -> None:
    seed_records(3, pending=0)
    record = DisclosureRecord.objects.filter(display_until__gte=clock.today()).order_by("public_id").first()
    assert record is not None
    DisclosureRecord.objects.filter(pk=record.pk).update(content={})
    night = leak_gate.scan(clock.today())
    assert (night.looked, night.found) == (3, 1)
    assert LeakAlarm.objects.get().rules == leak_gate.BROKEN


@pytest.mark.django_db
def test_the_night_goes_on_where_the_slice_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    seed_records(7, pending=0)
    monkeypatch.setattr(leak_gate, "CHUNK", 3)
    assert [leak_gate.scan(clock.today(), seconds=0).looked for _ in range(4)] == [3, 6, 7, 7]
    assert LeakScan.objects.get().done_at is not None


def test_the_beat_looks_at_night_and_tells_at_once() -> None:
    beat = app.conf.beat_schedule
    assert beat["look-for-leaks"]["schedule"].hour == {1, 2, 3, 4, 5}
    assert beat["tell-leaks"]["schedule"] == 60.0
