"""What guards may know of the ways off the road: requests with their endorsement, a suspected crime, orders, duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class RequestFact:
    """A request of this part of the procedure (:class:`cases.models.Approval`) with the squad leader's opinion.

    ``ground`` is the code of the ground it rests on; ``is_listed``: a legal review is due before it is decided;
    ``until`` is the day the limit asked about would end without the request.
    """

    id: int
    kind: str
    outcome: str
    ground: str = ""
    asked_on: date | None = None
    is_endorsed: bool = False
    is_listed: bool = False
    is_reviewed: bool = False
    reason: str = ""
    decided_on: date | None = None

    @property
    def is_open(self) -> bool:
        return not self.outcome


@dataclass(frozen=True)
class CrimeFact:
    """A suspected crime; ``state`` is a :class:`cases.models.CrimeState` value."""

    id: int
    state: str
    offence: str = ""
    reported_on: date | None = None
    criminal_fine: Decimal | None = None
    report: str = ""
    team: tuple[str, ...] = ()
    decided_on: date | None = None
    police: str = ""
    receiver: str = ""
    handed_over_on: date | None = None
    answered_on: date | None = None
    answer: str = ""
    given_on: date | None = None
    end: str = ""

    @property
    def is_open(self) -> bool:
        """Under way: until declined, or ended by the police's answer and the bureau's own last act."""
        return self.state not in {"declined", "ended"}


@dataclass(frozen=True)
class OrderFact:
    """An order to correct; ``result`` is empty until it was re-checked."""

    id: int
    issued_on: date
    due_on: date | None
    result: str


@dataclass(frozen=True)
class SameActFact:
    """Another case of the register that may be about the same act: same party or vehicle, same item, same time."""

    label: str
    act_at: datetime
    fine: Decimal | None  # the fine already imposed, None where none was


@dataclass(frozen=True)
class DiscussionFact:
    """A collective discussion that was held."""

    held_on: date
    recorded_at: datetime
    heads: tuple[str, ...]
    outcome: str


@dataclass(frozen=True)
class InformantFact:
    """That there is a named informant, and whether he was answered. Never who."""

    id: int
    is_answered: bool
