"""Public records, their history, and the outbox to the exchange."""

from disclosure.models.code_list import CodeListEdition
from disclosure.models.delivery import Delivery, DeliveryState, FeedBreaker, Operation, RuiSeries
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
from disclosure.models.reconcile import Difference, Finding, ReconcileRun, RunState
from disclosure.models.record import DisclosureRecord, RecordEvent, RecordState
from disclosure.models.withdrawal import Withdrawal, WithdrawalReason

__all__ = [
    "CodeListEdition",
    "Delivery",
    "DeliveryState",
    "Difference",
    "DisclosureRecord",
    "FeedBreaker",
    "InnerLeaf",
    "LeafEvent",
    "LedgerAlarm",
    "LedgerNight",
    "LedgerPart",
    "LegacyDecision",
    "LeakAlarm",
    "LeakScan",
    "Finding",
    "Operation",
    "ReconcileRun",
    "RecordEvent",
    "RecordState",
    "RegisterCheckpoint",
    "RegisterContent",
    "RegisterKey",
    "RegisterLeaf",
    "RegisterNode",
    "RuiSeries",
    "RunState",
    "Withdrawal",
    "WithdrawalReason",
]
