"""The upload pipeline against a corpus of good, wrong and hostile files, all made here."""

from __future__ import annotations

import io
import os
import stat
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import ScanState, StoredFile, User
from lishu_law.web import uploads
from lishu_law.web.uploads import checks, store
from lishu_law.web.uploads.names import clean_name

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(db) -> User:
    return User.objects.create_user("officer", staff_number="S1", full_name="赵演示")


def image(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, format=kind, **options)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    parts = b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, data, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + parts


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def movie(brand: bytes = b"isom", tail: bytes = b"") -> bytes:
    return box(b"ftyp", brand + b"\0\0\2\0" + b"isommp42") + box(b"moov", b"x" * 40) + box(b"mdat", b"y" * 400) + tail


def heic() -> bytes:
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"x" * 40) + box(b"mdat", b"y" * 90)


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, pages: int = 1, **options: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 200))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _script_in_name_tree(document: pikepdf.Pdf) -> None:
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))


def _launch(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def _attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.txt"] = b"hidden"


def _opens_address(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid/")


def _chained_address(document: pikepdf.Pdf) -> None:
    after = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid/")
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.NextPage, Next=after)


def _link(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid/"),
    )
    document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([link]))


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # what a hostile client could send; Django's own cleaning must not be the only one
    return file


ACCEPTED = [
    ("照片.jpg", image(), "image/jpeg"),
    ("IMG_0001.JPEG", image(), "image/jpeg"),
    ("a.png", image("PNG"), "image/png"),
    ("grey.png", image("PNG", mode="L"), "image/png"),
    ("palette.png", image("PNG", mode="P"), "image/png"),
    ("clear.png", image("PNG", mode="RGBA"), "image/png"),
    ("cmyk.jpg", image(mode="CMYK"), "image/jpeg"),
    ("12000.png", image("PNG", (12_000, 1), "L"), "image/png"),
    ("animated.png", image("PNG", save_all=True, append_images=[Image.new("RGB", (64, 48), 3)]), "image/png"),
    ("a.heic", heic(), "image/heic"),
    ("a.mp4", movie(), "video/mp4"),
    ("a.3gp", movie(b"3gp4"), "video/3gpp"),
    ("a.mov", movie(b"qt  "), "video/quicktime"),
    ("a.m4a", movie(b"M4A "), "audio/mp4"),
    ("long.mp4", movie(tail=struct.pack(">I", 1) + b"free" + struct.pack(">Q", 16)), "video/mp4"),
    ("a.wav", b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40, "audio/wav"),
    ("a.amr", b"#!AMR\n" + b"\x3c" * 64, "audio/amr"),
    ("a.pdf", pdf(), "application/pdf"),
    ("link.pdf", pdf(_link), "application/pdf"),
    ("500.pdf", pdf(pages=500), "application/pdf"),
    ("发票.pdf.jpg", image(), "image/jpeg"),
    ("eicar.pdf", pdf() + b"\n%" + EICAR + b"\n", "application/pdf"),
    ("script.jpg", image(comment=b"<script>alert(1)</script>"), "image/jpeg"),
]


@pytest.mark.parametrize(("name", "content", "content_type"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_accepted_and_kept_bit_by_bit(officer: User, name: str, content: bytes, content_type: str) -> None:
    stored = uploads.store_upload(sent(name, content), officer)
    path = store.path_of(stored.stored_path)
    assert path.read_bytes() == content
    assert (stored.content_type, stored.size, stored.scan_state) == (content_type, len(content), ScanState.UNSCANNED)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert path.name == stored.sha256
    assert not list(store.path_of("spool").iterdir())


REFUSED = [
    ("empty.jpg", b"", "file.empty"),
    ("empty.pdf", b"", "file.empty"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file.type"),
    ("a.html", b"<html></html>", "file.type"),
    ("a.htm", b"<html></html>", "file.type"),
    ("a.txt", EICAR, "file.type"),
    ("a.exe", b"MZ" + b"\0" * 100, "file.type"),
    ("a.docx", b"PK\x03\x04" + b"\0" * 100, "file.type"),
    ("a.docm", b"PK\x03\x04", "file.type"),
    ("a.xls", b"\xd0\xcf\x11\xe0", "file.type"),
    ("a.zip", b"PK\x03\x04", "file.type"),
    ("a.rar", b"Rar!\x1a\x07", "file.type"),
    ("a.gif", image("GIF"), "file.type"),
    ("a.bmp", image("BMP"), "file.type"),
    ("a.tiff", image("TIFF"), "file.type"),
    ("a.webp", image("WEBP"), "file.type"),
    ("a.avif", image("AVIF"), "file.type"),
    ("a.avi", b"RIFF\0\0\0\0AVI ", "file.type"),
    ("a.webm", b"\x1a\x45\xdf\xa3", "file.type"),
    ("a", image(), "file.type"),
    (".jpg.", image(), "file.type"),
    ("", image(), "file.type"),
    ("png-as.jpg", image("PNG"), "file.type"),
    ("jpeg-as.png", image(), "file.type"),
    ("gif-as.jpg", image("GIF"), "file.type"),
    ("avif-as.heic", image("AVIF"), "file.type"),
    ("tiff-as.jpg", image("TIFF"), "file.type"),
    ("svg-as.png", b"<svg onload=alert(1)>", "file.type"),
    ("html-as.jpg", b"<html><script>alert(1)</script>", "file.type"),
    ("html-as.pdf", b"<html>%PDF-1.7", "file.type"),
    ("pdf-as.jpg", pdf(), "file.type"),
    ("jpg-as.pdf", image(), "file.type"),
    ("zip-as.jpg", b"PK\x03\x04" + b"\0" * 50, "file.type"),
    ("exe-as.mp4", b"MZ" + b"\0" * 100, "file.type"),
    ("mp4-as.jpg", movie(), "file.type"),
    ("heic-as.mp4", heic(), "file.type"),
    ("mp4-as.mov", movie(), "file.type"),
    ("eicar.jpg", EICAR, "file.type"),
    ("gifar.jpg", b"GIF89a" + b"\0" * 30 + b"PK\x03\x04", "file.type"),
    ("junk-before.pdf", b"junk\n" + pdf(), "file.type"),
    ("invoice.jpg.exe", image(), "file.type"),
    ("photo\u202egpj.exe", image(), "file.type"),
    ("photo.jpg\x00.php", image(), "file.type"),
    ("magic-only.jpg", b"\xff\xd8\xff", "file.broken"),
    ("polyglot.jpg", b"\xff\xd8\xff<script>alert(1)</script>", "file.broken"),
    ("truncated.jpg", image(size=(400, 400), quality=95)[:700], "file.broken"),
    ("truncated.png", image("PNG", (300, 300))[:200], "file.broken"),
    ("garbage.png", b"\x89PNG\r\n\x1a\n" + os.urandom(200), "file.broken"),
    ("lying.png", png_header(300, 300), "file.broken"),
    ("bomb.png", png_header(50_000, 50_000), "file.pixels"),
    ("wide.png", png_header(12_001, 1), "file.pixels"),
    ("narrow.png", png_header(1, 65_535), "file.pixels"),
    ("area.png", png_header(8_000, 6_000), "file.pixels"),
    ("max.png", png_header(2**31 - 1, 2**31 - 1), "file.pixels"),
    ("cut.mp4", movie()[:-10], "file.broken"),
    ("no-header.mp4", box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"x" * 9), "file.broken"),
    ("tail.mp4", movie(tail=b"<html>" + b"z" * 20), "file.broken"),
    ("tiny-box.mp4", movie(tail=struct.pack(">I", 4) + b"free"), "file.broken"),
    ("boxes.mp4", movie(tail=box(b"free") * 10_001), "file.broken"),
    ("script.pdf", pdf(_script), "file.active"),
    ("script2.pdf", pdf(_script_in_name_tree), "file.active"),
    ("packed-script.pdf", pdf(_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "file.active"),
    ("launch.pdf", pdf(_launch), "file.active"),
    ("attachment.pdf", pdf(_attachment), "file.active"),
    ("opens.pdf", pdf(_opens_address), "file.active"),
    ("chained.pdf", pdf(_chained_address), "file.active"),
    ("locked.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "file.locked"),
    ("half-locked.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="")), "file.locked"),
    ("501.pdf", pdf(pages=501), "file.pages"),
    ("none.pdf", pdf(pages=0), "file.broken"),
    ("broken.pdf", b"%PDF-1.7\n" + os.urandom(300), "file.broken"),
]


@pytest.mark.parametrize(("name", "content", "code"), REFUSED, ids=[repr(row[0]) for row in REFUSED])
def test_refused_and_nothing_left(name: str, content: bytes, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        uploads.check_upload(sent(name, content))
    assert refused.value.code == code
    assert len(refused.value.message) <= 45
    spool = store.path_of("spool")
    assert not spool.exists() or not list(spool.iterdir())


def test_words_of_refusals() -> None:
    for name, content, words in (
        ("a.svg", b"<svg>", "这个文件不能用：只收照片(JPG/PNG/HEIC)、视频(MP4)、PDF。"),
        ("a.jpg", b"", "文件是空的（0 字节）。请重新拍摄，或者换一个文件。"),
    ):
        with pytest.raises(InvalidValue) as refused:
            uploads.check_upload(sent(name, content))
        assert refused.value.message == words


@pytest.mark.parametrize(
    ("name", "megabytes", "words"),
    [
        ("a.jpg", 25, "文件 25 MB，超过 25 MB。照片请直接拍摄上传，视频请剪短。"),
        ("a.pdf", 50, "文件 50 MB，超过 50 MB。照片请直接拍摄上传，视频请剪短。"),
        ("a.mp4", 300, "文件 300 MB，超过 200 MB。照片请直接拍摄上传，视频请剪短。"),
    ],
)
def test_too_big_is_refused_before_it_is_read(name: str, megabytes: int, words: str) -> None:
    file = sent(name, b"x")
    file.size = megabytes * checks.MEGABYTE + 1
    with pytest.raises(InvalidValue) as refused:
        uploads.check_upload(file)
    assert (refused.value.code, refused.value.message) == ("file.big", words)


def test_a_lying_size_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checks.MOST_BYTES, "image/jpeg", 1000)
    file = sent("a.jpg", image(size=(500, 500), quality=100) + b"\0" * 4000)
    file.size = 500
    with pytest.raises(InvalidValue, match="超过"):
        uploads.check_upload(file)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("..\\..\\windows\\a.jpg", "a.jpg"),
        ("/abs/olute.jpg", "olute.jpg"),
        ("C:\\用户\\照片.jpg", "照片.jpg"),
        ("a\x00b.jpg", "ab.jpg"),
        ("照片\u202egpj.jpg", "照片gpj.jpg"),
        ("evil.html.jpg", "evil_html.jpg"),
        ("evil.exe.jpg", "evil_exe.jpg"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
        ("𠮷" * 300 + ".pdf", "𠮷" * 96 + ".pdf"),
        ('a<b>"c|d?.jpg', "a_b__c_d_.jpg"),
        ("line\r\nbreak.jpg", "linebreak.jpg"),
        ("", "未命名"),
        (".jpg", "jpg"),
        ("发票.pdf.jpg", "发票.pdf.jpg"),
    ],
)
def test_names_are_cleaned(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


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
