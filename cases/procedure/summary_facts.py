"""What guards may know of a case in the summary procedure (law/procedure.md §1), and its dated limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lishu_law.law.parameters import DEFAULT_PARAMETERS

# The parameters' own words for the kinds of party; 个体工商户 has the citizen's limit by its own row (decision 25).
PARTY_WORDS = {"citizen": "citizen", "organisation": "organisation", "individual_business": "sole_trader"}
ON_THE_SPOT = frozenset({"within_100", "hard", "remote"})


@dataclass(frozen=True)
class SpotFact:
    """What was done on the scene. ``other_penalties``: penalties of the benchmark that are neither warning nor fine."""

    licence_shown: bool
    mental_doubt: bool = False
    other_penalties: str = ""
    is_told: bool = False
    told_amount: Decimal | None = None
    is_heard: bool = False
    has_statement: bool = False
    is_reviewed: bool = False
    is_disputed: bool = False
    payment_way: str = ""  # bank | within_100 | hard | remote, once decided

    @property
    def pays_on_the_spot(self) -> bool:
        return self.payment_way in ON_THE_SPOT


def spot_limit(party_kind: str, on: date) -> Decimal:
    """simple-scope: the highest fine of an on-the-spot decision for this kind of party on a day, in yuan."""
    return DEFAULT_PARAMETERS.number(f"simple_scope.{PARTY_WORDS[party_kind]}", on)


def hearing_limit(party_kind: str, on: date) -> Decimal:
    """hearing-threshold: from this fine on the right to a hearing must be told."""
    return DEFAULT_PARAMETERS.number(f"hearing_threshold.{PARTY_WORDS[party_kind]}", on)
