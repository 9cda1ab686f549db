"""年度检查计划: which plan is published, and registering the next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from inspections.actions.plans import register_plan
from inspections.forms.plans import PlanForm
from inspections.models import InspectionPlan
from inspections.queries.visits import plan_owed
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.web.acts import Act, act_page


@requires("inspection.plan")
def plans(request: HttpRequest) -> HttpResponse:
    """The registered plans, newest first, until when this year's is due, and the form for another."""

    def run(data: dict[str, Any]) -> Any:
        data.pop("version", None)
        return register_plan(by=request.user, **data)

    act = Act(
        title="年度检查计划", form_class=PlanForm, run=run, done_url=reverse("inspection-plans"),
        done_message="年度检查计划已登记，可以按计划报备检查。", submit="登记已公布的计划",
        template="inspections/plans.html", initial={"year": clock.today().year},
        context={"plans": InspectionPlan.objects.order_by("-year")[:20], "owed": plan_owed(clock.today())},
        back_url=reverse("inspection-home"),
    )  # fmt: skip
    return act_page(request, act)
