"""The one table disclosure loads from files, and the orders people give for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from disclosure.actions.intake import LEGACY, write
from disclosure.intake.checking import Seen, check
from disclosure.intake.columns import COLUMNS
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import ImportKind, ImportState, RegisterImport, StoredFile
from lishu_law.web.loading import orders
from lishu_law.web.loading import work as driving
from lishu_law.web.loading.register import Register

TASK = "disclosure.tasks.work_import"
REGISTER = Register(
    ImportKind.LEGACY, COLUMNS, check, write, Seen, 1_000, 50_000, LEGACY, TASK, needs_source=True,
    refuses_formulas=True,
)  # fmt: skip
REGISTERS: dict[str, Register] = {ImportKind.LEGACY: REGISTER}
_USED = (ImportState.LOADING, ImportState.LOADED)


def receive_legacy(*, by: Any, file: StoredFile, source: str, at: datetime | None = None) -> RegisterImport:
    """Take a file in; it is checked next. The same file is not loaded twice."""
    earlier = RegisterImport.objects.filter(kind=ImportKind.LEGACY, file__sha256=file.sha256, state__in=_USED).first()
    if earlier is not None:
        when = f"{clock.local(earlier.uploaded_at):%Y-%m-%d}"
        text = f"这个文件 {when} 已经导入过（{earlier.reference}），不重复导入。请核对是不是选错了文件。"
        raise Refused([Refusal("import-same-file", text, fix="file")])
    return orders.receive(by=by, register=REGISTER, file=file, source=source, at=at)


def order_legacy(*, by: Any, reference: str, skip_faulty: bool = False, at: datetime | None = None) -> RegisterImport:
    """Take in what was checked; faulty rows stay out only when somebody says so."""
    return orders.order(by=by, reference=reference, registers=REGISTERS, skip_faulty=skip_faulty, at=at)


def drop_legacy(*, by: Any, reference: str) -> RegisterImport:
    """Give a checked file up."""
    return orders.drop(by=by, reference=reference, registers=REGISTERS)


def waiting_ids(limit: int = 5) -> list[int]:
    """Loads nobody works on."""
    return driving.waiting_ids(REGISTERS, limit)


def work(load_id: int) -> None:
    """Do what the load waits for, unless somebody is at it."""
    driving.work(load_id, REGISTERS)
