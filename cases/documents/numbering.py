"""Numbers from a gap-free counter per organ × kind × year, advanced only in the sealing transaction.

Rolled back together with the act, so no number is ever lost; the pattern is a dated parameter (待确认).
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Unit

ADVANCE = """
INSERT INTO cases_numberseries AS s (organ_id, kind, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (organ_id, kind, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""


def allot(organ: Unit, kind: str, on: date) -> int:
    """The next serial of ``kind`` for the year of ``on``. Holds the series' row until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [organ.pk, kind, on.year])
        return int(cursor.fetchone()[0])


def case_number(organ: Unit, on: date) -> str:
    """The next 案号."""
    return _render(DEFAULT_PARAMETERS.value("case_number.pattern", on), allot(organ, "case", on), on)


def clue_number(organ: Unit, on: date) -> str:
    """The next number of the clue register; used in addresses until the case has its own."""
    return f"XS-{on.year}-{allot(organ, 'clue', on):05d}"


def document_number(organ: Unit, doc_id: str, on: date) -> str:
    """The next 文号 of a kind of document that carries one (``doc_id`` as in documents.csv)."""
    word = DEFAULT_PARAMETERS.value(f"document_number.word.{doc_id}", on)
    pattern = DEFAULT_PARAMETERS.value("document_number.pattern", on).replace("{word}", word)
    return _render(pattern, allot(organ, doc_id, on), on)


def _render(pattern: str, serial: int, on: date) -> str:
    width = int(DEFAULT_PARAMETERS.number("document_number.serial_width", on))
    return pattern.replace("{year}", str(on.year)).replace("{serial}", f"{serial:0{width}d}")
