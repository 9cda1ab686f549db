"""What people asked of one public record: corrections, objections, credit repairs; each with its light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from disclosure.correcting import TITLES, changed_fields
from disclosure.models import (
    UPHELD,
    ChannelState,
    CorrectionOutcome,
    CreditRepair,
    DisclosureRecord,
    Objection,
    ObjectionOutcome,
    RecordChannel,
    RecordCorrection,
    Withdrawal,
)
from disclosure.queries.channels import channels_of
from disclosure.register.shown import FORMAL
from lishu_law import clock
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import compute

OUTER_LIMIT = "pub-20wd"


# ── the page of one record ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ChannelRow:
    """One channel in words: the state of today, its days, and by which rule."""

    channel: RecordChannel
    word: str
    kind: str  # of the status tag
    note: str


def channel_rows(record: DisclosureRecord, today: date) -> list[ChannelRow]:
    """The record's channels as they stand today; none before the publication."""
    return [_channel_row(row, today) for row in channels_of(record).values()]


def _channel_row(row: RecordChannel, today: date) -> ChannelRow:
    if row.state == ChannelState.ENDED:
        return ChannelRow(row, f"已停止（{row.get_ended_because_display()}）", "not_needed", row.rule)
    if row.state == ChannelState.OMITTED:
        return ChannelRow(row, row.get_state_display(), "neutral", row.rule)
    if not row.is_shown(today):
        return ChannelRow(row, "公示期满", "not_needed", row.rule)
    return ChannelRow(row, row.get_state_display(), "done", row.rule)


def outer_light(record: DisclosureRecord, today: date) -> Light:
    """The outer limit of active disclosure: twenty working days from the decision (条例26)."""
    done = clock.local(record.published_at).date() if record.published_at else None
    return light(Timer.of(compute(OUTER_LIMIT, record.decided_on), done=done), today)


@dataclass(frozen=True)
class Asked:
    """One request of a record for its page: what, when, its light, what came of it, and where to go on."""

    title: str
    number: str
    on: date
    light: Light
    lines: list[tuple[str, str]]
    url: str  # of the act, while it waits
    reply_url: str


def requests_of(record: DisclosureRecord, today: date) -> list[Asked]:
    """Everything asked of one record, newest first. Four statements."""
    rows: list[Asked] = [
        *(_objection(row, record, today) for row in record.objections.all()),
        *(_withdrawal(row, today) for row in record.withdrawals.filter(ruling_id__isnull=True)),
        *(_correction(row, record, today) for row in record.asked_corrections.exclude(outcome="not_needed")),
        *(_repair(row, record, today) for row in record.repairs.all()),
    ]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def request_light(row: Any, start: date, today: date) -> Light:
    """The clock of a request: from the day it came to the day it was decided; of an objection, to its answer."""
    ended = row.answered_at if isinstance(row, Objection) else row.decided_at
    done = clock.local(ended).date() if ended else None
    return light(Timer(start=start, due=row.due, done=done), today)


def _objection(row: Objection, record: DisclosureRecord, today: date) -> Asked:
    is_waiting = row.outcome in UPHELD and row.answered_at is None
    lines = [
        ("提出的问题", row.claim),
        ("核实情况", row.findings),
        ("处理", row.get_outcome_display() + ("，等待另一名人员决定" if is_waiting else "")),
        ("答复", row.answer),
    ]
    key = [record.public_id, row.pk]
    url, reply = reverse("disclosure-objection", args=key), reverse("disclosure-objection-reply", args=key)
    return _asked("公示异议", row.ticket_no, row, row.received_on, today, lines=lines, url=url, reply=reply)


def _correction(row: RecordCorrection, record: DisclosureRecord, today: date) -> Asked:
    lines = [
        ("来源", str(row.get_source_display())), ("改什么", "；".join(change_words(row))), ("公开说明", row.note),
        ("理由", row.reason), ("处理", row.get_outcome_display()), ("意见", row.opinion),
    ]  # fmt: skip
    url = reverse("disclosure-correction", args=[record.public_id])
    return _asked("公示更正", "", row, row.found_on, today, lines=lines, url=url, reply="")


def _withdrawal(row: Withdrawal, today: date) -> Asked:
    """What a person asked for; while it waits, the notice above says what to do."""
    done = clock.local(row.done_at).date() if row.done_at else None
    outcome = "等待另一名人员决定" if done is None else "不同意撤回" if row.refusal else "已撤回"
    still = f"没有停，{row.due.isoformat()} 前仍应当撤回" if row.is_still_due else ""
    lines = [
        ("原因", row.cause), ("文书", row.basis_no), ("公开理由", row.reason), ("处理", outcome),
        ("不同意的理由", row.refusal), ("撤回期限", still),
    ]  # fmt: skip
    shown = light(Timer(start=row.event_on, due=row.due, done=None if row.is_still_due else done), today)
    on = clock.local(row.created_at).date()
    return Asked("提请撤回", "", on, shown, [(name, text) for name, text in lines if text], "", "")


def change_words(row: RecordCorrection) -> list[str]:
    """The changes of a correction in words."""
    if not row.changes:
        return ["按决定书和文书更正重新生成公开内容"]
    return [f"{TITLES[one['field']]}：“{one['wrong']}”改为“{one['right']}”" for one in row.changes]


def _repair(row: CreditRepair, record: DisclosureRecord, today: date) -> Asked:
    found = "；".join(f"{title}（{word}）" for title, _found, word in row.checks)
    lines = [("材料", row.evidence), ("核查", found), ("决定", row.get_outcome_display()), ("理由", row.reasons)]
    key = [record.public_id, row.pk]
    url, reply = reverse("disclosure-repair", args=key), reverse("disclosure-repair-reply", args=key)
    return _asked("信用修复", row.application_no, row, row.received_on, today, lines=lines, url=url, reply=reply)


def refusals_of(found: Objection) -> list[tuple[date, str]]:
    """When and why another person did not agree to what this objection was to lead to, newest first. Two statements."""
    rows = [
        *found.corrections.filter(outcome="refused").values_list("decided_at", "opinion"),
        *found.withdrawals.exclude(refusal="").values_list("done_at", "refusal"),
    ]
    return [(clock.local(at).date(), why) for at, why in sorted(rows, reverse=True) if at]


def _asked(
    title: str, number: str, row: Any, on: date, today: date, *, lines: list[tuple[str, str]], url: str, reply: str
) -> Asked:
    is_open = not row.outcome
    has_reply = row.answered_at is not None if isinstance(row, Objection) else not is_open
    said = [(name, text) for name, text in [*lines, ("超期原因", getattr(row, "late_reason", ""))] if text]
    return Asked(
        title, number, on, request_light(row, on, today), said, url if is_open else "", reply if has_reply else ""
    )


def said(record: DisclosureRecord) -> list[tuple[str, str]]:
    """The texts of the public copy that can be corrected, as they read now."""
    return [(title, str(record.content[name])) for name, title in TITLES.items() if record.content.get(name)]


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The lines of the public copy that a correction changes: title, as it reads now, as it will read."""
    titles = dict(FORMAL)
    return [
        (titles.get(name, name), str(before.get(name, "")), str(after.get(name, "")))
        for name in changed_fields(before, after)
    ]


def objection_reply(record: DisclosureRecord, found: Objection) -> dict[str, Any]:
    """What the printed answer to an objection says."""
    lines = [
        ("异议编号", found.ticket_no), ("提出人", found.applicant), ("收到日期", found.received_on.isoformat()),
        ("提出的问题", found.claim), ("核实情况", found.findings), ("处理结果", found.get_outcome_display()),
        ("答复", found.answer), *_done_for(record, found),
    ]  # fmt: skip
    return {"record": record, "lines": lines, "decided_at": found.answered_at, "checks": []}


def _done_for(record: DisclosureRecord, found: Objection) -> list[tuple[str, str]]:
    """What was done about an upheld objection, in the words of the letter."""
    corrected = found.corrections.filter(outcome=CorrectionOutcome.AGREED).first()
    if corrected is not None and corrected.decided_at:
        day = clock.local(corrected.decided_at).date()
        return [("已经更正", f"{day.isoformat()} {'；'.join(change_words(corrected))}。公开说明：{corrected.note}")]
    withdrawn = found.withdrawals.filter(refusal="", done_at__isnull=False).first()
    if withdrawn is not None and withdrawn.done_at:
        day = clock.local(withdrawn.done_at).date()
        return [("已经撤回", f"{day.isoformat()} 撤回公示。向社会公开的理由：{withdrawn.reason}")]
    if found.outcome == ObjectionOutcome.ENDED:
        ended = f"，{record.withdrawn_on.isoformat()} 起不再公开" if record.withdrawn_on else ""
        return [("公示状态", f"{record.get_state_display()}{ended}")]
    return []


def repair_reply(record: DisclosureRecord, found: CreditRepair) -> dict[str, Any]:
    """What the printed decision on a credit repair says, with every condition."""
    lines = [
        ("申请编号", found.application_no), ("申请日期", found.applied_on.isoformat()),
        ("收到日期", found.received_on.isoformat()), ("决定", found.get_outcome_display()), ("理由", found.reasons),
    ]  # fmt: skip
    if found.barred_until:
        lines.append(("不得再次申请到", found.barred_until.isoformat()))
    return {"record": record, "lines": lines, "decided_at": found.decided_at, "checks": found.checks}
