"""Decided cases of the same item and tier that stand, read from one index by one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from cases.discretion.facts import plain
from cases.discretion.mirror import Spread, spread_of
from cases.queries.priors import months_before
from lishu_law.law.parameters import DEFAULT_PARAMETERS

MOST = 1_000  # the newest are looked at
SHOWN = 10
SQL = """
WITH alike AS MATERIALIZED (
    SELECT id, amount, number, decided_on FROM cases_decision
    WHERE item_code = %s AND tier = %s AND decided_on >= %s AND case_id IS NOT NULL AND amount IS NOT NULL
      AND case_id <> %s
    ORDER BY decided_on DESC, id DESC LIMIT %s
)
SELECT amount, count(*), NULL, NULL, NULL FROM alike GROUP BY amount
UNION ALL
(SELECT amount, 0, number, decided_on, id FROM alike ORDER BY decided_on DESC, id DESC LIMIT %s)
"""
# The chart's own measures, in its units.
WIDTH, HEIGHT, BASE, TOP = 320, 120, 96, 12


@dataclass(frozen=True)
class SimilarCase:
    """One decision beside this one: no party, only what is compared."""

    number: str
    decided_on: date
    amount: Decimal


@dataclass(frozen=True)
class DrawnBar:
    """A bar where it stands in the chart."""

    x: int
    y: int
    width: int
    height: int
    label: str
    count: int
    is_here: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Mirror:
    """The spread with its newest cases."""

    spread: Spread
    cases: tuple[SimilarCase, ...]

    def drawn(self, amount: Decimal | None) -> tuple[DrawnBar, ...]:
        """The bars of the chart; the one this amount falls into is marked."""
        bars = self.spread.bars()
        if not bars:
            return ()
        most, step = max(bar.count for bar in bars), WIDTH // len(bars)
        drawn = []
        for place, bar in enumerate(bars):
            height = max(2, (BASE - TOP) * bar.count // most)
            is_here = amount is not None and bar.low <= amount <= bar.high
            drawn.append(DrawnBar(place * step + 4, BASE - height, step - 8, height, bar.label, bar.count, is_here))
        return tuple(drawn)


def mirror(item_code: str, tier: str, on: date, *, but_case: int = 0) -> Mirror:
    """What the bureau decided for the same item and tier in the last years, without this case."""
    number = DEFAULT_PARAMETERS.number
    since = months_before(on, int(number("similar.years", on)) * 12)
    with connection.cursor() as cursor:
        cursor.execute(SQL, parameters(item_code, tier, since, but_case))
        rows = cursor.fetchall()
    spread = spread_of(
        [(row[0], row[1]) for row in rows if row[1]],
        int(number("similar.least", on)),
        number("similar.usual_share", on),
    )
    return Mirror(spread, tuple(SimilarCase(row[2], row[3], row[0]) for row in rows if not row[1]))


def parameters(item_code: str, tier: str, since: date, but_case: int) -> list[Any]:
    """The values of ``SQL`` in their order."""
    return [item_code, tier, since, but_case, MOST, SHOWN]


def shown(found: Mirror, amount: Decimal | None) -> dict[str, Any]:
    """What the page shows of it."""
    low, high = found.spread.usual if found.spread.count else (None, None)
    return {
        "count": found.spread.count, "sentence": found.spread.sentence(amount), "bars": found.drawn(amount),
        "is_outlier": found.spread.stands_out(amount), "cases": found.cases,
        "summary": f"共 {found.spread.count} 件，通常 {plain(low)}–{plain(high)} 元" if low and high else "",
        "width": WIDTH, "height": HEIGHT, "base": BASE,
    }  # fmt: skip
