"""What is typed for an own enforcement: the plan that is asked for, and what was done in the end (强制法37、51、52)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class NewEnforcement:
    """What is asked for. ``power`` names the provision that grants it; ``urgency`` why at night or on a holiday;
    ``hiding`` the signs of assets being hidden; ``danger`` what 代履行 averts; ``goods`` what was seized before."""

    kind: str
    power: str
    grounds: str
    manner: str
    planned_at: datetime
    spares_household: bool
    urgency: str = ""
    hiding: str = ""
    danger: str = ""
    goods: str = ""
    performer: str = ""
    budget: str = ""


@dataclass(frozen=True)
class Performance:
    """What was done when and by whom it was seen. ``told_at`` is when an absent party learnt of it (强制法52)."""

    performed_at: datetime
    note: str
    supervisor: str
    performer: str
    witness: str
    urgency: str = ""
    told_at: datetime | None = None
    cost: Decimal | None = None
