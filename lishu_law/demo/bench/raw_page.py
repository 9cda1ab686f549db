"""The floor of the list page: the same rows, limits and count by one statement and string formatting, nothing else.

No Django here: ``application`` is also the raw WSGI page that the real server serves beside ours.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from typing import Any

import psycopg2  # type: ignore[import-untyped]  # the driver has no types

# What an officer's list shows: own cases, newest first, with party, state and nearest running limit.
ROWS = """
SELECT c.id, c.clue_no, coalesce(c.case_no, c.clue_no), p.name, c.violation, c.state, (
    SELECT to_char(d.due_strict, 'YYYY-MM-DD') FROM cases_deadline d WHERE d.case_id = c.id AND d.state = 'running'
    ORDER BY d.due_strict LIMIT 1
)
FROM cases_case c LEFT JOIN registry_party p ON p.id = c.party_id
WHERE c.id IN (SELECT g.content_object_id FROM cases_casepermission g WHERE g.user_id = %s)
ORDER BY c.id DESC LIMIT 20
"""
ROW = "<tr><td><a href=/cases/%s/>%s</a></td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"


def raw_page(cursor: Any, user_id: int) -> bytes:
    """The page of one officer."""
    cursor.execute(ROWS, [user_id])
    rows = "".join(
        ROW % tuple(escape(str(value or "")) for value in (clue_no, label, party, violation, state, due))
        for _id, clue_no, label, party, violation, state, due in cursor.fetchall()
    )
    return f"<!doctype html><html lang=zh-CN><title>案件</title><table>{rows}</table></html>".encode()


@cache
def _cursor() -> Any:
    connection = psycopg2.connect(os.environ["BENCH_DSN"])
    connection.autocommit = True
    return connection.cursor()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: the page over one kept connection; the answer to everything."""
    body = raw_page(_cursor(), int(os.environ["BENCH_USER"]))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
