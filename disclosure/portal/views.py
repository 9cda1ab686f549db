"""The public site of penalties: read-only, no sign-in, no cookies, no JavaScript, cacheable (ux.md §16)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosure.actions.publish import public_url
from disclosure.content import PENALTY_TYPES
from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal.asking import asked, is_search
from disclosure.portal.caching import cached
from disclosure.portal.pages import gone_page, is_gone, organ_name, record_json, record_page
from disclosure.portal.register import proof_of
from disclosure.queries.ledger import newest_said
from disclosure.queries.replaced import public_id_of_replaced, public_id_of_successor
from disclosure.queries.search import Listed, Page, find, on_show
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.law.amounts import format_yuan
from lishu_law.web.errors import not_found
from lishu_law.web.rate_limits import JSON, SEARCH, paced

GONE = 410


@public
@require_safe
@paced(SEARCH, is_search)
def penalty_list(request: HttpRequest) -> HttpResponseBase:
    """List and search, newest decision first."""
    search, problem = asked(request)
    page = find(search, clock.today()) if not problem else Page([], "", 0, False)
    context = {
        "title": "行政处罚结果公示",
        "search": search,
        "problem": problem,
        "rows": [_row(record) for record in page.rows],
        "count_text": page.count_text,
        "next_url": _next_url(request, page.next_cursor),
        "is_first": search.after is None,
        "years": _years(),
        "domains": sorted(on_show(clock.today()).order_by().values_list("domain", flat=True).distinct()),
        "types": PENALTY_TYPES,
        "organ": organ_name(clock.today()),
    }
    response = render(request, "portal/list.html", context, status=400 if problem else 200)
    if search.is_filtered or search.after:
        response["X-Robots-Tag"] = "noindex"
    return cached(request, response)


@public
@require_safe
def penalty_record(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The permanent page of one decision; 410 with its notice once it is withdrawn or past its period."""
    record = _record(public_id)
    if record is None:
        return not_found(request)
    said = newest_said(public_id)
    if is_gone(record):
        over = said if record.state != RecordState.PUBLISHED else None
        gone = {**gone_page(record, over), "successor_id": public_id_of_successor(record)}
        return cached(request, render(request, "portal/gone.html", gone, status=GONE))
    if said is None:
        return not_found(request)
    context = {"title": f"行政处罚：{record.number}", **record_page(record, said.content)}
    context |= {"organ": said.content["organ"], "said": said, "proof": proof_of(said.leaf)}
    context["replaced_id"] = public_id_of_replaced(record)
    context["is_computed"] = bool(record.decision_id and record.content.get("tier"))
    response = render(request, "portal/record.html", context)
    if record.is_person:
        response["X-Robots-Tag"] = "noindex, noarchive"
    return cached(request, response, record.updated_at)


@public
@require_safe
@paced(JSON)
def penalty_json(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The same record for machines."""
    record = _record(public_id)
    if record is None:
        raise Http404
    said, plain = newest_said(public_id), {"ensure_ascii": False}
    if is_gone(record) and (said is None or record.state == RecordState.PUBLISHED):  # the minute after its last day
        over = {"public_id": public_id, "content": gone_page(record, None)["notice"]}
        return cached(request, JsonResponse(over, status=GONE, json_dumps_params=plain))
    if said is None:
        raise Http404
    status = GONE if is_gone(record) else 200
    found = record_json(record, said, public_url(public_id))
    response = JsonResponse(found, status=status, json_dumps_params=plain)
    if record.is_person:
        response["X-Robots-Tag"] = "noindex, noarchive"
    return cached(request, response, record.updated_at)


def _record(public_id: str) -> DisclosureRecord | None:
    shown = (RecordState.PUBLISHED, RecordState.WITHDRAWN, RecordState.EXPIRED)
    ever_public = DisclosureRecord.objects.exclude(published_at=None)
    return ever_public.filter(public_id=public_id, state__in=shown).first()


def _row(record: Listed) -> dict[str, Any]:
    return {
        "public_id": record.public_id,
        "number": record.number,
        "party": record.party,
        "violation": record.violation,
        "types": record.types or "",
        "fine": format_yuan(Decimal(record.fine)) if record.fine else "",
        "decided_on": record.decided_on.isoformat(),
    }


def _years() -> list[int]:
    bounds = DisclosureRecord.objects.filter(state=RecordState.PUBLISHED).order_by("decided_on")
    first, today = bounds.values_list("decided_on", flat=True).first(), clock.today()
    return list(range(today.year, (first or today).year - 1, -1))


def _next_url(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    kept = [(name, request.GET[name]) for name in ("q", "year", "domain", "type") if request.GET.get(name)]
    return "?" + urlencode([*kept, ("after", cursor)])
