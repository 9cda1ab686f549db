"""Public records, their history, and the outbox to the exchange."""

from disclosure.models.delivery import Delivery, DeliveryState, FeedBreaker, Operation, RuiSeries
from disclosure.models.leak import LeakAlarm, LeakScan
from disclosure.models.record import DisclosureRecord, RecordEvent, RecordState
from disclosure.models.withdrawal import Withdrawal, WithdrawalReason

__all__ = [
    "Delivery",
    "DeliveryState",
    "DisclosureRecord",
    "FeedBreaker",
    "LeakAlarm",
    "LeakScan",
    "Operation",
    "RecordEvent",
    "RecordState",
    "RuiSeries",
    "Withdrawal",
    "WithdrawalReason",
]
