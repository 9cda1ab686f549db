"""What is stored stays as it came; what is served carries the right headers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import RequestFactory
from PIL import Image
from upload_corpus import image, movie, pdf, sent

from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import ScanState, StoredFile, User
from lishu_law.web import uploads
from lishu_law.web.uploads import store


@pytest.fixture(autouse=True)
def _store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(db) -> User:
    return User.objects.create_user("officer", staff_number="S1", full_name="赵演示")


def test_same_bytes_twice(officer: User) -> None:
    other = User.objects.create_user("other", staff_number="S2", full_name="钱演示")
    first = uploads.store_upload(sent("a.jpg", image()), officer)
    again = uploads.store_upload(sent("b.jpg", image()), officer)
    theirs = uploads.store_upload(sent("c.jpg", image()), other)
    assert again == first
    assert again.original_name == "a.jpg"
    assert theirs != first
    assert theirs.stored_path == first.stored_path
    assert StoredFile.objects.count() == 2


def test_stored_file_is_never_overwritten(officer: User) -> None:
    stored = uploads.store_upload(sent("a.jpg", image()), officer)
    path = store.path_of(stored.stored_path)
    before = path.stat()
    other = path.parent / "other"
    other.write_bytes(b"something else")
    store.keep(other, stored.stored_path)
    assert path.read_bytes() == image()
    assert path.stat().st_ino == before.st_ino


def test_digest_of_the_sender_is_compared() -> None:
    with pytest.raises(InvalidValue, match="传输中变了"):
        uploads.check_upload(sent("a.jpg", image()), claimed_sha256="0" * 64)


def test_kinds_are_limited_by_the_caller(officer: User) -> None:
    with pytest.raises(Refused, match="这里只收PDF") as refused:
        uploads.store_upload(sent("a.jpg", image()), officer, kinds=uploads.PDF)
    assert refused.value.refusals[0].code == "file.type"


def test_two_gigabytes_a_day(officer: User, time_machine) -> None:
    time_machine.move_to(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    StoredFile.objects.create(
        sha256="f" * 64,
        original_name="a",
        size=store.MOST_PER_DAY,
        content_type="video/mp4",
        received_at=datetime(2026, 11, 22, 16, 0, tzinfo=UTC),
        received_by=officer,
    )
    with pytest.raises(Refused, match="已满 2 GB"):
        uploads.store_upload(sent("a.jpg", image()), officer)
    time_machine.move_to(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    assert uploads.store_upload(sent("a.jpg", image()), officer).pk


def _photo_with_origin() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "<script>alert(1)</script>"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:23 23:02:05"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (43.0, 18.0, 30.0), "E", (124.0, 20.0, 0.0)
    return image(size=(3000, 1500), exif=exif)


def test_origin_is_read_and_the_copy_has_none(officer: User) -> None:
    stored = uploads.store_upload(sent("a.jpg", _photo_with_origin()), officer)
    assert stored.photo_taken == "2026-11-23 23:02:05"
    assert stored.photo_position == "43.308333,124.333333"
    assert uploads.make_derivative(stored, "2026-11-23 23:02 · G303 K12+300 · 赵演示 · " + stored.short_digest)
    stored.refresh_from_db()
    path = store.path_of(stored.derivative_path)
    with Image.open(path) as copy:
        assert copy.size == (2048, 1024)
        assert not copy.getexif()
        assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        # the line of text stands on a darkened strip at the lower edge
        assert copy.getpixel((2040, 1020)) < copy.getpixel((1000, 100))
    assert b"script" not in path.read_bytes()
    assert store.path_of(stored.stored_path).read_bytes() == _photo_with_origin()


@pytest.mark.parametrize(
    ("name", "content", "made"), [("a.png", image("PNG", mode="RGBA"), True), ("a.pdf", pdf(), False)]
)
def test_derivatives_of_other_kinds(officer: User, name: str, content: bytes, made: bool) -> None:
    assert uploads.make_derivative(uploads.store_upload(sent(name, content), officer), "演示") is made


def test_headers_of_a_served_image(officer: User, rf: RequestFactory) -> None:
    stored = uploads.store_upload(sent("../x\u202e.jpg", image()), officer)
    response = uploads.serve_file(rf.get("/"), stored, download_name="证据一 𠮷.jpg")
    assert b"".join(response) == image()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_documents_are_downloads_and_strangers_get_nothing(officer: User, rf: RequestFactory) -> None:
    stored = uploads.store_upload(sent("a.pdf", pdf()), officer)
    response = uploads.serve_file(rf.get("/"), stored, download_name="证据.pdf")
    assert response["Content-Disposition"].startswith("attachment")
    response.close()
    with pytest.raises(NotAllowed):
        uploads.serve_file(rf.get("/", headers={"Sec-Fetch-Site": "cross-site"}), stored, download_name="a.pdf")
    with pytest.raises(NotFound):
        uploads.serve_file(rf.get("/"), stored, download_name="a.pdf", derivative=True)
    stored.scan_state = ScanState.QUARANTINED
    with pytest.raises(NotAllowed, match="已隔离"):
        uploads.serve_file(rf.get("/"), stored, download_name="a.pdf")


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-999999", 206, slice(0, None)),
        ("bytes=999999-", 416, None),
        ("bytes=9-3", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=-", 416, None),
        ("lines=1-2", 416, None),
        ("bytes=0-1,3-4", 416, None),
        ("", 200, slice(0, None)),
    ],
)
def test_videos_in_parts(officer: User, rf: RequestFactory, wanted: str, status: int, part: slice | None) -> None:
    stored = uploads.store_upload(sent("a.mp4", movie()), officer)
    headers = {"Range": wanted} if wanted else {}
    response = uploads.serve_file(rf.get("/", headers=headers), stored, download_name="a.mp4")
    assert response.status_code == status
    if part is not None:
        assert b"".join(response) == movie()[part]
        assert int(response["Content-Length"]) == len(movie()[part])
    response.close()
