"""The background work of loading the registers of inspections."""

from __future__ import annotations

from inspections.loading.registers import REGISTERS
from lishu_law.web.loading import work as driving
from lishu_law.web.loading.work import BUSY, SILENT

__all__ = ["BUSY", "SILENT", "waiting_ids", "work"]


def waiting_ids(limit: int = 5) -> list[int]:
    """Loads nobody works on."""
    return driving.waiting_ids(REGISTERS, limit)


def work(load_id: int) -> None:
    """Do what the load waits for, unless somebody is at it."""
    driving.work(load_id, REGISTERS)
