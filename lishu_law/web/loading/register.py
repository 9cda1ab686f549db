"""What a table has to say about itself so that files of it can be loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lishu_law.web.loading.columns import Column


@dataclass
class Counts:
    """What became of the rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Register:
    """How files of one kind are read, checked and written, and who may.

    ``chunk`` rows are checked and written together; 0: the whole file at once. ``action`` is asked of the permission
    matrix, ``task`` is the background task that works the load. Faulty rows may be left out where ``may_skip`` says so;
    ``refuses_formulas``: a cell of a workbook that is computed is a fault.
    """

    kind: str
    columns: Sequence[Column]
    check: Callable[..., Any]
    write: Callable[..., Counts]
    seen: Callable[[], Any]
    chunk: int
    most: int
    action: str
    task: str
    needs_source: bool = False
    may_skip: bool = True
    refuses_formulas: bool = False


Registers = Mapping[str, Register]


def template_rows(register: Register) -> list[list[str]]:
    """The empty file people fill: the titles, with * where a value is needed."""
    return [[f"{column.title}*" if column.required else column.title for column in register.columns]]
