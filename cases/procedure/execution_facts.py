"""What guards may know of the execution of a decision: receipts, deferral, demands, court, own enforcement, duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ReceiptFact:
    """One fiscal receipt: what it brings of the fine and, apart from it, of the additional fine."""

    paid_on: date
    amount: Decimal
    additional: Decimal = Decimal("0.00")


@dataclass(frozen=True)
class InstalmentFact:
    ordinal: int
    due_on: date
    amount: Decimal


@dataclass(frozen=True)
class DeferralFact:
    """An approved deferral: one line of the plan is a deferral, several are instalments."""

    id: int
    approved_on: date
    ends_on: date
    instalments: tuple[InstalmentFact, ...] = ()


@dataclass(frozen=True)
class DemandFact:
    """A sealed 催告书; its serving stands with its document. ``statement`` is what the party answered, "" while unheard."""

    id: int
    document_id: int
    part: str
    made_on: date
    total: Decimal
    statement: str = ""  # none | written | oral
    is_reviewed: bool = False


@dataclass(frozen=True)
class CourtAnswerFact:
    kind: str
    on: date


@dataclass(frozen=True)
class CourtFact:
    """An application to the court: approved, handed in, and what the court answered, oldest first."""

    id: int
    approved_on: date
    filed_on: date | None = None
    answers: tuple[CourtAnswerFact, ...] = ()

    @property
    def last(self) -> str:
        """Where it stands: the last answer, or ``filed``, or ``approved``."""
        if self.answers:
            return self.answers[-1].kind
        return "filed" if self.filed_on else "approved"

    @property
    def is_accepted(self) -> bool:
        return any(one.kind in {"accepted", "objection_upheld"} for one in self.answers)


@dataclass(frozen=True)
class EnforcementFact:
    """The bureau's own enforcement. ``status``: decided | suspended | ended | performed."""

    id: int
    kind: str  # demolition | proxy | proxy_now | auction
    status: str
    decided_on: date
    planned_at: datetime | None = None
    document_id: int = 0
    demolish_by: date | None = None  # the deadline in the 执行公告
    suspended_on: date | None = None


@dataclass(frozen=True)
class AgreementFact:
    """An execution agreement (强制法42). The reduction holds once the remedial measures were taken and until a breach."""

    id: int
    agreed_on: date
    ends_on: date
    reduced: Decimal = Decimal("0.00")
    remedied_on: date | None = None
    breached_on: date | None = None

    @property
    def reduces(self) -> Decimal:
        holds = self.remedied_on is not None and self.breached_on is None
        return self.reduced if holds else Decimal("0.00")


@dataclass(frozen=True)
class DutyFact:
    """A duty of the decision that is no money: 责令改正, 没收, 停业 …"""

    text: str
    verified_on: date | None = None


@dataclass(frozen=True)
class RequestFact:
    """A request of this part that waits for a leader, with what was asked for."""

    id: int
    kind: str
    part: str
    reason: str
    asker: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ExecutionFacts:
    announced: bool = False  # the decision says that an additional fine may follow (罚缴分离办法7)
    receipts: tuple[ReceiptFact, ...] = ()
    deferrals: tuple[DeferralFact, ...] = ()
    demands: tuple[DemandFact, ...] = ()
    courts: tuple[CourtFact, ...] = ()
    enforcements: tuple[EnforcementFact, ...] = ()
    agreements: tuple[AgreementFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    requests: tuple[RequestFact, ...] = ()

    @property
    def deferral(self) -> DeferralFact | None:
        """The newest approved deferral."""
        return self.deferrals[-1] if self.deferrals else None

    @property
    def demand(self) -> DemandFact | None:
        """The newest demand for the whole decision; the second one before a proxy performance is of its own part."""
        return next((one for one in reversed(self.demands) if not one.part), None)

    @property
    def court(self) -> CourtFact | None:
        return self.courts[-1] if self.courts else None

    def enforcement(self, number: int | None) -> EnforcementFact | None:
        return next((one for one in self.enforcements if one.id == number), None)

    @property
    def open_duties(self) -> tuple[DutyFact, ...]:
        return tuple(one for one in self.duties if one.verified_on is None)
