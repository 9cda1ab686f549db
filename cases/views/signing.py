"""The signing screen of a paper: what is signed, page by page, and one signer after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases import permissions
from cases.actions.signing import OLDER_EDITION, NewSigning, check_signer, sign_document
from cases.documents.signed import is_of_this_edition, words_of
from cases.forms.signing import SCANS, SignForm
from cases.models import Document, PaperScan, PaperSignature, PaperState, SignedCopy
from cases.procedure.signing import WHOLE, Seat, Way
from cases.queries.find import OpenedCase, open_case
from cases.queries.signing import SignedPaper, signed_paper, signing_officers, sole_officers
from cases.views.frame import CaseAct, check_open, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.documents.models import PdfState
from lishu_law.documents.response import pdf_response
from lishu_law.errors import NotFound
from lishu_law.registry.models import User
from lishu_law.web.signatures import Drawn, picture_of
from lishu_law.web.uploads import serve_file, store_upload

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
    seat = paper.gaps[0][0]
    return HttpResponseRedirect(_seat_url(clue_no, paper, seat), status=303)


@requires("case.sign_document")
def sign_seat(request: HttpRequest, clue_no: str, part_id: int, seat_no: int) -> HttpResponse:
    """One signer."""
    found, paper = _opened(request, clue_no, part_id)
    if not paper.is_drawn or not 1 <= seat_no <= len(paper.seats):
        raise NotFound
    seat = paper.seats[seat_no - 1]
    if request.method != "POST" and paper.gap(seat.key) is None:
        return HttpResponseRedirect(reverse("case-sign_document", args=[clue_no, part_id]), status=303)
    people = signing_officers(found.loaded, paper.document, clock.today())
    act = CaseAct(
        "sign_document", SignForm, _runner(request, seat), "保存签名", "签名已保存。", template="cases/m_sign_document.html",
        done_url=reverse("case-sign_document", args=[clue_no, part_id]),
        initial=_initial(people, found, paper, seat, request.user),
        form_arguments={
            "seat": seat, "officers": _choices(people), "also": _also(people, paper, seat), "user": request.user,
            "texts": paper.texts(),
        },
        context={
            "paper": paper, "seat": seat, "others": _others(clue_no, paper, seat), "drawn": Way.DRAWN.value,
            "pdf_url": reverse("case-document-pdf", args=[clue_no, part_id]),
        },
    )  # fmt: skip
    return perform(request, found, act)


def _runner(request: HttpRequest, seat: Seat) -> Callable[..., Any]:
    """The action with what the form gave: pictures are drawn and scans kept before the case is locked."""
    user: Any = request.user

    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        is_paper = data["way"] == Way.PAPER
        is_scanned = data["way"] in {Way.PAPER, Way.REFUSED}
        witness = data.get("witness_signature")
        signing = NewSigning(
            seat=seat.key, way=data["way"], digest=data["digest"], place=data["place"],
            signer_name=data.get("signer_name", ""), officer=data.get("officer"),
            drawings={page: _kept(drawn, user) for page, drawn in data["drawings"].items()},
            scans=tuple(store_upload(file, user, kinds=SCANS) for file in data["scan"]) if is_scanned else (),
            also=tuple(data.get("also", ())) if is_paper else (), is_confirmed=data["is_confirmed"],
            reading=data.get("reading", ""), reason=data.get("reason", ""), witness_name=data.get("witness_name", ""),
            witness_drawing=_kept(witness, user) if witness else None,
        )  # fmt: skip
        return sign_document(case_id=case_id, version=version, by=by, part_id=part_id, signing=signing)

    return run


def _kept(drawn: Drawn, by: Any) -> tuple[Drawn, Any]:
    return drawn, picture_of(drawn, by)


def _initial(officers: list[Any], found: OpenedCase, paper: SignedPaper, seat: Seat, user: Any) -> dict[str, Any]:
    people = {name: one.pk for name, one in sole_officers(officers).items()}
    name = seat.sole_name
    is_one = user.pk in {one.pk for one in officers}
    own = user.pk if is_one and (not seat.names or user.full_name in seat.names) else None
    place = paper.rows[-1].place if paper.rows else str(paper.document.data.get("place") or found.case.place)
    return {
        "way": seat.ways[0].value, "digest": paper.document.pdf_sha256, "signer_name": name,
        "officer": people.get(name, own), "place": place.partition("（定位")[0][:160],
    }  # fmt: skip


def _choices(officers: list[Any]) -> Any:
    return User.objects.filter(pk__in=[one.pk for one in officers]).order_by("staff_number")


def _also(officers: list[Any], paper: SignedPaper, seat: Seat) -> list[tuple[str, str]]:
    """Further signers whose name the paper says: their signatures may be on the same scan."""
    known = sole_officers(officers)
    return [
        (one.key, one.title)
        for one, _pages in paper.gaps
        if one.key != seat.key and one.may_come_along and (not one.is_officer or one.sole_name in known)
    ]


def _others(clue_no: str, paper: SignedPaper, here: Seat) -> list[tuple[str, str, str]]:
    """Every signer of the paper: title, what was done, the address of the one who has still to sign."""
    waiting = {seat.key for seat, _pages in paper.gaps}
    found = []
    for seat in paper.seats:
        is_here = seat.key == here.key
        if seat.key in waiting:
            found.append(
                (seat.title, "现在签" if is_here else "还没签", "" if is_here else _seat_url(clue_no, paper, seat))
            )
        else:
            found.append((seat.title, words_of(paper.rows_of(seat)[-1]), ""))
    return found


def _seat_url(clue_no: str, paper: SignedPaper, seat: Seat) -> str:
    number = [one.key for one in paper.seats].index(seat.key) + 1
    return reverse("case-sign-seat", args=[clue_no, paper.document.pk, number])


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


@dataclass(frozen=True)
class SigningLines:
    """What the document's page says of its signatures."""

    lines: list[str]
    copy_url: str
    is_drawing: bool
    misfit: bool
    scans: list[tuple[str, str]]


def signing_lines(document: Document, clue_no: str) -> SigningLines | None:
    """None where nothing was signed in the system yet."""
    if document.signing == PaperState.ON_PAPER:
        return None
    paper = signed_paper(document)
    if document.signing == PaperState.VOID and not paper.rows:
        return None
    copy = SignedCopy.objects.filter(document=document).first()
    is_there = bool(copy and copy.pdf_state == PdfState.DONE)
    address = reverse("case-signed-pdf", args=[clue_no, document.pk]) if is_there else ""
    scans = PaperScan.objects.filter(document=document).order_by("position").values_list("position", flat=True)
    return SigningLines(
        [_line(one) for one in paper.rows], address, bool(copy) and not is_there, paper.is_unfit,
        [(reverse("case-signed-scan", args=[clue_no, document.pk, one]), f"第 {one} 份扫描件") for one in scans],
    )  # fmt: skip


def _line(row: PaperSignature) -> str:
    where = f"第 {row.page} 页" if row.page != WHOLE else ""
    return f"{where}{row.label}：{words_of(row)}，{row.place}"
