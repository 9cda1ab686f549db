"""The load of officers: what the year's earlier draws count for each, which draws are not yet known, and of one draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q

from inspections.draw.files import OFFICERS, read_officers
from inspections.draw.loads import EarlierDraw, Took, counts_before
from inspections.models import Draw, DrawFile, DrawOfficer, DrawState, DrawStratum
from inspections.queries.draw_pool import PoolOfficer

DONE = (DrawState.DRAWN, DrawState.PUBLISHED)
CURRENT = Count("assignments", filter=Q(assignments__is_current=True))


def loads_before(draw: Draw, people: Iterable[PoolOfficer]) -> dict[int, int]:
    """By user: current assignments in the draws of the same yearly plan that were drawn; given up ones never were."""
    return counts_before(_earlier(draw), {one.user_id: one.specialities for one in people})


def _earlier(draw: Draw) -> list[EarlierDraw]:
    of_year = Q(draw__plan=draw.plan_id, draw__state__in=DONE)
    asked: dict[int, set[str]] = defaultdict(set)
    for pk, speciality in DrawStratum.objects.filter(of_year).values_list("draw_id", "speciality"):
        asked[pk].add(speciality)
    frozen = DrawFile.objects.filter(of_year, name=OFFICERS).values_list("draw_id", "content")
    rows = {(pk, row.code): row for pk, content in frozen for row in read_officers(content)}
    took: dict[int, dict[int, Took]] = defaultdict(dict)
    people = DrawOfficer.objects.filter(of_year).annotate(visits=CURRENT)
    for pk, code, user, visits in people.values_list("draw_id", "code", "user_id", "visits"):
        took[pk][user] = Took(rows[pk, code], visits)
    return [EarlierDraw(frozenset(asked[pk]), officers) for pk, officers in took.items()]


def frozen_beside(draw: Draw) -> list[str]:
    """The other draws of the yearly plan whose pool is frozen and whose result nobody knows yet."""
    others = Draw.objects.filter(plan=draw.plan_id, state=DrawState.FROZEN).exclude(pk=draw.pk)
    return list(others.order_by("draw_no").values_list("draw_no", flat=True))


class OfficerLoad(NamedTuple):
    """An officer of a draw, his assignments of it now, and what counted for him when it was frozen."""

    officer: DrawOfficer
    visits: int
    before: int


def officer_loads(draw: Draw) -> list[OfficerLoad]:
    """The officers of a draw, most assignments first."""
    frozen = DrawFile.objects.get(draw=draw, name=OFFICERS)
    before = {row.code: row.before for row in read_officers(frozen.content)}
    people = DrawOfficer.objects.filter(draw=draw).select_related("user__unit").annotate(visits=CURRENT)
    return [OfficerLoad(one, one.visits, before[one.code]) for one in people.order_by("-visits", "code")]
