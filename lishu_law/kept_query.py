"""A query about the rows of one key, written once and asked for any key.

Django writes a statement anew each time it is asked; for a page of eight long statements that costs more than PostgreSQL
needs to answer them. What is kept is the statement and the way its columns become rows; nothing of an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
# Stands for the key while the statement is written; no key of ours is negative.
_PLACE = -7_340_033


class KeptQuery(Generic[Row]):
    """``rows_of`` gives the rows of a key; whatever else it is built from must be the same whenever it is asked."""

    def __init__(self, rows_of: Callable[[int], QuerySet[Row]]) -> None:
        self._rows_of = rows_of

    @cached_property
    def _written(self) -> tuple[QuerySet[Row], SQLCompiler, str, tuple[Any, ...]]:
        queryset = self._rows_of(_PLACE)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        statement, values = compiler.as_sql()
        if _PLACE not in values:
            raise ValueError("the query does not ask for its key")
        return queryset, compiler, statement, tuple(values)

    def rows(self, key: int) -> list[Row]:
        """The rows of ``key``, in one statement."""
        queryset, written, statement, values = self._written
        filled = statement, tuple(key if value == _PLACE else value for value in values)
        # A compiler belongs to the connection of its thread, so each asking has its own.
        compiler = copy(written)
        compiler.connection = connection
        vars(compiler)["as_sql"] = lambda: filled
        asked = queryset.all()
        vars(asked.query)["get_compiler"] = lambda using=None, **_options: compiler
        return list(asked)
