"""Results of visits that were not drawn: published by staff, read by everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from inspections.actions.results import ACTION, publish_results
from inspections.forms.results import PublishResultsForm
from inspections.queries.draw_results import LIMIT
from inspections.queries.results import WaitingResult, display_months, public_results, waiting_results
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import public, requires
from lishu_law.law.limits import LIMITS
from lishu_law.web.acts import Act, act_page

CACHE = "public, max-age=60, stale-if-error=240"


@requires(ACTION)
def publish(request: HttpRequest) -> HttpResponse:
    """What waits to become public, with its clock; what may be published now is chosen already."""
    rows = waiting_results(clock.now())
    ready = [row for row in rows if not row.why_not]

    def run(data: dict[str, Any]) -> Any:
        return publish_results(by=request.user, references=data["references"])

    act = Act(
        title="公示检查结果", form_class=PublishResultsForm, run=run, done_url=reverse("results-publish"),
        done_message=lambda count: f"已公示 {count} 次检查的结果。", submit="公示勾选的结果",
        template="inspections/publish_results.html",
        form_arguments={"choices": [(row.filing.reference, _words(row)) for row in ready]},
        initial={"references": [row.filing.reference for row in ready]},
        context={
            "ready": ready, "waiting": [row for row in rows if row.why_not], "limit": LIMITS[LIMIT].length_text,
            "draft_url": "",
        },
        back_url=reverse("desk"),
    )  # fmt: skip
    return act_page(request, act)


def _words(row: WaitingResult) -> str:
    filing = row.filing
    name = row.name or f"{filing.subject.object_no}（只公示编号）"
    return f"{filing.check_code}　{name}　{filing.get_result_code_display()}　{row.due:%Y-%m-%d} 以前公示"


@public
@require_safe
def public_page(request: HttpRequest) -> HttpResponse:
    """Every published result of a visit that was not drawn, for a year."""
    words = request.GET.get("q", "").strip()[:50]
    page = public_results(clock.now(), after=key_of(request, "after"), words=words)
    context = {
        "title": "行政检查结果公示", "page": page, "words": words, "limit": LIMITS[LIMIT].length_text,
        "months": display_months(clock.today()),
        "next_url": f"?{urlencode({'q': words, 'after': page.next_key})}" if page.next_key else "",
    }  # fmt: skip
    response = render(request, "portal/inspection_results.html", context)
    response["Cache-Control"] = CACHE
    patch_vary_headers(response, ["Cookie"])  # 大字 and 高对比 are cookies that only change the look
    return response
