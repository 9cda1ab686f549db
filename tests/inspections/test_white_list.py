"""无事不扰: left out of routine visits, and off the list by itself after a penalty, an accident, a verified complaint."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from inspections.actions.white_list import remove_fallen
from inspections.models import InspectionFiling
from lishu_law.errors import Refused
from lishu_law.registry.models import RiskTag, SubjectChange, SupervisedSubject, WhiteListing
from tests.inspections.filing_calls import finished
from tests.inspections.scenes import (
    VISIT_FROM,
    Scene,
    filed_filing,
    subject,
    submitted_filing,
)
from tests.scenarios import PARTY, case_at

TODAY = date(2026, 3, 10)
COMPLAINT = {"form": "03", "source": "complaint", "source_note": "投诉 2026-7"}


def listed(scene: Scene, entry: SupervisedSubject, *, from_on: date = date(2026, 1, 5)) -> WhiteListing:
    return WhiteListing.objects.create(
        subject=entry, from_on=from_on, to_on=from_on + timedelta(days=364), basis="示例公告", listed_by=scene.cast.head,
        listed_at=VISIT_FROM,
    )  # fmt: skip


def complained(scene: Scene, entry: SupervisedSubject, code: str) -> InspectionFiling:
    return finished(scene, filed_filing(scene, entry, **COMPLAINT), code)


def swept() -> int:
    with time_machine.travel(TODAY, tick=False):
        return remove_fallen()


def test_a_routine_visit_leaves_a_listed_object_alone(scene: Scene) -> None:
    entry = subject()
    listed(scene, entry)
    with pytest.raises(Refused) as caught:
        submitted_filing(scene, entry)
    assert [one.code for one in caught.value.refusals] == ["insp-white-list"]
    assert submitted_filing(scene, entry, law_required="示例条例第三条规定每年必须检查").pk


@pytest.mark.parametrize("source", ["complaint", "referred", "superior"])
def test_a_clue_or_a_higher_order_leads_to_a_listed_object(scene: Scene, source: str) -> None:
    entry = subject()
    listed(scene, entry)
    assert submitted_filing(scene, entry, form="03", source=source, source_note="示例 2026-7").pk


def test_a_period_that_ended_protects_no_more(scene: Scene) -> None:
    entry = subject()
    listed(scene, entry, from_on=date(2025, 3, 1))
    assert submitted_filing(scene, entry).pk


def test_who_fell_leaves_the_list_with_the_reason(scene: Scene) -> None:
    entry = subject()
    listing = listed(scene, entry)
    complained(scene, entry, "R5")
    assert swept() == 1
    listing.refresh_from_db()
    assert (listing.removed_on, listing.removal_reason, listing.removed_by) == (TODAY, "complaint", None)
    assert "JC2026-000001" in listing.removal_note
    assert SubjectChange.objects.filter(subject=entry, kind="removed", note__contains="投诉查证属实").count() == 1
    assert swept() == 0


def test_an_accident_takes_an_object_off_the_list(scene: Scene) -> None:
    entry = subject()
    listing = listed(scene, entry)
    entry.risk_tags = [RiskTag.ACCIDENT]
    entry.save()
    assert swept() == 1
    listing.refresh_from_db()
    assert (listing.removal_reason, listing.removal_note) == ("accident", "名录标记近一年发生事故，系统自动移出。")


def test_a_penalty_takes_an_object_off_the_list(scene: Scene) -> None:
    walk = case_at("decided", scene.cast, party=PARTY)
    entry = subject()
    entry.party = walk.case.party
    entry.save()
    listing = listed(scene, entry)
    with time_machine.travel(walk.case.decided_on, tick=False):
        assert remove_fallen() == 1
    listing.refresh_from_db()
    assert listing.removal_reason == "penalty"
    assert str(walk.case.case_no) in listing.removal_note


def test_who_did_nothing_stays_on_the_list(scene: Scene) -> None:
    entry = subject()
    listed(scene, entry)
    complained(scene, entry, "R1")
    assert swept() == 0
    assert WhiteListing.objects.active_on(TODAY).count() == 1
