"""The signing screen of a paper: what its page shows of signers, what its form begins with, and what it gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lishu_law.documents.models import PdfState, SealedDocument
from lishu_law.documents.seats import WHOLE, Seat, Way
from lishu_law.registry.models import User
from lishu_law.web.paper_signing.copy import words_of
from lishu_law.web.paper_signing.form import SCANS
from lishu_law.web.paper_signing.paper import SignedPaper, sole_officers
from lishu_law.web.paper_signing.rows import HandSignature
from lishu_law.web.paper_signing.taking import NewSigning, Sketch
from lishu_law.web.signatures import Drawn, picture_of
from lishu_law.web.uploads import store_upload


def signing_of(data: dict[str, Any], seat: Seat, user: Any) -> NewSigning:
    """What the form gave: pictures are drawn and scans kept before anything is locked."""
    is_paper = data["way"] == Way.PAPER
    is_scanned = data["way"] in {Way.PAPER, Way.REFUSED}
    witness = data.get("witness_signature")
    return NewSigning(
        seat=seat.key, way=data["way"], digest=data["digest"], place=data["place"],
        signer_name=data.get("signer_name", ""), officer=data.get("officer"),
        drawings={page: _kept(drawn, user) for page, drawn in data["drawings"].items()},
        scans=tuple(store_upload(file, user, kinds=SCANS) for file in data["scan"]) if is_scanned else (),
        also=tuple(data.get("also", ())) if is_paper else (), is_confirmed=data["is_confirmed"],
        reading=data.get("reading", ""), reason=data.get("reason", ""), witness_name=data.get("witness_name", ""),
        witness_drawing=_kept(witness, user) if witness else None,
    )  # fmt: skip


def _kept(drawn: Drawn, by: Any) -> Sketch:
    return drawn, picture_of(drawn, by)


def form_arguments(paper: SignedPaper, seat: Seat, officers: Sequence[Any], user: Any) -> dict[str, Any]:
    """What ``SignForm`` is made with."""
    return {
        "seat": seat, "officers": _choices(officers), "also": _also(officers, paper, seat), "user": user,
        "texts": paper.texts(),
    }  # fmt: skip


def initial_of(paper: SignedPaper, seat: Seat, officers: Sequence[Any], user: Any, place: str) -> dict[str, Any]:
    """What the form begins with; ``place`` where the paper itself says none."""
    people = {name: one.pk for name, one in sole_officers(officers).items()}
    name = seat.sole_name
    is_one = user.pk in {one.pk for one in officers}
    own = user.pk if is_one and (not seat.names or user.full_name in seat.names) else None
    last = paper.rows[-1].place if paper.rows else str(paper.document.data.get("place") or place)
    return {
        "way": seat.ways[0].value, "digest": paper.document.pdf_sha256, "signer_name": name,
        "officer": people.get(name, own), "place": last.partition("（定位")[0][:160],
    }  # fmt: skip


def _choices(officers: Sequence[Any]) -> QuerySet[User]:
    return User.objects.filter(pk__in=[one.pk for one in officers]).order_by("staff_number")


def _also(officers: Sequence[Any], paper: SignedPaper, seat: Seat) -> list[tuple[str, str]]:
    """Further signers whose name the paper says: their signatures may be on the same scan."""
    known = sole_officers(officers)
    return [
        (one.key, one.title)
        for one, _pages in paper.gaps
        if one.key != seat.key and one.may_come_along and (not one.is_officer or one.sole_name in known)
    ]


def signers(paper: SignedPaper, here: Seat, url_of: Callable[[int], str]) -> list[tuple[str, str, str]]:
    """Every signer of the paper: title, what was done, the address of the one who has still to sign.

    ``url_of``: the address of the seat of this number, counted from 1.
    """
    waiting = {seat.key for seat, _pages in paper.gaps}
    found = []
    for number, seat in enumerate(paper.seats, start=1):
        is_here = seat.key == here.key
        if seat.key in waiting:
            found.append((seat.title, "现在签" if is_here else "还没签", "" if is_here else url_of(number)))
        else:
            found.append((seat.title, words_of(paper.rows_of(seat)[-1]), ""))
    return found


@dataclass(frozen=True)
class SigningLines:
    """What the paper's own page says of its signatures."""

    lines: list[str]
    copy_url: str
    is_drawing: bool
    misfit: bool
    scans: list[tuple[str, str]]


def lines_of(
    paper: SignedPaper, copy: SealedDocument | None, scans: Iterable[int], *, copy_url: str,
    scan_url: Callable[[int], str],
) -> SigningLines:  # fmt: skip
    """``copy`` is the signed copy where there is one, ``scans`` the positions of what came on paper."""
    is_there = copy is not None and copy.pdf_state == PdfState.DONE
    return SigningLines(
        [_line(one) for one in paper.rows], copy_url if is_there else "", copy is not None and not is_there,
        paper.is_unfit, [(scan_url(one), f"第 {one} 份扫描件") for one in scans],
    )  # fmt: skip


def _line(row: HandSignature) -> str:
    where = f"第 {row.page} 页" if row.page != WHOLE else ""
    return f"{where}{row.label}：{words_of(row)}，{row.place}"
