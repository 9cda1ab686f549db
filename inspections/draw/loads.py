"""What an officer's year counts for when a pool is frozen (standards/inspection.md §6.2).

His assignments in the year's earlier draws. A draw he could not take part in (not yet there, absent) counts as the
average of those who could be drawn for the same classes: nobody has to catch up on what he missed, and two who were
always equally eligible are always counted alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from inspections.draw.pools import OfficerRow


class Took(NamedTuple):
    """An officer as an earlier draw knew him, and how many objects he has of it now, after its redraws."""

    officer: OfficerRow
    visits: int


@dataclass(frozen=True)
class EarlierDraw:
    """A draw of the same year: what its strata asked for ("" anything), and who stood in its pool, by user."""

    specialities: frozenset[str]
    officers: Mapping[int, Took]


def counts_before(earlier: Iterable[EarlierDraw], people: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """What counts for each user, who knows these specialities; the averages are added up and then rounded down."""
    draws = list(earlier)
    return {user: int(sum((_counted(one, user, known) for one in draws), Fraction())) for user, known in people.items()}


def _counted(draw: EarlierDraw, user: int, known: frozenset[str]) -> Fraction:
    took = draw.officers.get(user)
    if took and not took.officer.absence:
        return Fraction(took.visits)
    missed = [one for one in draw.specialities if not one or one in known]
    peers = [one.visits for one in draw.officers.values() if any(map(one.officer.can_check, missed))]
    return Fraction(sum(peers), len(peers)) if peers else Fraction()
