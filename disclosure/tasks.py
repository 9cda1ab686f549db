"""Background work of disclosure. Every task may run twice without harm and ends within a minute."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from celery import shared_task
from celery.signals import task_postrun
from django.conf import settings

from cases import api
from disclosure.actions import ledger
from disclosure.actions.correct import take_in_notice
from disclosure.actions.draft import draft
from disclosure.actions.ending import expire
from disclosure.actions.inspections import tell_change, tell_inspection
from disclosure.actions.reconcile import ask_for_run
from disclosure.actions.withdraw import draft_withdrawal
from disclosure.comparing import run_waiting
from disclosure.feed.client import FeedClient, FeedUnreachable
from disclosure.intake.registers import waiting_ids, work
from disclosure.models import CodeListEdition, Delivery, DisclosureRecord, ReconcileRun, RecordCorrection, RecordState
from disclosure.outbox import code_lists
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from disclosure.outbox.states import TAKEN
from disclosure.portal import leak_gate, ledger_watch
from disclosure.redaction import forget
from disclosure.register.kept import keep_copy
from inspections.api import codes_to_tell
from lishu_law import clock


def _forget(**_signal: Any) -> None:
    forget()


# Nothing personal that masking read outlives the task it was read for.
task_postrun.connect(_forget, dispatch_uid="disclosure.masking")

PAGES = 50
ENDINGS = 500  # records that end in one run; the next run goes on
NIGHT_FROM = time(1, 30)  # the night's comparison begins then, or as soon after it as a worker runs
NIGHT_DAYS = 35
PATIENCE = 1800  # seconds in all; the exchange allows two questions of a comparison in a second
POLL_PATIENCE = 20  # two hundred receipts at ten questions a second
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
    with FeedClient(patience=POLL_PATIENCE) as client:
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
def take_in_notices() -> int:
    """Follow the correction notices of decisions: a draft is made anew, a public copy waits for its correction."""
    noted = RecordCorrection.objects.exclude(notice_id=None).values_list("notice_id", flat=True)
    taken = 0
    for notice in api.clerical_notices(frozenset(pk for pk in noted if pk is not None)):
        facts = api.decision_facts(notice.decision_id)
        draft(facts)
        taken += take_in_notice(notice, facts=facts) is not None
    return taken


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


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def watch_ledger() -> int:
    """Go on with this night's check of the register; returns how many leaves it has."""
    return ledger_watch.watch(clock.today()).leaves


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def ask_for_nightly_run() -> bool:
    """Put this night's comparison with the exchange into the queue, once a day."""
    now = clock.local(clock.now())
    if not settings.FEED_URL or now.time() < NIGHT_FROM:
        return False
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if ReconcileRun.objects.filter(asked_by=None, created_at__gte=midnight).exists():
        return False
    ask_for_run(by=None, days=NIGHT_DAYS)
    return True


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def work_reconcile() -> int:
    """Work the comparisons that wait."""
    if not settings.FEED_URL:
        return 0
    with FeedClient(patience=PATIENCE) as client:
        return run_waiting(client)


@shared_task  # type: ignore[untyped-decorator]  # celery has no types
def refresh_code_lists() -> int:
    """Fetch the exchange's code lists once a day."""
    today = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    if not settings.FEED_URL or CodeListEdition.objects.filter(fetched_at__gte=today).exists():
        return 0
    try:
        with FeedClient(patience=PATIENCE) as client:
            return code_lists.refresh(client)
    except FeedUnreachable:
        return 0  # the next round, ten minutes later
