"""What the rules ask about a visit: others close to it, its draw, the white list, the plan it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from inspections.models import (
    DrawnObject,
    DrawState,
    Exemption,
    FilingState,
    InspectionFiling,
    InspectionPlan,
)
from lishu_law import clock
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import SupervisedSubject, WhiteListing

OPEN = (FilingState.SUBMITTED, FilingState.FILED, FilingState.STARTED)


def merge_days(moment: datetime) -> int:
    """How near another visit to the same object has to be to be merged (standards/inspection.md §2, row 5)."""
    return int(DEFAULT_PARAMETERS.number("inspection.merge_days", clock.local(moment).date()))


def visits_nearby(subject: SupervisedSubject, around: datetime, now: datetime, but: int | None = None) -> list[str]:
    """Numbers of visits to the object waiting or filed near a moment (``merge_days``)."""
    near = open_visits(subject, around, now, but=but).exclude(state=FilingState.STARTED)
    return [
        number or f"待审批的备案（编号 {reference}）"
        for number, reference in near.values_list("filing_no", "reference")[:5]
    ]


def open_visits(
    subject: SupervisedSubject, around: datetime, now: datetime, *, but: int | None = None
) -> QuerySet[InspectionFiling]:
    """Visits to the object that are not over, near a moment (``merge_days``). A secret one is never told of."""
    span = timedelta(days=merge_days(now))
    near = InspectionFiling.objects.filter(
        subject=subject, state__in=OPEN, window_to__gt=now, window_from__range=(around - span, around + span)
    )
    return near.exclude(exemption=Exemption.SECRET).exclude(pk__in=[but] if but else []).order_by("id")


def drawn_for(subject: SupervisedSubject, now: datetime, *, but: int | None = None) -> DrawnObject | None:
    """The newest draw that drew the object and under which it was not filed for yet."""
    filed = InspectionFiling.objects.filter(subject=subject, drawn__isnull=False).exclude(pk__in=[but] if but else [])
    filed = filed.exclude(state=FilingState.CANCELLED)
    unused = Q(state__in=(FilingState.SUBMITTED, FilingState.RETURNED, FilingState.FILED), window_to__lt=now)
    taken = filed.exclude(unused).values("drawn")
    rows = DrawnObject.objects.filter(
        subject=subject, is_current=True, draw__state__in=(DrawState.DRAWN, DrawState.PUBLISHED)
    )
    return rows.exclude(pk__in=taken).select_related("draw").order_by("-draw_id", "-id").first()


def drawn_team(drawn: DrawnObject) -> list[tuple[str, str]]:
    """Staff number and name of whoever was drawn for the object, as the redraws left it."""
    team = drawn.team.filter(is_current=True).order_by("officer__code")
    return list(team.values_list("officer__user__staff_number", "officer__user__full_name"))


def white_listed_until(subject: SupervisedSubject, day: date) -> date | None:
    """Until when the object is 无事不扰; None when it is not on ``day``."""
    listing = WhiteListing.objects.active_on(day).filter(subject=subject).order_by("-to_on").first()
    return listing.to_on if listing else None


def plan_published_on(year: int) -> date | None:
    """When the inspection plan of a year was published; None while there is none."""
    plan = InspectionPlan.objects.filter(year=year).first()
    return plan.published_on if plan else None


@dataclass(frozen=True)
class PlanDue:
    """Until when the plan of a year is to be published (insp-plan), and how that stands."""

    year: int
    due: date
    light: Light


def plan_owed(today: date) -> PlanDue:
    """The plan of this year."""
    due = compute("insp-plan", date(today.year - 1, 12, 31))
    return PlanDue(today.year, due.due, light(Timer.of(due, done=plan_published_on(today.year)), today))
