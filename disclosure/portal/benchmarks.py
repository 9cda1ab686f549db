"""Public pages of the benchmark: browse and search, what my facts would lead to, how a decision was computed (ux.md §16).

They explain and decide nothing: no sign-in, no cookie, nothing kept of what is asked.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.api import PublicAnswer, how_computed, public_answer, public_items, public_sheet
from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal.asking import is_search
from disclosure.portal.caching import cached
from disclosure.queries.search import LONGEST_QUERY
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.web.errors import not_found
from lishu_law.web.rate_limits import SEARCH, paced

OUTCOMES = {
    "penalise": "按公开的裁量基准，一般这样处理。",
    "no_penalty": "按公开的清单和基准，一般不处罚。",
    "order_only": "一般先责令改正，不罚款。",
    "no_suggestion": "基准里没有对应的档次，要由执法机关查清后决定。",
    "limitation": "已经超过处罚时效，一般不再处罚。",
    "needs_minutes": "要经负责人集体讨论后决定。",
    "no_jurisdiction": "这件事不归本机关管。",
}


@public
@require_safe
@paced(SEARCH, is_search)
def benchmark_list(request: HttpRequest) -> HttpResponseBase:
    """Which act is usually fined how?"""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    edition, items = public_items(clock.today(), query)
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(item.domain, []).append(item)
    context = {
        "title": "裁量标准", "query": query, "edition": edition, "groups": list(groups.items()), "count": len(items),
    }  # fmt: skip
    response = render(request, "portal/benchmarks.html", context)
    if query:
        response["X-Robots-Tag"] = "noindex"
    return cached(request, response)


@public
@require_safe
def benchmark_item(request: HttpRequest, code: str) -> HttpResponseBase:
    """The tiers of one violation with the law, and 我的情况会怎么处理."""
    today = clock.today()
    sheet = public_sheet(code, today)
    if sheet is None:
        return not_found(request)
    raw = {name: str(value).replace("\x00", "")[:20] for name, value in request.GET.items()}
    answer = public_answer(sheet, raw, today) if raw else None
    context = {
        "title": sheet.item.violation, "sheet": sheet, "answer": answer,
        "outcome": OUTCOMES.get(answer.outcome, "") if answer else "",
        "questions": [_question(one, raw, answer) for one in sheet.questions],
    }  # fmt: skip
    response = render(request, "portal/benchmark.html", context, status=400 if answer and answer.faults else 200)
    if raw:
        response["X-Robots-Tag"] = "noindex"
    return cached(request, response)


def _question(variable: Any, raw: dict[str, str], answer: PublicAnswer | None) -> dict[str, Any]:
    choices = {"bool": [("yes", variable.yes), ("no", variable.no)], "choice": list(variable.choices)}
    return {
        "name": variable.name, "text": variable.question, "choices": choices.get(variable.kind, []),
        "value": raw.get(variable.name, ""), "fault": answer.faults.get(variable.name, "") if answer else "",
        "is_missing": answer is not None and variable.name in answer.missing,
    }  # fmt: skip


@public
@require_safe
def how(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """这个处罚怎么算出来的: the published decision computed again from its frozen facts and edition."""
    record = DisclosureRecord.objects.filter(
        public_id=public_id, state=RecordState.PUBLISHED, display_until__gte=clock.today()
    ).first()
    computed = how_computed(record.decision_id) if record and record.decision_id else None
    if record is None or computed is None:
        return not_found(request)
    context = {"title": "这个处罚怎么算出来的", "record": record, "how": computed}
    response: HttpResponse = render(request, "portal/how.html", context)
    if record.is_person:
        response["X-Robots-Tag"] = "noindex, noarchive"
    return cached(request, response, record.updated_at)
