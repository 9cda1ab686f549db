"""The database as every test finds it: what was there before the first one is put back behind each that commits.

Django would empty some 150 tables and write permissions and content types anew, and the editions would have to be loaded
again, a second or two behind each of hundreds of tests. Here only what a test has touched is put right.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test.testcases import TransactionTestCase

KEPT = "kept_for_tests"
TURNS = 24  # each waits five seconds by itself
PATIENT = 4  # the last thread of a server of the tests may be ending
LEFT_OPEN = "SELECT state, query FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
TABLES = """
SELECT c.oid::regclass::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


_OPENED: WeakSet[BaseDatabaseWrapper] = WeakSet()  # by the main thread


def keep() -> None:
    """Copy every row there is, once the database of the tests is set up."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {KEPT} CASCADE")
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _filled(cursor, _tables(cursor)):
            cursor.execute(f"CREATE TABLE {KEPT}.{table} AS TABLE {table}")


def restore(self: TransactionTestCase) -> None:
    """Put the rows back. Our foreign keys are checked when a transaction ends, so the order of the tables is free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [KEPT])
        kept = {name for (name,) in cursor.fetchall()}
        new = _filled(cursor, [table for table in _tables(cursor) if table not in kept])
        changed = _changed(cursor, sorted(kept))
        if not new and not changed:
            return
        append_only = sorted({*new, *changed} & _append_only(cursor))
        for table in append_only:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("BEGIN; SET CONSTRAINTS ALL DEFERRED")
        for table in (*new, *changed):
            cursor.execute(f"DELETE FROM {table}")
        for table in changed:
            cursor.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE TABLE {KEPT}.{table}")
        cursor.execute("COMMIT")
        for table in append_only:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def note_opened(connection: BaseDatabaseWrapper, **_about: Any) -> None:
    """While a browser's loop runs in the main thread Django keeps another connection for it, out of sight afterwards."""
    if threading.current_thread() is threading.main_thread():
        _OPENED.add(connection)


connection_created.connect(note_opened)


def drop() -> None:
    """Drop it when the server has cleaned up behind the last tests. Fails for a session a test has left open.

    The server's own sessions are told to end by dropping, but one that cleans a large table takes its time.
    """
    name = connection.settings_dict["NAME"]
    for one in set(_OPENED):
        one.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django's own way to the server
        for turn in range(1, TURNS + 1):
            try:
                cursor.execute(f'DROP DATABASE "{name}"')
            except OperationalError:
                cursor.execute(LEFT_OPEN, [name])
                left_open = cursor.fetchall()
                if turn == TURNS or (left_open and turn > PATIENT):
                    raise AssertionError(f"{name} is still in use by {left_open or 'the server itself'}") from None
            else:
                return


def _append_only(cursor: Any) -> set[str]:
    """Their triggers refuse what is done here, so they rest meanwhile."""
    cursor.execute(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'lishu_append_only'::regproc"
    )
    return {name for (name,) in cursor.fetchall()}


def _tables(cursor: Any) -> list[str]:
    cursor.execute(TABLES)
    return [name for (name,) in cursor.fetchall()]


def _filled(cursor: Any, tables: list[str]) -> list[str]:
    """Those of ``tables`` that have a row."""
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]


def _changed(cursor: Any, kept: list[str]) -> list[str]:
    """Those whose rows are not the kept ones, compared as text."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE (SELECT COALESCE(sum(hashtextextended(t::text, 0)::numeric), 0) FROM {table} t)"
        f" <> (SELECT COALESCE(sum(hashtextextended(t::text, 0)::numeric), 0) FROM {KEPT}.{table} t)"
        for table in kept
    )
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]


@contextmanager
def kept_connection() -> Iterator[None]:
    """Requests through the WSGI application itself leave the test's connection open, as the test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
