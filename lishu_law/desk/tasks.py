"""Background work of the desk: telling what the clocks have to tell. Every task may run twice without harm."""

from __future__ import annotations

from celery import shared_task
from celery.signals import task_prerun

from lishu_law.desk.messages.leaks import send_leaks
from lishu_law.desk.messages.ledger import send_ledger_alarms
from lishu_law.desk.messages.refusals import send_refusals
from lishu_law.desk.messages.sending import send_due
from lishu_law.registry import holidays

# Every task of this worker counts by the newest calendar.
task_prerun.connect(holidays.look, dispatch_uid="calendar")


@shared_task(name="lishu_law.desk.tasks.send_messages")  # type: ignore[untyped-decorator]  # celery has no types
def send_messages() -> None:
    """50 %, 80 %, due, the day after: to whom each concerns."""
    send_due()


@shared_task(name="lishu_law.desk.tasks.tell_leaks")  # type: ignore[untyped-decorator]  # celery has no types
def tell_leaks() -> None:
    """What the nightly look over the public site found: to the publication checkers."""
    send_leaks()


@shared_task(name="lishu_law.desk.tasks.tell_ledger_alarms")  # type: ignore[untyped-decorator]  # celery has no types
def tell_ledger_alarms() -> None:
    """What the nightly check of the public register found: to the security administrator and the publication checkers."""
    send_ledger_alarms()


@shared_task(name="lishu_law.desk.tasks.tell_refusals")  # type: ignore[untyped-decorator]  # celery has no types
def tell_refusals() -> None:
    """Withdrawals that a second person refused: to both."""
    send_refusals()
