"""What guards may know of servings and of the address confirmation (law/procedure.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ServingFact:
    """One attempt. ``outcome`` is effective, pending or failed.

    A public notice that still runs has ``due_strict`` and ``due_lenient``, the two readings of its period; ``due`` is
    the one it is counted by. ``strict_on`` is the earlier reading once it is served: what the bureau's own limits use.
    """

    id: int
    document_id: int
    method: str
    outcome: str
    recipient: str
    attempted_on: date
    is_for_party: bool = True
    effective_on: date | None = None
    strict_on: date | None = None
    due: date | None = None
    due_strict: date | None = None
    due_lenient: date | None = None
    through: str = ""
    failure: str = ""


@dataclass(frozen=True)
class AddressFact:
    """A signed 送达地址确认书."""

    id: int
    receiver_name: str
    address: str
    signed_on: date
    accepts_electronic: bool
