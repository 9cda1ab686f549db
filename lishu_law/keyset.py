"""Paging by key: the rows that come after the last row of a page.

The database compares the key as a whole, ``(day, number) < (…, …)``, so an index in that order is entered at the place.
The same written as "an earlier day, or this day and a smaller number" is read from the first row on.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

Row = TypeVar("Row", bound=Model)


def beyond(rows: QuerySet[Row], order: tuple[str, ...], last: tuple[Any, ...]) -> QuerySet[Row]:
    """``rows`` behind the row whose key is ``last``, in an ``order`` written as for ``order_by``.

    Its last field tells rows apart. Raises ``ValueError`` where one field ascends and another descends: such an order
    has no key to compare as a whole.
    """
    descends = {field.startswith("-") for field in order}
    if len(descends) != 1 or len(order) != len(last):
        raise ValueError(f"{order} is no order of {len(last)} values in one direction")
    here, there = _row(*(F(field.removeprefix("-")) for field in order)), _row(*map(Value, last))
    sign = " < " if True in descends else " > "
    return rows.filter(Func(here, there, arg_joiner=sign, template="%(expressions)s", output_field=BooleanField()))


def _row(*parts: F | Value) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())
