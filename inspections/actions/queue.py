"""Taking in what a phone wrote without network: stored first, tried once, kept for a person if it does not fit."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from inspections.envelope import Envelope, is_signed
from inspections.models import ItemState, PhoneKey, QueuedFile, QueuedItem
from inspections.queries.records import my_shifts
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import StoredFile

# What may still change on the phone; everything else is answered with the receipt it has.
OPEN = (ItemState.RECEIVED, ItemState.REFUSED)


@dataclass(frozen=True)
class Content:
    """What the form holds: typed values by name, stored files by field, and the digest over both."""

    fields: Mapping[str, Sequence[str]]
    files: tuple[tuple[str, StoredFile], ...]
    digest: str


@transaction.atomic(durable=True)
def give_key(*, by: Any, device: str, at: datetime | None = None) -> PhoneKey:
    """A fresh secret for this phone, bound to the shift that runs now, if there is one."""
    policy.check(by, "queue.send")
    moment = at or clock.now()
    running = next((one for one in my_shifts(by, moment) if one.planned_from <= moment), None)
    key = PhoneKey.objects.create(
        key_id=secrets.token_hex(16), user=by, device=device, shift=running, issued_at=moment,
        secret=base64.b64encode(secrets.token_bytes(32)).decode(),
    )  # fmt: skip
    journal.record("queue.key", by=by, on=("phone_key", key.pk), details={"shift": running.shift_no if running else ""})
    return key


@transaction.atomic(durable=True)
def take_in(*, by: Any, envelope: Envelope, content: Content, at: datetime | None = None) -> QueuedItem:
    """Store the item under its receipt. The same item again gives the same row; a corrected one replaces its content.

    Raises ``Refused`` for what lay on the phone too long without a reason: then nothing is stored and it stays there.
    """
    moment = at or clock.now()
    policy.check(by, "queue.send")
    item = QueuedItem.objects.select_for_update().filter(user=by, item_id=envelope.item_id).first()
    if item is not None and item.state not in OPEN:
        return item
    if refusals := _too_late_without_reason(envelope, moment):
        raise Refused(refusals)
    key = PhoneKey.objects.filter(user=by, key_id=envelope.key_id).first()
    fields = {
        "path": envelope.path, "title": envelope.title, "payload": json.dumps(dict(content.fields), ensure_ascii=False),
        "device_time": envelope.created_at, "sent_time": envelope.sent_at, "received_at": moment,
        "is_offline": envelope.is_offline, "late_reason": envelope.late_reason, "key": key, "counter": envelope.counter,
        "is_signed": key is not None and is_signed(envelope, content.digest, key.secret),
    }  # fmt: skip
    item = _kept(item, by, envelope.item_id, fields)
    QueuedFile.objects.filter(item=item).delete()
    QueuedFile.objects.bulk_create(
        QueuedFile(item=item, field=name, position=number, file=file)
        for number, (name, file) in enumerate(content.files)
    )
    details = {
        "receipt": item.receipt,
        "offline": item.is_offline,
        "drift": item.drift_seconds,
        "counter": item.counter,
    }
    journal.record("queue.receive", by=by, on=("queued_item", item.pk), details=details)
    return item


def _kept(item: QueuedItem | None, by: Any, item_id: str, fields: dict[str, Any]) -> QueuedItem:
    if item is None:
        return QueuedItem.objects.create(
            receipt=secrets.token_hex(5), user=by, unit=by.unit, item_id=item_id, attempts=1, **fields
        )
    fields |= {"state": ItemState.RECEIVED, "attempts": item.attempts + 1}
    for name, value in fields.items():
        setattr(item, name, value)
    item.save(update_fields=list(fields))
    return item


def _too_late_without_reason(envelope: Envelope, moment: datetime) -> list[Refusal]:
    """E3: what lay longer than the phone should keep it comes with a reason."""
    hours = int(DEFAULT_PARAMETERS.number("offline.keep_hours", clock.local(moment).date()))
    if envelope.age <= timedelta(hours=hours) or envelope.late_reason:
        return []
    text = f"这份内容在手机上已经超过 {hours} 小时。请写明没有及时上传的原因，再上传。"
    return [Refusal("insp-offline", text, "", "late_reason")]


def reasons_to_hold(item: QueuedItem, envelope: Envelope) -> list[str]:
    """Why an item is not entered by itself: past the last day, not signed by this phone, or a number used before."""
    days = int(DEFAULT_PARAMETERS.number("offline.hard_stop_days", clock.local(item.received_at).date()))
    found = []
    if envelope.age > timedelta(days=days):
        found.append(f"在手机上已经超过 {days} 日，不能自动入账。请核对后处理。")
    if not item.is_signed:
        found.append("与手机的签名不符，或者签名密钥不是服务器发给这部手机的。请当面核对。")
    others = QueuedItem.objects.filter(key=item.key, counter=item.counter).exclude(pk=item.pk)
    if item.key_id and others.exists():
        found.append("手机上的顺序号与另一份重复，可能被改动过。请当面核对。")
    if envelope.hand_over:
        found.append("经办人没有在手机上改正，交由承办人处理。")
    return found


@transaction.atomic(durable=True)
def note_outcome(
    *, item_id: int, by: Any, state: ItemState, url: str = "", problems: Sequence[str] = (),
    typed: Sequence[tuple[str, str]] = (),
) -> QueuedItem:  # fmt: skip
    """What came of the try. A second try that lost the race leaves what the first one noted."""
    item = QueuedItem.objects.select_for_update().get(pk=item_id)
    if item.state not in OPEN:
        return item
    item.state, item.result_url, item.problems = state, url[:300], "\n".join(problems)
    item.typed = json.dumps(list(typed), ensure_ascii=False) if typed else ""
    item.save(update_fields=["state", "result_url", "problems", "typed"])
    journal.record(
        f"queue.{state.value}", by=by, on=("queued_item", item.pk), details={"receipt": item.receipt, "url": url[:100]}
    )
    return item


@transaction.atomic(durable=True)
def settle(*, item_id: int, by: Any, note: str, url: str = "", at: datetime | None = None) -> QueuedItem:
    """Settled by a person: what the system holds stays, or the phone's content was entered (``url``); both are kept."""
    item = QueuedItem.objects.select_for_update(of=("self",)).select_related("user").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    policy.check(by, "queue.settle", item_subject(item))
    if item.state not in (ItemState.CONFLICT, ItemState.REFUSED):
        raise Refused([Refusal("queue-settled", "这份内容已经处理过了，没有重复处理。")])
    if not note.strip():
        raise Refused([Refusal("queue-note", "请写明怎样处理、为什么。", "", "note")])
    item.state, item.settled_by, item.settled_at = ItemState.SETTLED, by, at or clock.now()
    item.settled_note, item.result_url = note.strip()[:300], url[:300] or item.result_url
    item.save(update_fields=["state", "settled_by", "settled_at", "settled_note", "result_url"])
    journal.record(
        "queue.settle", by=by, on=("queued_item", item.pk), details={"receipt": item.receipt, "url": url[:100]}
    )
    return item


def item_subject(item: QueuedItem) -> Subject:
    """What the policy may know of an item: its writer is its officer."""
    return Subject(unit_id=item.unit_id, lead=item.user.staff_number)
