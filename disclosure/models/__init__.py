"""Public records, their history, and the outbox to the exchange."""

from disclosure.models.channel import Channel, ChannelEnd, ChannelState, RecordChannel
from disclosure.models.code_list import CodeListEdition
from disclosure.models.credit_repair import CreditRepair, RepairOutcome
from disclosure.models.delivery import Delivery, DeliveryState, FeedBreaker, Operation, RuiSeries
from disclosure.models.exclusion import Exclusion, ExclusionGround, ExclusionOutcome
from disclosure.models.leak import LeakAlarm, LeakScan
from disclosure.models.ledger import (
    InnerLeaf,
    LeafEvent,
    RegisterCheckpoint,
    RegisterContent,
    RegisterKey,
    RegisterLeaf,
    RegisterNode,
)
from disclosure.models.ledger_night import LedgerAlarm, LedgerNight, LedgerPart
from disclosure.models.legacy import LegacyDecision
from disclosure.models.objection import UPHELD, Objection, ObjectionOutcome, ObjectionWay
from disclosure.models.reconcile import Difference, Finding, ReconcileRun, RunState
from disclosure.models.record import DisclosureRecord, RecordEvent, RecordState
from disclosure.models.record_correction import CorrectionOutcome, CorrectionSource, RecordCorrection
from disclosure.models.withdrawal import RULED, Withdrawal, WithdrawalReason, cause_of

__all__ = [
    "Channel",
    "ChannelEnd",
    "ChannelState",
    "CodeListEdition",
    "CorrectionOutcome",
    "CorrectionSource",
    "CreditRepair",
    "Delivery",
    "DeliveryState",
    "Difference",
    "DisclosureRecord",
    "Exclusion",
    "ExclusionGround",
    "ExclusionOutcome",
    "FeedBreaker",
    "Finding",
    "InnerLeaf",
    "LeafEvent",
    "LedgerAlarm",
    "LedgerNight",
    "LedgerPart",
    "LeakAlarm",
    "LeakScan",
    "LegacyDecision",
    "Objection",
    "ObjectionOutcome",
    "ObjectionWay",
    "Operation",
    "RULED",
    "ReconcileRun",
    "RecordChannel",
    "RecordCorrection",
    "RecordEvent",
    "RecordState",
    "RegisterCheckpoint",
    "RegisterContent",
    "RegisterKey",
    "RegisterLeaf",
    "RegisterNode",
    "RepairOutcome",
    "RuiSeries",
    "RunState",
    "UPHELD",
    "Withdrawal",
    "WithdrawalReason",
    "cause_of",
]
