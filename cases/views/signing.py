"""The signing screen of a paper: what is signed, page by page, and one signer after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases import permissions
from cases.actions.signing import check_signer, sign_document
from cases.documents.signed import is_of_this_edition
from cases.forms.signing import SignForm
from cases.models import Document, PaperScan, PaperState, SignedCopy
from cases.queries.find import OpenedCase, open_case
from cases.queries.signing import signed_paper, signing_officers
from cases.views.frame import CaseAct, check_open, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.response import pdf_response
from lishu_law.documents.seats import Seat, Way
from lishu_law.errors import NotFound
from lishu_law.web.paper_signing.paper import SignedPaper
from lishu_law.web.paper_signing.screen import SigningLines, form_arguments, initial_of, lines_of, signers, signing_of
from lishu_law.web.paper_signing.taking import OLDER_EDITION
from lishu_law.web.uploads import serve_file

Opened = tuple[OpenedCase, SignedPaper]


def _opened(request: HttpRequest, clue_no: str, part_id: int) -> Opened:
    found = opened(request, clue_no, part_id)
    check_open(request, found, "sign_document")
    document = Document.objects.filter(case=found.case, pk=part_id).first()
    if document is None:
        raise NotFound
    check_signer(found.loaded, document, request.user)
    return found, signed_paper(document)


@requires("case.sign_document")
def sign(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    """To whoever has to sign next; back to the paper where nobody has."""
    _found, paper = _opened(request, clue_no, part_id)
    if not paper.is_drawn:
        messages.info(request, "文书还在生成。生成以后请再点“签名”。")
    if not paper.is_drawn or not paper.gaps:
        return HttpResponseRedirect(reverse("case-document", args=[clue_no, part_id]), status=303)
    if not is_of_this_edition(paper.document):
        messages.warning(request, OLDER_EDITION)
    return HttpResponseRedirect(_seat_url(clue_no, part_id, paper.next_number), status=303)


@requires("case.sign_document")
def sign_seat(request: HttpRequest, clue_no: str, part_id: int, seat_no: int) -> HttpResponse:
    """One signer."""
    found, paper = _opened(request, clue_no, part_id)
    if not paper.is_drawn or not 1 <= seat_no <= len(paper.seats):
        raise NotFound
    seat = paper.seats[seat_no - 1]
    if request.method != "POST" and paper.gap(seat.key) is None:
        return HttpResponseRedirect(reverse("case-sign_document", args=[clue_no, part_id]), status=303)
    people, user = signing_officers(found.loaded, paper.document, clock.today()), request.user
    act = CaseAct(
        "sign_document", SignForm, _runner(seat, user), "保存签名", "签名已保存。", template="web/m_sign_document.html",
        done_url=reverse("case-sign_document", args=[clue_no, part_id]),
        initial=initial_of(paper, seat, people, user, found.case.place),
        form_arguments=form_arguments(paper, seat, people, user),
        context={
            "paper": paper, "seat": seat, "drawn": Way.DRAWN.value, "belongs": found.case.label,
            "others": signers(paper, seat, lambda number: _seat_url(clue_no, part_id, number)),
            "pdf_url": reverse("case-document-pdf", args=[clue_no, part_id]),
        },
    )  # fmt: skip
    return perform(request, found, act)


def _runner(seat: Seat, user: Any) -> Callable[..., Any]:
    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        signing = signing_of(data, seat, user)
        return sign_document(case_id=case_id, version=version, by=by, part_id=part_id, signing=signing)

    return run


def _seat_url(clue_no: str, document_id: int, number: int) -> str:
    return reverse("case-sign-seat", args=[clue_no, document_id, number])


ACTS: dict[str, Callable[..., HttpResponse]] = {"sign_document": sign}


def _read(request: HttpRequest, clue_no: str, document_id: int) -> Document:
    found = open_case(request.user, clue_no)
    permissions.check(request.user, "document.read", found.subject)
    document = Document.objects.filter(case=found.case, pk=document_id).first()
    if document is None:
        raise NotFound
    return document


@requires("document.read")
@require_GET
def signed_pdf(request: HttpRequest, clue_no: str, document_id: int) -> HttpResponseBase:
    """The copy with every signature at its place."""
    copy = SignedCopy.objects.filter(document=_read(request, clue_no, document_id)).first()
    if copy is None:
        raise NotFound("这份文书还没有签齐，没有签名件。")
    return pdf_response(copy)


@requires("document.read")
@require_GET
def scan_file(request: HttpRequest, clue_no: str, document_id: int, position: int) -> HttpResponseBase:
    """One file of the paper as it was signed by pen."""
    document = _read(request, clue_no, document_id)
    scan = PaperScan.objects.select_related("file").filter(document=document, position=position).first()
    if scan is None:
        raise NotFound
    name = f"{document.title}-签名原件-{position}"
    return serve_file(request, scan.file, download_name=name, derivative=request.GET.get("view") == "1")


def signing_lines(document: Document, clue_no: str) -> SigningLines | None:
    """None where nothing was signed in the system yet."""
    if document.signing == PaperState.ON_PAPER:
        return None
    paper = signed_paper(document)
    if document.signing == PaperState.VOID and not paper.rows:
        return None
    copy = SignedCopy.objects.filter(document=document).first()
    scans = PaperScan.objects.filter(document=document).order_by("position").values_list("position", flat=True)
    return lines_of(
        paper, copy, scans, copy_url=reverse("case-signed-pdf", args=[clue_no, document.pk]),
        scan_url=lambda position: reverse("case-signed-scan", args=[clue_no, document.pk, position]),
    )  # fmt: skip
