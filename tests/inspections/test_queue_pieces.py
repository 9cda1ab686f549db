"""An item with a large photo: the photo in pieces first, then the form that names it; cut anywhere, it is entered once."""

from __future__ import annotations

import hashlib
import io
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from inspections import tasks
from inspections.models import PatrolShift, QueuedItem, RoadsideCheck
from lishu_law.web.models import PartialFile
from lishu_law.web.uploads.pieces import PIECE
from tests.cast import make_cast
from tests.inspections.browsing import NOW, client_of, typed_check
from tests.inspections.phones import Phone
from tests.inspections.scenes import STOP_AT, Scene, filed_shift, make_scene

WRITTEN = STOP_AT + timedelta(minutes=5)


@pytest.fixture
def scene(transactional_db: None, settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_scene(make_cast())


@pytest.fixture
def phone(scene: Scene) -> Any:
    filed_shift(scene.cast)
    with time_machine.travel(STOP_AT - timedelta(hours=1), tick=False) as traveller:
        made = Phone(client_of(scene.cast.lead))
        made.fetch_key()
        traveller.move_to(NOW)
        yield made


def large(seed: int = 1) -> bytes:
    noise = random.Random(seed).randbytes(640 * 640 * 3)
    content = io.BytesIO()
    Image.frombytes("RGB", (640, 640), noise).save(content, "JPEG", quality=98)
    return content.getvalue()


def stop(phone: Phone, scene: Scene, content: bytes, name: str = "IMG_1.jpg", **typed: Any) -> dict[str, Any]:
    path = reverse("mobile-record", args=[PatrolShift.objects.get().shift_no])
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return phone.write(path, typed_check(scene, photos=file, **typed), WRITTEN)


def test_the_form_is_entered_when_its_photo_is_whole(phone: Phone, scene: Scene) -> None:
    content = large()
    assert len(content) > PIECE
    item = stop(phone, scene, content)
    assert phone.send_pieces(content, most=1).json() == {"have": PIECE}
    early = phone.send(item, NOW, in_pieces=True)
    assert (early.status_code, early.json()["state"], QueuedItem.objects.count()) == (409, "incomplete", 0)
    assert phone.send_pieces(content, start=PIECE).json() == {"have": len(content)}
    said = phone.send(item, NOW, in_pieces=True).json()
    assert said["state"] == "done"
    check = RoadsideCheck.objects.get()
    assert check.photos.get().sha256 == hashlib.sha256(content).hexdigest()
    assert (QueuedItem.objects.get().is_signed, PartialFile.objects.count()) == (True, 0)
    assert phone.send(item, NOW, in_pieces=True).json() == said  # the answer was lost: no second record
    assert RoadsideCheck.objects.count() == 1


def test_the_same_photo_of_two_stops_is_sent_once(phone: Phone, scene: Scene) -> None:
    content = large()
    first, second = stop(phone, scene, content), stop(phone, scene, content, plate="吉C54321")
    phone.send_pieces(content)
    assert phone.send(first, NOW, in_pieces=True).json()["state"] == "done"
    assert phone.send_pieces(content, most=0).json() == {"have": len(content)}
    assert phone.send(second, NOW, in_pieces=True).json()["state"] == "done"
    assert RoadsideCheck.objects.count() == 2


def test_another_persons_pieces_are_not_to_be_had(phone: Phone, scene: Scene) -> None:
    content = large()
    phone.send_pieces(content)
    stranger = Phone(client_of(scene.cast.assistant))
    stranger.fetch_key()
    answer = stranger.send(stop(stranger, scene, content), NOW, in_pieces=True)
    assert answer.json()["state"] == "incomplete"
    assert stranger.send_pieces(content, most=0).json() == {"have": 0}


def test_another_photo_than_the_signed_one_goes_to_a_person(phone: Phone, scene: Scene) -> None:
    content, other = large(1), large(2)
    item = stop(phone, scene, content)
    phone.send_pieces(other)
    named = {"_pieces": f'{{"field": "photos", "sha256": "{hashlib.sha256(other).hexdigest()}"}}'}
    phone.send_pieces(content)
    words = {name: value for name, value in item["fields"].items() if name != "photos"}
    answer = phone.send({**item, "fields": words}, NOW, altered=named)
    assert answer.json()["state"] == "conflict"
    assert RoadsideCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("a.jpg", 60 * 1024 * 1024, "60 MB"),
        ("a.heic", 60 * 1024 * 1024, "60 MB"),
        ("a.jpg", 0, "0 字节"),
        ("a.exe", 9, "只收"),
    ],
)
def test_what_can_never_be_taken_is_refused_before_it_is_sent(phone: Phone, name: str, size: int, words: str) -> None:
    said = {"sha256": "a" * 64, "size": str(size), "name": name}
    answer = phone.client.post("/m/queue/send/piece/", query_params=said)
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert words in answer.json()["problems"][0]
    assert PartialFile.objects.count() == 0


FILE = {"sha256": "a" * 64, "size": "9", "name": "a.jpg"}


@pytest.mark.parametrize(
    "said",
    [{}, {"sha256": "x"}, {**FILE, "size": "-1"}, {**FILE, "offset": "x", "sum": "b" * 64}, {**FILE, "offset": "0"}],
)
def test_what_is_no_description_of_a_file_is_refused(phone: Phone, said: dict[str, str]) -> None:
    assert phone.client.post("/m/queue/send/piece/", query_params=said).status_code == 400
    assert PartialFile.objects.count() == 0


@pytest.mark.parametrize("named", ["x", "[]", '{"field": "photos"}', '{"field": "photos", "sha256": "../../etc"}'])
def test_a_form_that_names_no_real_file_is_refused(phone: Phone, scene: Scene, named: str) -> None:
    item = stop(phone, scene, large())
    answer = phone.send({**item, "fields": {}}, NOW, altered={"_pieces": named})
    assert (answer.status_code, QueuedItem.objects.count()) == (422, 0)


def test_the_clock_clears_what_was_never_finished(phone: Phone, scene: Scene) -> None:
    phone.send_pieces(large(), most=1)
    with time_machine.travel(NOW + timedelta(hours=72), tick=False):
        tasks.clear_pieces()
        assert PartialFile.objects.count() == 1
    with time_machine.travel(NOW + timedelta(hours=72, seconds=1), tick=False):
        tasks.clear_pieces()
        assert PartialFile.objects.count() == 0
