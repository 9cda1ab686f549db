"""The data of a case, one file per aggregate."""

from cases.models.case import Case, CaseOfficer, CasePermission, CasePerson, ClueSource, OfficerRole, PersonRole
from cases.models.decision import (
    Closure,
    Decision,
    Defence,
    DefenceKind,
    Discretion,
    InvestigationReport,
    LegalReview,
    ReviewOutcome,
)
from cases.models.document import Document, NumberSeries, PdfState
from cases.models.evidence import Evidence, EvidenceKind, Signing, Transcript, TranscriptKind
from cases.models.payment import Payment
from cases.models.serving import ReceiverRelation, Serving, ServingMethod
from cases.models.step import Deadline, DeadlineState, Step

__all__ = [
    "Case",
    "CaseOfficer",
    "CasePermission",
    "CasePerson",
    "Closure",
    "ClueSource",
    "Deadline",
    "DeadlineState",
    "Decision",
    "Defence",
    "DefenceKind",
    "Discretion",
    "Document",
    "Evidence",
    "EvidenceKind",
    "InvestigationReport",
    "LegalReview",
    "NumberSeries",
    "OfficerRole",
    "Payment",
    "PdfState",
    "PersonRole",
    "ReceiverRelation",
    "ReviewOutcome",
    "Serving",
    "ServingMethod",
    "Signing",
    "Step",
    "Transcript",
    "TranscriptKind",
]
