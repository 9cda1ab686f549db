"""What a phone sends later: one effect and one receipt each, both times kept, whatever does not fit settled by a person."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from inspections.actions.shifts import finish_shift
from inspections.actions.visits import start_inspection
from inspections.models import FilingState, InspectionFiling, ItemState, PatrolShift, QueuedItem, RoadsideCheck
from lishu_law.audit.models import JournalEntry
from lishu_law.web.models import Draft
from tests.cast import make_cast
from tests.inspections.browsing import NOW, client_of, picture, typed_check
from tests.inspections.phones import Phone
from tests.inspections.scenes import STOP_AT, VISIT_FROM, Scene, filed_filing, filed_shift, make_scene, subject

WRITTEN = STOP_AT + timedelta(minutes=5)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return make_scene(make_cast())


@pytest.fixture
def travel() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def shift(scene: Scene) -> PatrolShift:
    return filed_shift(scene.cast)


@pytest.fixture
def phone(scene: Scene, shift: PatrolShift, travel: Any) -> Phone:
    """The lead officer's phone with the key of the running shift, fetched before the stop."""
    travel.move_to(STOP_AT - timedelta(hours=1))
    made = Phone(client_of(scene.cast.lead))
    assert made.fetch_key()["shift"] == shift.shift_no
    travel.move_to(NOW)
    return made


def stop(
    phone: Phone, scene: Scene, at: datetime = WRITTEN, *, typed: dict[str, Any] | None = None, **changed: Any
) -> dict[str, Any]:
    path = reverse("mobile-record", args=[PatrolShift.objects.get().shift_no])
    return phone.write(path, typed_check(scene, photos=picture(), **(typed or {})), at, **changed)


def test_an_item_is_stored_entered_and_answered_with_a_receipt(phone: Phone, scene: Scene) -> None:
    said = phone.send(stop(phone, scene), NOW).json()
    item, check = QueuedItem.objects.get(), RoadsideCheck.objects.get()
    assert (said["state"], said["receipt"]) == ("done", item.receipt)
    assert said["url"] == reverse("mobile-check", args=[check.check_code])
    assert (item.is_signed, item.is_offline, item.device_time, item.received_at) == (True, True, WRITTEN, NOW)
    assert check.photos.get().sha256 == item.files.get().file.sha256
    page = phone.client.get(said["url"]).content.decode()
    assert "离线补传" in page
    assert "2026-03-02 周一 23:07" in page  # the phone's time beside the server's
    assert "碎砖" not in QueuedItem.objects.extra(select={"raw": "payload::text"}).get().raw  # type: ignore[attr-defined]
    assert set(JournalEntry.objects.filter(action__startswith="queue.").values_list("action", flat=True)) == {
        "queue.key", "queue.receive", "queue.done",
    }  # fmt: skip


def test_the_same_item_again_has_no_second_effect(phone: Phone, scene: Scene) -> None:
    item = stop(phone, scene)
    first, second = phone.send(item, NOW).json(), phone.send(item, NOW).json()
    assert first == second
    assert (RoadsideCheck.objects.count(), QueuedItem.objects.count()) == (1, 1)


def test_two_tabs_send_the_same_queue_at_once(phone: Phone, scene: Scene, travel: Any) -> None:
    items = [stop(phone, scene, typed={"plate": f"吉C1234{n}"}) for n in range(3)]
    session = phone.client.cookies

    def tab(_number: int) -> list[dict[str, Any]]:
        other = Phone(type(phone.client)(), secret=phone.secret)
        other.client.cookies = session
        try:
            return [other.send(item, NOW).json() for item in items]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(tab, range(4)))
    assert all(answer == answers[0] for answer in answers)
    assert (RoadsideCheck.objects.count(), QueuedItem.objects.count()) == (3, 3)


def test_a_crash_between_storing_and_answering_is_made_up_by_sending_again(phone: Phone, scene: Scene) -> None:
    item = stop(phone, scene)
    phone.send(item, NOW)
    QueuedItem.objects.update(state=ItemState.RECEIVED, result_url="")  # as if the process died before it noted the end
    assert phone.send(item, NOW).json()["state"] == "done"
    assert RoadsideCheck.objects.count() == 1


def test_a_form_submitted_without_the_queue_before_is_not_entered_twice(phone: Phone, scene: Scene) -> None:
    item = stop(phone, scene)
    phone.client.post(item["path"], {**item["fields"], "op_id": item["id"]})
    assert phone.send(item, NOW).json()["state"] == "done"
    assert RoadsideCheck.objects.count() == 1


def test_a_refused_item_stays_open_and_is_corrected_under_its_id(phone: Phone, scene: Scene) -> None:
    item = stop(phone, scene, typed={"plate": ""})
    said = phone.send(item, NOW).json()
    assert said["state"] == "refused"
    assert any("车牌" in text for text in said["problems"])
    assert (RoadsideCheck.objects.count(), Draft.objects.count()) == (0, 0)
    corrected = {**item, "fields": typed_check(scene, photos=picture())}
    assert phone.send(corrected, NOW).json()["state"] == "done"
    assert (RoadsideCheck.objects.count(), QueuedItem.objects.get().attempts) == (1, 2)


@pytest.mark.parametrize(
    ("name", "content"), [("a.jpg", b""), ("a.jpg", b"MZ not a photo"), ("a.heic", b"\x00" * 40)], ids=str
)
def test_files_that_are_none_leave_the_item_on_the_phone(phone: Phone, scene: Scene, name: str, content: bytes) -> None:
    path = stop(phone, scene)["path"]
    broken = phone.write(path, typed_check(scene, photos=SimpleUploadedFile(name, content, "image/jpeg")), WRITTEN)
    answer = phone.send(broken, NOW)
    assert answer.json()["state"] == "refused"
    assert answer.json()["problems"]
    assert RoadsideCheck.objects.count() == 0


def test_a_heic_photo_is_kept_as_it_came(phone: Phone, scene: Scene) -> None:
    boxes = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x08meta"
    heic = SimpleUploadedFile("IMG_1.heic", boxes, "image/heic")
    written = phone.write(stop(phone, scene)["path"], typed_check(scene, photos=heic), WRITTEN)
    assert phone.send(written, NOW).json()["state"] == "done"
    assert RoadsideCheck.objects.get().photos.get().file.content_type == "image/heic"


def test_what_was_changed_after_signing_is_not_entered(phone: Phone, scene: Scene) -> None:
    said = phone.send(stop(phone, scene), NOW, altered={"plate": "吉C99999"}).json()
    assert said["state"] == "conflict"
    assert "签名" in said["problems"][0]
    assert RoadsideCheck.objects.count() == 0
    page = phone.client.get(reverse("phone-queue-item", args=[said["receipt"]])).content.decode()
    assert "吉C99999" in page  # whoever settles it sees what came, in the words of the form
    assert "装载碎砖" in page
    assert "IMG_0001.jpg" in page


def test_without_a_key_of_the_server_nothing_is_entered(phone: Phone, scene: Scene) -> None:
    assert phone.send(stop(phone, scene, key_id="0" * 32), NOW).json()["state"] == "conflict"
    stranger = Phone(client_of(scene.cast.assistant), secret=phone.secret, key_id=phone.key_id)
    assert stranger.send(stop(stranger, scene), NOW).json()["state"] == "conflict"  # somebody else's key
    assert RoadsideCheck.objects.count() == 0


def test_a_counter_used_twice_is_held_and_a_hole_is_shown(phone: Phone, scene: Scene) -> None:
    first = stop(phone, scene)
    phone.send(first, NOW)
    again = stop(phone, scene, counter=first["counter"], typed={"plate": "吉C88888"})
    assert "顺序号" in phone.send(again, NOW).json()["problems"][0]
    lost = stop(phone, scene, typed={"plate": "吉C77777"})
    kept = stop(phone, scene, typed={"plate": "吉C66666"})
    assert lost["counter"] < kept["counter"]
    receipt = phone.send(kept, NOW).json()["receipt"]
    page = phone.client.get(reverse("phone-queue-item", args=[receipt])).content.decode()
    assert "没有传到" in page


@pytest.mark.parametrize(
    ("drift", "words"),
    [(timedelta(minutes=10), ""), (timedelta(minutes=11), "快 11 分钟"), (timedelta(days=-1), "慢 24 小时")],
    ids=["10 minutes", "11 minutes", "a day"],
)
def test_a_wrong_clock_is_kept_flagged_and_never_corrected(
    phone: Phone, scene: Scene, drift: timedelta, words: str
) -> None:
    phone.drift = drift
    said = phone.send(stop(phone, scene), NOW).json()
    item = QueuedItem.objects.get()
    assert (item.device_time, item.received_at) == (WRITTEN + drift, NOW)
    assert said["drift"] == drift.total_seconds()
    page = phone.client.get(said["url"]).content.decode()
    assert ("请核对" in page) == bool(words)
    assert words in page


def test_after_three_days_only_with_a_reason_and_after_ten_by_a_person(phone: Phone, scene: Scene, travel: Any) -> None:
    late, too_late = stop(phone, scene), stop(phone, scene, typed={"plate": "吉C55555"})
    travel.move_to(WRITTEN + timedelta(hours=72))
    in_time = stop(phone, scene, typed={"plate": "吉C44444"})
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    said = phone.send(in_time, WRITTEN + timedelta(hours=72)).json()
    assert (said["state"], said["problems"]) == ("done", [])
    moment = WRITTEN + timedelta(hours=72, seconds=1)
    travel.move_to(moment)
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    refused = phone.send(late, moment)
    assert (refused.status_code, QueuedItem.objects.count()) == (422, 1)
    assert phone.send({**late, "late_reason": "手机损坏，今天修好"}, moment).json()["state"] == "done"
    moment = WRITTEN + timedelta(days=10, minutes=1)
    travel.move_to(moment)
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    said = phone.send({**too_late, "late_reason": "住院"}, moment).json()
    assert said["state"] == "conflict"
    assert "10 日" in said["problems"][0]
    assert RoadsideCheck.objects.count() == 2


def test_an_offline_start_keeps_both_times(phone: Phone, scene: Scene, travel: Any) -> None:
    filing = filed_filing(scene, subject())
    path = reverse("filing-start", args=[filing.reference])
    began, came = VISIT_FROM + timedelta(minutes=5), VISIT_FROM + timedelta(hours=3)
    travel.move_to(came)
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    fields = {"how": "code", "shown": "on", "told": "on", "version": filing.version}
    assert phone.send(phone.write(path, fields, began), came).json()["state"] == "done"
    filing.refresh_from_db()
    assert (filing.state, filing.started_at) == (FilingState.STARTED, began)
    page = phone.client.get(reverse("filing", args=[filing.reference])).content.decode()
    assert "离线补传" in page
    assert "2026-03-04 周三 12:00" in page  # when the server heard of it


def test_a_form_on_a_page_kept_from_before_its_own_start_is_not_stale(phone: Phone, scene: Scene, travel: Any) -> None:
    """A weak network is as good as none: the phone showed the page it had kept, though it was online all the time."""
    filing = filed_filing(scene, subject())
    came = VISIT_FROM + timedelta(minutes=5)
    travel.move_to(came)
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    start = {"how": "code", "shown": "on", "told": "on", "version": filing.version}
    path = reverse("filing-start", args=[filing.reference])
    assert phone.send(phone.write(path, start, came, offline=False), came).json()["state"] == "done"
    later = came + timedelta(minutes=5)
    travel.move_to(later)
    stop = {"reason": "safety", "note": "现场车辆较多，先行疏导。", "version": filing.version}
    path = reverse("filing-suspend", args=[filing.reference])
    said = phone.send(phone.write(path, stop, later, offline=False), later).json()
    assert (said["state"], said["problems"]) == ("done", [])


def test_a_start_by_a_clock_wrong_by_a_day_goes_to_a_person(phone: Phone, scene: Scene, travel: Any) -> None:
    filing = filed_filing(scene, subject())
    path = reverse("filing-start", args=[filing.reference])
    came = VISIT_FROM + timedelta(hours=3)
    travel.move_to(came)
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    phone.drift = timedelta(days=1)
    fields = {"how": "code", "shown": "on", "told": "on", "version": filing.version}
    said = phone.send(phone.write(path, fields, came), came).json()
    assert said["state"] == "refused"
    filing.refresh_from_db()
    assert filing.state == FilingState.FILED


def conflicting(phone: Phone, scene: Scene, travel: Any) -> tuple[InspectionFiling, str]:
    """Written offline by one officer while the other one already started the visit at the desk."""
    filing = filed_filing(scene, subject())
    path, version = reverse("filing-start", args=[filing.reference]), filing.version
    start_inspection(
        filing_id=filing.pk, version=version, by=scene.cast.assistant, how="code", at=VISIT_FROM + timedelta(minutes=2)
    )
    travel.move_to(VISIT_FROM + timedelta(hours=1))
    phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    fields = {"how": "code", "shown": "on", "told": "on", "version": version}
    said = phone.send(
        phone.write(path, fields, VISIT_FROM + timedelta(minutes=3)), VISIT_FROM + timedelta(hours=1)
    ).json()
    assert said["state"] == "conflict"
    return filing, said["receipt"]


def test_a_conflict_keeps_both_versions_for_a_person_to_settle(phone: Phone, scene: Scene, travel: Any) -> None:
    filing, receipt = conflicting(phone, scene, travel)
    filing.refresh_from_db()
    assert filing.started_by == scene.cast.assistant  # what the system had stays
    url = reverse("phone-queue-item", args=[receipt])
    page = phone.client.get(url).content.decode()
    assert "怎样核验" in page  # what the phone had, in words
    squad = client_of(scene.cast.squad_leader)
    assert receipt in squad.get(reverse("phone-queue")).content.decode()
    assert client_of(scene.cast.outsider).get(url).status_code == 404
    answer = squad.post(url, {"how": "keep", "note": "乙先在系统里开始，以系统为准。"})
    assert answer.status_code == 303
    item = QueuedItem.objects.get()
    assert (item.state, item.settled_by, bool(item.typed)) == (ItemState.SETTLED, scene.cast.squad_leader, True)
    assert squad.post(url, {"how": "keep", "note": "再处理一次"}).status_code == 422


def test_settling_by_entering_tells_what_still_stands_in_the_way(phone: Phone, scene: Scene, travel: Any) -> None:
    _filing, receipt = conflicting(phone, scene, travel)
    answer = phone.client.post(reverse("phone-queue-item", args=[receipt]), {"how": "enter", "note": "核对无误"})
    assert answer.status_code == 422
    assert "还不能入账" in answer.content.decode()
    assert QueuedItem.objects.get().state == ItemState.CONFLICT


def test_what_the_phone_gave_up_is_entered_by_a_person_later(phone: Phone, scene: Scene) -> None:
    said = phone.send(stop(phone, scene, counter=7, key_id="0" * 32), NOW).json()
    url = reverse("phone-queue-item", args=[said["receipt"]])
    assert phone.client.post(url, {"how": "enter", "note": "当面核对手机，内容属实。"}).status_code == 303
    item, check = QueuedItem.objects.get(), RoadsideCheck.objects.get()
    assert (item.state, item.result_url) == (ItemState.SETTLED, reverse("mobile-check", args=[check.check_code]))
    assert check.photos.count() == 1
    content = phone.client.get(reverse("phone-queue-file", args=[said["receipt"], 0]))
    assert b"".join(content.streaming_content) == picture().read()  # type: ignore[attr-defined]
    content.close()


def test_only_marked_forms_of_ones_own_are_entered(phone: Phone, scene: Scene, shift: PatrolShift) -> None:
    finish = phone.write(reverse("shift-finish", args=[shift.shift_no]), {}, WRITTEN)
    nowhere = phone.write("/m/nothing/here/", {}, WRITTEN)
    assert {phone.send(one, NOW).json()["state"] for one in (finish, nowhere)} == {"conflict"}
    outside = Phone(client_of(scene.cast.outsider))
    outside.fetch_key()
    assert outside.send(stop(outside, scene), NOW).json()["state"] == "conflict"
    assert RoadsideCheck.objects.count() == 0


def test_a_stop_written_before_the_shift_ended_is_taken_after_it(
    phone: Phone, scene: Scene, shift: PatrolShift
) -> None:
    finish_shift(shift_id=shift.pk, version=shift.version, by=scene.cast.lead, at=NOW)
    assert phone.send(stop(phone, scene), NOW).json()["state"] == "done"


@pytest.mark.parametrize("header", ["", "nonsense", "e30=", "A" * 9000])
def test_what_is_no_envelope_is_refused_and_nothing_stored(phone: Phone, header: str) -> None:
    answer = phone.client.post("/m/queue/send/", {"plate": "吉C12345"}, headers={"X-Queue-Envelope": header})
    assert (answer.status_code, answer.json()["state"], QueuedItem.objects.count()) == (422, "refused", 0)


def test_the_worker_and_the_manifest_hold_nothing_of_anybody(client: Any, db: None) -> None:
    worker, manifest = client.get("/m/worker.js"), client.get("/m/manifest.webmanifest").json()
    assert worker["Content-Type"].startswith("text/javascript")
    assert "field-shell-" in worker.content.decode()
    assert (manifest["scope"], manifest["start_url"], manifest["display"]) == ("/m/", "/m/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    assert not worker.cookies
    assert "没有丢" in client.get("/m/offline/").content.decode()


def test_pages_say_for_whom_they_may_be_kept(phone: Phone, scene: Scene, shift: PatrolShift) -> None:
    record = reverse("mobile-record", args=[shift.shift_no])
    mine, others = phone.client.get(record), client_of(scene.cast.assistant).get(record)
    assert mine["X-Field-Person"] != others["X-Field-Person"]
    assert f'content="{mine["X-Field-Person"]}"' in mine.content.decode()
    assert "X-Field-Person" not in phone.client.get(reverse("mobile-shift", args=[shift.shift_no]))
    assert scene.cast.lead.staff_number not in mine["X-Field-Person"]
