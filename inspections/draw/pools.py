"""What is drawn from: objects in strata, exclusions with reasons, officers with recusals (standards/inspection.md §6.2)."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

# Why an object stands in the list and takes no part.
EXCLUSIONS = {
    "white_list": "在“无事不扰”白名单期内",
    "cap": "今年的检查次数已到上限",
    "recent": "近期检查过",
    "suspended": "停业或者注销",
}


class PoolRow(NamedTuple):
    """One object by its number, with the code of its stratum; ``exclusion`` is empty when it takes part."""

    object_no: str
    stratum: str
    exclusion: str = ""


@dataclass(frozen=True)
class Stratum:
    """A class of objects. ``ratio`` is a percentage as text, ``speciality`` what both officers must know ("" any)."""

    code: str
    title: str
    ratio: str
    speciality: str = ""


@dataclass(frozen=True)
class OfficerRow:
    """An officer under the code of this draw; ``absence`` is empty when he can be drawn.

    ``before`` is what the year's earlier draws count for him (``draw.loads``).
    """

    code: str
    specialities: frozenset[str] = frozenset()
    absence: str = ""
    before: int = 0

    def can_check(self, speciality: str) -> bool:
        return not self.absence and (not speciality or speciality in self.specialities)


@dataclass(frozen=True)
class Pool:
    """Everything that is fixed when a pool is frozen. ``recusals``: object number → codes that stay out of it."""

    draw_no: str
    team_size: int
    strata: tuple[Stratum, ...]
    rows: tuple[PoolRow, ...]
    officers: tuple[OfficerRow, ...]
    recusals: Mapping[str, frozenset[str]]

    def open_numbers(self) -> list[str]:
        """The numbers that take part."""
        return [row.object_no for row in self.rows if not row.exclusion]

    def by_stratum(self) -> dict[str, list[str]]:
        """The numbers that take part, by the code of their stratum; every stratum has its entry."""
        found: dict[str, list[str]] = {stratum.code: [] for stratum in self.strata}
        for number, code, exclusion in self.rows:
            if not exclusion:
                found[code].append(number)
        return found

    def recused_from(self, object_no: str) -> frozenset[str]:
        return self.recusals.get(object_no, frozenset())


def quota(size: int, ratio: str) -> int:
    """How many of a stratum are drawn: ceil(size × ratio), at least one, none of an empty stratum."""
    return max(1, -int(-size * Fraction(ratio) // 100)) if size else 0


def pool_digest(numbers: Iterable[str]) -> str:
    """SHA-256 over the sorted object numbers, one on a line."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()


def excluded(rows: Iterable[PoolRow]) -> dict[str, int]:
    """How many objects each reason keeps out, in the order of ``EXCLUSIONS``."""
    counted = Counter(row.exclusion for row in rows if row.exclusion)
    return {reason: counted[reason] for reason in EXCLUSIONS if counted[reason]}


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
