"""The published plan of a year is registered, so that routine visits may be filed under it (insp-plan)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from inspections.models import InspectionPlan
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Refusal


@transaction.atomic(durable=True)
def register_plan(
    *, by: Any, year: int, document_no: str, published_on: date, url: str = "", at: datetime | None = None
) -> InspectionPlan:
    """Register the plan of a year; a year has one plan."""
    policy.check(by, "inspection.plan")
    moment = at or clock.now()
    refusals = []
    if InspectionPlan.objects.filter(year=year).exists():
        refusals.append(Refusal("insp-plan", f"{year} 年度检查计划已经登记过，不用再登记。", "", "year"))
    if published_on > clock.local(moment).date():
        refusals.append(Refusal("insp-plan", "公布日期不能晚于今天。计划公布以后再登记。", "", "published_on"))
    refuse_if(refusals)
    plan = InspectionPlan.objects.create(
        year=year, document_no=document_no, published_on=published_on, url=url, registered_by=by, registered_at=moment
    )
    journal.record("inspection.plan", by=by, on=("inspection_plan", plan.pk), details={"year": year})
    return plan
