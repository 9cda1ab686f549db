"""The signing screen of a paper of an inspection (J04–J07): the same as of a case's papers (ADR 53)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections import permissions
from inspections.actions.paper_signing import ACTION, sign_paper
from inspections.documents.signed import is_of_this_edition
from inspections.models import InspectionDocument, InspectionScan, InspectionSignedCopy
from inspections.queries.paper_signing import signed_paper, signing_officers
from inspections.queries.records import OpenedFiling, open_filing
from inspections.rules.signing import FORMS
from inspections.views.frame import version_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.models import PaperState
from lishu_law.documents.response import pdf_response
from lishu_law.documents.seats import Way
from lishu_law.errors import NotFound
from lishu_law.web.acts import SEE_OTHER, Act, act_page
from lishu_law.web.paper_signing.form import SignForm
from lishu_law.web.paper_signing.paper import SignedPaper
from lishu_law.web.paper_signing.screen import SigningLines, form_arguments, initial_of, lines_of, signers, signing_of
from lishu_law.web.paper_signing.taking import OLDER_EDITION
from lishu_law.web.uploads import serve_file


def _opened(request: HttpRequest, reference: str, paper_id: int) -> tuple[OpenedFiling, SignedPaper]:
    found = open_filing(request.user, reference)
    permissions.check(request.user, ACTION, found.subject)
    paper = InspectionDocument.objects.filter(filing=found.filing, pk=paper_id, code__in=FORMS).first()
    if paper is None:
        raise NotFound
    return found, signed_paper(paper)


@requires(ACTION)
def sign(request: HttpRequest, reference: str, paper_id: int) -> HttpResponse:
    """To whoever has to sign next; back to the paper where nobody has."""
    _found, paper = _opened(request, reference, paper_id)
    if not paper.is_drawn:
        messages.info(request, "文书还在生成。生成以后请再点“签名”。")
    if not paper.is_drawn or not paper.gaps:
        return HttpResponseRedirect(reverse("paper", args=[reference, paper_id]), status=SEE_OTHER)
    if not is_of_this_edition(paper.document):
        messages.warning(request, OLDER_EDITION)
    return HttpResponseRedirect(_seat_url(reference, paper_id, paper.next_number), status=SEE_OTHER)


@requires(ACTION)
def sign_seat(request: HttpRequest, reference: str, paper_id: int, seat_no: int) -> HttpResponse:
    """One signer."""
    found, paper = _opened(request, reference, paper_id)
    if not paper.is_drawn or not 1 <= seat_no <= len(paper.seats):
        raise NotFound
    filing, seat, user = found.filing, paper.seats[seat_no - 1], request.user
    on = reverse("paper-sign", args=[reference, paper_id])
    if request.method != "POST" and paper.gap(seat.key) is None:
        return HttpResponseRedirect(on, status=SEE_OTHER)
    people = signing_officers(filing, clock.today())

    def run(data: dict[str, Any]) -> Any:
        version, signing = version_of(data, filing), signing_of(data, seat, user)
        return sign_paper(filing_id=filing.pk, version=version, by=user, paper_id=paper_id, signing=signing)

    act = Act(
        title="签名", form_class=SignForm, run=run, done_url=on, done_message="签名已保存。", submit="保存签名",
        template="web/m_sign_document.html", back_url=reverse("paper", args=[reference, paper_id]),
        initial={"version": filing.version, **initial_of(paper, seat, people, user, filing.subject.address)},
        form_arguments=form_arguments(paper, seat, people, user),
        context={
            "paper": paper, "seat": seat, "drawn": Way.DRAWN.value, "belongs": filing.filing_no or "事后补报",
            "others": signers(paper, seat, lambda number: _seat_url(reference, paper_id, number)),
            "pdf_url": reverse("paper-pdf", args=[reference, paper_id]),
        },
    )  # fmt: skip
    return act_page(request, act)


def _seat_url(reference: str, paper_id: int, number: int) -> str:
    return reverse("paper-sign-seat", args=[reference, paper_id, number])


def _read(request: HttpRequest, reference: str, paper_id: int) -> InspectionDocument:
    paper = InspectionDocument.objects.filter(filing=open_filing(request.user, reference).filing, pk=paper_id).first()
    if paper is None:
        raise NotFound
    return paper


@requires("inspection.read")
@require_GET
def signed_pdf(request: HttpRequest, reference: str, paper_id: int) -> HttpResponseBase:
    """The copy with every signature at its place."""
    copy = InspectionSignedCopy.objects.filter(document=_read(request, reference, paper_id)).first()
    if copy is None:
        raise NotFound("这份文书还没有签齐，没有签名件。")
    return pdf_response(copy)


@requires("inspection.read")
@require_GET
def scan_file(request: HttpRequest, reference: str, paper_id: int, position: int) -> HttpResponseBase:
    """One file of the paper as it was signed by pen."""
    paper = _read(request, reference, paper_id)
    scan = InspectionScan.objects.select_related("file").filter(document=paper, position=position).first()
    if scan is None:
        raise NotFound
    name = f"{paper.title}-签名原件-{position}"
    return serve_file(request, scan.file, download_name=name, derivative=request.GET.get("view") == "1")


def signing_part(user: Any, found: OpenedFiling, paper: InspectionDocument) -> dict[str, Any]:
    """What the page of a paper says of its signatures, and where one signs."""
    may_sign = paper.code in FORMS and paper.signing in {PaperState.ON_PAPER, PaperState.OPEN}
    may_sign = may_sign and permissions.can(user, ACTION, found.subject)
    here = [found.filing.reference, paper.pk]
    return {"signing": _lines(paper, here), "sign_url": reverse("paper-sign", args=here) if may_sign else ""}


def _lines(paper: InspectionDocument, here: list[Any]) -> SigningLines | None:
    """None where nothing was signed in the system yet."""
    if paper.signing == PaperState.ON_PAPER:
        return None
    copy = InspectionSignedCopy.objects.filter(document=paper).first()
    scans = InspectionScan.objects.filter(document=paper).order_by("position").values_list("position", flat=True)
    return lines_of(
        signed_paper(paper), copy, scans, copy_url=reverse("paper-signed-pdf", args=here),
        scan_url=lambda position: reverse("paper-signed-scan", args=[*here, position]),
    )  # fmt: skip
