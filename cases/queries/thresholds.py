"""Amounts from which a heavier procedure is due. Local figures: dated parameters, 待确认 where unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.models import Case
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS

# The parameters' own words for the kinds of party.
PARTY_WORDS = {"citizen": "citizen", "organisation": "organisation", "individual_business": "sole_trader"}


def threshold(name: str, party_kind: str, on: date) -> Decimal:
    """The value of ``name`` for this kind of party on a day, in yuan."""
    return DEFAULT_PARAMETERS.number(f"{name}.{PARTY_WORDS[party_kind]}", on)


def hearing_is_due(party_kind: str, amount: Decimal | None, on: date) -> bool:
    """hearing-scope: the right to a hearing must be told for larger fines (处罚法63)."""
    return amount is not None and amount >= threshold("hearing_threshold", party_kind, on)


def discussion_is_due(case: Case, amount: Decimal | None) -> bool:
    """decide-collective: the heads discuss major cases first (处罚法57第二款)."""
    if amount is None or case.party is None:
        return False
    day = case.decided_on or clock.today()
    return amount >= threshold("deliberation_threshold", case.party.kind, day)


def is_major(party_kind: str, amount: Decimal | None, on: date) -> bool:
    """Is the decision on the bureau's list of major decisions (重大执法决定目录)?"""
    return amount is not None and amount >= threshold("major_decision", party_kind, on)
