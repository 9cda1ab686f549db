"""Gap-free numbers: record identities of the exchange and batch serials."""

from __future__ import annotations

from django.db import connection


def next_serial(prefix: str) -> int:
    """The next number of a gap-free series; use it in the transaction that needs it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disclosure_ruiseries AS s (prefix, last) VALUES (%s, 1)"
            " ON CONFLICT (prefix) DO UPDATE SET last = s.last + 1 RETURNING last",
            [prefix],
        )
        return int(cursor.fetchone()[0])
