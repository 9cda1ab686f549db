"""What a comparison needs of our side, and what its pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from cases.api import decision_facts, sealed_decision_ids
from disclosure.feed.compare import Ours
from disclosure.feed.payload import INSPECTION_KIND
from disclosure.models import (
    CodeListEdition,
    Delivery,
    DeliveryState,
    Difference,
    DisclosureRecord,
    Finding,
    ReconcileRun,
    RecordState,
)
from disclosure.outbox.states import KNOWN, TAKEN
from inspections.api import codes_to_tell
from lishu_law import clock

PAGE = 100
RUNS = 60
NOT_SHOWN = (RecordState.WITHDRAWN, RecordState.EXPIRED, RecordState.EXCLUDED)


def ours_of(row: Delivery) -> Ours:
    """One row of the outbox as the comparison sees it."""
    is_known = row.state in KNOWN and bool(row.receipt)
    return Ours(row.data_version, row.content_digest, is_known, is_known and row.state in TAKEN)


def may_show(rows: Sequence[Delivery]) -> bool:
    """Is the record of these rows still to be public? Inspections always are."""
    record = next((row.record for row in rows if row.record), None)
    return record is None or record.state not in NOT_SHOWN


def our_days(kind: str, first: date, last: date) -> dict[str, dict[str, str]]:
    """Day → rui → digest: of each record the newest version the exchange took, on the day its receipt last changed.

    Receipts of the demonstration's seed are no proof and stay out.
    """
    start = datetime.combine(first, time(), clock.SHANGHAI) - timedelta(days=2)
    newest: dict[str, tuple[int, str, str]] = {}
    rows = _of_kind(kind).filter(receipt__isnull=False, state__in=KNOWN, sent_at__gte=start)
    values = rows.order_by("rui", "data_version").values_list(
        "rui", "data_version", "content_digest", "receipt__updated_at"
    )
    for rui, version, digest, updated_at in values.iterator():
        if isinstance(updated_at, str):
            newest[rui] = (version, digest, updated_at[:10])
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for rui, (_version, digest, day) in newest.items():
        if first.isoformat() <= day <= last.isoformat():
            found[day][rui] = digest
    return found


def unconfirmed_days(kind: str, first: date, last: date) -> set[str]:
    """The days of the span on which records were taken whose final state nobody here knows yet."""
    rows = _of_kind(kind).filter(state=DeliveryState.SENT)
    days = {str(at)[:10] for at in rows.values_list("receipt__updated_at", flat=True)}
    return {day for day in days if first.isoformat() <= day <= last.isoformat()}


def _of_kind(kind: str) -> QuerySet[Delivery]:
    mark = "-JC-" if kind == INSPECTION_KIND else "-CF-"
    return Delivery.objects.filter(rui__contains=mark)


def rows_by_rui(ruis: Sequence[str]) -> dict[str, list[Delivery]]:
    """All versions of these records, without their bytes."""
    found: dict[str, list[Delivery]] = defaultdict(list)
    rows = Delivery.objects.filter(rui__in=ruis).select_related("record").defer("body", "record__content")
    for row in rows.order_by("rui", "data_version"):
        found[row.rui].append(row)
    return found


def gaps() -> Iterator[tuple[str, str]]:
    """Decisions and inspections that should be on their way and are not: title and what is missing."""
    known = set(DisclosureRecord.objects.exclude(decision_id=None).values_list("decision_id", flat=True))
    after = 0
    while ids := sealed_decision_ids(after):
        for one in (one for one in ids if one not in known):
            yield decision_facts(one).number, "还没有公示草稿"
        after = ids[-1]
    unsent = DisclosureRecord.objects.filter(published_at__isnull=False, deliveries=None).exclude(decision_id=None)
    yield from ((number, "已公示，没有推送消息") for number in unsent.values_list("number", flat=True)[:PAGE])
    told = Delivery.objects.exclude(about="").values("about")
    yield from ((code, "已完成，没有推送消息") for code in codes_to_tell(told))


def decision_counts() -> dict[str, int]:
    """How the decisions with a public record add up: checked or not, excluded, sent, waiting, with a person."""
    first = Q(deliveries__data_version=1)
    sums = DisclosureRecord.objects.aggregate(
        decisions=Count("id", distinct=True),
        drafts=Count("id", filter=Q(state=RecordState.DRAFT), distinct=True),
        excluded=Count("id", filter=Q(state=RecordState.EXCLUDED), distinct=True),
        sent=Count(
            "id", filter=first & Q(deliveries__state__in=KNOWN, deliveries__receipt__isnull=False), distinct=True
        ),
        waiting=Count(
            "id",
            filter=first & Q(deliveries__state__in=[DeliveryState.PENDING, DeliveryState.SENDING]),
            distinct=True,
        ),
    )
    return {name: int(value) for name, value in sums.items()}


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class RunRow:
    run: ReconcileRun
    found: int
    open: int


def runs() -> list[RunRow]:
    """The newest comparisons with how much they found and what is still open."""
    rows = ReconcileRun.objects.select_related("asked_by").annotate(
        found=Count("differences"), open_count=Count("differences", filter=Q(differences__closed_at__isnull=True))
    )
    return [RunRow(row, row.found, row.open_count) for row in rows.order_by("-id")[:RUNS]]


@dataclass(frozen=True)
class RunPage:
    run: ReconcileRun
    groups: list[tuple[str, str, int]]  # finding, title, how many
    rows: list[Difference]
    next_cursor: str


def run_page(number: str, finding: str, after: int) -> RunPage | None:
    """One comparison: open differences first, in order; ``finding`` narrows it to one kind."""
    run = ReconcileRun.objects.select_related("asked_by").filter(number=number).first()
    if run is None:
        return None
    counts = dict(run.differences.order_by().values_list("finding").annotate(count=Count("id")))
    rows = run.differences.select_related("closed_by").filter(place__gt=after).order_by("place")
    if finding:
        rows = rows.filter(finding=finding)
    found = list(rows[: PAGE + 1])
    cursor = str(found[PAGE - 1].place) if len(found) > PAGE else ""
    groups = [(one.value, str(one.label), counts[one.value]) for one in Finding if one.value in counts]
    return RunPage(run, groups, found[:PAGE], cursor)


def differences_to_work() -> int:
    """How many differences wait for a person, at most 1001."""
    return Difference.objects.filter(closed_at__isnull=True).order_by()[:1001].count()


def code_lists() -> list[CodeListEdition]:
    """The lists in force, as last fetched."""
    return list(CodeListEdition.objects.filter(is_current=True).order_by("name"))


_COUNTS = {
    "ours": "我方已推送（参加比对）", "theirs": "平台持有", "days": "涉及天数", "decisions": "公示记录总数",
    "drafts": "待审核", "excluded": "不予公示", "sent": "已推送", "waiting": "等待推送", "found": "发现差异",
    "open": "待人工处理",
}  # fmt: skip


def counts_in_words(run: ReconcileRun) -> list[tuple[str, int]]:
    """The run's counts in the order of the page."""
    return [(title, run.counts[name]) for name, title in _COUNTS.items() if name in run.counts]
