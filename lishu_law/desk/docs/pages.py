"""The list of generated pages, and which of those on disk no longer say what the registries say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lishu_law.desk.docs.documents import render_documents
from lishu_law.desk.docs.inspections import render_inspections
from lishu_law.desk.docs.parameters import render_parameters
from lishu_law.desk.docs.permissions import render_permissions
from lishu_law.desk.docs.procedure import render_procedure
from lishu_law.law.docs import render_time_limits

PAGES: dict[str, Callable[[], str]] = {
    "procedure.md": render_procedure,
    "time-limits.md": render_time_limits,
    "documents.md": render_documents,
    "inspections.md": render_inspections,
    "permissions.md": render_permissions,
    "parameters.md": render_parameters,
}


def stale(folder: Path) -> list[str]:
    """The names of pages that are missing in ``folder`` or differ from what would be written now."""
    return [name for name, render in PAGES.items() if _read(folder / name) != render()]


def write(folder: Path) -> list[str]:
    """Write the stale pages; returns their names."""
    names = stale(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
    return names


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
