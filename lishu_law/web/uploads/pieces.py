"""A large file of a phone in pieces of 512 KB, so that a cut costs one piece and not the whole photo (ux.md §12).

A file is known by its person and its digest. Sending a piece twice, too early or from two tabs changes nothing: the
answer is always how many bytes are here, and the sender goes on from there. The whole file passes the same checks as
any other upload; its name, size and first bytes are judged before the rest is sent in vain.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import StoredFile
from lishu_law.web.models import PARTIAL_FOLDER, PartialFile
from lishu_law.web.uploads import sniffing
from lishu_law.web.uploads.checks import MEGABYTE, check_announced
from lishu_law.web.uploads.names import clean_name
from lishu_law.web.uploads.store import check_room, path_of, store_upload
from lishu_law.web.uploads.tables import CSV, XLSX

PIECE = 512 * 1024
MOST_WAITING = 500 * MEGABYTE  # unfinished files of one person: what one phone may hold


@dataclass(frozen=True)
class Announced:
    """What the sender says of the whole file."""

    sha256: str
    size: int
    name: str


class Incomplete(Exception):
    """Not all of the file is here yet; the sender asks how much is and goes on."""


def bytes_here(said: Announced, by: Any) -> int:
    """How much of the file came already: all of it when it was stored before. Raises ``Refused`` for what is not taken."""
    _check(said)
    if StoredFile.objects.filter(sha256=said.sha256, received_by=by).exists():
        return said.size
    row = PartialFile.objects.filter(user=by, sha256=said.sha256).first()
    return row.have if row else 0


@transaction.atomic
def take_piece(said: Announced, by: Any, offset: int, body: bytes, claimed_sha256: str) -> int:
    """Keep one piece if it is the next one and unharmed; either way the number of bytes that are here now."""
    _check(said, body if offset == 0 else b"")
    if StoredFile.objects.filter(sha256=said.sha256, received_by=by).exists():
        return said.size
    row = _row(said, by)
    is_next = offset == row.have and 0 < len(body) <= PIECE and row.have + len(body) <= row.size
    if not is_next or hashlib.sha256(body).hexdigest() != claimed_sha256:
        return row.have
    _write(row, body)
    row.have += len(body)
    row.touched_at = clock.now()
    row.save(update_fields=["have", "touched_at"])
    return row.have


def whole_file(sha256: str, by: Any) -> StoredFile:
    """The file all pieces of which are here, checked and kept for good. Raises ``Incomplete`` or ``Refused``."""
    stored = StoredFile.objects.filter(sha256=sha256, received_by=by).first()
    if stored is not None:
        return stored
    row = PartialFile.objects.filter(user=by, sha256=sha256).first()
    path = path_of(row.path) if row else None
    if row is None or path is None or row.have < row.size:
        raise Incomplete
    if not path.is_file() or path.stat().st_size < row.size:  # the disk lost it: from the beginning
        row.delete()
        raise Incomplete
    try:
        with open(path, "rb") as content:
            upload = UploadedFile(File(content), row.original_name, size=row.size)
            stored = store_upload(upload, by, claimed_sha256=sha256)
    finally:  # kept or refused for good: the pieces have done their work
        _forget(row)
    return stored


def clear_pieces(before: datetime) -> int:
    """Drop what nobody went on with since ``before``, and bytes without a row; a phone that comes later begins anew."""
    old = list(PartialFile.objects.filter(touched_at__lt=before))
    for row in old:
        with transaction.atomic():
            locked = PartialFile.objects.select_for_update(skip_locked=True).filter(pk=row.pk, touched_at__lt=before)
            if locked.first():
                _forget(row)
    for path in _without_row():
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    return len(old)


def _check(said: Announced, head: bytes = b"") -> None:
    """Name, size and, once known, the first bytes: refused before the rest is sent."""
    name = clean_name(said.name)
    try:
        wanted = check_announced(name, said.size)
        if head and wanted not in sniffing.types_by_content(head[:4096]) and wanted not in (XLSX, CSV):
            raise InvalidValue("file.type", "这个文件的内容与扩展名不一致，不能用。请重新拍摄，或者换一个文件。")
    except InvalidValue as wrong:
        raise Refused([Refusal(wrong.code, f"{name}：{wrong.message}")]) from None


def _row(said: Announced, by: Any) -> PartialFile:
    """The row of this file, locked; a new one only where there is room for all of it."""
    PartialFile.objects.bulk_create(
        [PartialFile(user=by, sha256=said.sha256, original_name=clean_name(said.name), size=said.size, touched_at=clock.now())],
        ignore_conflicts=True,
    )  # fmt: skip
    row = PartialFile.objects.select_for_update().get(user=by, sha256=said.sha256)
    path_of(PARTIAL_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    if row.have == 0:
        row.size = said.size
        row.save(update_fields=["size"])
        waiting = PartialFile.objects.filter(user=by).aggregate(Sum("size"))["size__sum"]
        if waiting > MOST_WAITING:
            text = f"没有传完的文件已满 {MOST_WAITING // MEGABYTE} MB。请先把前面的传完，再传这一份。"
            raise Refused([Refusal("file.waiting", text)])
        check_room(by, said.size)
    return row


def _write(row: PartialFile, body: bytes) -> None:
    """At its place, so that a piece written again after a crash is the same piece."""
    handle = os.open(path_of(row.path), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(handle, body, row.have)
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget(row: PartialFile) -> None:
    row.delete()
    path_of(row.path).unlink(missing_ok=True)


def _without_row() -> Iterator[Path]:
    folder = Path(settings.MEDIA_ROOT) / PARTIAL_FOLDER
    if not folder.is_dir():
        return
    known = {Path(row.path).name for row in PartialFile.objects.all()}
    yield from (path for path in folder.iterdir() if path.name not in known)
