"""The permission matrix as data (security.md §6.1). One row per action; what is not listed is denied.

``rule`` holds the words, every other module the rows of one part of the system.
"""

from lishu_law.access.matrix import (
    blanks,
    branches,
    clocks,
    dossier_review,
    draws,
    editions,
    evidence,
    exchange,
    execution,
    filings,
    hearing,
    measures,
    phrases,
    public_records,
    queue,
    recusal,
    registers,
    remedies,
    road,
    serving,
    statistics,
    summary,
    supervision,
    volume,
)
from lishu_law.access.matrix.rule import APART_TEXT, Grant, Rule, Scope

_PARTS = (
    road,
    exchange,
    registers,
    branches,
    evidence,
    measures,
    recusal,
    hearing,
    serving,
    execution,
    remedies,
    public_records,
    summary,
    blanks,
    queue,
    clocks,
    draws,
    filings,
    supervision,
    editions,
    statistics,
    volume,
    dossier_review,
    phrases,
)
_TABLE = tuple(row for part in _PARTS for row in part.TABLE)
RULES: dict[str, Rule] = {row.action: row for row in _TABLE}
if len(RULES) != len(_TABLE):
    raise ValueError("an action stands twice in the permission matrix")

__all__ = ["APART_TEXT", "RULES", "Grant", "Rule", "Scope"]
