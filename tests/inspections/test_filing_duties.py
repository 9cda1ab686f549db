"""The cap, joined visits, who approves, what is remembered, visits outside the county and after a bad rating."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connections

from inspections.actions.delegations import NewDelegation, delegate_approval, end_delegation
from inspections.actions.filing_notes import consent_to_inspection, record_justice_filing, record_provincial_number
from inspections.actions.filings import approve_inspection, cancel_inspection, file_inspection
from inspections.models import FilingState, InspectionFiling
from inspections.queries.caps import cap_use
from inspections.queries.owed import notable_filings, owed
from inspections.queries.records import approval_keys
from inspections.rules import AssistantFacts
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.models import OfficerConflict
from tests.inspections.filing_calls import CLUE, DAY, days_later, finished, refused, who
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_TO,
    Scene,
    filed_filing,
    new_filing,
    subject,
    submitted_filing,
)

# the cap


def test_a_cancelled_visit_gives_its_place_back(scene: Scene) -> None:
    entry = subject()
    rows = [filed_filing(scene, entry, **days_later(days)) for days in (0, 40)]
    day = date(2026, 3, 4)
    assert cap_use(entry, day, FILED_AT).is_reached
    cancel_inspection(**who(rows[0], scene.cast.lead), reason="改期", at=FILED_AT)
    assert cap_use(entry, day, FILED_AT).used == 1
    assert filed_filing(scene, entry, **days_later(80)).pk


def test_a_visit_that_passed_unused_gives_its_place_back(scene: Scene) -> None:
    entry = subject()
    filed_filing(scene, entry)
    day = date(2026, 3, 4)
    assert cap_use(entry, day, VISIT_TO).used == 1
    assert cap_use(entry, day, VISIT_TO + timedelta(seconds=1)).used == 0


def test_rechecks_and_ordered_campaigns_have_a_code_of_their_own(scene: Scene) -> None:
    entry = subject()
    ordered = {"form": "02", "source": "superior", "source_note": "示例文〔2026〕1号"}
    for days, changed, code in ((0, ordered, "N1"), (40, {"source": "recheck"}, "N2"), (80, CLUE, "C")):
        row = submitted_filing(scene, entry, **days_later(days), **changed)
        row = approve_inspection(**who(row, scene.cast.deputy), agree=True, at=FILED_AT)
        assert row.cap_effect == code
    assert cap_use(entry, date(2026, 3, 4), FILED_AT).used == 1


def test_above_the_cap_a_clue_is_marked_for_supervision(scene: Scene) -> None:
    entry = subject()
    for days in (0, 40):
        assert not filed_filing(scene, entry, **days_later(days)).is_over_cap
    row = filed_filing(scene, entry, **days_later(80), **CLUE, over_cap_reason="实名举报，需现场核实")
    assert row.is_over_cap
    assert [one.pk for one in notable_filings(scene.cast.deputy, FILED_AT)] == [row.pk]


def test_joined_visits_count_as_one(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    first = filed_filing(scene, entry)
    others = {"officers": (cast.third_officer, cast.outsider), "joins": first}
    assert refused(lambda: submitted_filing(scene, entry, **others, **days_later(1))) == ["insp-joins"]
    second = submitted_filing(scene, entry, **others)
    approve_inspection(**who(second, cast.deputy), agree=True, at=FILED_AT)
    assert cap_use(entry, date(2026, 3, 4), FILED_AT).used == 1
    cancel_inspection(**who(first, cast.lead), reason="改由另一组检查", at=FILED_AT)
    assert cap_use(entry, date(2026, 3, 4), FILED_AT).used == 1


def test_a_joint_visit_names_the_other_units(scene: Scene) -> None:
    entry = subject()
    assert refused(lambda: submitted_filing(scene, entry, category="04")) == ["insp-joint-units"]
    row = submitted_filing(scene, entry, category="04", joint_units=("示例县市场监督管理局",))
    assert row.joint_units == ["示例县市场监督管理局"]


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_cannot_both_take_the_last_visit(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    filed_filing(scene, entry)
    rows = [
        submitted_filing(scene, entry, **days_later(40)),
        submitted_filing(scene, entry, officers=(cast.third_officer, cast.outsider), **days_later(80)),
    ]
    ready, found = threading.Barrier(2), []

    def approve(row: InspectionFiling) -> None:
        try:
            ready.wait()
            approve_inspection(**who(row, cast.deputy), agree=True, at=FILED_AT)
            found.append("filed")
        except Refused as refusal:
            found.append(refusal.refusals[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=(row,)) for row in rows]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == ["filed", "insp-frequency"]
    assert cap_use(entry, date(2026, 3, 4), FILED_AT).used == 2


# who approves


def test_a_campaign_is_approved_by_a_leader_of_the_bureau(scene: Scene) -> None:
    given = {"form": "02", "source": "superior", "source_note": "示例文〔2026〕1号"}
    row = submitted_filing(scene, subject(), **given)
    squad = who(row, scene.cast.squad_leader)
    assert refused(lambda: approve_inspection(agree=True, at=FILED_AT, **squad)) == ["insp-approve-level"]
    assert approve_inspection(**who(row, scene.cast.deputy), agree=True, at=FILED_AT).filing_no


@time_machine.travel(FILED_AT, tick=False)
def test_a_delegate_approves_while_the_delegation_holds(scene: Scene) -> None:
    cast = scene.cast
    row = submitted_filing(scene, subject())
    today = clock.local(FILED_AT).date()
    with pytest.raises(NotAllowed):
        approve_inspection(**who(row, cast.third_officer), agree=True, at=FILED_AT)
    given = NewDelegation(cast.squad, cast.third_officer, "示例委托〔2026〕1号", today, today)
    with pytest.raises(NotAllowed):
        delegate_approval(by=cast.third_officer, given=given)
    held = delegate_approval(by=cast.squad_leader, given=given)
    end_delegation(by=cast.squad_leader, delegation_id=held.pk)
    with pytest.raises(NotAllowed):
        approve_inspection(**who(row, cast.third_officer), agree=True, at=FILED_AT)
    delegate_approval(by=cast.deputy, given=given)
    assert [one.key for one in approval_keys(cast.third_officer)] == [row.reference]
    approve_inspection(**who(row, cast.third_officer), agree=True, opinion="同意", at=FILED_AT)
    assert row.steps.get(title="批准备案").note == "受委托审批（示例委托〔2026〕1号）。同意"


def test_a_squad_leader_delegates_for_the_own_unit_only(scene: Scene) -> None:
    cast, today = scene.cast, clock.today()
    given = NewDelegation(cast.other_squad, cast.outsider, "示例委托〔2026〕1号", today, today)
    with pytest.raises(NotAllowed):
        delegate_approval(by=cast.squad_leader, given=given)
    wrong = replace(given, unit=cast.squad, document=" ", to_on=today - DAY)
    assert refused(lambda: delegate_approval(by=cast.squad_leader, given=wrong)) == [
        "delegation-document", "delegation-period", "delegation-period",
    ]  # fmt: skip


# what a filing remembers


def test_the_answers_of_every_rule_are_kept_with_the_submission(scene: Scene) -> None:
    entry = subject()
    filed_filing(scene, entry)
    helpers = (AssistantFacts("示例丁", "示例检测公司", "操作检测仪器"),)
    row = submitted_filing(scene, entry, **days_later(10), why_separate="两次检查的季节不同", assistants=helpers)
    kept = {one["rule"]: one for one in row.steps.get().results}
    assert kept["insp-merge"] == {"rule": "insp-merge", "passed": True, "answer": "两次检查的季节不同"}
    assert {"insp-two", "insp-item-public", "insp-frequency", "insp-white-list", "insp-recusal"} <= set(kept)
    assert all(one["passed"] for one in kept.values())
    assert [str(one) for one in row.assistants.all()] == ["示例丁（示例检测公司）"]


def test_whoever_stays_out_of_an_objects_affairs_does_not_inspect_it(scene: Scene) -> None:
    entry = subject()
    OfficerConflict.objects.create(
        user=scene.cast.assistant, party=entry.party, reason="relative", from_on=date(2026, 1, 1)
    )
    assert refused(lambda: submitted_filing(scene, entry)) == ["insp-recusal"]
    assert submitted_filing(scene, entry, officers=(scene.cast.lead, scene.cast.third_officer)).pk


def test_without_a_draw_no_visit_by_lot(scene: Scene) -> None:
    entry = subject()
    assert refused(lambda: submitted_filing(scene, entry, source="draw", category="01")) == ["insp-drawn"]
    assert refused(lambda: submitted_filing(scene, entry, category="01")) == ["insp-drawn"]


# outside the county


def test_a_visit_outside_the_county_has_a_letter_and_is_filed_with_the_justice_bureau(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    entry.area_code = "220303"
    entry.save()
    assert refused(lambda: submitted_filing(scene, entry)) == ["insp-crossregion"]
    row = filed_filing(scene, entry, assistance_letter="协函〔2026〕1号")
    number = {"number": "司备〔2026〕3号", "filed_on": date(2026, 3, 10)}
    note = who(row, cast.reviewer)
    assert refused(lambda: record_justice_filing(**note, **number, at=VISIT_TO + 6 * DAY)) == ["insp-crossregion"]
    finished(scene, row, "R1")
    duties = [(one.title, one.url_name) for one in owed(cast.reviewer, VISIT_TO + DAY)]
    assert duties == [("登记异地检查备案", "filing-crossregion")]
    wrong = {**number, "filed_on": date(2026, 3, 3)}
    assert refused(lambda: record_justice_filing(**note, **wrong, at=VISIT_TO + 6 * DAY)) == ["insp-crossregion"]
    row = record_justice_filing(**note, **number, at=VISIT_TO + 6 * DAY)
    assert (row.justice_filing_no, row.justice_recorded_by) == ("司备〔2026〕3号", cast.reviewer)
    assert list(owed(cast.reviewer, VISIT_TO + 7 * DAY)) == []


def test_the_number_of_the_provincial_system_is_kept(scene: Scene) -> None:
    entry = subject()
    row = submitted_filing(scene, entry)
    given = {**who(row, scene.cast.lead), "number": "JL-2026-77"}
    assert refused(lambda: record_provincial_number(**given)) == ["wrong-state"]
    approve_inspection(**who(row, scene.cast.deputy), agree=True, at=FILED_AT)
    with pytest.raises(NotAllowed):
        record_provincial_number(**{**given, "by": scene.cast.third_officer})
    assert record_provincial_number(**given).provincial_filing_no == "JL-2026-77"


# after a bad rating


def test_a_new_individual_visit_soon_after_a_rated_one_needs_the_legal_section(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    first = filed_filing(scene, entry)
    finished(scene, first)
    soon = VISIT_TO + 10 * DAY
    given = {**days_later(12), **CLUE}
    row = file_inspection(by=cast.lead, filing=new_filing(scene, entry, **given), at=soon)
    approve = {**who(row, cast.deputy), "agree": True, "at": soon}
    assert refused(lambda: approve_inspection(**approve)) == ["insp-retaliation"]
    assert [one.url_name for one in owed(cast.reviewer, soon)] == ["filing-consent"]
    consent = {**who(row, cast.reviewer), "agree": True, "at": soon}
    assert refused(lambda: consent_to_inspection(note=" ", **consent)) == ["consent-note"]
    with pytest.raises(NotAllowed):
        consent_to_inspection(**{**consent, "by": cast.deputy}, note="同意")
    before = JournalEntry.objects.count()
    consent_to_inspection(note="举报与前次检查无关", **consent)
    assert JournalEntry.objects.count() == before + 1
    assert list(owed(cast.reviewer, soon)) == []
    assert approve_inspection(**approve).filing_no


def test_an_urgent_visit_soon_after_another_needs_the_legal_section_too(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    first = filed_filing(scene, entry)
    finished(scene, first)
    began = VISIT_TO + 5 * DAY
    row = file_inspection(
        by=cast.lead, at=began + timedelta(hours=1),
        filing=new_filing(
            scene, entry, form="03", source="emergency", exemption="E2", exemption_reason="货车侧翻", window_from=began,
            window_to=began + timedelta(hours=3),
        ),
    )  # fmt: skip
    now = began + timedelta(hours=2)
    approve = {**who(row, cast.deputy), "agree": True, "at": now}
    assert refused(lambda: approve_inspection(**approve)) == ["insp-retaliation"]
    assert [one.url_name for one in owed(cast.reviewer, now)] == ["filing-consent"]
    consent_to_inspection(**who(row, cast.reviewer), agree=True, note="事故属实", at=now)
    assert approve_inspection(**approve).filing_no


def test_the_legal_section_sends_a_visit_back(scene: Scene) -> None:
    row = submitted_filing(scene, subject(), **CLUE)
    row = consent_to_inspection(**who(row, scene.cast.reviewer), agree=False, note="没有新的线索", at=FILED_AT)
    assert (row.state, row.opinion) == (FilingState.RETURNED, "法制机构不同意：没有新的线索")


def test_long_after_a_visit_nobody_needs_to_consent(scene: Scene) -> None:
    cast, entry = scene.cast, subject()
    first = filed_filing(scene, entry)
    finished(scene, first)
    later = VISIT_TO + 46 * DAY
    row = file_inspection(by=cast.lead, filing=new_filing(scene, entry, **days_later(48), **CLUE), at=later)
    assert approve_inspection(**who(row, cast.deputy), agree=True, at=later).filing_no
