"""One kind of rows that hang on a case, fetched as JSON inside the one statement that fetches the optional parts.

A case page stays within its eight statements whatever hangs on the case: each kind is a sub-select, not a query.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, OuterRef
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.db.models.query import QuerySet

from cases.models import Case

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """``name`` is the field of ``CaseFacts`` that ``read`` fills from the rows (oldest first)."""

    name: str
    rows: Callable[[], ArraySubquery]
    read: Callable[[list[Row]], Any]
    depends_on: Callable[[], Hashable] = lambda: (
        None
    )  # what ``rows`` is built from that may change, such as a parameter

    def sub_select(self) -> RawSQL:
        """``rows`` beside a case, written once: building it anew costs more than PostgreSQL needs to answer it."""
        return _written(self, self.depends_on())


@lru_cache(maxsize=64)
def _written(part: Part, _depends_on: Hashable) -> RawSQL:
    query = Case.objects.annotate(found=part.rows()).query
    found = query.annotations["found"]
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.setup_query()
    sql, values = compiler.compile(found)
    return RawSQL(sql, values, output_field=found.output_field)


def rows_of(queryset: QuerySet[Any], *names: str, case: str = "case", **expressions: Any) -> ArraySubquery:
    """A sub-select of the rows of the case at hand as JSON objects with these fields."""
    fields = {name: F(name) for name in names} | expressions
    found = queryset.filter(**{case: OuterRef("pk")}).order_by("id").values(json=JSONObject(**fields))
    return ArraySubquery(found)


def as_date(value: str | None) -> date | None:
    """A date that went through JSON."""
    return date.fromisoformat(value[:10]) if value else None


def as_moment(value: str | None) -> datetime | None:
    """An aware instant that went through JSON."""
    return datetime.fromisoformat(value) if value else None


def known_moment(value: str | None) -> datetime:
    """An instant that every row of its kind has. Raises ``ValueError`` for one that has not."""
    moment = as_moment(value)
    if moment is None:
        raise ValueError("a row lacks the moment it is built on")
    return moment
