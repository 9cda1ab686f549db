"""The penalties of a case as its frozen discretion has them: for notice, decision, report and publication alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cases.discretion import penalties as rules
from cases.discretion.penalties import GAINS, LICENCE_KINDS, THINGS, Penalty

_NO_MONEY = Decimal("0.00")


def penalties_of(chosen: Any) -> tuple[Penalty, ...]:
    """What is decided (``chosen`` is the case's discretion), in the order of the sentence."""
    found = _assessment(chosen)
    return rules.penalties(found.get("measures", ()), found.get("unit", ""), chosen.amount, gains_of(chosen))


def penalty_words(chosen: Any) -> str:
    """警告，没收违法所得人民币…，罚款人民币…."""
    return "，".join(one.text for one in penalties_of(chosen))


def orders_of(chosen: Any) -> tuple[str, ...]:
    return rules.orders(_assessment(chosen).get("measures", ()))


def gains_of(chosen: Any) -> Decimal | None:
    """The money the act brought in, after lawful refunds; None where there is none."""
    value = _assessment(chosen).get("facts", {}).get("illegal_income")
    return Decimal(value) if value not in (None, "") and Decimal(value) else None


def confiscated_of(chosen: Any) -> Decimal | None:
    """What a decision confiscates in money: 0 where only things are, None where nothing is (feed V04)."""
    kinds = {one.kind for one in penalties_of(chosen)}
    if GAINS in kinds:
        return gains_of(chosen)
    return _NO_MONEY if THINGS in kinds else None


def licence_words(chosen: Any) -> str:
    """What happens to a licence; empty where nothing does."""
    return "，".join(one.text for one in penalties_of(chosen) if one.kind in LICENCE_KINDS)


def _assessment(chosen: Any) -> dict[str, Any]:
    found: dict[str, Any] = chosen.result.get("assessment", {})
    return found
