"""监督件: a complaint opens one at once; acknowledged within one working day, answered within fifteen, else escalated.

The bureau's legal section works them (the justice bureau's 监督员 reads, shared decision 15); the unit never sees one.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from inspections import anonymity
from inspections.actions.frame import refuse_if
from inspections.models import SupervisionTicket, TicketKind, TicketState
from inspections.queries.public import PublicVisit, live_visit
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.parameters import DEFAULT_PARAMETERS

STALE = "有人在您打开这一页之后办理过这件监督件。您填的内容没有丢，请核对后再提交。"
LATE = "超过期限没有{}，系统自动上报。"


@dataclass(frozen=True)
class NewComplaint:
    """What a business complains of. Anonymous only when it wishes so: then no visit and no contact are passed on."""

    text: str
    bans: tuple[str, ...] = ()
    contact: str = ""
    is_anonymous: bool = False


def new_ticket(kind: str, content: dict[str, Any], today: date) -> SupervisionTicket:
    """A ticket handed over on ``today``, not saved, with both of its clocks (working days, 待确认 parameters)."""
    within = {
        name: int(DEFAULT_PARAMETERS.number(f"inspection.ticket_{name}_days", today))
        for name in ("acknowledge", "answer")
    }
    return SupervisionTicket(
        ticket_no=f"JD-{today.year}-{secrets.token_hex(4).upper()}",
        kind=kind,
        content=anonymity.padded(content),
        received_on=today,
        acknowledge_by=DEFAULT_CALENDAR.add_working_days(today, within["acknowledge"])[0],
        answer_by=DEFAULT_CALENDAR.add_working_days(today, within["answer"])[0],
    )


@transaction.atomic(durable=True)
def complain(
    *, by: None, token: str, complaint: NewComplaint, mark: str = "", at: datetime | None = None
) -> SupervisionTicket:
    """A complaint from the page behind the code, while that page is shown. The journal does not say from where.

    ``mark`` is of one filled-in form: sent twice, it is one complaint.
    """
    moment = at or clock.now()
    visit = live_visit(token, moment)
    if visit is None:
        raise NotFound
    refuse_if(_refusals(complaint))
    ticket = new_ticket(TicketKind.COMPLAINT, _words(complaint, visit), clock.local(moment).date())
    ticket.id = _key_of(token, mark) if mark else ticket.id
    fields = {one.attname: getattr(ticket, one.attname) for one in SupervisionTicket._meta.fields if one.name != "id"}
    ticket, is_new = SupervisionTicket.objects.get_or_create(id=ticket.id, defaults=fields)
    if not is_new:
        return ticket
    with journal.without_request():
        journal.record("ticket.complaint", by=by, on=("ticket", ticket.ticket_no))
    return ticket


def _key_of(token: str, mark: str) -> UUID:
    """As random as the form's mark, and the same for the same form."""
    return UUID(bytes=hashlib.sha256(f"{token} {mark}".encode()).digest()[:16], version=4)


def _refusals(complaint: NewComplaint) -> list[Refusal]:
    if complaint.is_anonymous and complaint.contact.strip():
        text = "您选了匿名，又留了联系方式。要匿名的请清空联系方式；要答复的请去掉匿名。"
        return [Refusal("complaint-contact", text, "", "contact")]
    return []


def _words(complaint: NewComplaint, visit: PublicVisit) -> dict[str, Any]:
    return {
        "unit_name": visit.unit_name,
        "visit": None if complaint.is_anonymous else visit.as_words(),
        "text": complaint.text,
        "bans": list(complaint.bans),
        "contact": complaint.contact,
        "is_anonymous": complaint.is_anonymous,
    }


def _lock(ticket_no: str, version: int | None) -> SupervisionTicket:
    ticket = SupervisionTicket.objects.select_for_update(of=("self",)).filter(ticket_no=ticket_no).first()
    if ticket is None:
        raise NotFound
    if version is not None and version != ticket.version:
        raise Conflict(STALE)
    return ticket


def _save(ticket: SupervisionTicket, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(ticket, name, value)
    ticket.version += 1
    ticket.save(update_fields=[*changed, "version"])


def _in_state(ticket: SupervisionTicket, state: str, act: str) -> list[Refusal]:
    if ticket.state == state:
        return []
    return [Refusal("wrong-state", f"现在的状态是“{ticket.get_state_display()}”，不能{act}。请刷新页面核对。")]


@transaction.atomic(durable=True)
def acknowledge_ticket(
    *, ticket_no: str, version: int | None, by: Any, at: datetime | None = None
) -> SupervisionTicket:
    """受理: the first clock stops."""
    policy.check(by, "ticket.work")
    ticket = _lock(ticket_no, version)
    refuse_if(_in_state(ticket, TicketState.OPEN, "受理"))
    day = clock.local(at or clock.now()).date()
    _save(ticket, state=TicketState.ACKNOWLEDGED, acknowledged_on=day, acknowledged_by=by)
    journal.record("ticket.acknowledge", by=by, on=("ticket", ticket.ticket_no))
    return ticket


@transaction.atomic(durable=True)
def answer_ticket(
    *, ticket_no: str, version: int | None, by: Any, answer: str, is_founded: bool, at: datetime | None = None
) -> SupervisionTicket:
    """答复: what was found and done; the second clock stops."""
    policy.check(by, "ticket.work")
    ticket = _lock(ticket_no, version)
    refusals = _in_state(ticket, TicketState.ACKNOWLEDGED, "答复")
    if not answer.strip():
        refusals.append(Refusal("ticket-answer", "请写明查到的情况和处理。", "", "answer"))
    refuse_if(refusals)
    day = clock.local(at or clock.now()).date()
    _save(ticket, state=TicketState.ANSWERED, answered_on=day, answered_by=by, answer=answer.strip(), is_founded=is_founded)  # fmt: skip
    journal.record("ticket.answer", by=by, on=("ticket", ticket.ticket_no), details={"founded": is_founded})
    return ticket


@transaction.atomic(durable=True)
def escalate_ticket(
    *, ticket_no: str, version: int | None, by: Any, why: str, at: datetime | None = None
) -> SupervisionTicket:
    """上报司法局: before the clocks demand it, e.g. because the bureau cannot judge itself."""
    policy.check(by, "ticket.work")
    ticket = _lock(ticket_no, version)
    refusals = []
    if ticket.escalated_on:
        refusals.append(Refusal("ticket-escalated", f"{ticket.escalated_on} 已经上报司法局，不用再报。"))
    if not why.strip():
        refusals.append(Refusal("ticket-why", "请写明上报的原因。", "", "why"))
    refuse_if(refusals)
    _save(ticket, escalated_on=clock.local(at or clock.now()).date(), escalated_why=why.strip()[:300])
    journal.record("ticket.escalate", by=by, on=("ticket", ticket.ticket_no))
    return ticket


@transaction.atomic(durable=True)
def escalate_overdue(*, by: None, at: datetime | None = None) -> list[str]:
    """What is acknowledged or answered too late goes to the justice bureau by itself. The numbers."""
    today = clock.local(at or clock.now()).date()
    late = Q(state=TicketState.OPEN, acknowledge_by__lt=today) | Q(
        state__in=(TicketState.OPEN, TicketState.ACKNOWLEDGED), answer_by__lt=today
    )
    tickets = SupervisionTicket.objects.select_for_update(of=("self",)).filter(late, escalated_on__isnull=True)
    found = list(tickets.order_by("ticket_no"))
    for ticket in found:
        act = "受理" if ticket.state == TicketState.OPEN else "答复"
        _save(ticket, escalated_on=today, escalated_why=LATE.format(act))
    numbers = [one.ticket_no for one in found]
    if numbers:
        journal.record("ticket.escalate_overdue", by=by, on=("ticket_day", today.isoformat()), details={"tickets": numbers})  # fmt: skip
    return numbers
