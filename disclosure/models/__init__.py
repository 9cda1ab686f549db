"""Public records, their history, and the outbox to the exchange."""

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
from disclosure.models.legacy import LegacyDecision
from disclosure.models.record import DisclosureRecord, RecordEvent, RecordState
from disclosure.models.withdrawal import Withdrawal, WithdrawalReason

__all__ = [
    "Delivery",
    "DeliveryState",
    "DisclosureRecord",
    "FeedBreaker",
    "InnerLeaf",
    "LeafEvent",
    "LegacyDecision",
    "LeakAlarm",
    "LeakScan",
    "Operation",
    "RecordEvent",
    "RecordState",
    "RegisterCheckpoint",
    "RegisterContent",
    "RegisterKey",
    "RegisterLeaf",
    "RegisterNode",
    "RuiSeries",
    "Withdrawal",
    "WithdrawalReason",
]
