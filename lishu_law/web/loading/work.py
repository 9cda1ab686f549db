"""Driving a load through its states: check the whole file, then write it chunk by chunk.

Each chunk is one transaction that also moves ``progress`` on, so a killed worker loses nothing and writes nothing twice:
the next one goes on behind the last chunk. A chunk is checked again before it is written, because the registry may have
moved since the file was checked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q

from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import ImportFault, ImportState, RegisterImport
from lishu_law.web.loading.columns import Fault, Heading, Row
from lishu_law.web.loading.register import Register, Registers
from lishu_law.web.loading.sheets import formula_cells, read_rows
from lishu_law.web.uploads.store import path_of
from lishu_law.web.uploads.tables import XLSX

logger = logging.getLogger(__name__)
MOST_FAULTS = 5_000  # of one file kept with words; beyond that only counted
SILENT = timedelta(minutes=5)  # a worker that said nothing for so long is dead
MOST_ATTEMPTS = 5
BUSY = (ImportState.CHECKING, ImportState.LOADING)


def waiting_ids(registers: Registers, limit: int = 5) -> list[int]:
    """Loads of these tables nobody works on."""
    dead = Q(beat_at__isnull=True) | Q(beat_at__lt=clock.now() - SILENT)
    waiting = RegisterImport.objects.filter(dead, state__in=BUSY, kind__in=list(registers))
    return list(waiting.order_by("id").values_list("pk", flat=True)[:limit])


def work(load_id: int, registers: Registers) -> None:
    """Do what the load waits for, unless somebody is at it. Never raises for a file that cannot be used."""
    now = clock.now()
    free = Q(beat_at__isnull=True) | Q(beat_at__lt=now - SILENT)
    claimed = RegisterImport.objects.filter(free, pk=load_id, state__in=BUSY, kind__in=list(registers)).update(
        beat_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    load = RegisterImport.objects.select_related("file", "by").get(pk=load_id)
    if load.attempts > MOST_ATTEMPTS:
        _fail(load, "后台处理多次中断，没有完成。请联系系统管理员。")
        return
    try:
        run = _check if load.state == ImportState.CHECKING else _write
        run(load, registers[load.kind])
    except InvalidValue as wrong:
        _fail(load, wrong.message)
    except DatabaseError:
        logger.exception("load %s broke off", load.reference)
        _fail(load, f"写入数据库时出错，第 {load.progress} 行以前的已经处理，以后的没有。可以重试，不会重复。")


def _fail(load: RegisterImport, words: str) -> None:
    load.state, load.failure, load.finished_at, load.beat_at = ImportState.FAILED, words[:300], clock.now(), None
    load.save(update_fields=["state", "failure", "finished_at", "beat_at"])
    journal.record("register.import_failed", by=None, on=("register_import", load.reference))


def chunks(load: RegisterImport, register: Register, faults: list[Fault]) -> Iterator[list[Row]]:
    """The filled rows in chunks; faults of the heading go to ``faults`` and end the reading."""
    heading: Heading | None = None
    chunk: list[Row] = []
    count = 0
    for no, cells in enumerate(read_rows(path_of(load.file.stored_path), load.file.content_type), 1):
        if heading is None:
            heading = Heading(register.columns, cells)
            if heading.faults:
                faults += heading.faults
                return
            continue
        row = heading.row(no, cells)
        if row is None:
            continue
        count += 1
        if count > register.most:
            raise InvalidValue("file.rows", f"这一类一次最多导入 {register.most} 行。请分成几个文件。")
        chunk.append(row)
        if register.chunk and len(chunk) >= register.chunk:
            yield chunk
            chunk = []
    if count == 0:
        raise InvalidValue("file.empty", "表格里没有内容。第一行应是列名，从第二行起每行一条。")
    if chunk:
        yield chunk


def _check(load: RegisterImport, register: Register) -> None:
    """The dry run: every fault of the whole file; nothing of it is written into the register."""
    seen = register.seen()
    ImportFault.objects.filter(load=load).delete()
    load.rows = load.faults = load.faulty_rows = load.created = load.updated = 0
    heading_faults: list[Fault] = _formulas(load) if register.refuses_formulas else []
    for rows in chunks(load, register, heading_faults):
        good, faults = register.check(rows, seen, clock.today(), demo=settings.DEMO)
        load.rows += len(rows)
        load.created += sum(one.known is None for one in good)
        load.updated += sum(one.known is not None for one in good)
        _keep_faults(load, faults)
        load.progress, load.beat_at = rows[-1].no, clock.now()
        load.save(update_fields=["rows", "created", "updated", "faults", "faulty_rows", "progress", "beat_at"])
    _keep_faults(load, heading_faults)
    load.state, load.checked_at, load.beat_at, load.progress = ImportState.CHECKED, clock.now(), None, 0
    load.attempts = 0
    load.save(
        update_fields=["state", "checked_at", "beat_at", "progress", "attempts", "faults", "faulty_rows", "rows",
                       "created", "updated"]
    )  # fmt: skip


def _formulas(load: RegisterImport) -> list[Fault]:
    """A computed cell may show something else tomorrow: a table that becomes law is typed."""
    if load.file.content_type != XLSX:
        return []
    text = "这一格是公式，不能作为正式版本的内容。请复制后“选择性粘贴—数值”，再上传。"
    cells = formula_cells(path_of(load.file.stored_path))
    return [Fault(row, f"{letters} 列", text) for row, letters in cells]


def _keep_faults(load: RegisterImport, faults: list[Fault]) -> None:
    room = max(0, MOST_FAULTS - load.faults)
    ImportFault.objects.bulk_create(
        ImportFault(load=load, row=one.row, column=one.column[:40], message=one.message[:200], is_notice=one.is_notice)
        for one in faults[:room]
    )
    wrong = [one for one in faults if not one.is_notice]
    load.faults += len(wrong)
    load.faulty_rows += len({one.row for one in wrong})


def _write(load: RegisterImport, register: Register) -> None:
    seen = register.seen()
    if load.progress == 0:
        load.created = load.updated = load.unchanged = load.faults = load.faulty_rows = 0
        ImportFault.objects.filter(load=load).delete()
    unread: list[Fault] = []
    for rows in chunks(load, register, unread):
        if rows[-1].no <= load.progress:
            register.check(rows, seen, clock.today(), demo=settings.DEMO)  # only so that doubles are seen later
            continue
        with transaction.atomic(durable=True):
            _write_chunk(load, register, rows, seen)
    with transaction.atomic(durable=True):
        load.state, load.finished_at, load.beat_at = ImportState.LOADED, clock.now(), None
        load.save(update_fields=["state", "finished_at", "beat_at"])
        details = {"kind": load.kind, "created": load.created, "updated": load.updated, "faulty_rows": load.faulty_rows}
        journal.record("register.import", by=load.by, on=("register_import", load.reference), details=details)


def _write_chunk(load: RegisterImport, register: Register, rows: list[Row], seen: Any) -> None:
    now = clock.now()
    good, faults = register.check(rows, seen, clock.local(now).date(), demo=settings.DEMO)
    if not register.may_skip and any(not one.is_notice for one in faults):
        raise InvalidValue("load.faults", "文件里有错误，没有写入任何数据。请改好后重新上传。")
    _keep_faults(load, faults)
    counts = register.write(good, load, now)
    load.created += counts.created
    load.updated += counts.updated
    load.unchanged += counts.unchanged
    load.progress, load.beat_at = rows[-1].no, now
    load.save(update_fields=["created", "updated", "unchanged", "faults", "faulty_rows", "progress", "beat_at"])
