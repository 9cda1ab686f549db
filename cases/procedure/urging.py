"""The demand 催告书 and its ten working days, read from the facts (强制法35、36、54、69)."""

from __future__ import annotations

from datetime import date

from cases.procedure.execution_facts import DemandFact
from cases.procedure.facts import CaseFacts
from lishu_law.law.limits import compute


def served_on(facts: CaseFacts, demand: DemandFact | None) -> date | None:
    """The effective serving date of the demand's letter."""
    if demand is None:
        return None
    return next((one.served_on for one in facts.documents if one.id == demand.document_id), None)


def last_day(facts: CaseFacts, demand: DemandFact | None, code: str = "enforce-urge-10d") -> date | None:
    """The last day of the waiting time that the serving of the demand started."""
    served = served_on(facts, demand)
    return compute(code, served).due if served else None


def is_over(facts: CaseFacts, today: date) -> bool:
    """Was the party urged in vain: ten working days passed since the serving of the demand?"""
    last = last_day(facts, facts.execution.demand)
    return last is not None and today > last
