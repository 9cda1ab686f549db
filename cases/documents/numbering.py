"""The numbers of a case itself: 案号 and the number of the clue register; 文号 are ``lishu_law.documents.numbering``'s."""

from __future__ import annotations

from datetime import date

from lishu_law.documents.numbering import allot, in_pattern
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Unit


def case_number(organ: Unit, on: date) -> str:
    """The next 案号."""
    return in_pattern(DEFAULT_PARAMETERS.value("case_number.pattern", on), allot(organ, "case", on), on)


def clue_number(organ: Unit, on: date) -> str:
    """The next number of the clue register; used in addresses until the case has its own."""
    return f"XS-{on.year}-{allot(organ, 'clue', on):05d}"
