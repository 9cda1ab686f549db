"""Numbers of shifts, filings, checks and draws (gap-free per kind and year) and of objects, advanced in the act using them."""

from __future__ import annotations

from datetime import date

from django.db import connection

ADVANCE = """
INSERT INTO inspections_inspectionseries AS s (kind, year, last) VALUES (%s, %s, 1)
ON CONFLICT (kind, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""

ADVANCE_BY = """
INSERT INTO inspections_inspectionseries AS s (kind, year, last) VALUES (%s, 0, %s)
ON CONFLICT (kind, year) DO UPDATE SET last = s.last + %s RETURNING last
"""


def allot(kind: str, year: int) -> int:
    """The next serial; holds the counter's row until the transaction ends, so a refused act consumes none."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [kind, year])
        return int(cursor.fetchone()[0])


def shift_number(area_code: str, on: date) -> str:
    """``XL-220322-2026-000001``."""
    return f"XL-{area_code}-{on.year}-{allot('shift', on.year):06d}"


def filing_number(area_code: str, on: date) -> str:
    """``JC-220322-2026-000001`` (备案号, standards/inspection.md §3.1)."""
    return f"JC-{area_code}-{on.year}-{allot('filing', on.year):06d}"


def check_code(on: date) -> str:
    """``JC2026-000123``: the exchange's ``check_action_code``, one series for stops and visits."""
    return f"JC{on.year}-{allot('check', on.year):06d}"


def object_numbers(count: int) -> list[str]:
    """``DX-220322-000123``: numbers of the directory, one series for ever (its year is 0)."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE_BY, ["object", count, count])
        last = int(cursor.fetchone()[0])
    return [f"DX-220322-{serial:06d}" for serial in range(last - count + 1, last + 1)]


def draw_number(area_code: str, on: date) -> str:
    """``SJ-220322-2026-000001`` (抽取编号, the feed's ``plan_id``)."""
    return f"SJ-{area_code}-{on.year}-{allot('draw', on.year):06d}"
