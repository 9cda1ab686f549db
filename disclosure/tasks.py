"""Background work of disclosure. Every task may run twice without harm and ends within a minute."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings

from cases import api
from disclosure.actions import ledger
from disclosure.actions.draft import draft
from disclosure.actions.ending import expire
from disclosure.actions.inspections import tell_change, tell_inspection
from disclosure.actions.withdraw import draft_withdrawal
from disclosure.feed.client import FeedClient
from disclosure.intake.registers import waiting_ids, work
from disclosure.models import Delivery, DisclosureRecord, RecordState
from disclosure.outbox.inspections import TAKEN
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from disclosure.portal import leak_gate
from disclosure.register.kept import keep_copy
from inspections.api import codes_to_tell
from lishu_law import clock

PAGES = 50
ENDINGS = 500  # records that end in one run; the next run goes on
CHANGES_FOR = timedelta(days=100)  # 发现问题待后续处理 has to end within sixty days, and a case takes its time


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def drain_outbox() -> int:
    """Send what is waiting for the exchange."""
    if not settings.FEED_URL:
        return 0
    with FeedClient() as client:
        return drain(client).sent


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def poll_receipts() -> int:
    """Ask the exchange what became of the records it took."""
    if not settings.FEED_URL:
        return 0
    with FeedClient() as client:
        return poll(client)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def draft_new_decisions() -> int:
    """Make the draft of every sealed decision that has none yet."""
    made, after = 0, 0
    known = set(DisclosureRecord.objects.exclude(decision_id=None).values_list("decision_id", flat=True))
    for _page in range(PAGES):
        ids = api.sealed_decision_ids(after)
        for decision_id in ids:
            if decision_id not in known:
                draft(api.decision_facts(decision_id))
                made += 1
        if not ids:
            break
        after = ids[-1]
    return made


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def tell_inspections() -> int:
    """Write what the exchange is told of inspections: of each one finished since the last run."""
    known = Delivery.objects.exclude(about="").values("about")
    return sum(tell_inspection(code, by=None) is not None for code in codes_to_tell(known))


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def tell_changed_inspections() -> int:
    """Write the next version of each inspection of the last months whose record says something else now."""
    since = clock.now() - CHANGES_FOR
    told = (
        Delivery.objects.filter(state__in=TAKEN, created_at__gte=since)
        .exclude(about="")
        .values_list("about", flat=True)
    )
    return sum(tell_change(code, by=None) is not None for code in sorted(set(told)))


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def draft_withdrawals() -> int:
    """Take in the rulings whose publication has to go; returns how many now wait for the checker."""
    return sum(draft_withdrawal(facts) is not None for facts in api.rulings_to_withdraw())


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def expire_records() -> int:
    """End the publications whose last day is over, from 00:00 on."""
    ended = DisclosureRecord.objects.filter(state=RecordState.PUBLISHED, display_until__lt=clock.today())
    due = ended.order_by("display_until", "id").values_list("pk", flat=True)[:ENDINGS]
    return sum(expire(record_id=pk) is not None for pk in list(due))


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def make_checkpoint() -> int:
    """Anchor the logs once a day, sign the register where it grew, and keep a copy of the note outside the database.

    Raises ``ImproperlyConfigured`` without a key: a register nobody signs must not pass unnoticed.
    """
    ledger.anchor_logs()
    made = ledger.make_checkpoint()
    if made is None:
        return 0
    keep_copy(made.size, made.note)
    return made.size


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def work_import(load_id: int) -> None:
    """Check or write one file of earlier decisions, unless somebody else is at it."""
    work(load_id)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def work_waiting_imports() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for load_id in waiting_ids():
        work(load_id)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def look_for_leaks() -> int:
    """Go on with this night's look over everything public; returns how many records it has looked at."""
    return leak_gate.scan(clock.today()).looked
