"""Many rows into a table at once: PostgreSQL's COPY, fed with what Django's fields would store.

Rows are plain tuples and are turned column by column: an instance of a model for each row costs more than the database
takes to write it, checks of constraints and indexes included.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import OperationalError, connection, models

from lishu_law.registry.encrypted import EncryptedTextField


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Primary keys nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(named.sequence) FROM ("
            " SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0"  # found once, not for each key
            ") AS named, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]], **same: Any) -> None:
    """Write new rows. ``names`` says what a row holds; ``same`` holds for each of them.

    Every other field takes its default, one for all, and a primary key that is not among them is counted on by the
    database. Constraints hold as for any insert. Texts have one line only: a
    line of ``\\.`` inside a value would end the copying on servers before PostgreSQL 18.
    """
    if not rows:
        return
    fields = {
        field.attname: field
        for field in model._meta.concrete_fields
        if field.attname in names or not isinstance(field, models.AutoField)
    }
    columns = dict(zip(names, (_stored(fields[name], cells) for name, cells in zip(names, zip(*rows, strict=True), strict=True)), strict=True))  # fmt: skip
    for name, field in fields.items():
        if name not in columns:
            (value,) = _stored(field, [same[name] if name in same else field.get_default()])
            columns[name] = repeat(value, len(rows))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zip(*columns.values(), strict=True))
    text.seek(0)
    listed = ", ".join(f'"{fields[name].column}"' for name in columns)
    filled = ", ".join(f'"{field.column}"' for field in fields.values() if not field.null)
    with connection.cursor() as cursor:
        _copy(
            cursor,
            f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({filled}))',
            text,
        )


def _copy(cursor: Any, statement: str, text: io.StringIO) -> None:
    """psycopg2 answers with SystemError where the server goes away while rows are on their way: it is a lost connection
    like any other.
    """
    try:
        with connection.wrap_database_errors:
            cursor.copy_expert(statement, text)
    except SystemError as lost:
        connection.errors_occurred = True  # Django then opens the connection anew
        raise OperationalError("the connection was lost while rows were copied") from lost


def _stored(field: Any, cells: Iterable[Any]) -> Iterable[Any]:
    """What the database takes for the values of one column; numbers, days and texts as they are, None as nothing."""
    convert: Callable[[Any], Any] | None = None
    if isinstance(field, EncryptedTextField):
        convert = field.get_prep_value
    elif isinstance(field, ArrayField):
        convert = _array
    elif isinstance(field, models.JSONField):
        convert = json.dumps
    elif isinstance(field, models.BinaryField):
        convert = _hexadecimal
    return cells if convert is None else map(convert, cells)


def _array(values: Iterable[Any]) -> str:
    return "{" + ",".join('"' + str(one).replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values) + "}"


def _hexadecimal(value: bytes) -> str:
    return "\\x" + value.hex()
