"""Reading draws: the pool as it would be frozen now, a draw with all its parts, what was frozen, how it stands."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from inspections.draw.engine import Drawn, Standing
from inspections.draw.files import FROZEN, read_pool, sha256
from inspections.draw.pools import OfficerRow, Pool, PoolRow, Stratum
from inspections.models import Draw, DrawFile, DrawnObject, DrawnOfficer, DrawState, DrawStratum, Redraw
from inspections.queries.draw_loads import loads_before
from inspections.queries.draw_pool import PoolOfficer, pool_objects, pool_officers
from inspections.queries.records import Page
from lishu_law import clock
from lishu_law.errors import NotFound

PAGE = 20


@dataclass(frozen=True)
class Gathered:
    """A pool read from the registers, with who stands behind each officer's code."""

    pool: Pool
    officers: dict[str, PoolOfficer]


def gather(draw: Draw, strata: Iterable[DrawStratum], now: datetime) -> Gathered:
    """The registers as they are now. The codes of officers are dealt anew each time, so that they say nothing."""
    strata = list(strata)
    codes = {one.key: one.code for one in strata}
    objects = pool_objects(list(codes), draw.recent_months, now)
    people = pool_officers(clock.local(now).date())
    before = loads_before(draw, people)
    secrets.SystemRandom().shuffle(people)
    officers = {f"R{number:02d}": one for number, one in enumerate(people, 1)}
    recusals = {}
    if any(one.subjects or one.parties for one in people):
        for row in objects:
            out = [c for c, o in officers.items() if row.subject_id in o.subjects or row.party_id in o.parties]
            if out:
                recusals[row.object_no] = frozenset(out)
    pool = Pool(
        draw_no=draw.draw_no,
        team_size=draw.team_size,
        strata=tuple(Stratum(one.code, one.title, ratio_text(one), one.speciality) for one in strata),
        rows=tuple(PoolRow(row.object_no, codes[row.key], row.exclusion) for row in objects),
        officers=tuple(
            OfficerRow(code, one.specialities, one.absence, before[one.user_id]) for code, one in officers.items()
        ),
        recusals=recusals,
    )
    return Gathered(pool, officers)


def ratio_text(stratum: DrawStratum) -> str:
    """5.00 → 5, 7.50 → 7.5: as it stands in the published file."""
    return format(stratum.ratio.normalize(), "f")


def find_draw(draw_no: str) -> Draw:
    """The draw of a number with its people. Raises ``NotFound``."""
    people = ("prepared_by", "frozen_by", "drawn_by", "witness", "published_by", "voided_by", "plan")
    draw = Draw.objects.select_related(*people).prefetch_related("matters", "strata").filter(draw_no=draw_no).first()
    if draw is None:
        raise NotFound
    return draw


def list_draws(*, after: int | None = None, public: bool = False) -> Page:
    """Draws, newest first, 20 a page. The public sees a draw from the moment its pool is frozen, or given up."""
    draws = Draw.objects.order_by("-id")
    if public:
        draws = draws.exclude(state=DrawState.PREPARED)
    if after:
        draws = draws.filter(id__lt=after)
    found = list(draws[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def frozen_pool(draw: Draw) -> Pool:
    """The pool of the frozen files. Raises ``ValueError`` where a file is not the one that was frozen."""
    files = {one.name: one for one in DrawFile.objects.filter(draw=draw, name__in=FROZEN)}
    for name in FROZEN:
        if sha256(files[name].content) != files[name].sha256:
            raise ValueError(f"{draw.draw_no}: {name} was changed after freezing")
    return read_pool({name: one.content for name, one in files.items()})


def drawn_rows(draw: Draw) -> QuerySet[DrawnObject]:
    """What is to be inspected now, in the order of the draw, with object and team."""
    team = DrawnOfficer.objects.filter(is_current=True).select_related("officer__user")
    return (
        DrawnObject.objects.filter(draw=draw, is_current=True)
        .select_related("stratum", "subject__party", "subject__vehicle")
        .prefetch_related(Prefetch("team", team))
        .order_by("stratum__code", "place")
    )


def find_drawn(draw: Draw, object_no: str) -> DrawnObject:
    """One object that is to be inspected. Raises ``NotFound``."""
    found = drawn_rows(draw).filter(object_no=object_no).first()
    if found is None:
        raise NotFound
    return found


def stands(draw: Draw) -> Standing:
    """The draw with every redraw so far, as the engine knows it."""
    current = tuple(
        Drawn(row.object_no, row.stratum.code, row.place, tuple(one.officer.code for one in row.team.all()))
        for row in drawn_rows(draw)
    )
    used = DrawnObject.objects.filter(draw=draw).values_list("object_no", flat=True)
    out = Redraw.objects.filter(draw=draw, officer__isnull=False)
    return Standing(current, frozenset(used), frozenset(out.values_list("replaced__object_no", "officer__code")))


def redraws_of(draw: Draw) -> list[Redraw]:
    """Every redraw in its order."""
    near = ("replaced__stratum", "replacement__stratum", "officer__user", "by")
    return list(Redraw.objects.filter(draw=draw).select_related(*near).order_by("number"))


def redraw_steps(redraws: Iterable[Redraw]) -> list[tuple[str, str, str, Drawn]]:
    """The lines of ``redraws.csv``."""
    return [
        (
            one.reason,
            one.replaced.object_no,
            one.officer.code if one.officer else "",
            Drawn(
                one.replacement.object_no,
                one.replacement.stratum.code,
                one.replacement.place,
                tuple(one.team),
                tuple(one.passed),
            ),
        )
        for one in redraws
    ]
