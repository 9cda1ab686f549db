"""Filed inspections: number and code with the approval, the visit, the result, the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.models import Case, CaseOfficer, CasePerson, Evidence
from inspections import codes
from inspections.actions.filings import approve_inspection, cancel_inspection, file_inspection
from inspections.actions.findings import open_case_from_inspection
from inspections.actions.plans import register_plan
from inspections.actions.visits import NewPoint, finish_inspection, start_inspection
from inspections.models import FilingState, InspectionFiling, InspectionPlan, PointResult
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.models import SubjectStatus
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_FROM,
    VISIT_TO,
    Scene,
    end_certificate,
    filed_filing,
    filed_shift,
    finished_filing,
    new_filing,
    new_result,
    photo,
    signed_by_officers,
    signed_by_party,
    started_filing,
    subject,
    submitted_filing,
)


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def test_number_and_code_come_with_the_approval(scene: Scene) -> None:
    before = JournalEntry.objects.count()
    row = submitted_filing(scene, subject())
    assert (row.filing_no, row.token, row.token_digest, row.unit) == (None, "", None, scene.cast.squad)
    row = approve_inspection(filing_id=row.pk, version=1, by=scene.cast.deputy, agree=True, at=FILED_AT)
    row.refresh_from_db()
    assert (row.state, row.filing_no) == (FilingState.FILED, "JC-220322-2026-000001")
    assert row.token_digest == codes.digest_of(row.token)
    assert len(row.token) == 22
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == [
        "inspection.file",
        "inspection.approve",
    ]


def test_the_token_never_lies_in_the_database_in_clear(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    raw = InspectionFiling.objects.extra(select={"raw": "token"}).get()  # type: ignore[attr-defined]
    assert row.token not in raw.raw
    assert not any(row.token in entry.body for entry in JournalEntry.objects.all())


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"matters": ()}, ["insp-item-public"]),
        ({"why_on_site": ""}, ["insp-offsite-first"]),
        ({"notice_mode": "none"}, ["insp-notice"]),
        ({"source": "complaint"}, ["source-note"]),
        ({"window_to": VISIT_TO + timedelta(days=1)}, ["insp-window"]),
        ({"window_to": VISIT_TO + timedelta(days=1), "why_longer": "企业有三处场地"}, []),
        ({"window_from": FILED_AT - timedelta(hours=3), "window_to": FILED_AT}, ["insp-file-app"]),
    ],
)
def test_blocking_rules_of_a_filing(scene: Scene, changed: dict[str, Any], expected: list[str]) -> None:
    entry = subject()
    if expected:
        assert refused(lambda: submitted_filing(scene, entry, **changed)) == expected
        assert not InspectionFiling.objects.exists()
    else:
        assert submitted_filing(scene, entry, **changed).pk


def test_a_closed_business_is_not_inspected(scene: Scene) -> None:
    entry = subject()
    entry.status = SubjectStatus.CLOSED
    assert refused(lambda: submitted_filing(scene, entry)) == ["insp-object-open"]


def test_a_visit_and_a_shift_exclude_each_other(scene: Scene) -> None:
    filed_shift(scene.cast, planned_from=VISIT_FROM, planned_to=VISIT_FROM + timedelta(hours=2))
    assert refused(lambda: submitted_filing(scene, subject())) == ["insp-double-booked", "insp-double-booked"]


@pytest.mark.parametrize("who", ["lead", "assistant", "third_officer", "outsider", "checker"])
def test_who_may_not_approve(scene: Scene, who: str) -> None:
    row = submitted_filing(scene, subject())
    with pytest.raises((NotAllowed, NotFound)):
        approve_inspection(filing_id=row.pk, version=None, by=getattr(scene.cast, who), agree=True, at=FILED_AT)


def test_the_squad_leader_may_not_approve_his_own_filing(scene: Scene) -> None:
    row = file_inspection(by=scene.cast.squad_leader, filing=new_filing(scene, subject()), at=FILED_AT)
    with pytest.raises(NotAllowed) as caught:
        approve_inspection(filing_id=row.pk, version=None, by=scene.cast.squad_leader, agree=True, at=FILED_AT)
    assert caught.value.reason == "separation"


def test_start_only_when_filed_and_inside_the_window(scene: Scene) -> None:
    entry = subject()
    row = submitted_filing(scene, entry)
    start = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "how": "code"}
    assert refused(lambda: start_inspection(at=VISIT_FROM, **start)) == ["wrong-state"]
    approve_inspection(filing_id=row.pk, version=None, by=scene.cast.squad_leader, agree=True, at=FILED_AT)
    assert refused(lambda: start_inspection(at=VISIT_FROM - timedelta(seconds=1), **start)) == ["insp-window"]
    assert refused(lambda: start_inspection(at=VISIT_TO + timedelta(seconds=1), **start)) == ["insp-window"]
    assert start_inspection(at=VISIT_FROM, **start).state == FilingState.STARTED
    assert refused(lambda: start_inspection(at=VISIT_FROM, **start)) == ["wrong-state"]


def test_a_certificate_that_ended_meanwhile_stops_the_start(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    end_certificate(scene.cast.assistant, clock.local(VISIT_FROM).date() - timedelta(days=1))
    start = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "how": "code", "at": VISIT_FROM}
    assert refused(lambda: start_inspection(**start)) == ["gen-licence-valid"]


def test_the_scanned_licence_must_be_the_objects(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    start = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "how": "licence", "at": VISIT_FROM}
    assert refused(lambda: start_inspection(read_text="91220322MA0Y1C2E3N", **start)) == ["insp-scan"]
    assert start_inspection(read_text="91220322MA17ABCD2L", **start).started_at == VISIT_FROM


def test_the_result_answers_every_check_point(scene: Scene) -> None:
    row = started_filing(scene, subject())
    good = new_result(scene)
    finish = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "at": VISIT_TO}
    finish["signatures"] = (signed_by_party(scene.cast),)
    wrong = {
        "missing": replace(good, points=good.points[:1]),
        "foreign": replace(good, points=(*good.points, NewPoint(scene.matter.pk, "9", "合格"))),
        "silent": replace(good, points=(NewPoint(scene.matter.pk, "1", "不合格"), good.points[1])),
        "mild": replace(good, result_code="R1", item_code="", findings=""),
        "no item": replace(good, item_code=""),
        "unsigned": replace(good, signing="refused"),
    }
    found = {name: refused(lambda one=one: finish_inspection(result=one, **finish)) for name, one in wrong.items()}
    assert found == {
        "missing": ["insp-record"], "foreign": ["insp-record"], "silent": ["insp-point"], "mild": ["result-fits"],
        "no item": ["insp-to-case"], "unsigned": ["insp-signed"],
    }  # fmt: skip
    assert not PointResult.objects.exists()
    row = finish_inspection(result=good, **finish)
    assert (row.state, row.check_code, row.points.count()) == (FilingState.FINISHED, "JC2026-000001", 2)


def test_a_cancelled_filing_frees_its_officers_and_cannot_start(scene: Scene) -> None:
    entry = subject()
    row = filed_filing(scene, entry)
    assert refused(
        lambda: cancel_inspection(filing_id=row.pk, version=None, by=scene.cast.lead, reason=" ", at=FILED_AT)
    ) == ["cancel-reason"]
    with pytest.raises(NotAllowed):
        cancel_inspection(filing_id=row.pk, version=None, by=scene.cast.third_officer, reason="改期", at=FILED_AT)
    cancel_inspection(filing_id=row.pk, version=None, by=scene.cast.assistant, reason="改期", at=FILED_AT)
    start = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "how": "code", "at": VISIT_FROM}
    assert refused(lambda: start_inspection(**start)) == ["wrong-state"]
    assert submitted_filing(scene, entry).pk


def test_a_visit_opens_its_case_with_every_fact(scene: Scene) -> None:
    entry = subject()
    row = signed_by_officers(finished_filing(scene, entry, (photo(scene.cast.lead, "a.jpg", at=VISIT_FROM),)))
    before = JournalEntry.objects.count()
    opened_at = VISIT_FROM + timedelta(hours=3)
    case = open_case_from_inspection(filing_id=row.pk, version=row.version, by=scene.cast.lead, at=opened_at)
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == ["inspection.open_case"]
    row.refresh_from_db()
    assert row.case == case
    case = Case.objects.get()
    facts = {
        "source": "inspection", "source_note": "检查备案 JC-220322-2026-000001", "check_action_code": row.check_code,
        "act_at": row.started_at, "received_at": row.finished_at, "party": entry.party, "route": entry.address,
        "item_code": "frt-scatter", "domain": "道路货运", "unit": scene.cast.squad, "vehicle": None,
    }  # fmt: skip
    assert {name: getattr(case, name) for name in facts} == facts
    for part in (entry.address, entry.party.name, row.findings, row.measures, "示例甲、示例乙"):
        assert part in case.summary
    person = CasePerson.objects.get()
    assert (person.name, person.phone, person.employer) == ("示例厂长", "13800000001", "梨树县示例运输有限公司 厂长")
    assert [one.user for one in CaseOfficer.objects.order_by("pk")] == [scene.cast.lead, scene.cast.assistant]
    signed = row.signatures.get(signature__role="party").signature
    evidence = Evidence.objects.order_by("pk")
    assert [one.file for one in evidence] == [None, row.photos.get().file, signed.image]
    assert evidence[2].title == "检查记录上的签名（被检查人或当事人 示例厂长）"
    again = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "at": opened_at}
    assert refused(lambda: open_case_from_inspection(**again)) == ["already-filed"]


def test_a_visit_without_r9_opens_no_case(scene: Scene) -> None:
    row = started_filing(scene, subject())
    points = tuple(NewPoint(scene.matter.pk, no, "合格") for no in ("1", "2"))
    result = new_result(scene, result_code="R1", item_code="", findings="", points=points)
    finish_inspection(
        filing_id=row.pk, version=None, by=scene.cast.lead, result=result, at=VISIT_TO,
        signatures=(signed_by_party(scene.cast),),
    )  # fmt: skip
    asked = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "at": VISIT_TO}
    assert refused(lambda: open_case_from_inspection(**asked)) == ["insp-to-case"]


def test_the_third_visit_of_a_year_is_blocked_unless_a_clue_asks_for_it(scene: Scene) -> None:
    entry = subject()
    for days in (0, 40):
        later = {"window_from": VISIT_FROM + timedelta(days=days), "window_to": VISIT_TO + timedelta(days=days)}
        filed_filing(scene, entry, **later)
    third = {"window_from": VISIT_FROM + timedelta(days=80), "window_to": VISIT_TO + timedelta(days=80)}
    assert refused(lambda: submitted_filing(scene, entry, **third)) == ["insp-frequency"]
    clue = {**third, "form": "03", "source": "complaint", "source_note": "投诉 2026-7"}
    assert refused(lambda: submitted_filing(scene, entry, **clue)) == ["insp-frequency"]
    assert submitted_filing(scene, entry, **clue, over_cap_reason="实名举报，需现场核实").pk


def test_the_approval_reserves_the_visit_of_the_cap(scene: Scene) -> None:
    entry = subject()
    rows = [
        submitted_filing(
            scene, entry, window_from=VISIT_FROM + timedelta(days=days), window_to=VISIT_TO + timedelta(days=days)
        )
        for days in (0, 40, 80)
    ]
    for row in rows[:2]:
        approve_inspection(filing_id=row.pk, version=1, by=scene.cast.deputy, agree=True, at=FILED_AT)
    third = {"filing_id": rows[2].pk, "version": 1, "by": scene.cast.deputy, "agree": True, "at": FILED_AT}
    assert refused(lambda: approve_inspection(**third)) == ["insp-frequency"]


def test_without_a_published_plan_no_routine_visit(scene: Scene) -> None:
    InspectionPlan.objects.all().delete()
    assert refused(lambda: submitted_filing(scene, subject())) == ["insp-plan"]


def test_a_plan_is_registered_once_and_by_a_leader(scene: Scene) -> None:
    again = {"year": 2026, "document_no": "示例", "published_on": FILED_AT.date(), "at": FILED_AT}
    assert refused(lambda: register_plan(by=scene.cast.head, **again)) == ["insp-plan"]
    with pytest.raises(NotAllowed):
        register_plan(by=scene.cast.lead, **{**again, "year": 2027})
