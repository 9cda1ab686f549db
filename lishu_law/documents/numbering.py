"""Numbers from a gap-free counter per organ × kind × year, advanced only in the sealing transaction.

Rolled back together with the act, so no number is ever lost; the pattern is a dated parameter (待确认).
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Unit

ADVANCE = """
INSERT INTO documents_numberseries AS s (organ_id, kind, year, last) VALUES (%(organ)s, %(kind)s, %(year)s, %(count)s)
ON CONFLICT (organ_id, kind, year) DO UPDATE SET last = s.last + %(count)s RETURNING last
"""


def allot(organ: Unit, kind: str, on: date, count: int = 1) -> int:
    """The last of the next ``count`` serials of ``kind`` for the year of ``on``; holds the series' row until the end."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, {"organ": organ.pk, "kind": kind, "year": on.year, "count": count})
        return int(cursor.fetchone()[0])


def document_number(organ: Unit, doc_id: str, on: date) -> str:
    """The next 文号 of a kind of document that carries one (``doc_id`` as in documents.csv)."""
    return number_of(doc_id, allot(organ, doc_id, on), on)


def number_of(doc_id: str, serial: int, on: date) -> str:
    """The 文号 of a serial of this series, in the pattern that holds on that day."""
    word = DEFAULT_PARAMETERS.value(f"document_number.word.{doc_id}", on)
    return in_pattern(DEFAULT_PARAMETERS.value("document_number.pattern", on).replace("{word}", word), serial, on)


def in_pattern(pattern: str, serial: int, on: date) -> str:
    """A serial written into a pattern with ``{year}`` and ``{serial}``."""
    width = int(DEFAULT_PARAMETERS.number("document_number.serial_width", on))
    return pattern.replace("{year}", str(on.year)).replace("{serial}", f"{serial:0{width}d}")
