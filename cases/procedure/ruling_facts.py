"""What guards may know of the rulings on a decision (law/procedure.md §8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

# After these the decision stands no longer and nothing has taken its place yet.
FELLING = frozenset({"revoke", "void", "order_remake"})


@dataclass(frozen=True)
class RefundFact:
    """Money that is no longer owed; ``done_on`` is empty until the treasury paid it back. ``fine`` is the fine's part."""

    amount: Decimal
    done_on: date | None = None
    receipt_no: str = ""
    fine: Decimal = Decimal("0.00")


@dataclass(frozen=True)
class RulingFact:
    """One ruling. ``effect``: revoke | change | confirm_unlawful | order_remake | void; ``source``: self | review | court
    | supervision. The ``old_`` values are those of the decision it concerns.
    """

    id: int
    source: str
    effect: str
    document_no: str
    effective_on: date
    recorded_at: datetime
    reason: str = ""
    old_number: str = ""
    old_amount: Decimal | None = None
    old_facts: str = ""
    old_reasons: str = ""
    new_number: str = ""
    new_amount: Decimal | None = None
    is_procedural: bool = False
    back_to: str = ""
    remake_by: date | None = None
    withdrawn_on: date | None = None
    refund: RefundFact | None = None

    @property
    def fells(self) -> bool:
        """Does the decision stand no longer, without another in its place?"""
        return self.effect in FELLING
