"""What an edition changes against another, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cases.editions.columns import titles
from cases.models import EditionKind

ADDED, REMOVED, CHANGED = "新增", "删去", "修改"
_NAMES = {
    EditionKind.BENCHMARK: ("violation", "tier"),
    EditionKind.LISTS: ("list_type", "matter"),
    EditionKind.STATUTES: ("full_name", "version_label"),
}


@dataclass(frozen=True)
class Change:
    """One row that is not as it was. ``cells``: column, old, new; only those that differ. ``laws`` are the full names of
    the statute a row of the statutes is about, the old one too where it was renamed.
    """

    key: str
    title: str
    item_code: str
    what: str
    cells: tuple[tuple[str, str, str], ...]
    laws: tuple[str, ...] = ()


def difference(kind: str, old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]) -> list[Change]:
    """Added and changed rows in the order of the new table, then the removed ones."""
    names = titles(kind)
    changes = []
    for key, cells in new.items():
        before = old.get(key)
        if before is None:
            changes.append(_change(kind, key, cells, ADDED, ()))
            continue
        differing = tuple(
            (title, before.get(column, ""), cells.get(column, ""))
            for column, title in names.items()
            if (before.get(column) or "") != (cells.get(column) or "")
        )
        if differing:
            changes.append(_change(kind, key, cells, CHANGED, differing))
    changes += [_change(kind, key, cells, REMOVED, ()) for key, cells in old.items() if key not in new]
    return changes


def _change(
    kind: str, key: str, cells: Mapping[str, str], what: str, differing: tuple[tuple[str, str, str], ...]
) -> Change:
    title = " ".join(cells.get(name) or "" for name in _NAMES[EditionKind(kind)]).strip()
    renamed = [old for column, old, _new in differing if column == titles(EditionKind.STATUTES)["full_name"]]
    laws = tuple(one for one in (cells.get("full_name") or "", *renamed) if one)
    return Change(key, title, cells.get("item_code") or "", what, differing, laws)
