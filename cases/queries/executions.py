"""Which executions the calendar may have moved: for the sweep that turns their clocks."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from cases.models import Case
from cases.procedure.steps.execution import IN_TIME, LATE

# No payment is late before the fifteen days, no window for the court opens before the sixty days to ask for a review.
SHORTEST_PAYMENT, SHORTEST_WINDOW = timedelta(days=15), timedelta(days=60)


def waiting_for_the_calendar(today: date) -> list[int]:
    """Served decisions that may be late, and late ones whose window may have opened, oldest first."""
    in_time = Q(state__in=IN_TIME, decision_served_on__lt=today - SHORTEST_PAYMENT)
    late = Q(state__in=LATE, decision_served_on__lt=today - SHORTEST_WINDOW)
    return list(Case.objects.filter(in_time | late).order_by("decision_served_on", "id").values_list("pk", flat=True))
