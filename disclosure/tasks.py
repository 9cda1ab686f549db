"""Background work of disclosure. Every task may run twice without harm and ends within a minute."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from cases import api
from disclosure.actions.draft import draft
from disclosure.feed.client import FeedClient
from disclosure.models import DisclosureRecord
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain

PAGES = 50


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
