"""补录: an act done on paper counts from the paper's time and keeps both times, the reason, and one journal entry."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from cases.actions import spot_decision, summary
from cases.actions.late_entry import LateEntry, late_gaps
from cases.actions.summary import SceneNote
from cases.models import Serving, Step
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from tests.cast import Cast, make_cast
from tests.scenarios import Walk
from tests.spot_scenes import SPOT_AT, spot_at

WHY = "现场没有网络"


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.DEMO = True
    return make_cast()


def late(minutes: int = 30, reason: str = WHY) -> LateEntry:
    return LateEntry(SPOT_AT + timedelta(minutes=minutes), reason)


@pytest.mark.parametrize(
    ("written", "reason", "fixes"),
    [
        (SPOT_AT, WHY, []),
        (SPOT_AT + timedelta(days=1), WHY, []),
        (SPOT_AT - timedelta(minutes=1), WHY, ["late_at"]),
        (SPOT_AT + timedelta(days=1, minutes=1), WHY, ["late_at"]),
        (None, WHY, ["late_at"]),
        (SPOT_AT, " 无 ", ["late_reason"]),
        (None, "", ["late_at", "late_reason"]),
    ],
)
def test_both_times_and_a_reason(written: datetime | None, reason: str, fixes: list[str], cast: Cast) -> None:
    case = spot_at("opened", cast).case
    assert [one.fix for one in late_gaps(case, LateEntry(written, reason), SPOT_AT + timedelta(days=1))] == fixes


def last(walk: Walk) -> Step:
    found = walk.case.steps.order_by("pk").last()
    assert found is not None
    return found


def done_late(walk: Walk, action: Any, cast: Cast, **data: Any) -> Step:
    """One act entered a day later; exactly one journal entry tells of it."""
    walk.at += timedelta(days=1)
    before = JournalEntry.objects.count()
    walk.step(action, cast.lead, late=late(), **data)
    assert JournalEntry.objects.count() == before + 1
    entry = JournalEntry.objects.order_by("pk").last()
    assert entry is not None and f'"paper_reason":"{WHY}"' in entry.body.replace(": ", ":")
    step = last(walk)
    assert (step.paper_at, step.paper_reason, step.at) == (late().written_at, WHY, walk.at)
    return step


def test_the_scene_counts_from_the_paper(cast: Cast) -> None:
    walk = spot_at("identified", cast)
    done_late(walk, summary.secure_evidence, cast, note=SceneNote(body="现场看到车辆在路边甩客，乘客当场投诉。"))
    assert walk.case.evidence.get(transcript__kind="onscene").transcript.ended_at == late().written_at


def test_what_was_told_and_heard_counts_from_the_paper(cast: Cast) -> None:
    walk = spot_at("assessed", cast)
    done_late(walk, spot_decision.tell_orally, cast, told=True)
    done_late(walk, spot_decision.hear, cast)
    record = walk.case.spot_record
    record.refresh_from_db()
    assert (record.told_at, record.heard_at) == (late().written_at, late().written_at)


def test_handing_over_was_when_the_paper_says(cast: Cast) -> None:
    walk = spot_at("decided", cast)
    at = walk.at
    paper = LateEntry(at, WHY)
    walk.at += timedelta(days=1)
    walk.step(spot_decision.hand_over, cast.lead, receiver_name="示例司机", relation="self", late=paper)
    serving = Serving.objects.get(case=walk.case)
    assert (serving.served_at, serving.recorded_at) == (at, walk.at)
    assert serving.effective_on == clock.local(at).date()


def test_a_faulty_late_entry_changes_nothing(cast: Cast) -> None:
    walk = spot_at("assessed", cast)
    before = (walk.case.version, Step.objects.count())
    with pytest.raises(Refused) as refused:
        walk.step(spot_decision.tell_orally, cast.lead, told=True, late=LateEntry(None, ""))
    assert {one.fix for one in refused.value.refusals} == {"late_at", "late_reason"}
    walk.case.refresh_from_db()
    assert (walk.case.version, Step.objects.count()) == before


def test_the_database_keeps_time_and_reason_together(cast: Cast) -> None:
    walk = spot_at("opened", cast)
    with pytest.raises(IntegrityError, match="step_late_says_why"):
        walk.case.steps.update(paper_reason="只有理由")
