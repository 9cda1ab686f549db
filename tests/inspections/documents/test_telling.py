"""The result is told, and its clock (insp-result-tell)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from paper_scenes import FINISHED, WRITTEN_AT, finished, identity, made, telling

from inspections.actions.documents import tell_result
from inspections.models import InspectionFiling, ResultTelling
from inspections.queries.papers import result_due
from inspections.queries.visit_tasks import visit_tasks
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from lishu_law.law.lights import LightState
from tests.inspections.scenes import Scene, started_filing, subject


def refused(scene: Scene, filing: InspectionFiling, **changed: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        tell_result(**identity(scene, filing), telling=telling(**changed))
    return [(one.code, one.fix) for one in caught.value.refusals]


def test_the_result_is_told_within_five_working_days(scene: Scene) -> None:
    """Finished on Wednesday 4 March 2026: the fifth working day is Wednesday the 11th."""
    filing = finished(scene)
    due = result_due(filing, date(2026, 3, 4))
    assert due is not None
    assert (due.due.due, due.telling) == (date(2026, 3, 11), None)
    late = result_due(filing, date(2026, 3, 12))
    assert late is not None
    assert late.light.state == LightState.OVERDUE
    made(scene, filing, "inspection_result")
    tell_result(**identity(scene, filing), telling=telling())
    done = result_due(filing, date(2026, 3, 12))
    assert done is not None
    assert done.light.state == LightState.DONE


def test_a_late_telling_is_recorded_as_late(scene: Scene) -> None:
    filing = finished(scene)
    made(scene, filing, "inspection_result")
    late = FINISHED + timedelta(days=9)
    who = {**identity(scene, filing), "at": late + timedelta(hours=1)}
    row = tell_result(**who, telling=telling(way="post", told_at=late, note="邮政快递 示例单号"))
    assert row.document.code == "inspection_result"
    due = result_due(filing, date(2026, 3, 20))
    assert due is not None
    assert due.light.state == LightState.DONE_LATE


def test_before_the_end_there_is_no_clock_and_nothing_to_tell(scene: Scene) -> None:
    filing = started_filing(scene, subject())
    assert result_due(filing, date(2026, 3, 4)) is None
    assert refused(scene, filing) == [("paper-state", "")]


def test_telling_needs_the_paper_and_happens_once(scene: Scene) -> None:
    filing = finished(scene)
    assert refused(scene, filing) == [("insp-result-tell", "paper")]
    made(scene, filing, "inspection_result")
    assert refused(scene, filing, way="left") == [("insp-result-tell", "note"), ("insp-result-tell", "witness_name")]
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
