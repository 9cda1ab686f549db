"""Ways of a filing beside the straight one: urgent, late, secret (standards/inspection.md §3.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from inspections import permissions
from inspections.actions.filings import NewFiling, approve_inspection, file_inspection
from inspections.actions.findings import open_case_from_inspection
from inspections.actions.urgent import UrgentReport, report_urgent
from inspections.models import FilingState, InspectionFiling
from inspections.queries.caps import used_visits
from inspections.queries.exchange import exchange_facts
from inspections.queries.officers import bookings
from inspections.queries.owed import notable_filings, owed
from inspections.queries.records import approval_keys, list_filings, open_filing
from inspections.queries.subjects import open_subject
from inspections.queries.visits import visits_nearby
from lishu_law.errors import NotFound
from lishu_law.registry.models import SupervisedSubject
from tests.inspections.filing_calls import CLUE, DAY, HOUR, finished, refused, who
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_FROM,
    VISIT_TO,
    Scene,
    filed_filing,
    new_filing,
    subject,
    submitted_filing,
)

REASON = "货车侧翻，装载物泄漏，不立即检查证据会灭失"


# E2, urgent


def reported(scene: Scene, entry: SupervisedSubject, **changed: Any) -> InspectionFiling:
    report = UrgentReport(
        subject=entry, matters=(scene.matter,), officers=(scene.cast.lead, scene.cast.assistant), began_at=FILED_AT,
        reason=REASON,
    )  # fmt: skip
    return report_urgent(by=scene.cast.lead, report=replace(report, **changed), at=FILED_AT + timedelta(minutes=5))


def papers(scene: Scene, entry: SupervisedSubject, **changed: Any) -> NewFiling:
    given = {
        "form": "03", "category": "06", "source": "emergency", "exemption": "E2", "exemption_reason": REASON,
        "window_from": FILED_AT, "window_to": FILED_AT + 3 * HOUR, "notice_mode": "none",
        "notice_ground": "紧急情况，来不及提前通知", "why_on_site": "要看事故现场",
    }  # fmt: skip
    return new_filing(scene, entry, **{**given, **changed})


def test_an_urgent_visit_runs_at_once_and_is_filed_and_approved_afterwards(scene: Scene) -> None:
    entry = subject()
    row = reported(scene, entry)
    assert (row.state, row.started_at, row.papers_due_at) == (FilingState.STARTED, FILED_AT, FILED_AT + 24 * HOUR)
    assert (row.filing_no, row.approved_at, row.papers_at) == (None, None, None)
    again = who(row, scene.cast.lead)
    assert refused(lambda: approve_inspection(**who(row, scene.cast.deputy), agree=True, at=FILED_AT + HOUR)) == [
        "wrong-state"
    ]
    row = file_inspection(filing=papers(scene, entry), at=FILED_AT + 2 * HOUR, **again)
    assert (row.state, row.papers_at) == (FilingState.STARTED, FILED_AT + 2 * HOUR)
    assert [one.key for one in approval_keys(scene.cast.deputy)] == [row.reference]
    row = approve_inspection(**who(row, scene.cast.deputy), agree=True, opinion="同意", at=FILED_AT + 4 * HOUR)
    assert (row.state, row.filing_no, row.token) == (FilingState.STARTED, "JC-220322-2026-000001", "")
    assert [one.title for one in row.steps.all()] == ["紧急报告", "补办备案", "事后批准"]
    done = finished(scene, row, at=FILED_AT + 5 * HOUR)
    assert done.state == FilingState.FINISHED


def test_the_desk_reminds_of_the_papers_until_they_are_in(scene: Scene) -> None:
    entry = subject()
    row = reported(scene, entry)
    found = list(owed(scene.cast.assistant, FILED_AT + HOUR))
    assert [(one.title, one.reference, one.ends_at) for one in found] == [
        ("补办紧急检查的备案", row.reference, FILED_AT + 24 * HOUR)
    ]
    assert found[0].light is not None and "还剩 23 小时" in found[0].light.text
    assert "已超期" in next(owed(scene.cast.lead, FILED_AT + 25 * HOUR)).light.text  # type: ignore[union-attr]
    file_inspection(**who(row, scene.cast.lead), filing=papers(scene, entry), at=FILED_AT + 2 * HOUR)
    assert list(owed(scene.cast.lead, FILED_AT + 3 * HOUR)) == []


def test_late_papers_need_a_reason_and_are_shown_to_supervision(scene: Scene) -> None:
    entry = subject()
    row = reported(scene, entry)
    late = FILED_AT + 24 * HOUR + timedelta(seconds=1)
    assert notable_filings(scene.cast.deputy, FILED_AT + HOUR).count() == 0
    assert [one.pk for one in notable_filings(scene.cast.deputy, late)] == [row.pk]
    again = who(row, scene.cast.lead)
    assert refused(lambda: file_inspection(filing=papers(scene, entry), at=late, **again)) == ["insp-exempt-papers"]
    given = papers(scene, entry, late_reason="连夜处置事故")
    assert file_inspection(filing=given, at=late, **again).late_reason == "连夜处置事故"
    assert [one.pk for one in notable_filings(scene.cast.deputy, late)] == [row.pk]


def test_papers_sent_back_are_handed_in_again_and_the_visit_goes_on(scene: Scene) -> None:
    entry = subject()
    row = reported(scene, entry)
    file_inspection(**who(row, scene.cast.lead), filing=papers(scene, entry), at=FILED_AT + HOUR)
    back = who(row, scene.cast.deputy)
    assert refused(lambda: approve_inspection(agree=False, at=FILED_AT + 2 * HOUR, **back)) == ["return-reason"]
    row = approve_inspection(agree=False, opinion="请写清现场位置", at=FILED_AT + 2 * HOUR, **back)
    assert (row.state, row.papers_at) == (FilingState.STARTED, None)
    again = file_inspection(**who(row, scene.cast.lead), filing=papers(scene, entry), at=FILED_AT + 3 * HOUR)
    assert again.papers_at == FILED_AT + 3 * HOUR


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"reason": " "}, "insp-exempt-reason"), ({"began_at": FILED_AT + DAY}, "insp-exempt-begun"),
        ({"began_at": FILED_AT - 2 * DAY}, "insp-exempt-papers"), ({"matters": ()}, "insp-item-public"),
    ],
)  # fmt: skip
def test_what_an_urgent_report_must_say(scene: Scene, changed: dict[str, Any], expected: str) -> None:
    entry = subject()
    assert refused(lambda: reported(scene, entry, **changed)) == [expected]
    assert refused(lambda: reported(scene, entry, officers=(scene.cast.lead,))) == ["gen-two-officers"]
    assert not InspectionFiling.objects.exists()


def test_a_complaint_is_no_emergency(scene: Scene) -> None:
    given = papers(scene, subject(), source="complaint", source_note="投诉 2026-7")
    assert refused(lambda: file_inspection(by=scene.cast.lead, filing=given, at=FILED_AT + HOUR)) == [
        "insp-exempt-only"
    ]


# E3, failure


@pytest.mark.parametrize(
    ("hours", "late_reason", "expected"),
    [
        (72, "", []), (73, "", ["insp-exempt-papers"]), (73, "通信恢复晚", []), (240, "通信恢复晚", []),
        (241, "通信恢复晚", ["insp-exempt-papers"]),
    ],
)  # fmt: skip
def test_a_failure_is_entered_within_72_hours_and_never_after_ten_days(
    scene: Scene, hours: int, late_reason: str, expected: list[str]
) -> None:
    given = new_filing(
        scene, subject(), window_from=FILED_AT, window_to=FILED_AT + HOUR, exemption="E3",
        exemption_reason="县域网络中断", late_reason=late_reason,
    )  # fmt: skip
    call = {"by": scene.cast.lead, "filing": given, "at": FILED_AT + hours * HOUR}
    if expected:
        assert refused(lambda: file_inspection(**call)) == expected
        return
    row = file_inspection(**call)
    assert (row.state, row.started_at, row.approved_at) == (FilingState.STARTED, FILED_AT, None)
    row = approve_inspection(**who(row, scene.cast.squad_leader), agree=True, at=call["at"] + HOUR)
    assert row.filing_no == "JC-220322-2026-000001"


# E4, secret


def secret(scene: Scene, entry: SupervisedSubject, **changed: Any) -> InspectionFiling:
    row = submitted_filing(
        scene, entry, **{**CLUE, "exemption": "E4", "exemption_reason": "联合行动函 1 号", **changed}
    )
    return approve_inspection(**who(row, scene.cast.head), agree=True, at=FILED_AT + timedelta(minutes=5))


def test_nobody_else_finds_a_secret_visit(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    row = secret(scene, entry)
    for other in (cast.third_officer, cast.squad_leader, cast.deputy, cast.outsider, cast.checker):
        with pytest.raises(NotFound):
            open_filing(other, row.reference)
        assert list_filings(other).rows == []
        assert permissions.visible_filings(other).count() == 0
        assert approval_keys(other) == []
    assert row.token == "" and row.token_digest is None
    row = finished(scene, row)
    assert exchange_facts(str(row.check_code)) is None
    assert used_visits(date(2026, 3, 4), VISIT_TO) == {}
    assert visits_nearby(entry, VISIT_FROM, FILED_AT) == []
    opened = open_subject(entry.object_no)
    assert (opened.last_check, opened.checks_this_year) == (None, 0)
    labels = {one.label for one in bookings([cast.lead], VISIT_FROM, VISIT_TO)}
    assert labels == {"另一项任务"}
    InspectionFiling.objects.filter(pk=row.pk).update(is_over_cap=True)
    assert notable_filings(cast.deputy, VISIT_TO).count() == 0
    assert permissions.supervised_filings(cast.deputy).count() == 0


def test_the_case_of_a_secret_visit_names_neither_its_number_nor_its_code(scene: Scene) -> None:
    row = secret(scene, subject())
    row = finished(scene, row)
    case = open_case_from_inspection(**who(row, scene.cast.lead), at=VISIT_TO + HOUR)
    assert (case.check_action_code, case.source_note) == ("", "")
    written = case.summary + "".join(case.evidence.values_list("title", flat=True))
    assert str(row.filing_no) not in written
    assert str(row.check_code) not in written


def test_those_in_it_the_head_and_the_legal_section_see_a_secret_visit(scene: Scene) -> None:
    row = secret(scene, subject())
    for one in (scene.cast.lead, scene.cast.assistant, scene.cast.head, scene.cast.reviewer):
        assert open_filing(one, row.reference).filing == row
        assert [found.pk for found in list_filings(one).rows] == [row.pk]


def test_only_the_head_approves_a_secret_visit_and_it_says_why(scene: Scene) -> None:
    entry = subject()
    plain = {**CLUE, "exemption": "E4"}
    assert refused(lambda: submitted_filing(scene, entry, **plain)) == ["insp-exempt-reason"]
    row = submitted_filing(scene, entry, **plain, exemption_reason="联合行动函 1 号")
    with pytest.raises(NotFound):
        approve_inspection(**who(row, scene.cast.deputy), agree=True, at=FILED_AT)
    assert [one.key for one in approval_keys(scene.cast.head)] == [row.reference]
    assert approve_inspection(**who(row, scene.cast.head), agree=True, at=FILED_AT).filing_no


@pytest.mark.parametrize(("days", "told"), [(30, True), (-30, True), (31, False), (-31, False)])
def test_a_visit_is_near_up_to_thirty_days(scene: Scene, days: int, told: bool) -> None:
    entry = subject()
    row = filed_filing(scene, entry)
    around = VISIT_FROM - timedelta(days=days)
    assert visits_nearby(entry, around, FILED_AT) == ([row.filing_no] if told else [])
