"""监督件: their clocks, who works them, when they go to the justice bureau."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from inspections.actions.ratings import hand_over_ratings
from inspections.actions.tickets import acknowledge_ticket, answer_ticket, escalate_overdue, escalate_ticket, new_ticket
from inspections.models import SupervisionTicket, TicketKind, TicketState
from inspections.queries.tickets import list_tickets
from lishu_law.access.matrix import RULES
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refused
from lishu_law.registry.roles import Role
from tests.inspections.browsing import client_of
from tests.inspections.rating_scenes import BAD, DAY, TOLD_AT, ended_visits, rated, supervisor
from tests.inspections.scenes import Scene


@pytest.fixture
def ticket(scene: Scene) -> SupervisionTicket:
    (row,) = ended_visits(scene, 1)
    rated(row, BAD)
    hand_over_ratings(by=None, at=TOLD_AT)  # Wednesday 25 March
    return SupervisionTicket.objects.get()


def acknowledged(ticket: SupervisionTicket, scene: Scene) -> SupervisionTicket:
    return acknowledge_ticket(ticket_no=ticket.ticket_no, version=1, by=scene.cast.reviewer, at=TOLD_AT)


def test_who_reads_and_who_works() -> None:
    """The 监督员 is read-only; no role of a squad stands anywhere."""
    roles = {
        action: {grant.role for grant in RULES[action].grants}
        for action in RULES
        if action.startswith(("ticket.", "rating."))
    }
    assert roles == {
        "ticket.read": {Role.LEGAL_REVIEWER, Role.SUPERVISOR},
        "ticket.work": {Role.LEGAL_REVIEWER},
        "rating.read": {Role.SUPERVISOR},
    }


def test_the_clocks_stop(scene: Scene, ticket: SupervisionTicket) -> None:
    row = acknowledged(ticket, scene)
    assert (row.state, row.acknowledged_on) == (TicketState.ACKNOWLEDGED, date(2026, 3, 25))
    row = answer_ticket(
        ticket_no=row.ticket_no, version=row.version, by=scene.cast.reviewer, answer="已约谈", is_founded=True,
        at=TOLD_AT + DAY,
    )  # fmt: skip
    assert (row.state, row.answered_on, row.is_founded) == (TicketState.ANSWERED, date(2026, 3, 26), True)


def test_an_answer_follows_the_acknowledgement_and_says_something(scene: Scene, ticket: SupervisionTicket) -> None:
    which: dict[str, Any] = {"ticket_no": ticket.ticket_no, "by": scene.cast.reviewer, "at": TOLD_AT}
    with pytest.raises(Refused) as refused:
        answer_ticket(**which, version=None, answer=" ", is_founded=False)
    assert [one.code for one in refused.value.refusals] == ["wrong-state", "ticket-answer"]
    acknowledge_ticket(**which, version=None)
    with pytest.raises(Refused):
        acknowledge_ticket(**which, version=None)
    with pytest.raises(Conflict):
        answer_ticket(**which, version=1, answer="已约谈", is_founded=True)
    with pytest.raises(NotFound):
        acknowledge_ticket(**{**which, "ticket_no": "JD-2026-00000000"}, version=None)


@pytest.mark.parametrize("who", ["lead", "squad_leader", "deputy", "head", "checker"])
def test_nobody_else_works_them(scene: Scene, ticket: SupervisionTicket, who: str) -> None:
    with pytest.raises(NotAllowed):
        acknowledge_ticket(ticket_no=ticket.ticket_no, version=1, by=getattr(scene.cast, who), at=TOLD_AT)
    client = client_of(getattr(scene.cast, who))
    assert client.get("/supervision/tickets/").status_code == 403
    assert client.get(f"/supervision/tickets/{ticket.ticket_no}/").status_code == 403


@pytest.mark.parametrize(("is_acknowledged", "last_day"), [(False, date(2026, 3, 26)), (True, date(2026, 4, 16))])
def test_what_is_late_goes_up_the_day_after(
    scene: Scene, ticket: SupervisionTicket, is_acknowledged: bool, last_day: date
) -> None:
    if is_acknowledged:
        acknowledged(ticket, scene)
    at = TOLD_AT + timedelta(days=(last_day - date(2026, 3, 25)).days)
    assert escalate_overdue(by=None, at=at) == []
    assert escalate_overdue(by=None, at=at + DAY) == [ticket.ticket_no]
    assert escalate_overdue(by=None, at=at + 2 * DAY) == []
    ticket.refresh_from_db()
    assert ticket.escalated_on == last_day + DAY
    assert "自动上报" in ticket.escalated_why


def test_the_legal_section_may_escalate_earlier_once(scene: Scene, ticket: SupervisionTicket) -> None:
    which: dict[str, Any] = {"ticket_no": ticket.ticket_no, "by": scene.cast.reviewer, "at": TOLD_AT, "version": None}
    with pytest.raises(Refused):
        escalate_ticket(**which, why=" ")
    assert escalate_ticket(**which, why="涉及本科室人员").escalated_on == date(2026, 3, 25)
    with pytest.raises(Refused):
        escalate_ticket(**which, why="再报")


def test_the_supervisor_reads_everything_and_does_nothing(scene: Scene, ticket: SupervisionTicket) -> None:
    client, address = client_of(supervisor(scene)), f"/supervision/tickets/{ticket.ticket_no}/"
    with time_machine.travel(TOLD_AT, tick=False):
        text = client.get(address).content.decode()
        assert "态度生硬" in text
        assert "对方没有同意告知" in text
        assert "受理</a>" not in text
        assert client.get("/supervision/tickets/").status_code == 200
        for act in ("acknowledge", "answer", "escalate"):
            assert client.post(f"{address}{act}/", {}).status_code == 403


def test_the_acts_by_their_pages(scene: Scene, ticket: SupervisionTicket) -> None:
    client, address = client_of(scene.cast.reviewer), f"/supervision/tickets/{ticket.ticket_no}/"
    with time_machine.travel(TOLD_AT, tick=False):
        assert client.post(f"{address}acknowledge/", {"version": "1"}).status_code == 303
        empty = client.post(f"{address}answer/", {"version": "2", "answer": "已约谈当事人员"})
        assert empty.status_code == 422
        assert "已约谈当事人员" in empty.content.decode()
        assert (
            client.post(f"{address}answer/", {"version": "2", "answer": "已约谈", "is_founded": "yes"}).status_code
            == 303
        )
        assert client.get("/supervision/tickets/JD-2026-0/").status_code == 404
    ticket.refresh_from_db()
    assert ticket.state == TicketState.ANSWERED


def test_it_stands_on_the_legal_sections_desk_with_its_clock(scene: Scene, ticket: SupervisionTicket) -> None:
    with time_machine.travel(TOLD_AT, tick=False):
        text = client_of(scene.cast.reviewer).get("/desk/").content.decode()
        assert ticket.ticket_no in text
        assert "受理监督件" in text
        for who in (scene.cast.lead, scene.cast.squad_leader, scene.cast.head, scene.cast.deputy):
            assert "监督件" not in client_of(who).get("/desk/").content.decode()


def test_pressing_ones_first_and_paged_by_key(scene: Scene, django_assert_max_num_queries: Any) -> None:
    today = date(2026, 3, 25)
    rows = [new_ticket(TicketKind.COMPLAINT, {"unit_name": "示例"}, today - timedelta(days=n % 5)) for n in range(25)]
    SupervisionTicket.objects.bulk_create(rows)
    first = list_tickets("open", today)
    second = list_tickets("open", today, first.next_key)
    order = [(one.ticket.answer_by, one.ticket.ticket_no) for one in (*first.rows, *second.rows)]
    assert order == sorted(order)
    assert len(order) == 25
    assert second.next_key == ""
    assert len(list_tickets("open", today, "no:key").rows) == 20
    client = client_of(scene.cast.reviewer)
    with time_machine.travel(TOLD_AT, tick=False), django_assert_max_num_queries(14):
        client.get("/supervision/tickets/")
