"""A query about the rows of one key, written once and asked for any key.

Django writes a statement anew each time it is asked, and PostgreSQL plans it anew; for a page of eight long statements both
cost more than the answer. What is kept is the statement, its plan and the way its columns become rows; nothing of an
answer.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs  # type: ignore[import-untyped]  # the driver has no types

Row = TypeVar("Row", bound=Model)
Key = TypeVar("Key", bound=int | str)
# Stand for the key while the statement is written; no key of ours is negative, no address holds a private character.
_PLACES: dict[type, Any] = {int: -7_340_033, str: "\ue0f7\ue0f8"}
_NUMBERS = count(1)


@dataclass(frozen=True)
class _Written(Generic[Row]):
    """The query as it was written, and what makes values of its columns, by their place."""

    queryset: QuerySet[Row]
    compiler: SQLCompiler
    statement: str
    values: tuple[Any, ...]
    converters: dict[int, Any]


class KeptQuery(Generic[Row, Key]):
    """``rows_of`` gives the rows of a key; whatever else it is built from must be the same whenever it is asked.

    The statement is prepared in each session that asks it. PostgreSQL makes a new plan by itself when a table changes.
    """

    def __init__(self, rows_of: Callable[[Key], QuerySet[Row]], kind: type[Key]) -> None:
        self._rows_of = rows_of
        self._place = _PLACES[kind]
        self._name = f"kept_{next(_NUMBERS)}"
        self._prepared: MutableMapping[Any, bool] = WeakKeyDictionary()  # the sessions that know the statement

    @cached_property
    def _written(self) -> _Written[Row]:
        queryset = self._rows_of(self._place)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        statement, values = compiler.as_sql()
        if self._place not in values:
            raise ValueError("the query does not ask for its key")
        columns = [column[0] for column in (compiler.select or [])[: compiler.col_count]]
        return _Written(queryset, compiler, statement, tuple(values), compiler.get_converters(columns))

    def rows(self, key: Key) -> list[Row]:
        """The rows of ``key``, in one statement."""
        written = self._written
        self._prepare(written.statement, written.values)
        filled = f"EXECUTE {self._name} (%s)", (key,)
        # A compiler belongs to the connection of its thread, so each asking has its own.
        compiler = copy(written.compiler)
        compiler.connection = connection
        vars(compiler)["as_sql"] = lambda: filled
        # The columns are always the same, and looking each one's converter up cost a tenth of a page of the case.
        vars(compiler)["get_converters"] = lambda _columns: written.converters
        asked = written.queryset.all()
        vars(asked.query)["get_compiler"] = lambda using=None, **_options: compiler
        return list(asked)

    def _prepare(self, statement: str, values: tuple[Any, ...]) -> None:
        connection.ensure_connection()
        session: Any = connection.connection
        if session in self._prepared:
            return
        placed = [AsIs("$1") if value == self._place else value for value in values]
        with connection.wrap_database_errors, session.cursor() as cursor:
            cursor.execute(f"PREPARE {self._name} AS {statement}", placed)
        self._prepared[session] = True
