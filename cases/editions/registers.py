"""The three tables of editions that can be loaded from a file."""

from __future__ import annotations

from cases.editions import checking, writing
from cases.editions.columns import BENCHMARK, LISTS, STATUTES
from lishu_law.registry.models import ImportKind
from lishu_law.web.loading.register import Register

TASK = "cases.tasks.work_import"
_MOST = 100_000


def _register(kind: str, columns: object, check: object) -> Register:
    return Register(
        kind, columns, check, writing.write, dict, 0, _MOST, "edition.import", TASK,  # type: ignore[arg-type]
        may_skip=False, refuses_formulas=True,
    )  # fmt: skip


REGISTERS: dict[str, Register] = {
    ImportKind.BENCHMARK: _register(ImportKind.BENCHMARK, BENCHMARK, checking.check_benchmark),
    ImportKind.LISTS: _register(ImportKind.LISTS, LISTS, checking.check_lists),
    ImportKind.STATUTES: _register(ImportKind.STATUTES, STATUTES, checking.check_statutes),
}
