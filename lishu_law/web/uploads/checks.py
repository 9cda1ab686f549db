"""Receiving one file: streamed to the spool while hashing, then every check of its kind. Nothing is stored yet."""

from __future__ import annotations

import hashlib
import os
import secrets
import weakref
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from lishu_law.registry.identity import InvalidValue
from lishu_law.web.uploads import sniffing
from lishu_law.web.uploads.documents import check_pdf
from lishu_law.web.uploads.images import check_photo
from lishu_law.web.uploads.names import clean_name, extension_of
from lishu_law.web.uploads.tables import CSV, XLSX, check_table

PHOTO = frozenset({sniffing.JPEG, sniffing.PNG, sniffing.HEIC})
VIDEO = frozenset({sniffing.MP4, sniffing.THREE_GP, sniffing.QUICKTIME})
AUDIO = frozenset({sniffing.M4A, sniffing.WAV, sniffing.AMR})
PDF = frozenset({sniffing.PDF_TYPE})
TABLE = frozenset({XLSX, CSV})  # only for imports, never evidence
EVERYTHING = PHOTO | VIDEO | AUDIO | PDF
MEGABYTE = 1024 * 1024
MOST_BYTES = {
    **dict.fromkeys(PHOTO, 25 * MEGABYTE),
    **dict.fromkeys(VIDEO | AUDIO, 200 * MEGABYTE),
    **dict.fromkeys(PDF, 50 * MEGABYTE),
    **dict.fromkeys(TABLE, 50 * MEGABYTE),
}
HARD_LIMIT = 200 * MEGABYTE
_WORDS = (
    ("照片(JPG/PNG/HEIC)", PHOTO),
    ("视频(MP4)", VIDEO),
    ("录音(M4A/WAV/AMR)", AUDIO),
    ("PDF", PDF),
    ("表格(XLSX/CSV)", TABLE),
)


@dataclass
class CheckedUpload:
    """A file in the spool that passed its checks. The spool file goes when this object does: a form that is shown
    again leaves nothing behind.
    """

    spool: Path
    name: str
    sha256: str
    size: int
    content_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    taken: str = ""
    position: str = ""

    def __post_init__(self) -> None:
        weakref.finalize(self, self.spool.unlink, missing_ok=True)

    def discard(self) -> None:
        self.spool.unlink(missing_ok=True)


def check_upload(file: UploadedFile, kinds: frozenset[str] = EVERYTHING, *, claimed_sha256: str = "") -> CheckedUpload:
    """Receive and check one file. ``claimed_sha256`` is the digest the sender computed, if it did.

    Raises ``InvalidValue``: ``file.empty``, ``file.type``, ``file.big``, ``file.digest`` and those of its kind.
    """
    name = clean_name(file.name or "")
    wanted = check_announced(name, file.size or 0, kinds)
    spool, digest, size = _spooled(file, MOST_BYTES[wanted])
    upload = CheckedUpload(spool, name, digest, size, wanted)
    try:
        if claimed_sha256 and claimed_sha256.lower() != digest:
            raise InvalidValue("file.digest", "文件在传输中变了（摘要不一致）。请重新上传。")
        _check_content(upload, kinds)
    except InvalidValue:
        upload.discard()
        raise
    return upload


def check_announced(name: str, size: int, kinds: frozenset[str] = EVERYTHING) -> str:
    """The type a file of this name must have, when its name and size may be taken at all; raises ``InvalidValue``."""
    wanted = sniffing.TYPE_OF_EXTENSION.get(extension_of(name), "")
    if wanted not in kinds:
        raise _wrong_type(kinds)
    if not size:
        raise InvalidValue("file.empty", "文件是空的（0 字节）。请重新拍摄，或者换一个文件。")
    if size > MOST_BYTES[wanted]:
        raise _too_big(size, MOST_BYTES[wanted])
    return wanted


def _check_content(upload: CheckedUpload, kinds: frozenset[str]) -> None:
    if upload.content_type in TABLE:
        check_table(upload.spool, upload.content_type)
        return
    with open(upload.spool, "rb") as content:
        if upload.content_type not in sniffing.types_by_content(content.read(4096)):
            raise _wrong_type(kinds)
        movie_like = VIDEO | {sniffing.M4A, sniffing.HEIC}
        if upload.content_type in movie_like and not sniffing.is_whole_movie(content, upload.size):
            raise InvalidValue("file.broken", "文件不完整，可能没有传完或录制中断。请重新上传原文件。")
    if upload.content_type in (sniffing.JPEG, sniffing.PNG):
        photo = check_photo(upload.spool, upload.content_type)
        upload.width, upload.height = photo.width, photo.height
        upload.taken, upload.position = photo.taken, photo.position
    elif upload.content_type == sniffing.PDF_TYPE:
        upload.pages = check_pdf(upload.spool)


def _spooled(file: UploadedFile, most: int) -> tuple[Path, str, int]:
    """The bytes in a new file that only this process may read, with their digest and number."""
    folder = Path(settings.MEDIA_ROOT) / "spool"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as spool:
        file.seek(0)
        for chunk in file.chunks():
            size += len(chunk)
            if size > most:
                break
            digest.update(chunk)
            spool.write(chunk)
        spool.flush()
        os.fsync(spool.fileno())
    if size > most:
        path.unlink()
        raise _too_big(size, most)
    return path, digest.hexdigest(), size


def _wrong_type(kinds: frozenset[str]) -> InvalidValue:
    if kinds >= PHOTO | VIDEO | PDF:
        return InvalidValue("file.type", "这个文件不能用：只收照片(JPG/PNG/HEIC)、视频(MP4)、PDF。")
    words = "、".join(word for word, types in _WORDS if types & kinds)
    return InvalidValue("file.type", f"这个文件不能用：这里只收{words}，内容要与扩展名一致。")


def _too_big(size: int, most: int) -> InvalidValue:
    shown = f"{size / MEGABYTE:.0f} MB" if size >= MEGABYTE * 10 else f"{size / MEGABYTE:.1f} MB"
    return InvalidValue("file.big", f"文件 {shown}，超过 {most // MEGABYTE} MB。照片请直接拍摄上传，视频请剪短。")
