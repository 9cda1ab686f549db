"""Loading the registers of inspections from a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from inspections.loading.registers import REGISTERS
from lishu_law.registry.models import ImportKind, RegisterImport, StoredFile
from lishu_law.web.loading import orders

ACTIONS = {ImportKind(kind): register.action for kind, register in REGISTERS.items()}


def receive_import(
    *, by: Any, kind: str, file: StoredFile, source: str = "", at: datetime | None = None
) -> RegisterImport:
    """Take a file in; it is checked next."""
    return orders.receive(by=by, register=REGISTERS[ImportKind(kind)], file=file, source=source, at=at)


def order_import(*, by: Any, reference: str, skip_faulty: bool = False, at: datetime | None = None) -> RegisterImport:
    """Load what was checked."""
    return orders.order(by=by, reference=reference, registers=REGISTERS, skip_faulty=skip_faulty, at=at)


def drop_import(*, by: Any, reference: str) -> RegisterImport:
    """Give a checked file up."""
    return orders.drop(by=by, reference=reference, registers=REGISTERS)
