"""Protection against visits in return for a bad rating (standards/inspection.md §4.4), without saying who rated how.

A mark "this object rated badly" would be the very path from a rating to its visit: the unit knows whom it visited. So
the question is answered from the visits alone. Every object whose visit may have been rated badly in the time is
protected, whether it was, was rated well, or not at all; ADR 38.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max

from inspections.models import FilingState, InspectionFiling
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS

ENDED = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)


def bad_rated_on(subject_id: int, today: date) -> date | None:
    """The latest day, today at most, on which this object may have given a bad rating; None when it had no visit.

    The day says nothing of a rating: it is the end of the last visit's rating window. Whoever counts days of
    protection from it protects every object that did rate badly, and others with it.
    """
    last = InspectionFiling.objects.filter(subject_id=subject_id, state__in=ENDED).aggregate(last=Max("finished_at"))
    if last["last"] is None:
        return None
    days = int(DEFAULT_PARAMETERS.number("inspection.rating_days", today))
    return min(today, clock.local(last["last"]).date() + timedelta(days=days))
