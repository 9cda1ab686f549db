"""The 262 procedural rules (procedure_rules.csv) as read-only records; limits, guards and documents quote their ids."""

from __future__ import annotations

from dataclasses import dataclass

from lishu_law.law.tables import Row, keyed, read_table


@dataclass(frozen=True)
class Rule:
    """One row of the rule table; the columns keep the meaning they have there."""

    rule_id: str
    stage: str
    procedure: str
    rule_en: str
    term_zh: str
    trigger: str
    limit: str
    unit: str
    calendar: str
    extension: str
    hard_or_soft: str
    system_effect: str
    actor: str
    resulting_document: str
    legal_basis: str
    source: str
    note: str

    @property
    def is_hard(self) -> bool:
        """True when a breach makes the act void, revocable or consequential by law (procedure.md 0.3)."""
        return self.hard_or_soft == "hard"

    @property
    def is_seen(self) -> bool:
        """True when the rule rests on a text that was read throughout, not on memory."""
        return "seen" in self.source and "memory" not in self.source

    @classmethod
    def from_row(cls, row: Row) -> Rule:
        return cls(**row)


RULES: dict[str, Rule] = {
    rule_id: Rule.from_row(row) for rule_id, row in keyed(read_table("procedure_rules"), "rule_id").items()
}
