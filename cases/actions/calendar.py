"""After the calendar changed: every running limit is computed again. Composed by whoever publishes the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.actions.limits import recompute_held
from cases.models import Deadline, DeadlineState


@dataclass(frozen=True)
class Moved:
    """A running limit whose end is another day now."""

    limit_id: int
    before: date
    after: date


def recompute_running_core(*, on: date, why: str) -> list[Moved]:
    """Compute every running limit again; those whose end moved. The caller holds the calendar and keeps the journal."""
    return list(_moved(on, why))


def _moved(on: date, why: str) -> Iterator[Moved]:
    for limit in Deadline.objects.filter(state=DeadlineState.RUNNING).order_by("pk").select_for_update():
        before = limit.due
        recompute_held(limit, on=on, why=why)
        if limit.due != before:
            yield Moved(limit.pk, before, limit.due)
