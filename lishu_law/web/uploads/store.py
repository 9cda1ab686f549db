"""The write-once store: a checked file goes where its digest says, read-only, and nothing is ever overwritten."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum

from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import StoredFile
from lishu_law.web.uploads.checks import EVERYTHING, CheckedUpload, check_upload

MOST_PER_DAY = 2 * 1024**3
LEAST_FREE = 0.10


def store_upload(
    file: UploadedFile | CheckedUpload, by: Any, *, kinds: frozenset[str] = EVERYTHING, claimed_sha256: str = ""
) -> StoredFile:
    """Keep one file and return its receipt; the same file from the same person gives the first receipt.

    Takes what a form field already checked, or checks it now. Raises ``Refused`` with the words for the page. The
    act that uses the file writes the journal entry (with the digest).
    """
    try:
        checked = file if isinstance(file, CheckedUpload) else check_upload(file, kinds, claimed_sha256=claimed_sha256)
    except InvalidValue as wrong:
        raise Refused([Refusal(wrong.code, wrong.message)]) from None
    try:
        stored = StoredFile.objects.filter(sha256=checked.sha256, received_by=by).first()
        if stored is None:
            check_room(by, checked.size)
            stored = StoredFile.objects.create(
                sha256=checked.sha256,
                original_name=checked.name,
                size=checked.size,
                content_type=checked.content_type,
                width=checked.width,
                height=checked.height,
                pages=checked.pages,
                received_at=clock.now(),
                received_by=by,
                photo_taken=checked.taken,
                photo_position=checked.position,
            )
        keep(checked.spool, stored.stored_path)
    finally:
        checked.discard()
    return stored


def path_of(relative: str) -> Path:
    """The absolute path of something in the store."""
    return Path(settings.MEDIA_ROOT) / relative


def keep(source: Path, relative: str) -> None:
    """Give ``source`` its final place by a hard link (which cannot overwrite) and make it read-only."""
    target = path_of(relative)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        return
    target.chmod(0o444)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def check_room(by: Any, size: int) -> None:
    """Raise ``Refused`` when this person sent too much today or the disk is nearly full."""
    start = datetime.combine(clock.today(), time.min, tzinfo=clock.SHANGHAI).astimezone(UTC)
    sent = StoredFile.objects.filter(received_by=by, received_at__gte=start).aggregate(Sum("size"))["size__sum"] or 0
    if sent + size > MOST_PER_DAY:
        raise Refused([Refusal("file.day", "您今天上传已满 2 GB。请明天再传，或者联系系统管理员。")])
    disk = shutil.disk_usage(settings.MEDIA_ROOT)
    if disk.free - size < disk.total * LEAST_FREE:
        raise Refused([Refusal("file.room", "服务器存储空间不足，暂时不能收文件。请联系系统管理员。")])
