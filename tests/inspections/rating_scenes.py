"""Visits that ended, ratings given of them, and whoever supervises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from inspections import anonymity
from inspections.actions.filings import approve_inspection
from inspections.actions.ratings import give_rating
from inspections.actions.visits import finish_inspection, start_inspection
from inspections.evaluation import Answers
from inspections.models import InspectionFiling
from lishu_law.registry.models import User
from lishu_law.registry.roles import Role
from tests.cast import person
from tests.inspections.draw_scenes import make_objects
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_FROM,
    VISIT_TO,
    Scene,
    new_result,
    signed_by_party,
    submitted_filing,
)

DAY = timedelta(days=1)
RATED_AT = datetime(2026, 3, 24, 2, 0, tzinfo=UTC)  # inside the windows of all visits of ended_visits
TOLD_AT = RATED_AT + DAY
RELEASED_AT = datetime(2026, 4, 16, 2, 0, tzinfo=UTC)  # the first quarter ended, and fifteen days
GOOD, FAIR, BAD = Answers("good"), Answers("fair"), Answers("bad", text="态度生硬，等了两个小时")


def supervisor(scene: Scene) -> User:
    return person("supervisor", "示例监", scene.cast.authority, Role.SUPERVISOR)


def ended_visits(scene: Scene, count: int, *, first: int = 0, squad: int = 1) -> list[InspectionFiling]:
    """Visits to as many objects, one a day from 10 March on, by the first or the second squad."""
    cast = scene.cast
    people = (cast.lead, cast.assistant) if squad == 1 else (cast.outsider, cast.third_officer)
    objects = make_objects(count, first=first + 1 + 100 * squad)
    found = []
    for number, entry in enumerate(objects, first):
        begins, ends = VISIT_FROM + DAY * (6 + number), VISIT_TO + DAY * (6 + number)
        row = submitted_filing(scene, entry, officers=people, window_from=begins, window_to=ends)
        row = approve_inspection(filing_id=row.pk, version=None, by=cast.head, agree=True, at=FILED_AT)
        found.append(ended(scene, row, begins))
    return found


def ended(scene: Scene, row: InspectionFiling, begins: datetime) -> InspectionFiling:
    """The visit takes two hours and finds nothing."""
    by = row.officers.get(is_lead=True).user
    which: dict[str, Any] = {"filing_id": row.pk, "version": None, "by": by}
    start_inspection(**which, how="code", at=begins + timedelta(minutes=5))
    points = tuple(replace(one, outcome="合格", facts="") for one in new_result(scene).points)
    result = new_result(scene, result_code="R1", item_code="", findings="", measures="", points=points)
    signatures = (signed_by_party(scene.cast),)
    return finish_inspection(**which, result=result, signatures=signatures, at=begins + timedelta(hours=2))


def rated(row: InspectionFiling, answers: Answers, *, code: str = "", at: datetime = RATED_AT) -> str:
    """A rating from the page; gives the 修改码."""
    code = code or anonymity.new_code()
    give_rating(by=None, token=row.token, code=code, answers=answers, at=at)
    return code
