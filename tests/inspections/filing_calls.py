"""What the tests of filings ask and call again and again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from inspections.actions.visits import NewOrder, NewPoint, finish_inspection, start_inspection
from inspections.models import FilingState, InspectionFiling
from lishu_law import clock
from lishu_law.errors import Refused
from tests.inspections.scenes import VISIT_FROM, VISIT_TO, Scene, new_result, signed_by_party

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLUE = {"form": "03", "source": "complaint", "source_note": "投诉 2026-7"}


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def who(row: InspectionFiling, by: Any) -> dict[str, Any]:
    return {"filing_id": row.pk, "version": None, "by": by}


def days_later(days: int) -> dict[str, Any]:
    return {"window_from": VISIT_FROM + days * DAY, "window_to": VISIT_TO + days * DAY}


def finished(scene: Scene, row: InspectionFiling, code: str = "R9", *, at: datetime = VISIT_TO) -> InspectionFiling:
    """The visit carried out with this result; it is started first unless it runs already."""
    row.refresh_from_db()
    if row.state == FilingState.FILED:
        start_inspection(**who(row, scene.cast.lead), how="paper", at=VISIT_FROM)
    good = tuple(NewPoint(scene.matter.pk, number, "合格") for number in ("1", "2"))
    changed: dict[str, Any] = {} if code == "R9" else {"item_code": "", "points": good}
    if code == "R5":
        changed["order"] = NewOrder("配齐苫布", due_on=clock.local(at).date() + timedelta(days=5))
    result = new_result(scene, result_code=code, **changed)
    signatures = (signed_by_party(scene.cast),)
    return finish_inspection(**who(row, scene.cast.lead), result=result, signatures=signatures, at=at)
