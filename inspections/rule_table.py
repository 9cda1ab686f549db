"""The rules of inspections as a table (data/rules.csv): where each lives, a test that sees it refuse, one that sees it pass.

The rules of the procedure that concern inspections (``insp-…`` of procedure_rules.csv) have their row here too; the
others are the project's own, from standards/inspection.md §2–3.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data" / "rules.csv"


@dataclass(frozen=True)
class InspectionRule:
    """One row. ``effect``: block, warn (a reason is asked), timer, auto or info; ``refusing`` and ``passing`` are pytest ids."""

    rule_id: str
    title: str
    effect: str
    source: str
    where: str
    refusing: str
    passing: str


def load_rules() -> tuple[InspectionRule, ...]:
    """Every row in the order of the file."""
    with open(DATA, encoding="utf-8", newline="") as file:
        return tuple(InspectionRule(**row) for row in csv.DictReader(file))


TITLES = {rule.rule_id: rule.title for rule in load_rules()}
