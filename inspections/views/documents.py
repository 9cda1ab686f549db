"""The papers of an inspection: make, look at a draft, print; the papers written in a visit; the telling of the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import permissions, rules
from inspections.actions import documents as actions
from inspections.documents import contexts
from inspections.documents.catalogue import CATALOGUE, DOUBTS, by_code
from inspections.documents.issue import OF_FILING
from inspections.documents.render import paper_html, with_drawings
from inspections.forms.papers import InquestForm, PaperSetForm, QuestioningForm, ReadOnceForm, SamplingForm, TellingForm
from inspections.models import FilingState, InspectionDocument
from inspections.queries.papers import (
    DONE,
    RESULT,
    PaperFacts,
    made_codes,
    next_result,
    paper_facts,
    papers_of,
    results_due,
    signing_refusals,
)
from inspections.queries.records import OpenedFiling, open_filing
from inspections.queries.visit_record import Visit
from inspections.views.frame import fixes_of, version_of
from inspections.views.paper_signing import signing_part
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.models import PdfState
from lishu_law.documents.paper_set import paper_set
from lishu_law.documents.response import draft_response, made_response, pdf_response
from lishu_law.errors import NotFound
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Unit, UnitKind
from lishu_law.web.acts import Act, act_page

READ, PAPER = "inspection.read", actions.ACTION
# (last part of the address, form, action, data of a draft)
WRITTEN: dict[str, tuple[Any, Any, Any]] = {
    "questioning": (
        QuestioningForm,
        actions.record_questioning,
        lambda facts, made: contexts.questioning(facts, made, 1),
    ),
    "sampling": (SamplingForm, actions.record_sampling, contexts.sampling),
    "inquest": (InquestForm, actions.record_inquest, contexts.inquest),
}


def papers_part(user: Any, found: OpenedFiling, visit: Visit) -> dict[str, Any]:
    """What the page of a filing shows of its papers: the list, what may be made now, the clock of the result."""
    filing = found.filing
    papers = papers_of(filing)
    today = clock.today()
    rounds, unsigned = results_due(filing, today, papers), signing_refusals(filing, visit)
    may_make = permissions.can(user, PAPER, found.subject)
    made = made_codes(papers, rounds)
    offered = [
        (by_code(code).title, reverse("paper-make", args=[filing.reference, code.removeprefix("inspection_")]))
        for code in rules.PAPERS_BY_HAND
        if may_make and not rules.paper_fits(code, filing.state, made) and not (code == RESULT and unsigned)
    ]
    return {
        "papers": papers,
        "paper_acts": offered,
        "rounds": rounds,
        "unsigned_record": unsigned,
        "can_tell": may_make and filing.state in DONE and any(one.paper and not one.telling for one in rounds),
        "approval_draft": filing.state == FilingState.SUBMITTED,
        "lacks_phone": bool(offered) and not DEFAULT_PARAMETERS.at("inspection.supervision_phone", today).is_confirmed,
    }


def paper_url(paper: InspectionDocument) -> str:
    return reverse("paper", args=[paper.filing.reference, paper.pk])


@requires(PAPER)
def make(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """定稿: a paper that follows from the filing after a look at its draft, or one that is written in the visit."""
    code = f"inspection_{name}"
    if code not in rules.PAPERS_BY_HAND:
        raise NotFound
    found = open_filing(request.user, reference)
    permissions.check(request.user, PAPER, found.subject)
    return _write(request, found, name) if name in WRITTEN else _confirm(request, found, name)


def _confirm(request: HttpRequest, found: OpenedFiling, name: str) -> HttpResponse:
    def run(who: dict[str, Any], data: dict[str, Any], form: Any) -> Any:
        return actions.make_paper(**who, code=f"inspection_{name}")

    draft = reverse("paper-draft", args=[found.filing.reference, name])
    return _page(request, found, run, name, form_class=ReadOnceForm, context={"draft_url": "", "paper_draft": draft})


def _write(request: HttpRequest, found: OpenedFiling, name: str) -> HttpResponse:
    form_class, action, draft_of = WRITTEN[name]
    people = [one.user for one in found.officers]
    if request.method == "POST" and "_draft" in request.POST:
        form = form_class(request.POST, people=people)
        if form.is_valid():
            facts = paper_facts(found.filing, clock.now())
            return draft_of_paper(found, f"inspection_{name}", draft_of(facts, form.made()))

    def run(who: dict[str, Any], data: dict[str, Any], form: Any) -> Any:
        return action(**who, made=form.made())

    return _page(
        request, found, run, name, form_class=form_class, form_arguments={"people": people},
        initial=_known(found), context={"is_written": True},
    )  # fmt: skip


def _known(found: OpenedFiling) -> dict[str, Any]:
    """What the filing knows already, so that nobody types it again."""
    filing = found.filing
    people = [one.user_id for one in found.officers]
    party = filing.subject.party
    return {
        "place": filing.subject.address, "first": people[0], "second": people[1] if len(people) > 1 else None,
        "started_at": filing.started_at, "ended_at": filing.finished_at, "person_name": filing.present_person,
        "person_phone": filing.present_phone, "person_employer": f"{party.name}{filing.present_post}",
    }  # fmt: skip


def _page(request: HttpRequest, found: OpenedFiling, run: Any, name: str, **page: Any) -> HttpResponse:
    kind, filing = by_code(f"inspection_{name}"), found.filing
    who = {"filing_id": filing.pk, "by": request.user}
    act = Act(
        title=f"制作{kind.title}", run_takes_form=True, done_url=paper_url, submit="定稿",
        run=lambda data, form: run({**who, "version": version_of(data, filing)}, data, form),
        done_message=lambda paper: f"{paper.title}已定稿{f'，文号 {paper.number}' if paper.number else ''}。",
        template="inspections/make_paper.html", back_url=reverse("filing", args=[filing.reference]),
        fixes=fixes_of(filing.reference),
        **{**page, "initial": {"version": filing.version, **page.get("initial", {})}},
    )  # fmt: skip
    act.context.update({"opened": found, "filing": filing})
    return act_page(request, act)


@requires(PAPER)
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """登记结果告知."""
    found = open_filing(request.user, reference)
    permissions.check(request.user, PAPER, found.subject)
    filing = found.filing
    url = reverse("filing", args=[reference])

    def run(data: dict[str, Any], form: TellingForm) -> Any:
        return actions.tell_result(
            filing_id=filing.pk, version=version_of(data, filing), by=request.user, telling=form.telling()
        )

    initial = {
        "version": filing.version, "told_at": clock.now(),
        "receiver": filing.present_person, "receiver_post": filing.present_post,
    }  # fmt: skip
    act = Act(
        title="登记检查结果告知", form_class=TellingForm, run=run, run_takes_form=True, done_url=url, initial=initial,
        done_message="结果告知已登记。", submit="登记告知", back_url=url, fixes=fixes_of(reference),
        template="inspections/tell_result.html", context={"told": next_result(filing, clock.today()), "filing": filing},
    )  # fmt: skip
    return act_page(request, act)


@requires(READ)
@require_GET
def draft(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """草稿 of a paper that follows from the filing, marked on every page, without a number."""
    code = f"inspection_{name}"
    if code not in OF_FILING:
        raise NotFound
    found = open_filing(request.user, reference)
    facts: PaperFacts = paper_facts(found.filing, clock.now())
    return draft_of_paper(found, code, with_drawings(OF_FILING[code](facts, clock.now())))


def draft_of_paper(found: OpenedFiling, code: str, data: Mapping[str, object]) -> HttpResponse:
    html = paper_html(code, None, found.filing.filing_no or "", data, draft=True)
    return draft_response(html, title=by_code(code).title, at=clock.now())


def _paper(request: HttpRequest, reference: str, paper_id: int) -> tuple[OpenedFiling, InspectionDocument]:
    found = open_filing(request.user, reference)
    paper = InspectionDocument.objects.filter(filing=found.filing, pk=paper_id).select_related("sealed_by").first()
    if paper is None:
        raise NotFound
    return found, paper


@requires(READ)
@require_GET
def paper_page(request: HttpRequest, reference: str, paper_id: int) -> HttpResponse:
    """One paper: its progress, then the PDF to open or print."""
    found, paper = _paper(request, reference, paper_id)
    waiting = paper.pdf_state in {PdfState.WAITING, PdfState.RENDERING}
    template = "inspections/_paper_state.html" if request.htmx else "inspections/paper.html"  # type: ignore[attr-defined]
    context = {"filing": found.filing, "paper": paper, "waiting": waiting, "title": str(paper)}
    context |= signing_part(request.user, found, paper)
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@requires(READ)
@require_GET
def paper_pdf(request: HttpRequest, reference: str, paper_id: int) -> HttpResponseBase:
    _found, paper = _paper(request, reference, paper_id)
    return pdf_response(paper)


# For days without network: what is written in a visit; notices and results carry numbers of the system.
PAPER_SET = ("inspection_record", "inspection_questioning", "inspection_inquest", "inspection_sampling")


@requires(PAPER)
def paper_set_page(request: HttpRequest) -> HttpResponse:
    """断网备用: the empty records of a visit."""
    kinds = [by_code(code) for code in PAPER_SET]
    form = PaperSetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organ = Unit.objects.get(kind=UnitKind.AUTHORITY).name
        made = paper_set(
            kinds, organ=organ, copies=form.cleaned_data["copies"], title="断网备用纸质文书：行政检查", at=clock.now()
        )
        return made_response(made.content, "断网备用文书-行政检查.pdf")
    context = {"form": form, "kinds": kinds, "title": "打印断网备用文书：行政检查"}
    return render(request, "inspections/paper_set.html", context, status=422 if form.errors else 200)


@requires("rule.read")
@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """Which papers an inspection has, and what of their forms nobody has seen yet (待核对)."""
    rows = [(kind, DOUBTS[kind.doc_id]) for kind in CATALOGUE]
    return render(request, "inspections/paper_forms.html", {"rows": rows, "title": "检查文书的式样核对过没有？"})
