"""补录: an act done on paper counts from the paper's time and keeps both times, the reason, and one journal entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from cases.actions import investigation, spot_decision, summary
from cases.actions.late_entry import Followed, LateEntry, late_gaps
from cases.actions.summary import SceneNote
from cases.models import CasePerson, Serving, Step
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from lishu_law.registry.models import Certificate
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, Walk, case_at
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


@pytest.mark.parametrize(("minutes", "fixes"), [(19, ["late_at"]), (20, []), (21, [])])
def test_not_before_what_it_follows(minutes: int, fixes: list[str], cast: Cast) -> None:
    """Paper knows no seconds: the same minute is not before."""
    before = Followed("口头告知", SPOT_AT + timedelta(minutes=20, seconds=40), "行政处罚法第四十五条")
    case = spot_at("opened", cast).case
    found = late_gaps(case, late(minutes), SPOT_AT + timedelta(days=1), before)
    assert [one.fix for one in found] == fixes
    assert all("早于“口头告知”的时间" in one.message and one.citation for one in found)


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
    written = late().written_at
    assert entry is not None and written is not None and written.isoformat() in entry.body
    assert WHY not in entry.body  # what somebody typed can be corrected, the journal never
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


ORDER: list[tuple[str, Any, int, dict[str, Any]]] = [
    # the state before, the act, minutes after the finding at which what it follows was done
    ("identified", summary.secure_evidence, 15, {"note": SceneNote(body="现场看到车辆在路边甩客，乘客当场投诉。")}),
    ("assessed", spot_decision.tell_orally, 25, {"told": True}),
    ("told", spot_decision.hear, 45, {}),
    ("decided", spot_decision.hand_over, 65, {"receiver_name": "示例司机", "relation": "self"}),
]


@pytest.mark.parametrize(("state", "action", "minutes", "data"), ORDER)
def test_the_acts_on_the_scene_keep_their_order(
    state: str, action: Any, minutes: int, data: dict[str, Any], cast: Cast
) -> None:
    walk = spot_at(state, cast)
    walk.at += timedelta(days=1)
    with pytest.raises(Refused) as refused:
        walk.step(action, cast.lead, late=late(minutes - 1), **data)
    (found,) = refused.value.refusals
    assert found.fix == "late_at" and found.citation and "先后次序不对" in found.message
    walk.step(action, cast.lead, late=late(minutes if action is not summary.secure_evidence else minutes + 1), **data)
    assert last(walk).paper_at is not None


def test_an_act_follows_the_paper_of_the_one_before_not_its_entering(cast: Cast) -> None:
    walk = spot_at("assessed", cast)
    walk.at += timedelta(days=1)
    walk.step(spot_decision.tell_orally, cast.lead, told=True, late=late(40))
    with pytest.raises(Refused):
        walk.step(spot_decision.hear, cast.lead, late=late(39))
    walk.step(spot_decision.hear, cast.lead, late=late(40))
    record = walk.case.spot_record
    record.refresh_from_db()
    assert record.told_at <= record.heard_at < walk.at


def test_a_transcript_on_paper_is_done_when_it_ends(cast: Cast) -> None:
    walk = case_at("filed", cast)
    record = investigation.NewTranscript(
        started_at=ACT_AT, ended_at=ACT_AT + timedelta(minutes=20), place="国道303线K12+300",
        second_officer=cast.assistant, person=CasePerson.objects.get(case=walk.case), licence_shown=True, rights_told=True,
        signing="signed", body="车辆装载碎砖，没有苫盖。",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        walk.step(
            investigation.record_onscene, cast.lead, transcript=record,
            late=LateEntry(ACT_AT + timedelta(minutes=19), WHY),
        )  # fmt: skip
    assert [one.fix for one in refused.value.refusals] == ["late_at"]
    walk.step(
        investigation.record_onscene, cast.lead, transcript=record, late=LateEntry(ACT_AT + timedelta(minutes=20), WHY)
    )
    assert last(walk).paper_at == record.ended_at


@pytest.mark.parametrize(("valid_from", "valid_until", "is_lawful"), [
    (date(2026, 3, 2), date(2026, 3, 2), True),  # of the day of the paper alone: expired before it was entered
    (date(2026, 3, 3), date(2030, 1, 1), False),  # issued after the paper
    (date(2020, 1, 1), date(2026, 3, 1), False),  # expired before the paper
])  # fmt: skip
def test_the_certificate_of_the_day_of_the_paper_counts(
    valid_from: date, valid_until: date, is_lawful: bool, cast: Cast
) -> None:
    walk = spot_at("assessed", cast)
    walk.at += timedelta(days=1)
    Certificate.objects.filter(user=cast.lead).update(valid_from=valid_from, valid_until=valid_until)
    if is_lawful:
        walk.step(spot_decision.tell_orally, cast.lead, told=True, late=late())
        walk.step(spot_decision.hear, cast.lead, late=late())
        with pytest.raises(Refused, match="执法证"):  # done today it would need one of today
            walk.step(spot_decision.decide_on_spot, cast.lead)
        return
    with pytest.raises(Refused, match="执法证"):
        walk.step(spot_decision.tell_orally, cast.lead, told=True, late=late())
