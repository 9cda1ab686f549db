"""What every act on a draw begins and ends with: the locked row, the stale page, the version."""

from __future__ import annotations

from datetime import date
from typing import Any

from inspections.actions.frame import refuse_if
from inspections.models import Draw, DrawState, InspectionMatter
from inspections.queries.officers import matter_facts
from inspections.queries.visits import plan_published_on
from inspections.rules import is_planned, matters_published
from lishu_law.access import policy
from lishu_law.errors import Conflict, NotFound, Refusal

STALE = "有人在您打开这一页之后改过这次抽取。请核对后再提交。"


def lock_draw(draw_id: int, version: int | None, by: Any, action: str) -> Draw:
    """The draw, locked until the transaction ends, for somebody who may do ``action``."""
    policy.check(by, action)
    draw = Draw.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=draw_id).first()
    if draw is None:
        raise NotFound
    if version is not None and version != draw.version:
        raise Conflict(STALE)
    return draw


def in_state(draw: Draw, states: tuple[DrawState, ...], act: str) -> None:
    """Refuse an act that does not belong to the state of the draw."""
    if draw.state not in states:
        text = f"这次抽取现在是“{draw.get_state_display()}”，不能{act}。请刷新页面核对。"
        refuse_if([Refusal("wrong-state", text)])


def plan_and_matters(matters: list[InspectionMatter], day: date) -> list[Refusal]:
    """insp-plan and insp-item-public: a draw stands in the published plan and draws for published matters alone."""
    refusals = is_planned("draw", day, plan_published_on(day.year))
    return refusals + matters_published(matter_facts(matters), [day])


def save(draw: Draw, **changed: Any) -> None:
    """Write the changed fields and count the version up."""
    for name, value in changed.items():
        setattr(draw, name, value)
    draw.version += 1
    draw.save(update_fields=[*changed, "version"])
