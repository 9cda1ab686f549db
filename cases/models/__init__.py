"""The data of a case, one file per aggregate."""

from cases.models.approval import (
    Approval,
    ApprovalOutcome,
)
from cases.models.blanks import BlankNumber, NumberEnd, NumberLease
from cases.models.case import (
    Case,
    CaseOfficer,
    CasePermission,
    CasePerson,
    ClueSource,
    OfficerRole,
    PersonRole,
)
from cases.models.correction import (
    CorrectionOrder,
    RecheckResult,
)
from cases.models.crime import (
    CrimeState,
    CrimeTransfer,
)
from cases.models.decision import (
    Closure,
    Decision,
    Discretion,
    InvestigationReport,
)
from cases.models.defence import (
    Defence,
    DefenceKind,
    Statement,
    StatementPoint,
)
from cases.models.devices import (
    Calibration,
    DeviceKind,
    MonitoringDevice,
    MonitoringOutcome,
    MonitoringRecord,
)
from cases.models.discussion import (
    Discussion,
    DiscussionOpinion,
    DiscussionOutcome,
)
from cases.models.document import Document, PaperState
from cases.models.dossier_review import (
    CorrectionTask,
    DossierReview,
    ModelDossier,
    ObjectionOutcome,
    ReviewDraw,
    ReviewObjection,
)
from cases.models.edition import Edition, EditionKind, EditionRow, EditionState, RowConfirmation
from cases.models.evidence import (
    Evidence,
    EvidenceKind,
    Medium,
    Signing,
    Transcript,
    TranscriptKind,
)
from cases.models.execution import (
    Agreement,
    CourtAnswer,
    CourtApplication,
    Deferral,
    Demand,
    DutyCheck,
    Enforcement,
    EnforcementKind,
    EnforcementStatus,
    Instalment,
    StatementKind,
)
from cases.models.hearing import (
    CLOSED_HEARING,
    Attendance,
    Hearing,
    HearingOfficer,
    HearingRole,
    HearingState,
    HearingTranscript,
)
from cases.models.incident import (
    Incident,
)
from cases.models.informant import (
    Informant,
    ReportWay,
)
from cases.models.issuing import IssueBatch, IssueItem, ItemOutcome, SignatureState, SignedApproval
from cases.models.legal_review import (
    LegalReview,
    ReviewGate,
    ReviewOutcome,
)
from cases.models.measures import (
    CustodyEntry,
    CustodyKind,
    ItemState,
    LiftingGround,
    Measure,
    MeasureItem,
)
from cases.models.no_penalty import (
    NoPenalty,
)
from cases.models.payment import (
    Payment,
    PaymentChannel,
)
from cases.models.phrase import (
    Phrase,
    PhraseKind,
    PhraseState,
    PhraseUse,
    PhraseVersion,
    UseStanding,
)
from cases.models.recusal import (
    Recusal,
    RecusalOrigin,
    RecusalOutcome,
    RecusalRole,
)
from cases.models.remedies import (
    Refund,
    Remedy,
    RemedyKind,
    RemedyOutcome,
    RemedyProcedure,
    RemedyRoute,
    Ruling,
    RulingEffect,
    RulingSource,
)
from cases.models.serving import (
    AT_ONCE,
    SENT,
    AddressConfirmation,
    ReceiverRelation,
    Serving,
    ServingFailure,
    ServingMethod,
    ServingOutcome,
)
from cases.models.signing import (
    PaperScan,
    PaperSignature,
    Reading,
    SignedCopy,
    SigningWay,
)
from cases.models.step import (
    Deadline,
    DeadlineState,
    Step,
)
from cases.models.summary import (
    PaymentWay,
    SpotCollection,
    SpotRecord,
)
from cases.models.testing import (
    CommissionOutcome,
    Sample,
    TestingCommission,
)
from cases.models.volume import VolumeBuild, VolumePurpose, VolumeState

__all__ = [
    "AT_ONCE",
    "AddressConfirmation",
    "Agreement",
    "Approval",
    "ApprovalOutcome",
    "Attendance",
    "BlankNumber",
    "CLOSED_HEARING",
    "Calibration",
    "Case",
    "CaseOfficer",
    "CasePermission",
    "CasePerson",
    "Closure",
    "ClueSource",
    "CommissionOutcome",
    "CorrectionOrder",
    "CorrectionTask",
    "CourtAnswer",
    "CourtApplication",
    "CrimeState",
    "CrimeTransfer",
    "CustodyEntry",
    "CustodyKind",
    "Deadline",
    "DeadlineState",
    "Decision",
    "Defence",
    "DefenceKind",
    "Deferral",
    "Demand",
    "DeviceKind",
    "Discretion",
    "Discussion",
    "DiscussionOpinion",
    "DiscussionOutcome",
    "Document",
    "DossierReview",
    "DutyCheck",
    "Edition",
    "EditionKind",
    "EditionRow",
    "EditionState",
    "Enforcement",
    "EnforcementKind",
    "EnforcementStatus",
    "Evidence",
    "EvidenceKind",
    "Hearing",
    "HearingOfficer",
    "HearingRole",
    "HearingState",
    "HearingTranscript",
    "Incident",
    "Informant",
    "Instalment",
    "InvestigationReport",
    "IssueBatch",
    "IssueItem",
    "ItemOutcome",
    "ItemState",
    "LegalReview",
    "LiftingGround",
    "Measure",
    "MeasureItem",
    "Medium",
    "ModelDossier",
    "MonitoringDevice",
    "MonitoringOutcome",
    "MonitoringRecord",
    "NoPenalty",
    "NumberEnd",
    "NumberLease",
    "ObjectionOutcome",
    "OfficerRole",
    "PaperScan",
    "PaperSignature",
    "PaperState",
    "Payment",
    "PaymentChannel",
    "PaymentWay",
    "PersonRole",
    "Phrase",
    "PhraseKind",
    "PhraseState",
    "PhraseUse",
    "PhraseVersion",
    "ReceiverRelation",
    "RecheckResult",
    "Reading",
    "Recusal",
    "RecusalOrigin",
    "RecusalOutcome",
    "RecusalRole",
    "Refund",
    "Remedy",
    "RemedyKind",
    "RemedyOutcome",
    "RemedyProcedure",
    "RemedyRoute",
    "ReportWay",
    "ReviewDraw",
    "ReviewGate",
    "ReviewObjection",
    "ReviewOutcome",
    "RowConfirmation",
    "Ruling",
    "RulingEffect",
    "RulingSource",
    "SENT",
    "Sample",
    "Serving",
    "ServingFailure",
    "ServingMethod",
    "ServingOutcome",
    "SignatureState",
    "SignedApproval",
    "SignedCopy",
    "Signing",
    "SigningWay",
    "SpotCollection",
    "SpotRecord",
    "Statement",
    "StatementKind",
    "StatementPoint",
    "Step",
    "TestingCommission",
    "Transcript",
    "TranscriptKind",
    "UseStanding",
    "VolumeBuild",
    "VolumePurpose",
    "VolumeState",
]
