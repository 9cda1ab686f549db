"""What guards may know of a case: frozen, built in a fixed number of queries by ``cases.queries.facts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from cases.procedure.states import State


@dataclass(frozen=True)
class CertificateFact:
    number: str
    valid_from: date
    valid_until: date
    revoked_on: date | None = None

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until and (self.revoked_on is None or day < self.revoked_on)


@dataclass(frozen=True)
class OfficerFact:
    staff_number: str
    name: str
    is_lead: bool
    conflict_declared: bool
    certificates: tuple[CertificateFact, ...] = ()

    def certificate_on(self, day: date) -> CertificateFact | None:
        return next((c for c in self.certificates if c.is_valid_on(day)), None)


@dataclass(frozen=True)
class PartyFact:
    kind: str
    name: str
    has_identity: bool
    has_address: bool
    age_at_act: int | None = None  # None where the party is no natural person or the birth date is unknown

    @property
    def is_organisation(self) -> bool:
        return self.kind == "organisation"


@dataclass(frozen=True)
class EvidenceFact:
    title: str
    purpose: str
    is_verified: bool
    kind: str = ""


@dataclass(frozen=True)
class TranscriptFact:
    kind: str  # "onscene" | "questioning"
    title: str
    started_at: datetime
    ended_at: datetime
    officers: tuple[str, ...]
    is_signed: bool
    licence_shown: bool


@dataclass(frozen=True)
class DiscretionFact:
    action: str  # the engine's recommended action
    tier: str
    amount: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None
    reason: str
    needs_confirmation: bool  # a row of origin memory that the legal section has not confirmed


@dataclass(frozen=True)
class NoticeFact:
    amount: Decimal | None
    sealed_on: date
    served_on: date | None  # effective date, computed
    hearing_offered: bool


@dataclass(frozen=True)
class DefenceFact:
    kind: str  # "none" | "written" | "oral" | "waiver"
    hearing_requested: bool
    is_reviewed: bool
    recorded_on: date


@dataclass(frozen=True)
class ReviewFact:
    requested_on: date
    outcome: str  # "" while open, else "passed" | "returned"
    reviewed_on: date | None


@dataclass(frozen=True)
class DocumentFact:
    code: str
    title: str
    must_be_served: bool
    served_on: date | None
    sealed_on: date | None


@dataclass(frozen=True)
class CaseFacts:
    state: State
    officers: tuple[OfficerFact, ...] = ()
    source: str = ""
    act_on: date | None = None
    act_at: datetime | None = None
    act_ended_on: date | None = None
    discovered_on: date | None = None
    is_in_county: bool = False
    place: str = ""
    summary: str = ""
    violation: str = ""
    party: PartyFact | None = None
    evidence: tuple[EvidenceFact, ...] = ()
    transcripts: tuple[TranscriptFact, ...] = ()
    discretion: DiscretionFact | None = None
    questions_answered: bool = False  # 减轻、首违不罚、轻微、无过错、从旧兼从轻、一事不二罚
    report_text: str = ""
    filed_on: date | None = None
    report_approved_on: date | None = None
    notice: NoticeFact | None = None
    defence: DefenceFact | None = None
    defence_due: date | None = None  # last day of the statement window and the hearing request
    review: ReviewFact | None = None
    discussion_due: bool = False
    discussed_on: date | None = None
    decided_on: date | None = None
    decide_due: date | None = None
    decision_amount: Decimal | None = None
    decision_served_on: date | None = None
    paid: Decimal = Decimal("0.00")
    documents: tuple[DocumentFact, ...] = ()
    disclosed_on: date | None = None
    closed_on: date | None = None
    done: Mapping[str, datetime] = field(default_factory=dict)  # step code → when it was last done
    overlaps: tuple[str, ...] = ()  # sentences: this officer is elsewhere at the same time

    @property
    def lead(self) -> OfficerFact | None:
        return next((officer for officer in self.officers if officer.is_lead), None)
