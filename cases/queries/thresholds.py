"""Amounts from which a heavier procedure is due. Local figures: dated parameters, 待确认 where unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cases.discretion.consequences import is_conditional
from cases.models import Case
from cases.procedure.facts import CaseFacts
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS

# The parameters' own words for the kinds of party.
PARTY_WORDS = {"citizen": "citizen", "organisation": "organisation", "individual_business": "sole_trader"}
# Penalties that are told with the right to a hearing whatever the amount (处罚法63第一款第三项、第四项). 暂扣 is not among them.
HEARD_PENALTIES = ("降低资质", "吊销", "停产停业", "停业整顿", "停产整顿", "停航整顿", "责令关闭", "限制从业")
CONFISCATION = "没收"


def threshold(name: str, party_kind: str, on: date) -> Decimal:
    """The value of ``name`` for this kind of party on a day, in yuan."""
    return DEFAULT_PARAMETERS.number(f"{name}.{PARTY_WORDS[party_kind]}", on)


def hearing_is_due(party_kind: str, amount: Decimal | None, on: date) -> bool:
    """hearing-threshold: the right to a hearing must be told for larger sums (处罚法63)."""
    return amount is not None and amount >= threshold("hearing_threshold", party_kind, on)


def hearing_grounds(chosen: Any, party_kind: str, on: date) -> tuple[str, ...]:
    """hearing-scope: why the right to a hearing must be told, in words; empty where it need not be.

    Computed from the frozen discretion: the fine, what is confiscated (same threshold), and the kind of penalty.
    """
    grounds = []
    if hearing_is_due(party_kind, chosen.amount, on):
        grounds.append("罚款达到较大数额")
    measures = [one for one in _measures(chosen) if not is_conditional(one)]
    if any(CONFISCATION in one for one in measures) and hearing_is_due(party_kind, _gains(chosen), on):
        grounds.append("没收违法所得达到较大数额")
    grounds += [one for one in measures if any(word in one for word in HEARD_PENALTIES)]
    return tuple(grounds)


def _measures(chosen: Any) -> list[str]:
    return list(chosen.result.get("assessment", {}).get("measures", []))


def _gains(chosen: Any) -> Decimal | None:
    try:
        return Decimal(str(chosen.facts["facts"]["illegal_income"]))
    except (KeyError, TypeError, InvalidOperation):
        return None


def discussion_is_due(case: Case, amount: Decimal | None) -> bool:
    """decide-collective: the heads discuss major cases first (处罚法57第二款)."""
    if amount is None or case.party is None:
        return False
    day = case.decided_on or clock.today()
    return amount >= threshold("deliberation_threshold", case.party.kind, day)


def is_major(party_kind: str, amount: Decimal | None, on: date) -> bool:
    """review-major-threshold: is the decision on the bureau's list of major decisions (重大执法决定目录)?"""
    return amount is not None and amount >= threshold("major_decision", party_kind, on)


def review_triggers(
    facts: CaseFacts, party_kind: str, amount: Decimal | None, on: date, *, public_interest: bool, complex_case: bool
) -> tuple[str, ...]:
    """review-triggers: what makes the legal review compulsory; hearing and list are computed, never typed."""
    held = {
        "hearing": any(one.was_held for one in facts.hearings),
        "major": is_major(party_kind, amount, on),
        "public_interest": public_interest,
        "complex": complex_case,
    }
    return tuple(code for code, holds in held.items() if holds)
