"""The register recomputed every night: what differs is remembered once, told to who has to act, and never with its content."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from disclosure import tasks
from disclosure.models import LedgerAlarm, LedgerNight
from disclosure.portal import ledger_watch
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.celery import app
from lishu_law.desk.messages.ledger import TITLE
from lishu_law.desk.models import Message
from lishu_law.desk.tasks import tell_ledger_alarms
from lishu_law.registry.roles import Role
from lishu_law.web.uploads.store import store_upload
from tests.cast import person
from tests.disclosure.register import scenes
from tests.disclosure.register.scenes import Scene, as_owner
from tests.disclosure.register.test_ledger_drills import RECORD, png


@pytest.fixture
def scene(db: None) -> Any:
    made = scenes.grown()
    with time_machine.travel(scenes.START, tick=False):
        yield made


def test_an_honest_night_alarms_nobody_and_is_done_once(scene: Scene) -> None:
    assert [tasks.watch_ledger() for _run in range(3)] == [8, 8, 8]
    night = LedgerNight.objects.get()
    assert (night.on, night.leaves) == (clock.today(), 8)
    assert night.checked_at == night.files_done_at == clock.now()
    assert not LedgerAlarm.objects.exists()
    tell_ledger_alarms()
    assert not Message.objects.exists()


def test_an_edited_amount_is_told_without_the_amount(scene: Scene, client: Client) -> None:
    guard = person("guard", "示例安全员", scene.by.unit, Role.SECURITY_ADMIN)
    record = scene.records["big"]
    as_owner(f"""UPDATE {RECORD} SET content = jsonb_set(content, '{{fine}}', '"10.00"') WHERE id = {record.pk}""")
    for _run in range(2):
        tasks.watch_ledger()
    alarm = LedgerAlarm.objects.get()
    assert (alarm.part, alarm.faults, alarm.last_good) == ("tables", 1, 6)
    assert alarm.places == f"{RECORD} {record.public_id} content.fine"
    entry = JournalEntry.objects.get(action="disclosure.ledger_alarm")
    assert "10.00" not in entry.body
    for _time in range(2):
        tell_ledger_alarms()
    told = Message.objects.filter(title=TITLE)
    assert set(told.values_list("user_id", flat=True)) == {guard.pk, scene.by.pk}
    message = told.get(user=guard)
    assert (message.is_late, message.subject, message.way) == (True, "公示防篡改登记簿", "看登记簿")
    assert "最后一个完好的检查点：6" in message.text
    client.force_login(guard)
    assert TITLE in client.get("/messages/").content.decode()
    assert client.post(f"/messages/{message.pk}/read/")["Location"] == "/register/"


def test_a_changed_byte_of_evidence_is_found_in_slices(
    scene: Scene, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-11 of security.md §11, at night and in pieces."""
    settings.MEDIA_ROOT = tmp_path / "media"
    one, other = (store_upload(SimpleUploadedFile(f"{n}.png", png(n)), scene.by) for n in (1, 2))
    with time_machine.travel(scenes.START + timedelta(days=1), tick=False):
        tasks.make_checkpoint()
        path = settings.MEDIA_ROOT / other.stored_path
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        monkeypatch.setattr(ledger_watch, "CHUNK", 1)
        ledger_watch.watch(clock.today())
        for _slice in range(3):
            assert LedgerNight.objects.get().files_done_at is None
            ledger_watch.watch(clock.today(), seconds=0)
    assert LedgerNight.objects.get().files_done_at is not None
    alarm = LedgerAlarm.objects.get()
    assert (alarm.part, alarm.faults) == ("files", 1)
    assert alarm.places == f"registry_storedfile {other.pk} stored_path"
    assert one.pk != other.pk


def test_the_nights_run_is_in_the_schedule() -> None:
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"disclosure.tasks.watch_ledger", "lishu_law.desk.tasks.tell_ledger_alarms"} <= planned
