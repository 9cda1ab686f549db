"""The result is told, and its clock (insp-result-tell)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from paper_scenes import FINISHED, WRITTEN_AT, finished, identity, made, telling

from inspections.actions.documents import make_paper, tell_result
from inspections.actions.pending import NewEnd, end_pending
from inspections.actions.visits import NewOrder
from inspections.models import InspectionFiling, ResultTelling
from inspections.queries.papers import next_result, results_due
from inspections.queries.visit_tasks import visit_tasks
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from lishu_law.law.lights import LightState
from tests.inspections.scenes import Scene, finished_filing, signed_by_officers, started_filing, subject


def refused(scene: Scene, filing: InspectionFiling, **changed: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        tell_result(**identity(scene, filing), telling=telling(**changed))
    return [(one.code, one.fix) for one in caught.value.refusals]


def test_the_result_is_told_within_five_working_days(scene: Scene) -> None:
    """Finished on Wednesday 4 March 2026: the fifth working day is Wednesday the 11th."""
    filing = finished(scene)
    due = next_result(filing, date(2026, 3, 4))
    assert due is not None
    assert (due.due.due, due.telling) == (date(2026, 3, 11), None)
    late = next_result(filing, date(2026, 3, 12))
    assert late is not None
    assert late.light.state == LightState.OVERDUE
    made(scene, filing, "inspection_result")
    tell_result(**identity(scene, filing), telling=telling())
    done = next_result(filing, date(2026, 3, 12))
    assert done is not None
    assert done.light.state == LightState.DONE


def test_a_late_telling_is_recorded_as_late(scene: Scene) -> None:
    filing = finished(scene)
    made(scene, filing, "inspection_result")
    late = FINISHED + timedelta(days=9)
    who = {**identity(scene, filing), "at": late + timedelta(hours=1)}
    row = tell_result(**who, telling=telling(way="post", told_at=late, note="邮政快递 示例单号"))
    assert row.document.code == "inspection_result"
    due = next_result(filing, date(2026, 3, 20))
    assert due is not None
    assert due.light.state == LightState.DONE_LATE


def test_before_the_end_there_is_no_clock_and_nothing_to_tell(scene: Scene) -> None:
    filing = started_filing(scene, subject())
    assert next_result(filing, date(2026, 3, 4)) is None
    assert refused(scene, filing) == [("paper-state", "")]


def test_telling_needs_the_paper_and_happens_once(scene: Scene) -> None:
    filing = finished(scene)
    assert refused(scene, filing) == [("insp-result-tell", "paper")]
    made(scene, filing, "inspection_result")
    assert refused(scene, filing, way="left") == [("insp-result-tell", "note"), ("insp-result-tell", "witness_name")]
    told = {"way": "left", "note": "门卫拒收"}
    for name in ("示例甲", telling().receiver):  # an officer of the visit; who refused to take it
        assert refused(scene, filing, **told, witness_name=name) == [("insp-result-tell", "witness_name")]
    before = JournalEntry.objects.count()
    tell_result(**identity(scene, filing), telling=telling(way="left", note="门卫拒收", witness_name="示例庚"))
    assert JournalEntry.objects.count() == before + 1
    assert refused(scene, filing) == [("paper-once", "")]
    assert ResultTelling.objects.count() == 1


@pytest.mark.parametrize(
    "broken",
    [{"way": "left", "note": "拒收", "witness_name": ""}, {"way": "post", "note": ""}, {"recorded_at": FINISHED}],
)
def test_the_database_keeps_what_shows_the_telling(scene: Scene, broken: dict[str, Any]) -> None:
    filing = finished(scene)
    paper = made(scene, filing, "inspection_result")
    good = {
        **vars(telling()),
        "filing": filing,
        "document": paper,
        "recorded_at": WRITTEN_AT,
        "recorded_by": scene.cast.lead,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultTelling.objects.create(**{**good, **broken})


def test_the_desk_asks_until_the_result_is_told(scene: Scene) -> None:
    filing = finished(scene)
    (task,) = [one for one in visit_tasks(scene.cast.lead, date(2026, 3, 10)) if one.kind == "tell"]
    assert (task.reference, task.due) == (filing.reference, date(2026, 3, 11))
    assert task.light is not None
    assert task.light.state == LightState.URGENT
    made(scene, filing, "inspection_result")
    tell_result(**identity(scene, filing), telling=telling())
    assert "tell" not in [one.kind for one in visit_tasks(scene.cast.lead, date(2026, 3, 10))]


# --- a result that was left open is told again when it has ended ---

ENDED_AT = FINISHED + timedelta(days=20)  # Tuesday 24 March 2026


def left_open(scene: Scene) -> InspectionFiling:
    filing = signed_by_officers(finished_filing(scene, subject(), result_code="R8", item_code=""))
    filing.refresh_from_db()
    return filing


def ended(scene: Scene, filing: InspectionFiling) -> InspectionFiling:
    order = NewOrder("配齐苫布", due_on=date(2026, 4, 3))
    who = {**identity(scene, filing), "at": ENDED_AT}
    end_pending(**who, end=NewEnd("R5", "核实确有两辆车没有苫布", order=order))
    filing.refresh_from_db()
    return filing


def told_again(scene: Scene, filing: InspectionFiling, **changed: Any) -> ResultTelling:
    given: dict[str, Any] = {"way": "in_person", "told_at": ENDED_AT + timedelta(hours=2), **changed}
    return tell_result(**{**identity(scene, filing), "at": ENDED_AT + timedelta(days=12)}, telling=telling(**given))


def kinds(scene: Scene, day: date) -> list[str]:
    return sorted(one.kind for one in visit_tasks(scene.cast.lead, day))


def test_a_result_left_open_is_told_again_when_it_has_ended(scene: Scene) -> None:
    filing = left_open(scene)
    first = made(scene, filing, "inspection_result")
    tell_result(**identity(scene, filing), telling=telling())
    assert len(results_due(filing, date(2026, 3, 20))) == 1
    ended(scene, filing)
    earlier, again = results_due(filing, date(2026, 3, 31))
    assert (earlier.telling.document, earlier.light.state) == (first, LightState.DONE)  # type: ignore[union-attr]
    assert (again.due.due, again.telling) == (date(2026, 3, 31), None)  # five working days from 24 March
    assert results_due(filing, date(2026, 4, 1))[1].light.state == LightState.OVERDUE
    assert "tell_again" in kinds(scene, date(2026, 3, 25))
    assert "tell" not in kinds(scene, date(2026, 3, 25))
    with pytest.raises(Refused) as caught:
        told_again(scene, filing)
    assert [one.fix for one in caught.value.refusals] == ["paper"]
    second = make_paper(**{**identity(scene, filing), "at": ENDED_AT + timedelta(hours=1)}, code="inspection_result")
    assert (second.number, second.after_end) == ("吉梨交检告〔2026〕0002号", filing.pending_end)
    assert first.number in second.data["lead"]
    assert "核实确有两辆车没有苫布" in second.data["findings"]
    assert second.data["demands"][-1].endswith("配齐苫布")
    assert told_again(scene, filing).document == second
    assert results_due(filing, date(2026, 4, 1))[1].light.state == LightState.DONE
    assert not {"tell", "tell_again"} & set(kinds(scene, date(2026, 4, 1)))


def test_neither_a_third_notice_nor_a_telling_before_the_end(scene: Scene) -> None:
    filing = left_open(scene)
    made(scene, filing, "inspection_result")
    tell_result(**identity(scene, filing), telling=telling())
    assert refused(scene, filing) == [("paper-once", "")]
    ended(scene, filing)
    late = {**identity(scene, filing), "at": ENDED_AT + timedelta(hours=1)}
    make_paper(**late, code="inspection_result")
    with pytest.raises(Refused, match="不能再编一个号"):
        make_paper(**late, code="inspection_result")
    with pytest.raises(Refused) as caught:
        told_again(scene, filing, told_at=ENDED_AT - timedelta(minutes=1))
    assert [(one.code, one.fix) for one in caught.value.refusals] == [("insp-result-tell", "told_at")]


def test_a_notice_made_after_the_end_tells_the_end_once(scene: Scene) -> None:
    filing = ended(scene, left_open(scene))
    assert kinds(scene, date(2026, 3, 25)).count("tell") == 1
    late = {**identity(scene, filing), "at": ENDED_AT + timedelta(hours=1)}
    paper = make_paper(**late, code="inspection_result")
    assert (paper.after_end, paper.data["conclusion"]) == (None, "本次检查发现问题，已责令改正。")
    told_again(scene, filing, note="等检测结果，超过期限")
    assert len(results_due(filing, date(2026, 4, 1))) == 1
    assert not {"tell", "tell_again"} & set(kinds(scene, date(2026, 4, 1)))
