"""What guards may know of recusals, hearings and the rounds of legal review. Frozen; filled by ``cases.queries.parts``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases.procedure.review_items import TRIGGERS

# States of a hearing (cases.models.hearing.HearingState) in which nothing more is to be done about it.
CLOSED = frozenset({"not_accepted", "terminated", "reported"})


@dataclass(frozen=True)
class RecusalFact:
    """A withdrawal or a request; ``outcome`` is empty while the head has not decided, then granted or refused."""

    id: int
    person: str  # staff number; empty for people who are not staff (examiner, interpreter)
    person_name: str
    role: str
    role_title: str
    origin: str  # self | party
    asked_on: date
    reason: str = ""
    outcome: str = ""
    acts_stand: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome == ""

    @property
    def waits_for_effect(self) -> bool:
        """Granted, and nobody has said yet whether the person's earlier acts stand."""
        return self.outcome == "granted" and self.acts_stand is None


@dataclass(frozen=True)
class HearingPersonFact:
    number: str
    name: str
    role: str  # chair | member | recorder


@dataclass(frozen=True)
class HearingFact:
    """One request for a hearing. ``people`` are those who conduct it now."""

    id: int
    state: str
    state_title: str
    requested_on: date
    applicant: str = ""
    people: tuple[HearingPersonFact, ...] = ()
    scheduled_at: datetime | None = None
    scheduled_on: date | None = None
    place: str = ""
    is_public: bool = True
    attendance: str = ""
    ended_on: date | None = None
    reported_at: datetime | None = None
    notice_id: int = 0
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def was_held(self) -> bool:
        """Did the case go through a hearing that ended with a transcript and a report?"""
        return self.state == "reported"

    def has(self, role: str) -> bool:
        return any(one.role == role for one in self.people)

    @property
    def part(self) -> str:
        return f"hearing:{self.id}"


@dataclass(frozen=True)
class ReviewFact:
    """One round of legal review. ``gate``: of the report before the notice, or before the decision."""

    requested_on: date
    outcome: str  # "" while open, else "passed" | "returned"
    reviewed_on: date | None
    gate: str = "decision"
    requested_at: datetime | None = None
    reviewer: str = ""
    opinion: str = ""
    triggers: tuple[str, ...] = ()
    id: int = 0
    departure_opinion: str = ""  # on leaving the benchmark, where the case does

    @property
    def reasons(self) -> str:
        """What makes this review compulsory, in words."""
        return "；".join(TRIGGERS[code] for code in self.triggers)
