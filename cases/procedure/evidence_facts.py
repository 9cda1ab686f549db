"""What guards may know of monitoring records and testing commissions (处罚法41、46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MonitoringFact:
    """A record of a monitoring device: not reviewed while ``outcome`` is empty, else passed or failed."""

    id: int
    record_no: str
    device: str
    recorded_on: date
    outcome: str = ""
    told_on: date | None = None


@dataclass(frozen=True)
class CommissionFact:
    """A question given to an institution: open while ``outcome`` is empty, else result or withdrawn."""

    id: int
    institution: str
    matter: str
    due_on: date
    outcome: str = ""
    result_on: date | None = None
    told_on: date | None = None
