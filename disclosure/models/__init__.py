"""Public records, their history, and the outbox to the exchange."""

from disclosure.models.code_list import CodeListEdition
from disclosure.models.delivery import Delivery, DeliveryState, FeedBreaker, Operation, RuiSeries
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
    "Finding",
    "Operation",
    "ReconcileRun",
    "RecordEvent",
    "RecordState",
    "RuiSeries",
    "RunState",
    "Withdrawal",
    "WithdrawalReason",
]
