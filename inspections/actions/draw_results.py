"""The results of the drawn inspections become public within twenty working days (insp-result-public)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.actions.draw_frame import in_state, lock_draw, save
from inspections.actions.frame import refuse_if
from inspections.actions.results import mark_public
from inspections.models import Draw, DrawState
from inspections.queries.draw_results import result_rows
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal


@transaction.atomic(durable=True)
def publish_results(*, draw_id: int, version: int | None, by: Any, at: datetime | None = None) -> Draw:
    """Publish the result of every finished visit that is not public yet."""
    moment = at or clock.now()
    row = lock_draw(draw_id, version, by, "draw.publish")
    in_state(row, (DrawState.PUBLISHED,), "公示检查结果")
    waiting = [one for one in result_rows(row, moment) if one.is_waiting]
    if not waiting:
        refuse_if([Refusal("draw-results", "没有新的检查结果可以公示。检查完成后再来。")])
    for one in waiting:
        one.drawn.filing, one.drawn.result_published_at = one.filing, moment
        one.drawn.save(update_fields=["filing", "result_published_at"])
    mark_public([one.filing for one in waiting if one.filing is not None], moment)
    save(row)
    late = sum(1 for one in waiting if one.due and clock.local(moment).date() > one.due)
    said = {"draw_no": row.draw_no, "count": len(waiting), "late": late}
    journal.record("draw.results", by=by, on=("draw", row.pk), details=said)
    return row
