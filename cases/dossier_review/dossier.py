"""What the review knows of a case file: its sealed papers word by word and the records beside them. Frozen.

Built by ``cases.queries.dossier_review``; the checks compare what the papers say with each other and with the records,
so that a paper sealed with a mistake is found although the record was mended later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.procedure.facts import CaseFacts, CertificateFact
from cases.procedure.states import Procedure, State

DECISIONS = ("penalty_decision", "spot_decision")


@dataclass(frozen=True)
class Paper:
    """One sealed document. ``data`` is what its template was given, as it was sealed."""

    id: int
    code: str
    title: str
    number: str
    part: str
    sealed_at: datetime
    sealed_on: date
    data: Mapping[str, Any]
    amount: Decimal | None = None
    must_be_served: bool = False

    @property
    def name(self) -> str:
        """Title and number, as findings name it."""
        return f"《{self.title}》{self.number}"


@dataclass(frozen=True)
class Exhibit:
    """One item of evidence that still counts."""

    title: str
    kind: str
    purpose: str
    obtained_on: date
    is_copy: bool = False
    copy_source: str = ""
    is_checked_copy: bool = False
    method: str = ""
    medium: str = ""
    has_file: bool = False
    verified_on: date | None = None


@dataclass(frozen=True)
class Interview:
    """A transcript of two officers. ``signing`` is signed, refused or empty; ``elsewhere`` names the other transcripts,
    of any case, in which one of the two stands at the same time."""

    kind: str
    title: str
    started_at: datetime
    ended_at: datetime
    started_on: date
    officers: tuple[str, ...]
    place: str
    licence_shown: bool
    rights_told: bool
    signing: str
    refusal_note: str = ""
    witness: str = ""
    weather: str = ""
    body: str = ""
    elsewhere: tuple[str, ...] = ()
    lacking: str = ""  # who has still to sign which page, where the signatures are taken in the system
    document: int = 0
    is_misfit: bool = False  # a signature is under another file than the sealed one


@dataclass(frozen=True)
class Delivery:
    """One attempt to serve one paper on the party or somebody else."""

    paper: int
    title: str
    method: str
    outcome: str
    receiver: str
    relation: str
    place: str
    served_on: date
    effective_on: date | None
    strict_on: date | None
    servers: tuple[str, ...]
    is_for_party: bool = True
    through: str = ""
    reference: str = ""
    refusal_reason: str = ""
    witness: str = ""
    note: str = ""
    has_proof: bool = False
    has_receipt: bool = False


@dataclass(frozen=True)
class Handler:
    """An officer of the case, also one who has left it."""

    number: str
    name: str
    declared_on: date | None
    certificates: tuple[CertificateFact, ...] = ()

    def certificate_on(self, day: date) -> CertificateFact | None:
        return next((one for one in self.certificates if one.is_valid_on(day)), None)


@dataclass(frozen=True)
class Limit:
    """A limit of the case, running or ended; ``state`` is running, met, met_late or cancelled."""

    code: str
    part: str
    started_on: date
    due: date
    state: str
    ended_on: date | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class Act:
    """A step that was done."""

    code: str
    by: str
    on: date
    at: datetime
    opinion: str = ""
    part: str = ""


@dataclass(frozen=True)
class Receipt:
    number: str
    channel: str
    amount: Decimal
    additional: Decimal
    paid_on: date


@dataclass(frozen=True)
class Custody:
    """A line of the custody ledger."""

    measure: int
    kind: str
    at: datetime
    late_reason: str = ""


@dataclass(frozen=True)
class Taking:
    """A measure that was taken, beside what ``CaseFacts.measures`` knows of it."""

    id: int
    is_preservation: bool
    title: str
    taken_at: datetime
    taken_on: date
    officers: tuple[str, ...]
    power: str = ""
    is_urgent: bool = False
    party_present: bool = True
    witness: str = ""
    statement: str = ""
    video: str = ""
    has_record: bool = False
    ended_at: datetime | None = None
    ended_on: date | None = None
    extended_at: datetime | None = None
    approved_at: datetime | None = None
    held: int = 0
    kept_with_party: bool = False

    @property
    def part(self) -> str:
        return f"measure:{self.id}"


@dataclass(frozen=True)
class Plea:
    """One statement of the party with the points it makes; ``answered`` counts those that were answered."""

    kind: str
    on: date
    points: int
    answered: int


@dataclass(frozen=True)
class Waiver:
    on: date
    note: str = ""


@dataclass(frozen=True)
class Session:
    """The transcript of a hearing."""

    hearing: int
    started_on: date
    signing: str
    refusal_note: str = ""
    investigators_stated: bool = True
    party_answered: bool = True
    lacking: str = ""
    document: int = 0


@dataclass(frozen=True)
class Opinion:
    """A round of the legal review before the decision that was finished."""

    reviewer: str
    is_qualified: bool
    requested_at: datetime
    reviewed_on: date
    outcome: str
    text: str
    problems: int = 0
    items: int = 0


@dataclass(frozen=True)
class Meeting:
    """A collective discussion: who said what."""

    held_on: date
    outcome: str
    conclusion: str
    opinions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Instrument:
    """A device that recorded or weighed evidence, as it stood on the day of the record."""

    name: str
    record: str
    on: date
    is_calibrated: bool
    is_monitoring: bool
    is_reviewed: bool
    is_published: bool


@dataclass(frozen=True)
class Binding:
    """The file bound whole by the system: cover, catalogue, page numbers, order and remark sheet come with it."""

    at: datetime
    with_secondary: bool


@dataclass(frozen=True)
class Dossier:
    """The whole file. ``facts`` is what the guards know of the same case."""

    label: str
    today: date
    organ: str
    party: str
    party_kind: str
    identity: str  # credit code or identity number
    cause: str
    plate: str
    facts: CaseFacts
    papers: tuple[Paper, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    interviews: tuple[Interview, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    handlers: tuple[Handler, ...] = ()
    limits: tuple[Limit, ...] = ()
    acts: tuple[Act, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    custody: tuple[Custody, ...] = ()
    takings: tuple[Taking, ...] = ()
    pleas: tuple[Plea, ...] = ()
    waiver: Waiver | None = None
    sessions: tuple[Session, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    bindings: tuple[Binding, ...] = ()
    hearing_grounds: tuple[str, ...] = ()  # why the right to a hearing had to be told
    review_grounds: tuple[str, ...] = ()  # why the legal review was compulsory

    @property
    def is_summary(self) -> bool:
        return self.facts.procedure is Procedure.SUMMARY

    @property
    def decided_on(self) -> date | None:
        return self.facts.decided_on

    @property
    def is_closed(self) -> bool:
        return self.facts.state in {State.CLOSED, State.ARCHIVED, State.SUMMARY_CLOSED}

    def all(self, *codes: str) -> tuple[Paper, ...]:
        return tuple(one for one in self.papers if one.code in codes)

    def last(self, *codes: str) -> Paper | None:
        """The newest paper of these kinds."""
        found = self.all(*codes)
        return found[-1] if found else None

    @property
    def decision(self) -> Paper | None:
        return self.last(*DECISIONS)

    @property
    def notice(self) -> Paper | None:
        return self.last("prior_notice")

    def of_part(self, part: str, *codes: str) -> tuple[Paper, ...]:
        return tuple(one for one in self.all(*codes) if one.part == part)

    def served(self, paper: Paper) -> tuple[Delivery, ...]:
        """The effective servings of a paper on the party."""
        return tuple(
            one
            for one in self.deliveries
            if one.paper == paper.id and one.is_for_party and one.effective_on is not None
        )

    def served_on(self, paper: Paper) -> date | None:
        return max((one.effective_on for one in self.served(paper) if one.effective_on), default=None)

    def limit(self, code: str, part: str = "") -> Limit | None:
        """The newest limit of a kind."""
        return next((one for one in reversed(self.limits) if one.code == code and one.part == part), None)

    def act(self, code: str) -> Act | None:
        return next((one for one in reversed(self.acts) if one.code == code), None)

    def by(self, codes: Iterable[str]) -> frozenset[str]:
        """Who did any of these steps."""
        wanted = frozenset(codes)
        return frozenset(one.by for one in self.acts if one.code in wanted)

    @property
    def officers(self) -> frozenset[str]:
        return frozenset(one.number for one in self.handlers)
