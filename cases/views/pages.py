"""The list of cases, the case page with its task list, documents, evidence and deadlines explained."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases import permissions
from cases.actions.filing import declare_no_conflict
from cases.models import Document
from cases.procedure.overlay import marks
from cases.procedure.states import TITLES, State
from cases.procedure.steps import BY_CODE
from cases.queries.explain import explain
from cases.queries.find import list_cases, nearest_deadlines, open_case
from cases.queries.limits import limit_lines
from cases.views.case_page import case_page_context
from cases.views.document_relations import relations_of
from cases.views.parts import part_acts
from cases.views.signing import signing_lines
from cases.views.summary import SCREENS
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.documents.models import PdfState
from lishu_law.documents.response import pdf_response
from lishu_law.errors import NotFound
from lishu_law.web.uploads import serve_file

SIGNING = BY_CODE["sign_document"].title  # first among what may be done with a paper
STAGE_CHOICES = (
    ("L", "线索"), ("F", "立案审批"), ("I", "调查"), ("N", "告知"), ("R", "法制审核"), ("D", "决定审批"),
    ("X", "送达和履行"), ("C", "已结案"), ("A", "已归档"),
)  # fmt: skip


@requires("case.list")
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    text, stage = request.GET.get("q", "").strip()[:50], request.GET.get("stage", "")
    state, after = request.GET.get("state", ""), request.GET.get("after", "")
    page = list_cases(
        request.user,
        text=text,
        stage=stage if stage in dict(STAGE_CHOICES) else "",
        state=state if state in set(State) else "",
        mine=request.GET.get("mine") == "1",
        after=int(after) if after.isdecimal() and len(after) < 19 else None,
    )
    limits = nearest_deadlines(page.rows)
    lines = dict(zip(limits, limit_lines(limits.values()), strict=True))
    list_url = reverse("case-list")  # a case's page lies right below it: one address resolved instead of twenty
    rows = [(case, f"{list_url}{case.clue_no}/", lines.get(case.pk)) for case in page.rows]
    query = request.GET.copy()
    query["after"] = str(page.next_key or "")
    return render(
        request,
        "cases/list.html",
        {
            "rows": rows, "count_text": page.count_text, "text": text, "stage": stage, "stages": STAGE_CHOICES,
            "mine": request.GET.get("mine") == "1", "next_url": f"?{query.urlencode()}" if page.next_key else "",
            "state_title": TITLES[State(state)] if state in set(State) else "",
            "can_create": may_ever(request.user, "case.create"),
            "can_issue": may_ever(request.user, "case.approve_decision"),
            "can_see_board": may_ever(request.user, "execution.read"),
            "can_see_blanks": may_ever(request.user, "blank.read"),
            "can_see_devices": may_ever(request.user, "device.read"),
            "can_see_editions": may_ever(request.user, "edition.read"),
            "can_see_phrases": may_ever(request.user, "phrase.read"),
            "can_see_reviews": may_ever(request.user, "scoring.list"),
            "can_list_remedies": may_ever(request.user, "remedy.list"),
        },
    )  # fmt: skip


@requires("case.read")
@require_GET
def case_page(request: HttpRequest, clue_no: str) -> HttpResponse:
    """What comes next, who does it, until when, under which article."""
    opened = open_case(request.user, clue_no)
    return render(request, "cases/case.html", case_page_context(request.user, opened))


@requires("case.read")
@require_POST
def declare(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The acting officer declares no conflict of interest for this case; a screen of the scene is gone back to."""
    opened = open_case(request.user, clue_no)
    declare_no_conflict(case_id=opened.case.pk, by=request.user)
    screen = request.POST.get("screen", "")
    name = f"case-{screen}" if screen in SCREENS else "case"
    return HttpResponseRedirect(reverse(name, args=[clue_no]), status=303)


@requires("case.read")
@require_GET
def timeline(request: HttpRequest, clue_no: str) -> HttpResponse:
    opened = open_case(request.user, clue_no)
    return render(request, "cases/timeline.html", {"case": opened.case, "steps": list(reversed(opened.loaded.steps))})


@requires("case.read")
@require_GET
def deadline(request: HttpRequest, clue_no: str, limit_id: int) -> HttpResponse:
    """怎么算的: start, rule, every excluded day by name, the end, the article. Doubt is shown to the legal section."""
    opened = open_case(request.user, clue_no)
    limit = next((one for one in opened.loaded.deadlines if one.pk == limit_id), None)
    if limit is None:
        raise NotFound
    return render(
        request,
        "cases/deadline.html",
        {"case": opened.case, "why": explain(limit), "shows_doubt": may_ever(request.user, "holidays.propose")},
    )


def _document(request: HttpRequest, clue_no: str, document_id: int) -> tuple[Any, Document]:
    opened = open_case(request.user, clue_no)
    permissions.check(request.user, "document.read", opened.subject)
    document = next((one for one in opened.loaded.documents if one.pk == document_id), None)
    if document is None:
        raise NotFound
    return opened, document


@requires("document.read")
@require_GET
def document_page(request: HttpRequest, clue_no: str, document_id: int) -> HttpResponse:
    """One document: its progress, then the PDF to open or print. Works by reloading the page too."""
    opened, document = _document(request, clue_no, document_id)
    waiting = document.pdf_state in {PdfState.WAITING, PdfState.RENDERING}
    ahead = Document.objects.filter(pdf_state=PdfState.WAITING, pk__lt=document.pk).count() if waiting else 0
    template = "cases/_document_state.html" if request.htmx else "cases/document.html"  # type: ignore[attr-defined]
    response = render(
        request,
        template,
        {
            "case": opened.case, "document": document, "waiting": waiting, "place": ahead + 1,
            "acts": sorted(
                part_acts(request.user, opened, "document", document.pk), key=lambda act: act[0] != SIGNING
            ),
            "signing": signing_lines(document, clue_no),
            "relations": relations_of(opened.loaded).get(document.pk, []),
            "mark": marks(opened.loaded.facts).get(document.number, ""),
        },
    )  # fmt: skip
    response["Vary"] = "HX-Request"
    return response


@requires("document.read")
@require_GET
def document_pdf(request: HttpRequest, clue_no: str, document_id: int) -> HttpResponseBase:
    _opened, document = _document(request, clue_no, document_id)
    return pdf_response(document)


@requires("evidence.read")
@require_GET
def evidence_file(request: HttpRequest, clue_no: str, evidence_id: int) -> HttpResponseBase:
    opened = open_case(request.user, clue_no)
    permissions.check(request.user, "evidence.read", opened.subject)
    item = next((one for one in opened.loaded.evidence if one.pk == evidence_id), None)
    if item is None or item.file is None:
        raise NotFound
    name = f"{opened.case.label}-{item.title}"
    return serve_file(request, item.file, download_name=name, derivative=request.GET.get("view") == "1")


__all__ = [
    "case_list", "case_page", "deadline", "declare", "document_page", "document_pdf", "evidence_file", "timeline",
]  # fmt: skip
