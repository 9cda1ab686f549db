"""What the staff pages of disclosure and push show, each in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Min, OuterRef, Q, QuerySet, Subquery, When

from disclosure.models import Delivery, DeliveryState, DisclosureRecord, FeedBreaker, Operation, RecordState, Withdrawal
from disclosure.outbox.inspections import INCOMPLETE
from disclosure.outbox.poll import STUCK
from disclosure.outbox.states import TAKEN
from disclosure.queries.reconcile import differences_to_work
from disclosure.queries.search import NEWEST, parse_cursor
from lishu_law import clock
from lishu_law.keyset import beyond
from lishu_law.law.lights import Light, Timer, light

PAGE = 50
# The rows a person has to work, worst first.
NEEDS_WORK = Q(state__in=[DeliveryState.DEAD, DeliveryState.FIX]) | Q(state=DeliveryState.SENT, last_code=STUCK)
PARKED = Q(parked_at__isnull=False)
PARKED_TAB = "parked"
STOPPED = (DeliveryState.DEAD, DeliveryState.FIX)
_BEHIND_STOPPED = Q(state=DeliveryState.PENDING, inspection_state__in=STOPPED)
# Of an inspection, what decides whether the penalty behind it may go: any version taken, else the newest.
_INSPECTION = Delivery.objects.filter(rui=OuterRef("waits_for")).order_by(
    Case(When(state__in=TAKEN, then=0), default=1), "-data_version"
)


@dataclass(frozen=True)
class RecordRow:
    record: DisclosureRecord
    light: Light


@dataclass(frozen=True)
class RecordList:
    rows: list[RecordRow]
    counts: list[tuple[str, str, int]]  # state, title, how many (drafts and excluded only)
    next_cursor: str


def deadline_light(record: DisclosureRecord, today: date) -> Light:
    """The seven working days of a record, running until it is public."""
    done = clock.local(record.published_at).date() if record.published_at else None
    return light(Timer(start=record.decided_on, due=record.publish_due, done=done), today)


def record_list(state: str, cursor: str, today: date) -> RecordList:
    """One page of the records in a state: drafts by their deadline, all others newest decision first."""
    rows = DisclosureRecord.objects.filter(state=state).defer("search_text")
    after = parse_cursor(cursor)
    if state == RecordState.DRAFT:
        rows = rows.order_by("publish_due", "public_id")
        if after:
            rows = beyond(rows, ("publish_due", "public_id"), after)
    else:
        rows = rows.order_by(*NEWEST)
        if after:
            rows = beyond(rows, NEWEST, after)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    day = last and (last.publish_due if state == RecordState.DRAFT else last.decided_on)
    return RecordList(
        [RecordRow(record, deadline_light(record, today)) for record in found[:PAGE]],
        [(value, str(title), _count(value)) for value, title in RecordState.choices],
        f"{day:%Y-%m-%d}~{last.public_id}" if last and day else "",
    )


def drafts_to_check(today: date, most: int = PAGE) -> list[RecordRow]:
    """The drafts that wait for the checker, by their deadline."""
    rows = DisclosureRecord.objects.filter(state=RecordState.DRAFT).defer("search_text")
    return [RecordRow(record, deadline_light(record, today)) for record in rows.order_by("publish_due", "id")[:most]]


@dataclass(frozen=True)
class WithdrawalRow:
    """One record that has to be taken down, with the light of its three working days."""

    withdrawal: Withdrawal
    light: Light


def withdrawal_light(wanted: Withdrawal, today: date) -> Light:
    """Of one that was refused though the decision fell the days go on."""
    done = clock.local(wanted.done_at).date() if wanted.done_at and not wanted.is_still_due else None
    return light(Timer(start=wanted.event_on, due=wanted.due, done=done), today)


def withdrawal_of(record: DisclosureRecord, today: date) -> WithdrawalRow | None:
    """What waits to be withdrawn of this record."""
    row = Withdrawal.objects.filter(record=record, done_at__isnull=True).first()
    return WithdrawalRow(row, withdrawal_light(row, today)) if row else None


def deliveries_to_work() -> int:
    """How many deliveries need a person, at most 1001."""
    return Delivery.objects.filter(NEEDS_WORK).order_by()[:1001].count()


def _count(state: str) -> int:
    return DisclosureRecord.objects.filter(state=state).order_by()[:1001].count()


@dataclass(frozen=True)
class DeliveryRow:
    delivery: Delivery
    title: str  # the decision's number, or the inspection's code
    text: str
    kind: str  # of the status tag
    can_retry: bool


@dataclass(frozen=True)
class DeliveryBoard:
    counts: list[tuple[str, str, int]]
    oldest_waiting: datetime | None
    alarm: str
    open_until: datetime | None
    is_pause: bool  # the day's quota is used up
    parked: int  # waiting for the exchange's catalogue
    differences: int  # of the comparisons, waiting for a person
    rows: list[DeliveryRow]


def delivery_board(state: str = "") -> DeliveryBoard:
    """Counts by state, the oldest waiting row, the breaker, and the rows to work or those of one state."""
    counts = dict(Delivery.objects.order_by().values_list("state").annotate(count=Count("id")))
    oldest = Delivery.objects.filter(state__in=[DeliveryState.PENDING, DeliveryState.SENDING]).aggregate(
        oldest=Min("created_at")
    )["oldest"]
    breaker = FeedBreaker.objects.filter(pk=1).first()
    wanted = NEEDS_WORK | _BEHIND_STOPPED | PARKED
    if state:
        wanted = PARKED if state == PARKED_TAB else Q(state=state)
    rows = _shown(Delivery.objects.select_related("record")).filter(wanted).order_by("-id")[:PAGE]
    return DeliveryBoard(
        counts=[(value, str(title), counts.get(value, 0)) for value, title in DeliveryState.choices],
        oldest_waiting=oldest,
        alarm=breaker.alarm if breaker else "",
        open_until=breaker.open_until if breaker and breaker.open_until else None,
        is_pause=breaker is not None and breaker.open_until is not None and not breaker.failures,
        parked=Delivery.objects.filter(PARKED).order_by()[:1001].count(),
        differences=differences_to_work(),
        rows=[_delivery_row(delivery) for delivery in rows],
    )


def _shown(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """The rows without their bytes, each with the state and code of the inspection it waits for."""
    return rows.defer("body", "receipt").annotate(
        inspection_state=Subquery(_INSPECTION.values("state")[:1]),
        inspection_code=Subquery(_INSPECTION.values("about")[:1]),
    )


_TAGS = {
    DeliveryState.PENDING: "waiting",
    DeliveryState.SENDING: "started",
    DeliveryState.SENT: "waiting",
    DeliveryState.CONFIRMED: "done",
    DeliveryState.FIX: "returned",
    DeliveryState.DEAD: "danger",
    DeliveryState.SUPERSEDED: "not_needed",
}


def _delivery_row(delivery: Delivery) -> DeliveryRow:
    state = DeliveryState(delivery.state)
    is_stuck = state is DeliveryState.SENT and delivery.last_code == STUCK
    can_retry = is_stuck or delivery.parked_at is not None or state in (DeliveryState.FIX, DeliveryState.DEAD)
    text = _waiting_text(delivery) or delivery_text(delivery)
    return DeliveryRow(delivery, title_of(delivery), text, _TAGS[state], can_retry)


def title_of(delivery: Delivery) -> str:
    """What the row is about, in words the office knows."""
    if delivery.op == Operation.DELETE:
        return f"外来记录 {delivery.rui}"
    return delivery.record.number if delivery.record else f"检查记录 {delivery.about}"


def _waiting_text(delivery: Delivery) -> str:
    """Why a penalty is not sent yet: the inspection it names has to be there first (V09)."""
    behind: str | None = getattr(delivery, "inspection_state", None)
    if delivery.state != DeliveryState.PENDING or behind is None or behind in TAKEN:
        return ""
    what = f"检查记录 {getattr(delivery, 'inspection_code', '')} "
    if behind in STOPPED:
        return f"{what}没有送到监管平台（{DeliveryState(behind).label}）。请先处理它，这条随后自动推送。公示不受影响。"
    return f"等{what}先送到监管平台，随后自动推送。公示不受影响。"


def delivery_text(delivery: Delivery) -> str:
    """st.push.retry and st.push.dead: what happened and what comes next."""
    reason = delivery.last_error or delivery.last_code
    if delivery.parked_at is not None:
        again = f"，下次 {clock.local(delivery.next_at):%m-%d %H:%M}" if delivery.next_at else ""
        return f"{reason}（{clock.local(delivery.parked_at):%m-%d %H:%M} 起{again}）公示不受影响。"
    if delivery.last_code == INCOMPLETE:
        return f"检查记录不完整，还没有推送：{reason}"
    if delivery.state == DeliveryState.DEAD:
        return f"推送连续失败 {delivery.attempts} 次，需要人工处理：{reason}。"
    if delivery.state == DeliveryState.FIX:
        return f"平台退回，需要修正：{reason}"
    if delivery.state == DeliveryState.PENDING and delivery.attempts and delivery.next_at:
        when = clock.local(delivery.next_at)
        return f"推送到监管平台未成功，{when:%m-%d %H:%M} 自动重试（第 {delivery.attempts} 次）。公示不受影响。"
    if delivery.receipt_no:
        return f"回执号 {delivery.receipt_no}" + (f"，{reason}" if reason else "")
    return ""


def deliveries_of(record: DisclosureRecord) -> list[DeliveryRow]:
    rows = _shown(record.deliveries.select_related("record")).order_by("-data_version")
    return [_delivery_row(delivery) for delivery in rows]


def history_of(record: DisclosureRecord) -> list[dict[str, Any]]:
    """Who did what to a record, newest first, for the timeline."""
    titles = {
        "draft": "生成草稿", "redraft": "重新生成草稿", "exclude": "不予公示", "publish": "审核并公示",
        "draft_withdrawal": "需要撤回", "refuse_withdrawal": "不同意撤回",
        "withdraw": "撤回公示", "expire": "公示期满", "drop_draft": "决定已撤销或者变更，不再公示",
        "intake": "导入历史公示", "ask_correction": "提出更正", "note_correction": "文书更正，不涉及公开内容",
        "correct": "更正公示", "refuse_correction": "不同意更正", "objection": "登记异议", "answer_objection": "答复异议",
        "uphold_objection": "认定异议属实",
        "repair": "登记信用修复申请", "repaired": "同意信用修复", "refuse_repair": "不同意信用修复",
        "ask_exclusion": "提请不予公示", "refuse_exclusion": "不同意不予公示", "keep_exclusion": "复核：继续不予公示",
        "lift_exclusion": "复核：解除不予公示",
    }  # fmt: skip
    return [
        {
            "at": event.at,
            "title": titles.get(event.kind, event.kind),
            "who": event.by.full_name if event.by else "系统",
            "note": event.reason,
        }
        for event in record.events.select_related("by").order_by("-id")
    ]
