"""What an assessment gives back: frozen, complete, and enough to explain the amount without the tables at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from cases.discretion.benchmark import BenchmarkRow, ListRow
from cases.discretion.facts import Value, plain

Action = Literal[
    "penalise",
    "no_penalty",
    "order_only",
    "no_jurisdiction",
    "limitation",
    "needs_minutes",
    "no_suggestion",
    "needs_facts",
]
UNIT_WORDS = {
    "x_illegal_income": "违法所得{}倍",
    "x_timber_value": "采伐林木价值{}倍",
    "pct_contract_price": "工程合同价款{}%",
    "pct_unit_fine": "单位罚款数额{}%",
}


@dataclass(frozen=True)
class Range:
    """Both ends included, in ``unit`` (yuan, a multiple or a percentage)."""

    minimum: Decimal
    maximum: Decimal
    unit: str = "yuan"

    @property
    def is_fixed(self) -> bool:
        return self.minimum == self.maximum

    def fine_text(self) -> str:
        """罚款1000元以上1600元以下; 处违法所得2倍的罚款."""
        return f"罚款{self.text()}" if self.unit == "yuan" else f"处{self.text()}的罚款"

    def text(self) -> str:
        """1000元以上1600元以下; 违法所得2倍以上4.4倍以下; 30000元; 5000元以下."""
        pattern = UNIT_WORDS.get(self.unit, "{}元")
        low, high = pattern.format(plain(self.minimum)), pattern.format(plain(self.maximum))
        if self.is_fixed:
            return high
        if not self.minimum:
            return f"{high}以下"
        if self.unit != "yuan":
            high = f"{plain(self.maximum)}{pattern.split('{}')[1]}"
        return f"{low}以上{high}以下"


@dataclass(frozen=True)
class StatutoryRange:
    """What the statute itself allows on the branch that applies; ``yuan`` where the base is known."""

    kind: int
    range: Range | None
    yuan: Range | None
    text: str
    provision: str


@dataclass(frozen=True)
class LawComparison:
    """从旧兼从轻 (处罚法第三十七条): both texts, the one that governs, and why. ``cap`` is in yuan."""

    old: StatutoryRange | None
    new: StatutoryRange | None
    governs: Literal["old", "new"]
    text: str
    cap: Decimal | None = None


@dataclass(frozen=True)
class Clause:
    """One condition of a list row: what is required, what was found, and whether it is met (None: unknown)."""

    requirement: str
    finding: str
    met: bool | None


@dataclass(frozen=True)
class ListCheck:
    """A list row that was looked at. ``reason`` says in Chinese why it applies or not."""

    row: ListRow
    outcome: Literal["applied", "not_applied", "barred", "unknown"]
    clauses: tuple[Clause, ...]
    reason: str


@dataclass(frozen=True)
class AppliedFactor:
    """A mitigating or aggravating circumstance; ``counted`` is False when the tier already rests on it."""

    code: str
    text: str
    citation: str
    is_mitigating: bool
    counted: bool = True


@dataclass(frozen=True)
class Note:
    """Something a person must see or do: a code for the program, a Chinese sentence, the article."""

    code: str
    text: str
    citation: str = ""


@dataclass(frozen=True)
class Assessment:
    """The outcome for one violation.

    ``range`` is what is open to the officer after factors and 减轻, ``tier_range`` the tier's own range, ``yuan_range``
    the open range in yuan. ``suggestion`` is in yuan. ``rows`` are the rows behind the result with their texts.
    """

    action: Action
    item: str
    act_on: date
    decision_on: date
    benchmark_name: str
    edition: str
    facts: Mapping[str, Value]
    violation: str = ""
    domain: str = ""
    tier: str = ""
    tier_rank: int | None = None
    unit: str = "none"
    range: Range | None = None
    tier_range: Range | None = None
    yuan_range: Range | None = None
    suggestion: Decimal | None = None
    rows: tuple[BenchmarkRow, ...] = ()
    statute: StatutoryRange | None = None
    breached: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    lists: tuple[ListCheck, ...] = ()
    facts_used: tuple[str, ...] = ()
    factors: tuple[AppliedFactor, ...] = ()
    is_reduced: bool = False
    law: LawComparison | None = None
    approvals: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = field(default=())

    @property
    def applied_list(self) -> ListCheck | None:
        """The list row that exempts the party, if one does."""
        return next((check for check in self.lists if check.outcome == "applied"), None)

    @property
    def is_fine(self) -> bool:
        return self.range is not None
