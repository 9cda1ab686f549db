"""Redraws: the next in the order of the same seed, with a reason, for an object or for one officer of a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.actions.draw_frame import in_state, lock_draw, save
from inspections.actions.frame import refuse_if
from inspections.draw import engine, files
from inspections.models import (
    OBJECT_REASONS,
    OFFICER_REASONS,
    Draw,
    DrawFile,
    DrawnObject,
    DrawnOfficer,
    DrawOfficer,
    DrawState,
    Redraw,
    RedrawReason,
)
from inspections.queries.draws import frozen_pool, redraw_steps, redraws_of, stands
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.models import SupervisedSubject


@dataclass(frozen=True)
class Wish:
    """What is redrawn: the object, or with ``officer`` (a code) that officer of its team; and why."""

    object_no: str
    reason: RedrawReason
    note: str
    officer: str = ""


@transaction.atomic(durable=True)
def redraw(*, draw_id: int, version: int | None, by: Any, wish: Wish, at: datetime | None = None) -> Redraw:
    """The next in order instead. Raises ``Refused`` when nobody or nothing is left, or its result is public already."""
    moment = at or clock.now()
    row = lock_draw(draw_id, version, by, "draw.redraw")
    in_state(row, (DrawState.DRAWN, DrawState.PUBLISHED), "递补")
    old = DrawnObject.objects.filter(draw=row, object_no=wish.object_no, is_current=True).first()
    if old is None:
        raise NotFound
    refuse_if(_refusals(old, wish))
    made = _again(row, old, wish)
    officer = DrawOfficer.objects.get(draw=row, code=wish.officer) if wish.officer else None
    number = Redraw.objects.filter(draw=row).count() + 1
    new = _moved(old, made) if officer else _replaced(row, old, made)
    _set_team(new, made)
    entry = Redraw.objects.create(
        draw=row, number=number, reason=wish.reason, note=wish.note, replaced=old, officer=officer, replacement=new,
        team=list(made.team), passed=list(made.passed), by=by, at=moment,
    )  # fmt: skip
    _rewrite(row)
    save(row)
    said = {"draw_no": row.draw_no, "number": number, "reason": str(wish.reason), "out": old.object_no}
    journal.record("draw.redraw", by=by, on=("draw", row.pk), details={**said, "officer": wish.officer})
    return entry


def _refusals(old: DrawnObject, wish: Wish) -> list[Refusal]:
    refusals = []
    if old.result_published_at:
        refusals.append(Refusal("draw-redraw", "这个对象的检查结果已经公示，不能再递补。", "", "reason"))
    if wish.reason not in (OFFICER_REASONS if wish.officer else OBJECT_REASONS):
        refusals.append(Refusal("draw-redraw", "这个原因不适用，请另选。", "", "reason"))
    if not wish.note.strip():
        refusals.append(Refusal("draw-redraw", "请写明情况。", "", "note"))
    return refusals


def _again(row: Draw, old: DrawnObject, wish: Wish) -> engine.Drawn:
    pool, now = frozen_pool(row), stands(row)
    if wish.officer and wish.officer not in now.find(old.object_no).team:
        raise NotFound
    try:
        if wish.officer:
            return engine.replace_officer(pool, row.seed, now, old.object_no, wish.officer)[1]
        return engine.replace_object(pool, row.seed, now, old.object_no)[1]
    except engine.DrawError as error:
        refuse_if([Refusal("draw-redraw", f"{error}请报分管负责人另行安排。", "", "reason")])
        raise


def _moved(old: DrawnObject, made: engine.Drawn) -> DrawnObject:
    old.passed = list(made.passed)
    old.save(update_fields=["passed"])
    return old


def _replaced(row: Draw, old: DrawnObject, made: engine.Drawn) -> DrawnObject:
    old.is_current = False
    old.save(update_fields=["is_current"])
    old.team.update(is_current=False)
    return DrawnObject.objects.create(
        draw=row, stratum=old.stratum, subject=SupervisedSubject.objects.get(object_no=made.object_no),
        object_no=made.object_no, place=made.place, passed=list(made.passed),
    )  # fmt: skip


def _set_team(new: DrawnObject, made: engine.Drawn) -> None:
    """Who left is no longer current; who came stands behind those who stayed."""
    codes = dict(DrawOfficer.objects.filter(draw=new.draw, code__in=made.team).values_list("code", "pk"))
    new.team.exclude(officer__code__in=made.team).update(is_current=False)
    known = set(new.team.values_list("officer__code", flat=True))
    last = new.team.count()
    DrawnOfficer.objects.bulk_create(
        DrawnOfficer(drawn=new, officer_id=codes[code], position=last + number)
        for number, code in enumerate((one for one in made.team if one not in known), 1)
    )


def _rewrite(row: Draw) -> None:
    """``redraws.csv`` says every redraw so far."""
    text = files.redraw_file(redraw_steps(redraws_of(row)))
    DrawFile.objects.filter(draw=row, name=files.REDRAWS).update(content=text, sha256=files.sha256(text))
