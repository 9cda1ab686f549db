"""The only module of this package that others may import."""

from __future__ import annotations

from cases.queries.decisions import DecisionFacts
from lishu_law.errors import NotFound


def decision_facts(decision_id: int) -> DecisionFacts:
    """The facts of a sealed decision. Raises ``NotFound``."""
    raise NotFound


def sealed_decision_ids(after_id: int = 0) -> list[int]:
    """Ids of sealed decisions above ``after_id``, ascending."""
    return []


__all__ = ["DecisionFacts", "decision_facts", "sealed_decision_ids"]
