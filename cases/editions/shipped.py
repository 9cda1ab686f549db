"""The starter editions shipped with the system, brought in by the same check and the same freezing as any other."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from django.db import transaction

from cases.discretion.reading import DATA, EDITION, NAME
from cases.editions.checking import prepare
from cases.editions.registers import REGISTERS
from cases.editions.writing import Release, Title, digest_of, store
from cases.models import Edition, EditionKind, EditionState
from lishu_law.audit import journal
from lishu_law.law.tables import DATA_FOLDER
from lishu_law.web.loading.columns import Heading

SHIPPED = {
    EditionKind.BENCHMARK: (DATA / "discretion_benchmarks.csv", Title(NAME, EDITION)),
    EditionKind.LISTS: (DATA / "four_lists.csv", Title("交通运输行政处罚裁量清单", EDITION)),
    EditionKind.STATUTES: (DATA_FOLDER / "statutes.csv", Title("法律法规规章版本表", EDITION)),
}


@transaction.atomic
def load_shipped_editions(at: datetime, today: date, release: Release | None = None) -> list[Edition]:
    """Every shipped table that is not there yet. They wait for the legal section like any draft.

    ``release`` is for a demonstration only: there, an invented publication makes them apply.
    """
    made = []
    for kind, (path, title) in SHIPPED.items():
        text = path.read_text(encoding="utf-8")
        lines = enumerate(csv.reader(io.StringIO(text, newline="")), 1)
        heading = Heading(REGISTERS[kind].columns, next(lines)[1])
        rows = [row for no, cells in lines if (row := heading.row(no, cells))]
        content = digest_of(kind, [row.cells for row in prepare(kind, rows)])
        if Edition.objects.filter(kind=kind, digest=content).exists():
            continue
        prepared, faults = REGISTERS[kind].check(rows, {}, today, demo=False)
        wrong = [fault for fault in faults if not fault.is_notice]
        if heading.faults or wrong:
            raise ValueError(f"the shipped table {path.name} has faults: {(*heading.faults, *wrong)[0]}")
        edition = store(kind, title, prepared, at, [(one.row, one.column, one.message) for one in faults])
        if release:
            for name, value in vars(release).items():
                setattr(edition, name, value)
            edition.state, edition.reviewed_at, edition.released_at = EditionState.PUBLISHED, at, at
            edition.review_opinion = "演示数据，没有真实的审核。"
            edition.save()
        journal.record(
            "edition.load_shipped",
            by=None,
            on=("edition", edition.reference),
            details={"kind": kind, "rows": edition.size},
        )
        made.append(edition)
    return made
