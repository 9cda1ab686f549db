"""Every write of a comparison with the exchange: ask for one, settle a difference, close it, delete a foreign record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from disclosure.actions.publish import last_day_of_trying
from disclosure.actions.withdraw import frozen_withdrawal
from disclosure.feed import renewed, withdrawal_payload
from disclosure.feed.answers import Answer, Meaning
from disclosure.feed.compare import Theirs, Verdict, verdict
from disclosure.feed.payload import INSPECTION_KIND, Identity
from disclosure.feed.receipts import REJECTED
from disclosure.feed.withdrawal_payload import WITHDRAWAL_KIND, Withdrawn
from disclosure.models import (
    Delivery,
    DeliveryState,
    Difference,
    DisclosureRecord,
    Finding,
    Operation,
    ReconcileRun,
    RecordState,
    RunState,
    Withdrawal,
)
from disclosure.outbox.poll import outcome
from disclosure.outbox.series import next_serial
from disclosure.outbox.states import TAKEN, waits_again
from disclosure.queries.reconcile import may_show, ours_of
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal, Refused

RUN, CLOSE, DELETE = "reconcile.run", "reconcile.close", "reconcile.delete"
LONGEST = 366  # days of one comparison
SHORTEST_REASON = 4
OTHER_REASON = "W9"


@transaction.atomic(durable=True)
def ask_for_run(*, by: Any, days: int, at: datetime | None = None) -> ReconcileRun:
    """Put a comparison of the last ``days`` days (1 to 366, today included) into the queue; ``by`` is None at night.

    One that waits already is enough: it is returned instead.
    """
    if by is not None:
        policy.check(by, RUN)
    if not 1 <= days <= LONGEST:
        raise Refused([Refusal("reconcile.days", f"对账的天数要在 1 到 {LONGEST} 之间。", fix="days")])
    now = at or clock.now()
    today = clock.local(now).date()
    first = today - timedelta(days=days - 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('reconcile', 0))")
    waiting: ReconcileRun | None = ReconcileRun.objects.filter(state=RunState.WAITING, date_from__lte=first).first()
    if waiting is not None:
        return waiting
    day = f"{today:%Y%m%d}"
    number = f"DZ{day}-{next_serial(f'reconcile-{day}'):02d}"
    run = ReconcileRun.objects.create(number=number, date_from=first, date_to=today, asked_by=by, created_at=now)
    journal.record(RUN, by=by, on=("reconcile", number), details={"from": first.isoformat(), "to": today.isoformat()})
    return run


@transaction.atomic(durable=True)
def settle(
    *, run: ReconcileRun, kind: str, rui: str, theirs: Theirs | None, answer: Answer | None, by: Any = None
) -> Verdict | None:
    """Judge one record anew with its rows locked, do at once what may be done, and keep the difference.

    ``answer`` is what the exchange says of the receipt ``theirs`` names, where it was asked. Rows that are being sent
    at this moment are left to the next run. The worker's act: ``by`` is None.
    """
    rows = list(Delivery.objects.select_for_update(of=("self",)).filter(rui=rui).order_by("data_version"))
    now = clock.now()
    if any(row.state == DeliveryState.SENDING and row.lease_until and row.lease_until > now for row in rows):
        return None
    found = verdict([ours_of(row) for row in rows], theirs, may_show=may_show(rows))
    if found is None or (found is Verdict.FOREIGN and _is_settled_before(rui, theirs)):
        return None
    done = _act(found, rows, theirs, answer, now)
    facts = _both_sides(rows, theirs)
    kept = note(run, Finding(found.value), now=now, done=done, kind=kind, rui=rui, **facts)
    details = {"run": run.number, "finding": found.value, "place": kept.place, "done": done}
    journal.record("reconcile.settle", by=by, on=("delivery", rui), details=details)
    return found


def _act(found: Verdict, rows: Sequence[Delivery], theirs: Theirs | None, answer: Answer | None, now: datetime) -> str:
    """What was done, in words; empty when a person has to look."""
    if found is Verdict.LOST:
        held = theirs.version if theirs else 0
        lost = [row.pk for row in rows if row.data_version > held and row.receipt]
        states = [*TAKEN, DeliveryState.SUPERSEDED]
        count = waits_again(Delivery.objects.filter(pk__in=lost, state__in=states), now)
        return f"已按版本顺序重新排队推送 {count} 版。"
    if found is Verdict.DIFFERS and theirs is not None:
        return _sent_anew(rows, theirs.version, now)
    if found is Verdict.SHOWN:
        return _withdrawn_at_once(rows, now)
    same = next((row for row in rows if theirs and row.data_version == theirs.version), None)
    if same is None or answer is None or answer.meaning is not Meaning.ACCEPTED or answer.receipt is None:
        return ""
    if found is Verdict.REJECTED and answer.receipt["status"] == REJECTED:
        Delivery.objects.filter(pk=same.pk).update(**outcome(answer, same.polls, now))
        return "已改为待修正，请到推送页面处理。"
    if found is Verdict.UNRECORDED:
        Delivery.objects.filter(pk=same.pk).update(
            state=DeliveryState.SENT, receipt=answer.receipt, receipt_no=answer.receipt["receipt_no"], sent_at=now,
            poll_at=now, polls=0, next_at=None, lease_until=None, last_code="", last_error="", parked_at=None,
        )  # fmt: skip
        return f"已取回并核验回执 {answer.receipt['receipt_no']}。"
    return ""


def _sent_anew(rows: Sequence[Delivery], their_version: int, now: datetime) -> str:
    """Our newest content again as the version after both sides' newest, unless such a version waits already."""
    newest = rows[-1]
    if newest.data_version > their_version:
        return f"第 {newest.data_version} 版正在排队，推送后再对。"
    version = their_version + 1
    body, digest = renewed.next_version(bytes(newest.body), version, now)
    _enqueue(newest, version, Operation.WITHDRAW if newest.op == Operation.WITHDRAW else Operation.UPDATE, body, digest)
    if newest.state not in (DeliveryState.CONFIRMED, DeliveryState.SENT):
        newest.state = DeliveryState.SUPERSEDED
        newest.next_at = newest.parked_at = None
        newest.save(update_fields=["state", "next_at", "parked_at"])
    return f"已按我方内容重新推送为第 {version} 版。"


def _withdrawn_at_once(rows: Sequence[Delivery], now: datetime) -> str:
    """The withdrawal goes before everything else; one that waits or stopped is pulled forward, a missing one written."""
    withdrawal = next((row for row in reversed(rows) if _ends_the_display(row)), None)
    if withdrawal is not None:
        waits = Delivery.objects.filter(pk=withdrawal.pk, state__in=[DeliveryState.PENDING, DeliveryState.DEAD])
        moved = waits.update(state=DeliveryState.PENDING, next_at=now, attempts=0, give_up_on=_give_up_on(now))
        return f"撤回消息（第 {withdrawal.data_version} 版）已提到最前推送。" if moved else ""
    newest = rows[-1]
    if newest.record is None:
        return ""
    version = newest.data_version + 1
    identity = Identity(newest.rui, version, "w", f"{newest.record.public_id}-{version}")
    body, digest = _withdrawal_of(newest.record, identity, now)
    _enqueue(newest, version, Operation.WITHDRAW, body, digest, kind=WITHDRAWAL_KIND)
    return f"已补写撤回消息（第 {version} 版），优先推送。"


def _ends_the_display(row: Delivery) -> bool:
    """A withdrawal of more than the credit display alone."""
    return row.op == Operation.WITHDRAW and renewed.scope_of(bytes(row.body)) != "credit"


def _withdrawal_of(record: DisclosureRecord, identity: Identity, now: datetime) -> tuple[bytes, str]:
    """By what was agreed to where there is something; else only the display ends, because its time is over or it was excluded."""
    ruling = Withdrawal.objects.filter(record=record, refusal="", done_at__isnull=False).first()
    if ruling is not None:
        return frozen_withdrawal(ruling, identity.rui[2:8], identity, now)
    today = clock.local(now).date()
    why = "依法不予公示" if record.state == RecordState.EXCLUDED else "公示期限已经届满"
    reason = f"该行政处罚决定信息{why}，原公示机关已停止公示，请同步停止公示。"
    told = Withdrawn(OTHER_REASON, reason, min(record.display_until, today), record.number, scope="public")
    return withdrawal_payload.frozen(told, identity.rui[2:8], identity, now)


def _enqueue(like: Delivery, version: int, op: Operation, body: bytes, digest: str, *, kind: str = "") -> Delivery:
    now = clock.now()
    return Delivery.objects.create(
        record=like.record, about=like.about, waits_for=like.waits_for, kind=kind or like.kind, rui=like.rui,
        data_version=version, op=op, idem_key=f"{like.rui}:{version}:{op.value}", body=body, content_digest=digest,
        next_at=now, give_up_on=_give_up_on(now), created_at=now,
    )  # fmt: skip


def _give_up_on(now: datetime) -> date:
    return last_day_of_trying(clock.local(now).date(), now)


def _is_settled_before(rui: str, theirs: Theirs | None) -> bool:
    """A person has closed just this finding before: it is not raised again every night."""
    if theirs is None:
        return False
    return Difference.objects.filter(
        rui=rui, finding=Finding.FOREIGN, their_version=theirs.version, their_digest=theirs.digest,
        closed_by__isnull=False,
    ).exists()  # fmt: skip


def _both_sides(rows: Sequence[Delivery], theirs: Theirs | None) -> dict[str, Any]:
    """What stood on either side when the difference was found."""
    newest = rows[-1] if rows else None
    return {
        "title": ((theirs.number if theirs else "") or _title(newest))[:100],
        "our_version": newest.data_version if newest else None,
        "our_digest": newest.content_digest if newest else "",
        "our_state": newest.state if newest else "",
        "their_version": theirs.version if theirs else None,
        "their_digest": theirs.digest if theirs else "",
        "their_status": theirs.status if theirs else "",
        "their_receipt_no": theirs.receipt_no if theirs else "",
    }


def _title(row: Delivery | None) -> str:
    return "" if row is None else row.about or (row.record.number if row.record else "")


def note(run: ReconcileRun, finding: Finding, *, now: datetime, done: str = "", **facts: Any) -> Difference:
    """One line of the run. Open ones of earlier runs about the same matter move into this run."""
    if facts.get("rui") or facts.get("title"):
        same = Difference.objects.filter(finding=finding, rui=facts.get("rui", ""), closed_at__isnull=True)
        if not facts.get("rui"):
            same = same.filter(title=facts["title"])
        same.exclude(run=run).update(closed_at=now, done=f"转入 {run.number}。")
    place = Difference.objects.filter(run=run).count() + 1
    return Difference.objects.create(
        run=run, place=place, finding=finding, found_at=now, done=done, closed_at=now if done else None, **facts
    )


@transaction.atomic(durable=True)
def close_difference(*, difference_id: int, by: Any, reason: str) -> Difference:
    """A person has seen to it and says how. Raises ``Refused`` without a reason, ``Conflict`` when closed already."""
    policy.check(by, CLOSE)
    found = _open(difference_id)
    return _closed(found, by, reason, CLOSE)


@transaction.atomic(durable=True)
def delete_foreign(*, difference_id: int, by: Any, reason: str) -> Delivery:
    """Ask the exchange to delete a record nobody here sent, after a person checked it; the difference is closed by it."""
    policy.check(by, DELETE)
    found = _open(difference_id)
    if found.finding != Finding.FOREIGN or Delivery.objects.filter(rui=found.rui).exists():
        raise Refused(
            [Refusal("reconcile.not_foreign", "只有我方从未推送过的记录才能请平台删除。请核对后按其他方式处理。")]
        )
    if found.their_status == "DELETED" or found.their_version is None:
        raise Refused([Refusal("reconcile.deleted", "平台已经删除这条记录，不用再删。请写明情况后关闭。")])
    _closed(found, by, reason, DELETE)
    now, version = clock.now(), found.their_version + 1
    body, digest = renewed.deletion(found.kind, found.rui, version, now)
    return Delivery.objects.create(
        about=found.rui if found.kind == INSPECTION_KIND else "", kind=found.kind, rui=found.rui, data_version=version,
        op=Operation.DELETE, idem_key=f"{found.rui}:{version}:d", body=body, content_digest=digest, next_at=now,
        give_up_on=_give_up_on(now), created_at=now,
    )  # fmt: skip


def _open(difference_id: int) -> Difference:
    found: Difference | None = Difference.objects.select_for_update(of=("self",)).filter(pk=difference_id).first()
    if found is None:
        raise NotFound
    if found.closed_at is not None:
        raise Conflict("这处差异已经关闭。请重新打开对账结果核对。")
    return found


def _closed(found: Difference, by: Any, reason: str, act: str) -> Difference:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused([Refusal("reconcile.reason", "请写明核对的情况和处理结果。", fix="reason")])
    found.closed_at, found.closed_by, found.close_reason = clock.now(), by, reason.strip()
    found.save(update_fields=["closed_at", "closed_by", "close_reason"])
    details = {"run": found.run.number, "place": found.place, "finding": found.finding}
    journal.record(act, by=by, on=("delivery", found.rui or found.title), reason=reason.strip(), details=details)
    return found
