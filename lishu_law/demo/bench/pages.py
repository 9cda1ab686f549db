"""G6 and G8: the list and the case page of an ordinary officer, in process, through every middleware."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishu_law.demo.bench.cases import deepest_case
from lishu_law.demo.bench.measuring import Line, each, in_turns
from lishu_law.demo.bench.people import Staff
from lishu_law.demo.bench.raw_page import raw_page

MOST_STATEMENTS = 8
SESSION_AND_USER = 2


def signed_in(staff: Staff) -> Client:
    """A browser of the officer. Fails unless the account is an ordinary one that sees only what it is assigned to."""
    officer = staff.officer
    if officer.is_superuser or officer.roles != ["officer"]:
        raise ValueError("pages are measured as an ordinary officer")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    if SESSION_KEY not in browser.session:
        raise ValueError("the officer is not signed in")
    return browser


def getter(browser: Client, address: str) -> Callable[[], Any]:
    """One request of the page; whatever is no page ends the measurement."""

    def get() -> Any:
        response = browser.get(address)
        if response.status_code != 200:
            raise ValueError(f"{address} answers {response.status_code}")
        return response

    return get


def list_page(staff: Staff, times: int) -> Line:
    """G6."""
    page = getter(signed_in(staff), reverse("case-list"))
    connection.ensure_connection()
    cursor = connection.connection.cursor()  # the driver's own: no Django between
    warm_up(page, lambda: raw_page(cursor, staff.officer.pk))
    floor, ours = in_turns(each(lambda: raw_page(cursor, staff.officer.pk), times), each(page, times))
    note = f"{statements(page)} SQL beside session and user; ours {ours.cpu * 1000:.2f} ms of this process"
    return Line("G6", "list page, in process", "ms", floor.wall * 1000, ours.wall * 1000, 5, note=note)


def case_page(staff: Staff, times: int) -> Line:
    """G8."""
    browser, case = signed_in(staff), deepest_case(staff)
    listed = getter(browser, reverse("case-list"))
    page = getter(browser, reverse("case", args=[case.clue_no]))
    warm_up(listed, page)
    floor, ours = in_turns(each(listed, times), each(page, times))
    count = statements(page)
    note = f"{count} SQL beside session and user, at most {MOST_STATEMENTS}; processor {ours.cpu / floor.cpu:.2f} times"
    return Line(
        "G8", "case page / list page", "ms", floor.wall * 1000, ours.wall * 1000, 2.5,
        also_holds=count <= MOST_STATEMENTS, note=note,
    )  # fmt: skip


def warm_up(*acts: Callable[[], Any]) -> None:
    """Templates, plans and caches are there before anything is measured."""
    for act in acts:
        for _ in range(5):
            act()


def statements(page: Callable[[], Any]) -> int:
    """How many SQL statements a page takes beside the two that fetch session and user."""
    with CaptureQueriesContext(connection) as captured:
        page()
    return len(captured) - SESSION_AND_USER
