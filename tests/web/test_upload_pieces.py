"""Large files in pieces: a cut costs one piece, nothing arrives twice, the whole passes every check, rests are cleared."""

from __future__ import annotations

import hashlib
import io
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from PIL import Image

from lishu_law.errors import Refused
from lishu_law.registry.models import StoredFile, User
from lishu_law.web.models import PartialFile
from lishu_law.web.uploads import pieces
from lishu_law.web.uploads.checks import MEGABYTE
from lishu_law.web.uploads.pieces import PIECE, Announced, Incomplete
from lishu_law.web.uploads.store import path_of

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def travel() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("officer", staff_number="S1", full_name="赵演示")


def photo(seed: int = 1) -> bytes:
    """A JPEG of noise, a little over three pieces."""
    noise = random.Random(seed).randbytes(1060 * 1060 * 3)
    content = io.BytesIO()
    Image.frombytes("RGB", (1060, 1060), noise).save(content, "JPEG", quality=98)
    return content.getvalue()


def said_of(content: bytes, name: str = "IMG_1.jpg") -> Announced:
    return Announced(hashlib.sha256(content).hexdigest(), len(content), name)


def send(content: bytes, by: User, start: int = 0, *, most: int = 99, name: str = "IMG_1.jpg") -> int:
    """As the phone does it: one piece after the other, from where the server says it is."""
    here = start
    for _number in range(most):
        if here >= len(content):
            break
        body = content[here : here + PIECE]
        here = pieces.take_piece(said_of(content, name), by, here, body, hashlib.sha256(body).hexdigest())
    return here


def left() -> list[str]:
    folder = path_of("pieces")
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def test_a_cut_costs_one_piece_and_the_whole_is_kept_unchanged(officer: User) -> None:
    content = photo()
    assert len(content) > 3 * PIECE
    assert pieces.bytes_here(said_of(content), officer) == 0
    assert send(content, officer, most=2) == 2 * PIECE
    with pytest.raises(Incomplete):
        pieces.whole_file(said_of(content).sha256, officer)
    assert pieces.bytes_here(said_of(content), officer) == 2 * PIECE  # after the cut: it goes on from here
    assert send(content, officer, 2 * PIECE) == len(content)
    stored = pieces.whole_file(said_of(content).sha256, officer)
    assert path_of(stored.stored_path).read_bytes() == content
    assert (stored.size, stored.original_name, stored.width) == (len(content), "IMG_1.jpg", 1060)
    assert (PartialFile.objects.count(), left()) == (0, [])
    assert pieces.whole_file(said_of(content).sha256, officer) == stored  # the answer was lost: the same file
    assert pieces.bytes_here(said_of(content), officer) == len(content)
    assert send(content, officer, 0, most=1) == len(content)  # nothing of it begins again
    assert PartialFile.objects.count() == 0


def test_a_piece_twice_too_early_or_harmed_changes_nothing(officer: User) -> None:
    content = photo()
    said, first = said_of(content), content[:PIECE]
    good = hashlib.sha256(first).hexdigest()
    assert pieces.take_piece(said, officer, 0, first, "0" * 64) == 0  # harmed on its way
    assert pieces.take_piece(said, officer, 0, first, good) == PIECE
    assert pieces.take_piece(said, officer, 0, first, good) == PIECE
    assert pieces.take_piece(said, officer, 2 * PIECE, first, good) == PIECE
    assert pieces.take_piece(said, officer, PIECE, b"", hashlib.sha256(b"").hexdigest()) == PIECE
    large = content[PIECE : 2 * PIECE + 1]
    assert pieces.take_piece(said, officer, PIECE, large, hashlib.sha256(large).hexdigest()) == PIECE
    exact = content[PIECE : 2 * PIECE]
    assert pieces.take_piece(said, officer, PIECE, exact, hashlib.sha256(exact).hexdigest()) == 2 * PIECE
    assert path_of(PartialFile.objects.get().path).read_bytes() == content[: 2 * PIECE]


def test_more_than_was_announced_is_not_taken(officer: User) -> None:
    content = photo()
    said = Announced(said_of(content).sha256, PIECE - 1, "IMG_1.jpg")
    body = content[:PIECE]
    assert pieces.take_piece(said, officer, 0, body, hashlib.sha256(body).hexdigest()) == 0


def test_two_tabs_send_the_same_file_at_once(officer: User) -> None:
    content = photo()

    def tab(_number: int) -> int:
        try:
            return send(content, officer)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(tab, range(4))) == {len(content)}
    stored = pieces.whole_file(said_of(content).sha256, officer)
    assert path_of(stored.stored_path).read_bytes() == content


def test_a_piece_written_before_a_crash_is_written_again(officer: User) -> None:
    content = photo()
    send(content, officer, most=2)
    PartialFile.objects.update(have=PIECE)  # the process died between the disk and the database
    assert send(content, officer, PIECE) == len(content)
    assert path_of(pieces.whole_file(said_of(content).sha256, officer).stored_path).read_bytes() == content


def test_what_the_disk_lost_begins_anew(officer: User) -> None:
    content = photo()
    send(content, officer)
    os.truncate(path_of(PartialFile.objects.get().path), PIECE)
    with pytest.raises(Incomplete):
        pieces.whole_file(said_of(content).sha256, officer)
    assert pieces.bytes_here(said_of(content), officer) == 0
    send(content, officer)
    assert pieces.whole_file(said_of(content).sha256, officer).size == len(content)


def test_a_bit_flipped_on_the_disk_is_noticed_and_nothing_stays(officer: User) -> None:
    content = photo()
    send(content, officer)
    path = path_of(PartialFile.objects.get().path)
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(Refused, match="摘要不一致"):
        pieces.whole_file(said_of(content).sha256, officer)
    assert (StoredFile.objects.count(), PartialFile.objects.count(), left()) == (0, 0, [])


@pytest.mark.parametrize(
    ("size", "name", "words"),
    [
        (25 * MEGABYTE, "a.jpg", ""), (25 * MEGABYTE + 1, "a.jpg", "超过 25 MB"), (60 * MEGABYTE, "a.jpg", "文件 60 MB，超过 25 MB"),
        (60 * MEGABYTE, "a.HEIC", "超过 25 MB"), (0, "a.jpg", "0 字节"), (PIECE, "a.exe", "只收照片"),
    ],
)  # fmt: skip
def test_name_and_size_are_judged_before_anything_is_sent(officer: User, size: int, name: str, words: str) -> None:
    said = Announced("a" * 64, size, name)
    if not words:
        assert pieces.bytes_here(said, officer) == 0
        return
    with pytest.raises(Refused, match=words):
        pieces.bytes_here(said, officer)
    with pytest.raises(Refused, match=words):
        pieces.take_piece(said, officer, 0, b"x", hashlib.sha256(b"x").hexdigest())
    assert (PartialFile.objects.count(), left()) == (0, [])


def test_the_first_piece_shows_what_the_file_is(officer: User) -> None:
    content = b"MZ" + bytes(2 * PIECE)
    with pytest.raises(Refused, match="内容与扩展名不一致"):
        send(content, officer, most=1)
    assert (PartialFile.objects.count(), left()) == (0, [])


def test_what_breaks_later_is_refused_as_a_whole(officer: User) -> None:
    content = photo()[: 2 * PIECE]  # a photo that ends in the middle
    send(content, officer)
    with pytest.raises(Refused):
        pieces.whole_file(said_of(content).sha256, officer)
    assert (StoredFile.objects.count(), PartialFile.objects.count(), left()) == (0, 0, [])


def test_unfinished_files_of_one_person_are_bounded(officer: User) -> None:
    def begin(number: int, size: int, by: User = officer) -> int:
        content = photo()[:PIECE]
        said = Announced(f"{number:064x}", size, "a.mp4")
        return pieces.take_piece(said, by, 1, content, hashlib.sha256(content).hexdigest())  # only announced

    assert [begin(number, 200 * MEGABYTE) for number in (1, 2)] == [0, 0]
    assert begin(3, 100 * MEGABYTE) == 0
    with pytest.raises(Refused, match="没有传完的文件已满 500 MB"):
        begin(4, 1)
    assert PartialFile.objects.count() == 3
    other = User.objects.create_user("other", staff_number="S2", full_name="钱演示")
    assert begin(4, 1, other) == 0


def test_rests_are_cleared_and_what_still_comes_is_not(officer: User, travel: time_machine.Traveller) -> None:
    old, new = photo(1), photo(2)
    send(old, officer, most=1)
    stray = path_of("pieces") / "stray"
    stray.write_bytes(b"x")
    os.utime(stray, (NOW.timestamp(), NOW.timestamp()))
    travel.move_to(NOW + timedelta(hours=72))
    send(new, officer, most=1)
    assert pieces.clear_pieces(NOW) == 0  # to the second as old as allowed
    assert pieces.clear_pieces(NOW + timedelta(seconds=1)) == 1
    assert PartialFile.objects.get().sha256 == said_of(new).sha256
    assert left() == [Path(PartialFile.objects.get().path).name]
    assert pieces.clear_pieces(NOW + timedelta(seconds=1)) == 0  # twice without harm
    assert send(old, officer, pieces.bytes_here(said_of(old), officer)) == len(old)  # the phone came after all
