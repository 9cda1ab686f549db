"""The yearly cap, counted in one place: for a filing, its approval, the draw's pool, the registers (§3.3).

A visit is reserved with its approval, consumed when it starts, returned when it is cancelled or passed unused. Visits
that were joined (综合查一次) count as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from inspections.models import CapEffect, CapRule, FilingState, InspectionFiling
from inspections.rules import CapUse
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import SupervisedSubject

RESERVED = (
    FilingState.FILED, FilingState.STARTED, FilingState.SUSPENDED, FilingState.FINISHED, FilingState.EVALUATED,
    FilingState.PUBLISHED,
)  # fmt: skip


def counted_visits(day: date, now: datetime) -> QuerySet[InspectionFiling]:
    """The visits of the year of ``day`` that use up a cap."""
    rows = InspectionFiling.objects.filter(
        cap_effect=CapEffect.COUNTED, window_from__year=day.year, state__in=RESERVED
    ).order_by()
    return rows.exclude(state=FilingState.FILED, window_to__lt=now)


def used_visits(
    day: date, now: datetime, *, subjects: Iterable[int] | None = None, but: int | None = None
) -> dict[int, int]:
    """How many of them each object had; ``but`` leaves out one filing and what it joins."""
    rows = counted_visits(day, now)
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    if but is not None:
        rows = rows.exclude(pk=but)
    counted = rows.values_list("subject_id").annotate(times=Count(Coalesce("joins_id", "id"), distinct=True))
    return dict(counted)


class Caps:
    """The caps of one day: the closest rule of an industry and class, else the bureau's parameter."""

    def __init__(self, day: date) -> None:
        found = CapRule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        self._rules = {(one.industry, one.risk_class): one for one in found.order_by("valid_from")}
        self._usual = int(DEFAULT_PARAMETERS.number("inspection.cap_per_year", day))

    def rule(self, industry: str, risk_class: str) -> CapRule | None:
        """The rule that holds for an object; None where only the parameter does."""
        closest = ((industry, risk_class), (industry, ""), ("", risk_class), ("", ""))
        return next((self._rules[pair] for pair in closest if pair in self._rules), None)

    def most(self, industry: str, risk_class: str) -> int:
        rule = self.rule(industry, risk_class)
        return rule.most if rule else self._usual


def cap_use(subject: SupervisedSubject, day: date, now: datetime, *, but: int | None = None) -> CapUse:
    """What of the cap of an object is used in the year of ``day``."""
    caps = Caps(day)
    rule = caps.rule(subject.industry, subject.risk_class)
    used = used_visits(day, now, subjects=[subject.pk], but=but).get(subject.pk, 0)
    return CapUse(used, caps.most(subject.industry, subject.risk_class), tuple(rule.not_counted) if rule else ())
