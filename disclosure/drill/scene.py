"""What a drill pushes: invented decisions of the demonstration, a tenth of them withdrawn before they are even sent."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from disclosure.actions.publish import last_day_of_trying
from disclosure.demo import AREA, seed_records
from disclosure.feed import withdrawal_payload
from disclosure.feed.payload import Identity
from disclosure.feed.withdrawal_payload import WITHDRAWAL_KIND, Withdrawn
from disclosure.models import Delivery, DeliveryState, DisclosureRecord, FeedBreaker, RecordState
from lishu_law import clock

EVERY_TENTH = 10


@dataclass(frozen=True)
class Plan:
    """The records that meet a fault of their own."""

    rejected: tuple[str, ...]
    stuck: tuple[str, ...]
    lost: tuple[str, ...]


def fill(count: int, seed: int) -> None:
    """``count`` records in the outbox, and withdrawals behind every tenth of them."""
    seed_records(count, seed=seed, pending=count)
    now, today = clock.now(), clock.today()
    rows = Delivery.objects.select_related("record").order_by("pk")[::EVERY_TENTH]
    reason = "行政复议机关决定撤销该行政处罚决定，依法撤回公示信息。"
    made = []
    for row in rows:
        assert row.record is not None
        told = Withdrawn("W2", reason, today - timedelta(days=1), "示复决〔2026〕5号")
        body, digest = withdrawal_payload.frozen(
            told, AREA, Identity(row.rui, 2, "w", f"{row.record.public_id}-2"), now
        )
        made.append(
            Delivery(
                record=row.record, kind=WITHDRAWAL_KIND, rui=row.rui, data_version=2, op="w",
                idem_key=f"{row.rui}:2:w", body=body, content_digest=digest, next_at=now,
                give_up_on=last_day_of_trying(today, now), created_at=now,
            )
        )  # fmt: skip
    Delivery.objects.bulk_create(made)
    DisclosureRecord.objects.filter(pk__in=[row.record_id for row in rows]).update(
        state=RecordState.WITHDRAWN, withdrawn_on=today, withdrawal_reason=reason
    )


def wait_again() -> None:
    """Everything waits as if nothing had ever been sent."""
    now = clock.now()
    Delivery.objects.update(
        state=DeliveryState.PENDING, next_at=now, lease_until=None, attempts=0, receipt=None, receipt_no="",
        sent_at=None, confirmed_at=None, poll_at=None, polls=0, last_code="", last_error="", trace_id="",
        parked_at=None, give_up_on=last_day_of_trying(clock.today(), now),
    )  # fmt: skip
    FeedBreaker.objects.all().delete()


def plan(seed: int) -> Plan:
    """Which records are rejected late, stuck or lost: none of those that are withdrawn anyway.

    They stand apart, because of one batch only one record meets a fault of its own.
    """
    rows = Delivery.objects.filter(record__state=RecordState.PUBLISHED).order_by("pk")
    single = list(rows.values_list("rui", flat=True))
    share = max(1, len(single) // 500)
    wanted = min(4 * share + 1, len(single))
    apart = [single[place * len(single) // wanted] for place in range(wanted)]
    random.Random(seed).shuffle(apart)
    return Plan(tuple(apart[: 2 * share]), tuple(apart[2 * share : 2 * share + 1]), tuple(apart[2 * share + 1 :]))
