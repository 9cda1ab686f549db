"""Reading 监督件: what is open first, with both lights; the words of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from inspections import evaluation
from inspections.models import Ban, SupervisionTicket, TicketKind, TicketState
from inspections.queries.ratings import answer_lines
from lishu_law.errors import NotFound
from lishu_law.keyset import beyond
from lishu_law.law.lights import Light, Timer, light

PAGE = 20
FILTERS = {
    "open": ("没有办完", Q(state__in=(TicketState.OPEN, TicketState.ACKNOWLEDGED))),
    "escalated": ("上报司法局", Q(escalated_on__isnull=False)),
    "answered": ("已答复", Q(state=TicketState.ANSWERED)),
}


@dataclass(frozen=True)
class TicketRow:
    """A ticket with its lights: the answer's, and the acknowledgement's while that is the next."""

    ticket: SupervisionTicket
    acknowledge: Light
    answer: Light

    @property
    def next(self) -> Light:
        return self.acknowledge if self.ticket.state == TicketState.OPEN else self.answer


@dataclass(frozen=True)
class TicketPage:
    rows: tuple[TicketRow, ...]
    next_key: str


def list_tickets(wanted: str, today: date, after: str = "") -> TicketPage:
    """Tickets of a filter, the most pressing first. ``after``: day and number of the last one seen, with a colon."""
    rows = SupervisionTicket.objects.filter(FILTERS[wanted][1]).order_by("answer_by", "ticket_no").defer("content")
    day, _, number = after.partition(":")
    seen = _day(day)
    if seen and number:
        rows = beyond(rows, ("answer_by", "ticket_no"), (seen, number))
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    key = f"{last.answer_by}:{last.ticket_no}" if last else ""
    return TicketPage(tuple(_row(one, today) for one in found[:PAGE]), key)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _row(ticket: SupervisionTicket, today: date) -> TicketRow:
    first = Timer(ticket.received_on, ticket.acknowledge_by, done=ticket.acknowledged_on)
    second = Timer(ticket.received_on, ticket.answer_by, done=ticket.answered_on)
    return TicketRow(ticket, light(first, today), light(second, today))


@dataclass(frozen=True)
class OpenedTicket:
    """One ticket as supervision reads it: facts, and what was said, statement by statement."""

    row: TicketRow
    facts: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @property
    def ticket(self) -> SupervisionTicket:
        return self.row.ticket


def open_ticket(ticket_no: str, today: date) -> OpenedTicket:
    """The ticket of a number. Raises ``NotFound``."""
    people = ("acknowledged_by", "answered_by")
    ticket = SupervisionTicket.objects.select_related(*people).filter(ticket_no=ticket_no).first()
    if ticket is None:
        raise NotFound
    words = json.loads(ticket.content)
    said = _complaint(words) if ticket.kind == TicketKind.COMPLAINT else _statements(words)
    return OpenedTicket(_row(ticket, today), tuple(_facts(words)), said)


def _facts(words: dict[str, Any]) -> list[tuple[str, str]]:
    facts = [("检查单位", words["unit_name"])]
    if "quarter" in words:
        facts.append(("检查时间", evaluation.quarter_title(words["quarter"])))
    visit = words["visit"]
    if visit is None:
        return [*facts, ("哪一次检查", "对方没有同意告知")]
    return [
        *facts,
        ("哪一次检查", f"{visit['filing_no']}，{visit['finished_on']}"),
        ("检查对象", visit["subject"]),
        ("执法人员", "、".join(visit["officers"])),
    ]


def _statements(words: dict[str, Any]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    found = words["statements"]
    several = len(found) > 1
    return tuple(
        (
            f"第 {number} 份评价" if several else "修改以后的评价" if one["is_change"] else "评价",
            tuple(answer_lines(one["answers"])),
        )
        for number, one in enumerate(found, 1)
    )


def _complaint(words: dict[str, Any]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    lines = [
        ("投诉内容", words["text"]),
        ("涉及的情况", "、".join(Ban(one).label for one in words["bans"])),
        ("联系方式", words["contact"] or ("匿名" if words["is_anonymous"] else "没有留")),
    ]
    return (("投诉", tuple((title, text) for title, text in lines if text)),)
