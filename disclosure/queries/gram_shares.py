"""In how many of the public records a gram stands, as PostgreSQL counted when it last analysed the index of grams.

Only a help for choosing the way of a search: it may be old or missing, and decides nothing about what is found.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

from django.db import connection

from disclosure.queries.grams import numbered

LIFETIME = 600.0  # seconds a process goes on with what it read; the counts change by the day
_COUNTED = """
SELECT newest.reltuples::bigint, grams.most_common_elems::text::int4[], grams.most_common_elem_freqs
FROM pg_class AS newest
LEFT JOIN pg_class AS held ON held.oid = 'record_grams'::regclass
LEFT JOIN pg_stats AS grams ON grams.tablename = held.relname AND grams.schemaname = held.relnamespace::regnamespace::text
WHERE newest.oid = 'record_public_newest'::regclass
"""


@dataclass(frozen=True)
class GramShares:
    """``shown``: about how many records are published. ``shares``: the share of records that hold each common gram."""

    shown: int
    shares: Mapping[int, float] = field(default_factory=dict)
    rare: float = 1.0  # what a gram that is not among the common ones is taken for

    def most(self, query: str) -> float:
        """A share of the records the query does not go beyond: that of its rarest gram."""
        return min(self._pairs(query) or [self._single(query)])

    def likely(self, query: str) -> float:
        """The share to be expected where each character depends on the one before it and on nothing else."""
        pairs = self._pairs(query)
        if not pairs:
            return self._single(query)
        return min(self.most(query), prod(pairs) / prod(self._single(sign) for sign in query[1:-1]))

    def _single(self, sign: str) -> float:
        return self.shares.get(numbered(sign), self.rare)

    def _pairs(self, query: str) -> list[float]:
        return [self.shares.get(numbered(query[at : at + 2]), self.rare) for at in range(len(query) - 1)]


class _Kept:
    """What this process read last."""

    def __init__(self) -> None:
        self.shares: GramShares | None = None
        self.until = 0.0


_kept = _Kept()


def gram_shares() -> GramShares:
    """As the database counted them last; nothing is known of a table it has never analysed, and it counts as empty."""
    if _kept.shares is None or time.monotonic() > _kept.until:
        _kept.shares, _kept.until = _read(), time.monotonic() + LIFETIME
    return _kept.shares


def forget() -> None:
    """Read again next time: other records are searched from now on."""
    _kept.shares = None


def _read() -> GramShares:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        shown, grams, shares = cursor.fetchone()
    if not grams:
        return GramShares(max(0, shown))
    # Behind the shares of the grams stand the smallest of them, the largest, and that of missing texts.
    # Half the smallest is what PostgreSQL's own planner takes a gram for that it has not listed.
    return GramShares(max(0, shown), dict(zip(grams, shares, strict=False)), shares[len(grams)] / 2)
