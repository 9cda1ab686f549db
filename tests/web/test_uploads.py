"""The upload pipeline against a corpus of good, wrong and hostile files, all made here."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from upload_corpus import (
    attachment,
    box,
    chained_address,
    heic,
    image,
    launch,
    link_to_address,
    movie,
    opens_address,
    pdf,
    png_header,
    script,
    script_in_name_tree,
    sent,
)

from lishu_law.pdf import engine
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import ScanState, User
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
    ("link.pdf", pdf(link_to_address), "application/pdf"),
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
    ("script.pdf", pdf(script), "file.active"),
    ("script2.pdf", pdf(script_in_name_tree), "file.active"),
    ("packed-script.pdf", pdf(script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "file.active"),
    ("launch.pdf", pdf(launch), "file.active"),
    ("attachment.pdf", pdf(attachment), "file.active"),
    ("opens.pdf", pdf(opens_address), "file.active"),
    ("chained.pdf", pdf(chained_address), "file.active"),
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


def test_cut_off_pictures_are_refused_in_a_process_that_also_draws_documents() -> None:
    # weasyprint tells Pillow to accept them, for the whole process; our engine takes that back.
    assert engine.ImageFile.LOAD_TRUNCATED_IMAGES is False
