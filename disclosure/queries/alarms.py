"""What nobody was told of yet: alarms of the night (leak gate, check of the register), and refused withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from disclosure.models import LeakAlarm, LedgerAlarm, Withdrawal


def alarms_to_tell(most: int = 200) -> list[LeakAlarm]:
    """Locked for this transaction, so that two workers never tell the same one."""
    rows = LeakAlarm.objects.filter(told_at__isnull=True).select_related("record").order_by("id")
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:most])


def alarms_told(alarms: Iterable[LeakAlarm], at: datetime) -> None:
    """In the transaction that wrote the messages."""
    LeakAlarm.objects.filter(pk__in=[one.pk for one in alarms]).update(told_at=at)


def ledger_alarms_to_tell() -> list[LedgerAlarm]:
    """The same of the register: at most two a night."""
    rows = LedgerAlarm.objects.filter(told_at__isnull=True).order_by("id")
    return list(rows.select_for_update(of=("self",), skip_locked=True))


def ledger_alarms_told(alarms: Iterable[LedgerAlarm], at: datetime) -> None:
    """In the transaction that wrote the messages."""
    LedgerAlarm.objects.filter(pk__in=[one.pk for one in alarms]).update(told_at=at)


def refusals_to_tell(most: int = 200) -> list[Withdrawal]:
    """Withdrawals that were asked for and refused: both persons have to know."""
    rows = Withdrawal.objects.exclude(refusal="").filter(told_at__isnull=True).select_related("record").order_by("id")
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:most])


def refusals_told(refused: Iterable[Withdrawal], at: datetime) -> None:
    """In the transaction that wrote the messages."""
    Withdrawal.objects.filter(pk__in=[one.pk for one in refused]).update(told_at=at)
