"""Refusals that want a question asked before they are settled (feed_api.md §6): codes, versions, withdrawals.

Everything here ends in one ``Mark``; None means that the plain table of answers decides.
"""

from __future__ import annotations

import json
from datetime import datetime

from disclosure.feed.answers import Answer, Meaning
from disclosure.feed.client import FeedClient, FeedUnreachable
from disclosure.feed.codes import LISTS, MATTERS, code_at
from disclosure.feed.receipts import REJECTED
from disclosure.models import Delivery, DeliveryState
from disclosure.outbox import code_lists
from disclosure.outbox.backoff import PARKED_FOR, next_attempt
from disclosure.outbox.claim import Claimed, Mark
from disclosure.outbox.states import KNOWN, TAKEN, waits_again

PARKED = "CATALOGUE"  # last_code of a row that waits for the exchange's catalogue of matters


def settled(client: FeedClient, row: Claimed, answer: Answer, now: datetime, share: float) -> Mark | None:
    """What becomes of a row whose refusal is no plain matter. ``share`` is a random number in [0, 1)."""
    if answer.meaning is not Meaning.FIX:
        return None
    if answer.code == "E3003":
        return _missing_code(client, row, answer, now, share)
    if answer.code == "E4002":
        return _clash(row, answer)
    if answer.code == "E4003":
        return _target_gone(row, answer, now)
    if answer.code == "E4004" and row.parcel.op == "w":
        return _withdrawn_before(row, answer)
    return None


def _missing_code(client: FeedClient, row: Claimed, answer: Answer, now: datetime, share: float) -> Mark | None:
    """The lists are fetched first: only a code the fetched list lacks is a matter for a person."""
    if answer.codes and all(name == MATTERS for name, _path in answer.codes):
        code = code_at(row.parcel.body, answer.codes[0][1])
        text = f"平台目录里还没有事项 {code}，每隔几小时自动再试。"
        until = now + PARKED_FOR
        return Mark(row, DeliveryState.PENDING, until, PARKED, text, answer.trace_id, parked_at=now)
    names = sorted({name for name, _path in answer.codes if name in LISTS})
    try:
        code_lists.refresh(client, names)
    except FeedUnreachable:
        return Mark(
            row, DeliveryState.PENDING, next_attempt(row.attempts, now, share), answer.code, answer.message,
            answer.trace_id,
        )  # fmt: skip
    missing = []
    for name, path in answer.codes:
        served, code = code_lists.current(name), code_at(row.parcel.body, path)
        if served is None or code not in served.codes:
            title = LISTS[name][0] if name in LISTS else name
            missing.append(f"{title} {code}（代码表 {served.version if served else '未取到'}）")
    if names and not missing:  # the exchange has the code after all
        return Mark(
            row, DeliveryState.PENDING, next_attempt(row.attempts, now, share), answer.code, answer.message,
            answer.trace_id,
        )  # fmt: skip
    text = f"平台现行代码表里没有：{'、'.join(missing)}。{answer.message}"
    return Mark(row, DeliveryState.FIX, code=answer.code, error=text, trace_id=answer.trace_id)


def _clash(row: Claimed, answer: Answer) -> Mark | None:
    """A stale or clashing version. (The same content under the same version was taken as ours before we get here.)"""
    current = answer.current or {}
    version, status = current.get("version"), current.get("status")
    if version == row.parcel.version and status == REJECTED:
        text = "平台早先收下这一版后又退回。重新推送会生成下一版。"
        return Mark(row, DeliveryState.FIX, code=REJECTED, error=text, trace_id=answer.trace_id)
    if isinstance(version, int) and version > row.parcel.version:
        newer = Delivery.objects.filter(
            rui=row.parcel.rui, data_version=version, content_digest=str(current.get("digest")), state__in=KNOWN
        )
        if newer.exists():
            text = f"平台已有我方第 {version} 版，这一版不用再送。"
            return Mark(row, DeliveryState.SUPERSEDED, code=answer.code, error=text, trace_id=answer.trace_id)
    text = f"平台现有第 {version} 版（{status}），与我方这一版不同。请先对账，核对是谁写入的。"
    return Mark(row, DeliveryState.FIX, code=answer.code, error=text, trace_id=answer.trace_id)


def _target_gone(row: Claimed, answer: Answer, now: datetime) -> Mark | None:
    """The exchange lost the record: everything it took before is sent again first, in order, then this one."""
    earlier = Delivery.objects.filter(rui=row.parcel.rui, data_version__lt=row.parcel.version).filter(
        receipt__isnull=False
    )
    if not waits_again(earlier.filter(state__in=[*TAKEN, DeliveryState.SUPERSEDED]), now):
        return None
    text = "平台没有这条记录，已从第一版起按顺序重新推送。"
    return Mark(row, DeliveryState.PENDING, now, answer.code, text, answer.trace_id)


def _withdrawn_before(row: Claimed, answer: Answer) -> Mark | None:
    """Withdrawn there already: done if for the same reason, else a person compares the two."""
    data = json.loads(row.parcel.body)["data"]
    scope = data.get("scope") or "all"
    for known in answer.withdrawals:
        same = (known.get("scope"), known.get("reason_code")) == (scope, data["reason_code"])
        if same:
            number = str(known.get("receipt_no") or "")
            text = f"平台已按同一理由撤回（第 {known.get('data_version')} 版，回执号 {number}），不用再送。"
            return Mark(row, DeliveryState.SUPERSEDED, code=answer.code, error=text, trace_id=answer.trace_id)
    text = "平台已撤回这条记录，但理由与我方不同。请核对撤回理由后再处理。"
    return Mark(row, DeliveryState.FIX, code=answer.code, error=text, trace_id=answer.trace_id)
