"""Where the phone was when a visit began and ended; the distance to the object's address is shown, never an obstacle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inspections import rules
from inspections.models import InspectionFiling, Located, VisitMark
from inspections.queries.visit_record import position_of
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS


@dataclass(frozen=True)
class Whereabouts:
    """What the phone said. ``position`` only with ``located`` = given; ``accuracy`` in metres."""

    located: str = Located.NOT_ASKED
    position: rules.Position | None = None
    accuracy: int | None = None
    device: str = ""
    scanned_by: str = ""


def mark_visit(
    row: InspectionFiling, moment: str, where: Whereabouts, *, by: Any, at: datetime, read_text: str = ""
) -> VisitMark:
    """The mark of the start or the end. Part of an action."""
    here, there = where.position, position_of(row.subject)
    distance = rules.metres_between(here, there) if here and there else None
    most = int(DEFAULT_PARAMETERS.number("inspection.far_metres", clock.local(at).date()))
    return VisitMark.objects.create(
        filing=row, moment=moment, at=at, by=by, device=where.device[:120],
        located=where.located if where.located != Located.GIVEN or here else Located.FAILED,
        longitude=round(here.longitude, 6) if here else None, latitude=round(here.latitude, 6) if here else None,
        accuracy=where.accuracy if here else None, distance=distance, is_far=rules.is_far(distance, most),
        scanned_by=where.scanned_by[:50], read_text=read_text[:500],
    )  # fmt: skip
