"""The board: its figures, what it leaves out on purpose, its files, its statements."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from inspections.actions.attempts import RULE
from inspections.actions.filings import approve_inspection
from inspections.actions.ratings import release_ratings
from inspections.models import InspectionFiling, OverCapAttempt
from inspections.queries import board
from inspections.queries.board import MonthRow, Period, months_of, visited_objects
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from lishu_law.registry.models import Party, SupervisedSubject
from tests.inspections.browsing import client_of
from tests.inspections.rating_scenes import DAY, GOOD, RATED_AT, RELEASED_AT, ended_visits, rated, supervisor
from tests.inspections.scenes import FILED_AT, VISIT_FROM, VISIT_TO, Scene, filed_filing, subject, submitted_filing

SPRING = Period(date(2026, 2, 1), date(2026, 4, 1))


def over_cap(scene: Scene) -> SupervisedSubject:
    """An object visited as often as the cap allows, with a third visit tried."""
    entry = subject()
    for number in (0, 1):
        begins, ends = VISIT_FROM + number * DAY, VISIT_TO + number * DAY
        filed_filing(scene, entry, window_from=begins, window_to=ends, why_separate="事项不同")
    with pytest.raises(Refused):
        submitted_filing(
            scene, entry, window_from=VISIT_FROM + 2 * DAY, window_to=VISIT_TO + 2 * DAY, why_separate="事项不同"
        )
    return entry


def test_an_attempt_above_the_cap_is_remembered_though_it_was_refused(scene: Scene) -> None:
    entry = over_cap(scene)
    attempt = OverCapAttempt.objects.get()
    assert (attempt.subject, attempt.unit, attempt.stage) == (entry, scene.cast.squad, "file")
    assert attempt.at == FILED_AT
    assert InspectionFiling.objects.count() == 2, "the filing itself was rolled back"
    entry_in_journal = JournalEntry.objects.order_by("seq").last()
    assert entry_in_journal is not None
    assert entry_in_journal.action == "inspection.over_cap"
    assert RULE in entry_in_journal.body


def test_another_refusal_is_no_attempt_above_the_cap(scene: Scene) -> None:
    with pytest.raises(Refused):
        submitted_filing(scene, subject(), officers=(scene.cast.lead,))
    assert not OverCapAttempt.objects.exists()


def test_an_approval_refused_by_the_cap_is_remembered_too(scene: Scene) -> None:
    """Three are submitted before any is approved: the third approval finds the cap used up."""
    entry = subject()
    rows = [
        submitted_filing(
            scene,
            entry,
            window_from=VISIT_FROM + number * DAY,
            window_to=VISIT_TO + number * DAY,
            why_separate="事项不同",
        )
        for number in (0, 1, 2)
    ]
    approval: dict[str, Any] = {"version": None, "by": scene.cast.squad_leader, "agree": True, "at": FILED_AT}
    for row in rows[:2]:
        approve_inspection(filing_id=row.pk, **approval)
    with pytest.raises(Refused):
        approve_inspection(filing_id=rows[2].pk, **approval)
    assert [one.stage for one in OverCapAttempt.objects.all()] == ["approve"]


def test_the_months_count_what_was_done_and_what_went_round_the_rules(scene: Scene) -> None:
    over_cap(scene)
    rows = ended_visits(scene, 4)
    unscanned, urgent, secret = (one.pk for one in rows[:3])
    InspectionFiling.objects.filter(pk=unscanned).update(started_how="paper")
    InspectionFiling.objects.filter(pk=urgent).update(
        exemption="E2", exemption_reason="事故", papers_due_at=VISIT_FROM, papers_at=VISIT_FROM + timedelta(hours=1)
    )
    InspectionFiling.objects.filter(pk=secret).update(
        exemption="E4", exemption_reason="联合行动", token="", token_digest=None
    )
    february, march, april = months_of(SPRING, RATED_AT)
    assert march == MonthRow(
        date(2026, 3, 1), visits=3, on_site=3, unscanned=1, afterwards=1, late=1, over_cap=0, attempts=1
    )
    assert (february.visits, april.visits) == (0, 0)
    other = Period(SPRING.first, SPRING.last, scene.cast.other_squad)
    assert [row.visits + row.attempts for row in months_of(other, RATED_AT)] == [0, 0, 0]


def test_objects_stand_in_the_order_of_their_numbers_with_their_cap(scene: Scene) -> None:
    over_cap(scene)
    ended_visits(scene, 2)
    day = date(2026, 3, 1)
    page = visited_objects(day, VISIT_FROM)
    assert [one.object_no for one in page.rows] == sorted(one.object_no for one in page.rows)
    assert {(one.use.used, one.use.cap, one.word) for one in page.rows} == {(2, 2, "到了上限"), (1, 2, "没到上限")}
    first = visited_objects(day, VISIT_FROM, most=1)
    rest = visited_objects(day, VISIT_FROM, after=first.next_key)
    assert [*first.rows, *rest.rows] == list(page.rows)


def test_nothing_on_it_ranks_people_or_units_or_counts_fines(scene: Scene) -> None:
    """八个不得 and 五个严禁: no name of an officer, no amount, no order to choose, units by code."""
    over_cap(scene)
    ended_visits(scene, 3)
    ended_visits(scene, 1, first=4, squad=2)
    with time_machine.travel(RATED_AT, tick=False):
        text = client_of(supervisor(scene)).get("/supervision/board/").content.decode()
    names = [scene.cast.lead.full_name, scene.cast.assistant.full_name, scene.cast.outsider.full_name]
    assert [one for one in names if one in text] == []
    assert "罚款" not in text.replace("没有罚款数额：检查次数和罚款不得与考核挂钩", "").replace("也", "")
    assert "sort=" not in text
    assert "order=" not in text
    assert not {one.name for one in fields(MonthRow)} & {"fines", "amount", "officer", "user"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("deputy", 200), ("lead", 403), ("squad_leader", 403), ("reviewer", 403), ("audit_admin", 403)],
)
def test_leaders_and_the_supervisor_read_it(scene: Scene, who: str, status: int) -> None:
    assert client_of(getattr(scene.cast, who)).get("/supervision/board/").status_code == status
    assert client_of(supervisor(scene)).get("/supervision/board/").status_code == 200


def test_nobody_can_write_on_it(scene: Scene) -> None:
    client = client_of(supervisor(scene))
    assert client.post("/supervision/board/", {}).status_code == 405
    assert client.post("/supervision/board/months.csv", {}).status_code == 405


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=yesterday", "月份要写成"),
        ("from=2026-13", "月份要写成"),
        ("from=2026-05&to=2026-01", "结束月份早于开始月份"),
        ("from=2021-01&to=2026-01", "一次最多看 24 个月"),
        ("unit=nobody", "没有这个单位"),
        ("from=2026-02&to=2026-03&unit=Z1", ""),
    ],
)
def test_a_period_that_cannot_be_read_is_said(scene: Scene, query: str, words: str) -> None:
    with time_machine.travel(RATED_AT, tick=False):
        page = client_of(scene.cast.head).get(f"/supervision/board/?{query}")
    assert page.status_code == 200
    assert (words in page.content.decode()) if words else ("notice-warning" not in page.content.decode())


def test_the_files_repeat_the_page_and_hold_no_formula(scene: Scene) -> None:
    rows = ended_visits(scene, 5)
    Party.objects.filter(pk=rows[0].subject.party_id).update(name="=HYPERLINK(1)示例")
    for row in rows:
        rated(row, GOOD)
    release_ratings(by=None, at=RELEASED_AT)
    client = client_of(scene.cast.head)
    with time_machine.travel(RELEASED_AT, tick=False):
        files = {part: client.get(f"/supervision/board/{part}.csv") for part in ("months", "objects", "ratings")}
        assert client.get("/supervision/board/people.csv").status_code == 404
    tables = {part: list(csv.reader(io.StringIO(one.content.decode("utf-8-sig")))) for part, one in files.items()}
    assert [row[0] for row in tables["months"][1:]] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert tables["months"][3] == ["2026-03", "5", "5", "0", "0", "0", "0", "0"]
    assert [row[1] for row in tables["objects"] if row[0] == rows[0].subject.object_no] == ["'=HYPERLINK(1)示例"]
    assert tables["ratings"][1:] == [["2026Q1", "梨树县交通运输局执法一中队", "5", "5", "0", "5", "0", "0"]]
    assert {one["Cache-Control"] for one in files.values()} == {"private, no-store"}


def test_the_board_costs_few_statements(scene: Scene, django_assert_max_num_queries: Any) -> None:
    over_cap(scene)
    ended_visits(scene, 5)
    client = client_of(scene.cast.head)
    with time_machine.travel(RATED_AT, tick=False):
        client.get("/supervision/board/")
        with django_assert_max_num_queries(25 + 2):
            client.get("/supervision/board/")


def test_the_charts_say_their_figures(scene: Scene) -> None:
    ended_visits(scene, 2)
    chart = board.visits_chart(months_of(SPRING, RATED_AT))
    assert "3月：现场检查，扫了码 2 次" in chart.summary
