"""监督: the tickets with their clocks, the acts on one, single ratings for the supervisor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections.actions import tickets as actions
from inspections.forms.ratings import YES, AcknowledgeForm, AnswerForm, EscalateForm
from inspections.models import TicketState
from inspections.queries.ratings import single_ratings
from inspections.queries.tickets import FILTERS, OpenedTicket, list_tickets, open_ticket
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.web.acts import Act, ActForm, act_page


@requires("ticket.read")
@require_GET
def ticket_list(request: HttpRequest) -> HttpResponse:
    """Which complaints and bad ratings wait, and until when?"""
    typed = request.GET.get("state", "")
    wanted = typed if typed in FILTERS else "open"
    context = {
        "page": list_tickets(wanted, clock.today(), request.GET.get("after", "")),
        "wanted": wanted,
        "filters": [(key, title) for key, (title, _rows) in FILTERS.items()],
        "can_read_ratings": may_ever(request.user, "rating.read"),
        "can_read_board": may_ever(request.user, "board.read"),
        "title": "差评和投诉",
    }
    return render(request, "inspections/ratings/tickets.html", context)


@requires("ticket.read")
@require_GET
def ticket_page(request: HttpRequest, ticket_no: str) -> HttpResponse:
    """One ticket with what was said and what is next."""
    found = open_ticket(ticket_no, clock.today())
    may_work = may_ever(request.user, "ticket.work")
    context = {
        "opened": found,
        "ticket": found.ticket,
        "can_acknowledge": may_work and found.ticket.state == TicketState.OPEN,
        "can_answer": may_work and found.ticket.state == TicketState.ACKNOWLEDGED,
        "can_escalate": may_work and found.ticket.escalated_on is None,
        "title": f"监督件 {ticket_no}",
    }
    return render(request, "inspections/ratings/ticket.html", context)


def _act(request: HttpRequest, ticket_no: str, form: type[ActForm], run: Any, **words: Any) -> HttpResponse:
    found: OpenedTicket = open_ticket(ticket_no, clock.today())
    url = reverse("ticket", args=[ticket_no])

    def perform(data: dict[str, Any]) -> Any:
        version = found.ticket.version if data.get("version") is None else data["version"]
        return run(data, {"ticket_no": ticket_no, "version": version, "by": request.user})

    act = Act(
        form_class=form, run=perform, done_url=url, back_url=url, initial={"version": found.ticket.version},
        template="inspections/ratings/act_on_ticket.html", context={"opened": found, "ticket": found.ticket}, **words,
    )  # fmt: skip
    return act_page(request, act)


@requires("ticket.work")
def acknowledge(request: HttpRequest, ticket_no: str) -> HttpResponse:
    """受理."""

    def run(_data: dict[str, Any], which: dict[str, Any]) -> Any:
        return actions.acknowledge_ticket(**which)

    words = {"title": f"受理 {ticket_no}", "submit": "受理", "done_message": "已受理。请在期限内查清并答复。"}
    return _act(request, ticket_no, AcknowledgeForm, run, **words)


@requires("ticket.work")
def answer(request: HttpRequest, ticket_no: str) -> HttpResponse:
    """答复."""

    def run(data: dict[str, Any], which: dict[str, Any]) -> Any:
        return actions.answer_ticket(**which, answer=data["answer"], is_founded=data["is_founded"] == YES)

    words = {"title": f"答复 {ticket_no}", "submit": "答复", "done_message": "已答复。"}
    return _act(request, ticket_no, AnswerForm, run, **words)


@requires("ticket.work")
def escalate(request: HttpRequest, ticket_no: str) -> HttpResponse:
    """上报司法局."""

    def run(data: dict[str, Any], which: dict[str, Any]) -> Any:
        return actions.escalate_ticket(**which, why=data["why"])

    words = {"title": f"上报 {ticket_no}", "submit": "上报司法局", "done_message": "已上报司法局，监督员可以看到。"}
    return _act(request, ticket_no, EscalateForm, run, **words)


@requires("rating.read")
@require_GET
def rating_list(request: HttpRequest) -> HttpResponse:
    """Single ratings of released quarters: what was said, of which unit, never of which visit."""
    page = single_ratings(request.GET.get("after", "")[:50])
    return render(request, "inspections/ratings/singles.html", {"page": page, "title": "单份评价"})
