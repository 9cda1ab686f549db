"""What guards may know of a case: frozen, built in a fixed number of queries by ``cases.queries.facts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from cases.procedure.branches_facts import (
    CrimeFact,
    DiscussionFact,
    InformantFact,
    OrderFact,
    RequestFact,
    SameActFact,
)
from cases.procedure.evidence_facts import CommissionFact, MonitoringFact
from cases.procedure.execution_facts import ExecutionFacts
from cases.procedure.hearing_facts import HearingFact, RecusalFact, ReviewFact
from cases.procedure.measures_facts import IncidentFact, MeasureFact
from cases.procedure.ruling_facts import RulingFact
from cases.procedure.serving_facts import AddressFact, ServingFact
from cases.procedure.states import Procedure, State
from cases.procedure.summary_facts import SpotFact


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
    is_onscene: bool = False  # the on-scene record of an inspection
    is_copy: bool = False


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
    is_reduced: bool = False  # 减轻: below the statutory minimum
    basis: tuple[str, ...] = ()  # the articles of the penalty
    is_heavy: bool = False  # with a measure that the heads must discuss (吊销、停业 …)
    departure: str = ""  # how it departs from the benchmark (减轻, another tier, an unjust benchmark), in words
    departure_grounds: str = ""


@dataclass(frozen=True)
class NoticeFact:
    amount: Decimal | None
    sealed_on: date
    served_on: date | None  # effective date, computed
    hearing_offered: bool
    id: int = 0
    is_current: bool = True  # made in the present round: after the case came (back) to the state before the notice
    is_outdated: bool = False  # facts or basis of the proposal changed after it was made


@dataclass(frozen=True)
class DefenceFact:
    kind: str  # "none" | "written" | "oral" | "waiver"
    is_reviewed: bool
    recorded_on: date


@dataclass(frozen=True)
class DocumentFact:
    code: str
    title: str
    must_be_served: bool
    served_on: date | None
    sealed_on: date | None
    id: int = 0
    part: str = ""  # the sub-object it belongs to: "measure:12"
    number: str = ""
    amount: Decimal | None = None  # what the paper is about: the fine, one instalment
    signing: str = ""  # open: signatures by hand are being taken; done; empty: they are on the paper original
    unsigned: str = ""  # who has still to sign which page, while it is open

    @property
    def full_title(self) -> str:
        """Title and number: several papers of one kind wait side by side."""
        return " ".join(word for word in (self.title, self.number) if word)


@dataclass(frozen=True)
class ApprovalFact:
    """A request beside the road; ``outcome`` is empty while it waits, then approved or refused."""

    id: int
    kind: str
    part: str
    asked_by: str
    asked_on: date
    outcome: str
    decided_on: date | None


@dataclass(frozen=True)
class SignedFact:
    """The head's signature under a decision that waits to be issued; it holds for ``version`` of the case only."""

    by: str
    at: datetime
    version: int


@dataclass(frozen=True)
class RemedyFact:
    """A review or lawsuit against the decision. Between ``received_on`` and ``ended_on`` it is open.

    ``outcome`` is empty while open, else upheld | revoked | changed | unlawful | void | remade | withdrawn | rejected.
    ``stops_execution``: the organ or court ordered execution to stop (复议法42、行诉56). ``copy_on`` is the day from
    which the reply is due; ``served_on`` the day the outcome was served on the party.
    """

    id: int
    kind: str  # review | lawsuit
    received_on: date
    ended_on: date | None
    outcome: str
    stops_execution: bool = False
    route: str = "direct"  # direct | on_the_spot | monitoring: the last two came through the bureau
    procedure: str = "normal"  # normal | simple
    organ: str = ""
    reference: str = ""
    applicant: str = ""
    copy_on: date | None = None
    forwarded_on: date | None = None
    replied_on: date | None = None
    served_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def came_through_bureau(self) -> bool:
        return self.route != "direct"


@dataclass(frozen=True)
class LimitFact:
    """A running limit. ``part`` names the sub-object it belongs to ("measure:12"), empty for the case itself."""

    code: str
    part: str
    started_on: date
    due: date
    due_at: datetime | None = None  # limits in hours


@dataclass(frozen=True)
class ReviewerFact:
    """Somebody who was given the closed file to review; ``goes_on`` until nothing of that review is open."""

    number: str
    goes_on: bool


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
    hearing_request_due: date | None = None
    notice_round: tuple[str, datetime] | None = None  # the step that brought the case before the notice last, and when
    reviews: tuple[ReviewFact, ...] = ()
    recusals: tuple[RecusalFact, ...] = ()
    hearings: tuple[HearingFact, ...] = ()
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
    procedure: Procedure = Procedure.ORDINARY
    focus: int | None = None  # the sub-object the act works on (a measure, a hearing …), by its id
    approvals: tuple[ApprovalFact, ...] = ()
    signed: tuple[SignedFact, ...] = ()
    remedies: tuple[RemedyFact, ...] = ()
    rulings: tuple[RulingFact, ...] = ()  # what became of the decision: revoked, changed, unlawful … oldest first
    decision_number: str = ""  # of the decision that stands
    limits: tuple[LimitFact, ...] = ()  # every running limit of the case and its parts
    requests: tuple[RequestFact, ...] = ()
    crimes: tuple[CrimeFact, ...] = ()
    orders: tuple[OrderFact, ...] = ()
    same_acts: tuple[SameActFact, ...] = ()
    discussions: tuple[DiscussionFact, ...] = ()
    informants: tuple[InformantFact, ...] = ()
    same_act_note: str = ""  # why those cases are about other acts
    designation: str = ""  # 指定管辖
    has_safety_harm: bool = False  # 涉及公民生命健康安全、金融安全且有危害后果
    is_organs_own: bool = True  # handled in the name of the bureau, never of a squad
    execution: ExecutionFacts = ExecutionFacts()
    spot: SpotFact | None = None  # what was done on the scene (summary procedure)
    measures: tuple[MeasureFact, ...] = ()
    incidents: tuple[IncidentFact, ...] = ()
    servings: tuple[ServingFact, ...] = ()  # every attempt to serve a document
    monitoring: tuple[MonitoringFact, ...] = ()  # records of monitoring devices that were not voided
    commissions: tuple[CommissionFact, ...] = ()
    addresses: tuple[AddressFact, ...] = ()  # 送达地址确认书, the newest last
    dossier_reviewers: tuple[ReviewerFact, ...] = ()  # who was given the closed file to review

    @property
    def lead(self) -> OfficerFact | None:
        return next((officer for officer in self.officers if officer.is_lead), None)

    def approval(self, kind: str, part: str = "") -> ApprovalFact | None:
        """The newest request of a kind (for one part, where it has parts), decided or not."""
        return next((one for one in reversed(self.approvals) if one.kind == kind and one.part == part), None)

    @property
    def review(self) -> ReviewFact | None:
        """The newest round of the legal review before the decision; a review of the report never counts for it."""
        return next((one for one in reversed(self.reviews) if one.gate == "decision"), None)

    @property
    def hearing(self) -> HearingFact | None:
        """The newest request for a hearing that was accepted."""
        return next((one for one in reversed(self.hearings) if one.state != "not_accepted"), None)

    @property
    def focused_hearing(self) -> HearingFact | None:
        return next((one for one in self.hearings if one.id == self.focus), None)

    @property
    def focused_recusal(self) -> RecusalFact | None:
        return next((one for one in self.recusals if one.id == self.focus), None)

    @property
    def focused_approval(self) -> ApprovalFact | None:
        return next((one for one in self.approvals if one.id == self.focus), None)

    @property
    def address(self) -> AddressFact | None:
        """The address confirmation that holds: the newest."""
        return self.addresses[-1] if self.addresses else None

    @property
    def focused_monitoring(self) -> MonitoringFact | None:
        return next((one for one in self.monitoring if one.id == self.focus), None)

    @property
    def focused_commission(self) -> CommissionFact | None:
        return next((one for one in self.commissions if one.id == self.focus), None)

    @property
    def focused_serving(self) -> ServingFact | None:
        return next((one for one in self.servings if one.id == self.focus), None)

    @property
    def focused_request(self) -> RequestFact | None:
        return next((one for one in self.requests if one.id == self.focus), None)

    @property
    def focused_crime(self) -> CrimeFact | None:
        return next((one for one in self.crimes if one.id == self.focus), None)

    @property
    def focused_order(self) -> OrderFact | None:
        return next((one for one in self.orders if one.id == self.focus), None)

    def open_request(self, kind: str) -> RequestFact | None:
        """The request of a kind that waits for its decision."""
        return next((one for one in self.requests if one.kind == kind and one.is_open), None)

    def approved_request(self, kind: str) -> RequestFact | None:
        """The newest approved request of a kind."""
        return next((one for one in reversed(self.requests) if one.kind == kind and one.outcome == "approved"), None)

    @property
    def focused_remedy(self) -> RemedyFact | None:
        return next((one for one in self.remedies if one.id == self.focus), None)

    @property
    def focused_ruling(self) -> RulingFact | None:
        return next((one for one in self.rulings if one.id == self.focus), None)

    @property
    def focused_document(self) -> DocumentFact | None:
        return next((one for one in self.documents if one.id == self.focus), None)
