"""Where each of the 262 procedural rules lives, and the test that proves it (data/rule_homes.csv).

One row per rule of procedure_rules.csv. ``where`` is what carries the rule:

- ``package.module:name`` a function or other object of the program; for a block rule the check that refuses,
- ``permission:case.review`` a row of the permission matrix,
- ``limit:serve-7d``, ``step:serve_notice``, ``document:prior_notice``, ``parameter:review_days`` an entry of a registry,
- ``template:documents/prior_notice.html`` fixed words or a computed box of a page or document.

``off`` says how a block rule is switched off to see its test fail: the check answers ``none``, ``empty``, ``true`` or
``false`` whatever it is asked, or (``apart``) the permission row no longer keeps people apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lishu_law.law.rules import RULES, Rule
from lishu_law.law.tables import Row, keyed, read_table


class HomeStatus(StrEnum):
    IMPLEMENTED = "implemented"
    NOT_APPLICABLE = "not_applicable"


OFF = ("none", "empty", "true", "false", "apart")


@dataclass(frozen=True)
class RuleHome:
    """One row. ``note`` is the reason where the rule does not apply; ``test`` one pytest node id."""

    rule_id: str
    status: HomeStatus
    where: str
    off: str
    test: str
    note: str

    @property
    def rule(self) -> Rule:
        return RULES[self.rule_id]

    @property
    def is_switchable(self) -> bool:
        """Can the rule be switched off for the proof that its test notices?"""
        return self.status is HomeStatus.IMPLEMENTED and self.rule.system_effect == "block"

    @classmethod
    def from_row(cls, row: Row) -> RuleHome:
        """Raises ``ValueError`` for a word the columns do not know."""
        if row["off"] and row["off"] not in OFF:
            raise ValueError(f"{row['rule_id']}: off is {row['off']}")
        words = {name: text for name, text in row.items() if name != "status"}
        return cls(status=HomeStatus(row["status"]), **words)


def load_homes() -> dict[str, RuleHome]:
    """Every row by rule id, in the order of the rule table. Raises ``ValueError`` naming a rule without a row."""
    found = {rule_id: RuleHome.from_row(row) for rule_id, row in keyed(read_table("rule_homes"), "rule_id").items()}
    if set(found) != set(RULES):
        raise ValueError(f"rules without a home or homes without a rule: {sorted(set(found) ^ set(RULES))}")
    return {rule_id: found[rule_id] for rule_id in RULES}
