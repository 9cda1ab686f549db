"""``makemigrations`` as Django's, but a table is created together with its indexes and constraints.

Django adds them one by one behind tables that point at each other, and draws every model anew in between: with 60 tables an
empty database then takes a minute of the processor instead of seconds, at each first start and before each run of tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations import Migration
from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.models import F, Q


class Command(makemigrations.Command):
    def write_migration_files(self, changes: dict[str, list[Migration]], *args: Any, **options: Any) -> None:
        for migrations in changes.values():
            for migration in migrations:
                vars(migration)["operations"] = folded(migration.operations)
        super().write_migration_files(changes, *args, **options)


def folded(operations: Sequence[Operation]) -> list[Operation]:
    """The same tables; an index or constraint stands with its table where every column it names is there from the start."""
    created = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    kept: list[Operation] = []
    for one in operations:
        table = created.get(one.model_name_lower) if isinstance(one, AddIndex | AddConstraint) else None
        what = one.index if isinstance(one, AddIndex) else getattr(one, "constraint", None)
        if table is None or not _columns(what) <= {name for name, _field in table.fields}:
            kept.append(one)
        else:
            table.options.setdefault("indexes" if isinstance(one, AddIndex) else "constraints", []).append(what)
    return kept


def _columns(what: Any) -> set[str]:
    """The fields that an index or a constraint names."""
    named = {name.lstrip("-") for name in getattr(what, "fields", ())} | set(getattr(what, "include", ()))
    condition = getattr(what, "condition", None)
    for told in (*getattr(what, "expressions", ()), *([condition] if condition is not None else [])):
        named |= Q(told).referenced_base_fields if isinstance(told, Q) else _in(told)
    return named


def _in(expression: Any) -> set[str]:
    return {one.name.split("__")[0] for one in expression.flatten() if isinstance(one, F)}
