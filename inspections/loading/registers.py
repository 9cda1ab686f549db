"""The three registers that can be loaded: their columns, their check, their writing."""

from __future__ import annotations

from inspections.loading import matters, object_writing, objects, powers
from lishu_law.registry.models import ImportKind
from lishu_law.web.loading.register import Register

TASK = "inspections.tasks.work_import"
REGISTERS = {
    register.kind: register
    for register in (
        Register(
            ImportKind.OBJECTS, objects.COLUMNS, objects.check, object_writing.write, objects.Seen, 2_000, 200_000,
            "subject.import", TASK, needs_source=True,
        ),
        Register(
            ImportKind.MATTERS, matters.COLUMNS, matters.check, matters.write, dict, 0, 20_000, "matter.edit", TASK
        ),
        Register(
            ImportKind.POWERS, powers.COLUMNS, powers.check, powers.write, dict, 0, 20_000, "power.edit", TASK
        ),
    )
}  # fmt: skip
