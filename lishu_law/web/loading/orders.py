"""Loading a table from a file as people do it: hand in the file, read what is wrong, order the load, or drop it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.celery import app
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.models import ImportState, RegisterImport, StoredFile
from lishu_law.web.loading.register import Register, Registers


@transaction.atomic(durable=True)
def receive(
    *,
    by: Any,
    register: Register,
    file: StoredFile,
    source: str = "",
    details: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> RegisterImport:
    """Take a file in; it is checked next, and nothing of it is written until somebody orders that.

    ``details`` are what the table's own writing needs to know beside the rows.
    """
    policy.check(by, register.action)
    if register.needs_source and not source.strip():
        raise Refused([Refusal("import-source", "请写明数据来源，例如“市场监管局名录 2026-11”。", "", "source")])
    load = RegisterImport.objects.create(
        kind=register.kind, file=file, source=source.strip(), details=details or {}, by=by,
        uploaded_at=at or clock.now(),
    )  # fmt: skip
    journal.record(
        "register.import_received", by=by, on=("register_import", load.reference),
        details={"kind": register.kind, "sha256": file.sha256},
    )  # fmt: skip
    transaction.on_commit(lambda: nudge(load.pk, register), robust=True)
    return load


@transaction.atomic(durable=True)
def order(
    *, by: Any, reference: str, registers: Registers, skip_faulty: bool = False, at: datetime | None = None
) -> RegisterImport:
    """Load what was checked. With faults only when somebody says that the faulty rows are left out."""
    load = locked(reference, by, registers)
    register = registers[load.kind]
    refusals = list(_not_ready(load))
    if load.faults and not register.may_skip:
        text = f"有 {load.faulty_rows} 行有错。这一类表要么整个导入，要么不导入，请改好后重新上传。"
        refusals.append(Refusal("import-faults", text))
    elif load.faults and not skip_faulty and not load.skip_faulty:
        text = f"有 {load.faulty_rows} 行有错。请改好后重新上传，或者选择只导入没有错的行。"
        refusals.append(Refusal("import-faults", text, "", "skip_faulty"))
    if refusals:
        raise Refused(refusals)
    load.state, load.ordered_at, load.failure = ImportState.LOADING, at or clock.now(), ""
    load.skip_faulty, load.attempts, load.beat_at = load.skip_faulty or skip_faulty, 0, None
    load.save(update_fields=["state", "ordered_at", "failure", "skip_faulty", "attempts", "beat_at"])
    journal.record(
        "register.import_ordered", by=by, on=("register_import", reference),
        details={"rows": load.rows, "faulty_rows": load.faulty_rows, "skip_faulty": load.skip_faulty},
    )  # fmt: skip
    transaction.on_commit(lambda: nudge(load.pk, register), robust=True)
    return load


@transaction.atomic(durable=True)
def drop(*, by: Any, reference: str, registers: Registers) -> RegisterImport:
    """Give a checked file up; what it found stays readable."""
    load = locked(reference, by, registers)
    if load.state not in (ImportState.CHECKED, ImportState.FAILED) or load.progress:
        raise Refused([Refusal("import-state", f"这次导入的状态是“{load.get_state_display()}”，不能放弃。")])
    load.state, load.finished_at = ImportState.DROPPED, clock.now()
    load.save(update_fields=["state", "finished_at"])
    journal.record("register.import_dropped", by=by, on=("register_import", reference))
    return load


def locked(reference: str, by: Any, registers: Registers) -> RegisterImport:
    """The load, locked, for somebody who may load this table; ``NotFound`` for any other table."""
    load = RegisterImport.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if load is None or load.kind not in registers:
        raise NotFound
    policy.check(by, registers[load.kind].action)
    return load


def nudge(load_id: int, register: Register) -> None:
    """Wake the worker; a sweep finds the load if the message is lost."""
    app.send_task(register.task, args=[load_id])


def _not_ready(load: RegisterImport) -> list[Refusal]:
    refusals = []
    if load.state not in (ImportState.CHECKED, ImportState.FAILED):
        refusals.append(
            Refusal("import-state", f"这次导入的状态是“{load.get_state_display()}”，不能导入。请刷新页面。")
        )
    if load.state == ImportState.FAILED and load.checked_at is None:
        refusals.append(Refusal("import-state", "这个文件没有通过检查，不能导入。请改好后重新上传。"))
    if load.checked_at and load.created + load.updated == 0 and load.progress == 0:
        refusals.append(Refusal("import-empty", "没有一行可以导入。请改好后重新上传。"))
    return refusals
