"""Staff pages of a draft that may not be public: ask for the exclusion, decide it, look at it anew."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from cases.api import DecisionFacts
from disclosure.actions.exclude import (
    WantedExclusion,
    check_paper,
    decide_exclusion,
    propose_exclusion,
    review_exclusion,
)
from disclosure.models import DisclosureRecord, Exclusion
from disclosure.reading import facts_of, record_of
from disclosure.request_forms import DecideExclusionForm, ProposeExclusionForm, ReviewExclusionForm
from disclosure.request_views import record_act
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound
from lishu_law.web.uploads import serve_file, store_upload


@requires("disclosure.propose_exclusion")
@require_http_methods(["GET", "POST"])
def exclude_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask that a draft be not published: 提请不予公示."""
    record = record_of(public_id)

    def run(data: dict[str, Any]) -> Exclusion:
        paper = store_upload(data["paper"], request.user) if data["paper"] else None
        wanted = WantedExclusion(data["code"], data["reason"], data["basis_no"], paper)
        version = data.get("version") or record.version
        return propose_exclusion(record_id=record.pk, version=version, by=request.user, wanted=wanted)

    lead = "处罚决定以公开为原则。未成年人、不予处罚的由系统自动排除；这里只用于法律规定的其他情形，由另一名人员决定。"
    return record_act(
        request, record, title="提请不予公示", form_class=ProposeExclusionForm, run=run, submit="提交",
        done_message="已提请，由另一名人员决定。", template="disclosure/ask.html", context={"lead": lead},
    )  # fmt: skip


@requires("disclosure.decide_exclusion")
@require_http_methods(["GET", "POST"])
def exclusion(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide an open request: 决定不予公示."""
    record, facts, asked = _asked(request, public_id, outcome="")

    def run(data: dict[str, Any]) -> Exclusion:
        return decide_exclusion(
            record_id=record.pk, version=data.get("version") or record.version, facts=facts, by=request.user,
            agree=data["agree"] == "yes", opinion=data["opinion"],
        )  # fmt: skip

    return record_act(
        request, record, title="决定不予公示", form_class=DecideExclusionForm, run=run, submit="提交",
        done_message="已决定。", template="disclosure/exclusion.html", context={"asked": asked},
    )  # fmt: skip


@requires("disclosure.decide_exclusion")
@require_http_methods(["GET", "POST"])
def exclusion_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The periodic look at an exclusion: 复核不予公示."""
    record, facts, held = _asked(request, public_id, outcome="agreed", lifted_at=None)

    def run(data: dict[str, Any]) -> Exclusion:
        return review_exclusion(
            record_id=record.pk, version=data.get("version") or record.version, facts=facts, by=request.user,
            keep=data["keep"] == "yes", opinion=data["opinion"],
        )  # fmt: skip

    return record_act(
        request, record, title="复核不予公示", form_class=ReviewExclusionForm, run=run, submit="提交",
        done_message="已复核。", template="disclosure/exclusion.html", context={"asked": held},
    )  # fmt: skip


@requires("disclosure.read")
@require_safe
def exclusion_paper(request: HttpRequest, public_id: str, part_id: int) -> HttpResponseBase:
    """The document behind a request: for whoever decides it, looks at it anew, or asked for it."""
    record = record_of(public_id)
    found = Exclusion.objects.select_related("paper").filter(record=record, pk=part_id).first()
    if found is None or found.paper is None:
        raise NotFound
    check_paper(record, facts_of(record), found, request.user)
    return serve_file(request, found.paper, download_name=f"不予公示依据文件-{found.paper.original_name}")


def _asked(
    request: HttpRequest, public_id: str, **wanted: Any
) -> tuple[DisclosureRecord, DecisionFacts, Exclusion | None]:
    """The record, its decision and the exclusion asked for; a post of an old page is answered by the action."""
    record = record_of(public_id)
    facts, found = facts_of(record), Exclusion.objects.filter(record=record, **wanted).first()
    if facts is None or (found is None and request.method == "GET"):
        raise NotFound
    return record, facts, found
