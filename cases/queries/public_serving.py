"""When a public notice counts as served: the two readings of its period and the one in force (serve-public-30/-60)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Deadline, DeadlineState, Serving, ServingMethod, ServingOutcome
from cases.procedure.states import OPEN
from lishu_law.law.limits import LIMITS
from lishu_law.law.parameters import DEFAULT_PARAMETERS

CODE = "serve-public-60"
SHORTER = "serve-public-30"


def days_in_force(on: date) -> int:
    """The days after which a notice published on ``on`` counts as served (a local parameter, 待确认)."""
    return int(DEFAULT_PARAMETERS.number("public_serving_days", on))


def public_due(limit: Deadline) -> date:
    """serve-public-60: the later reading, unless the dated parameter of the day of publication says thirty days.

    What the party may still do waits for this day; the bureau's own limits run from ``due_strict``.
    """
    short = LIMITS[SHORTER].length
    return limit.due_strict if days_in_force(limit.started_on) <= short else limit.due_lenient


def due_notices(today: date, *, limit: int) -> list[tuple[int, int]]:
    """Case and serving of public notices whose period may be over by ``today``; the act asks again.

    Every reading ends no earlier than ``due_strict``.
    """
    parts = Deadline.objects.filter(code=CODE, state=DeadlineState.RUNNING, due_strict__lt=today).values_list(
        "case_id", "part", "due_lenient", "due_strict", "started_on"
    )
    over = {
        (case, int(part.partition(":")[2]))
        for case, part, lenient, strict, started in parts
        if (strict if days_in_force(started) <= LIMITS[SHORTER].length else lenient) < today
    }
    pending = Serving.objects.filter(
        method=ServingMethod.PUBLIC,
        outcome=ServingOutcome.PENDING,
        case__state__in=OPEN,
        pk__in={serving for _case, serving in over},
    )
    return list(pending.order_by("pk").values_list("case_id", "pk")[:limit])


def publisher_of(serving_id: int) -> Any:
    """The officer who put the notice up: the act that began the period."""
    return Serving.objects.select_related("first_server").get(pk=serving_id).first_server
