"""What the signing screen and the act need of a paper: its seats, who signed, its pages as text, whether its file fits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from cases.models import Document, HearingOfficer, PaperSignature
from cases.procedure.signing import Seat, missing, seats
from cases.procedure.signing_faults import PaperFact
from cases.queries.facts import LoadedCase
from lishu_law.documents.models import PdfState
from lishu_law.pdf.structure import pages_of

HEARING_RECORD = "hearing_record"


@dataclass(frozen=True)
class SignedPaper:
    """A finished paper with the signatures under it."""

    document: Document
    rows: list[PaperSignature]

    @property
    def is_drawn(self) -> bool:
        return self.document.pdf_state == PdfState.DONE

    @property
    def pages(self) -> int:
        return self.document.pdf_pages or 1

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        return seats(self.document.code, self.document.data, self.pages)

    @property
    def gaps(self) -> tuple[tuple[Seat, tuple[int, ...]], ...]:
        return missing(self.seats, {(one.label, one.ordinal, one.page) for one in self.rows})

    def gap(self, key: str) -> tuple[Seat, tuple[int, ...]] | None:
        """The seat of this key with the pages it lacks; None where nothing is missing."""
        return next(((seat, pages) for seat, pages in self.gaps if seat.key == key), None)

    def sits_elsewhere(self, seat: Seat, officer: Any) -> bool:
        """This very officer (no namesake) signed in another seat, and the paper itself does not name one for both."""
        if officer is None:
            return False
        own = {(one.label, one.ordinal) for one in self.rows if one.signature and one.signature.user_id == officer.pk}
        others = [one for one in self.seats if one.key != seat.key and (one.slot.label, one.ordinal) in own]
        return any(not _is_named_for_both(officer.full_name, seat, one) for one in others)

    def rows_of(self, seat: Seat) -> list[PaperSignature]:
        return [one for one in self.rows if (one.label, one.ordinal) == (seat.slot.label, seat.ordinal)]

    @property
    def misfits(self) -> list[PaperSignature]:
        """Signatures under a file that is not the sealed one."""
        return [one for one in self.rows if one.digest != self.document.pdf_sha256]

    @property
    def is_unfit(self) -> bool:
        """Somebody signed a file that is no longer the one that lies here."""
        return bool(self.rows) and (bool(self.misfits) or self.fact.found != self.document.pdf_sha256)

    @cached_property
    def content(self) -> bytes:
        """The bytes that are there now; empty where the file is gone."""
        path = Path(default_storage.path(self.document.pdf_path)) if self.document.pdf_path else None
        return path.read_bytes() if path and path.is_file() else b""

    @property
    def fact(self) -> PaperFact:
        document = self.document
        found = hashlib.sha256(self.content).hexdigest()
        return PaperFact(document.code, document.title, self.pages, document.pdf_sha256, found)

    def texts(self) -> list[str]:
        """The text of each page of the very file that is signed."""
        return pages_of(self.content) if self.content else []


def _is_named_for_both(name: str, seat: Seat, other: Seat) -> bool:
    """An inspector who also keeps the record of an inquest."""
    return seat.slot.label != other.slot.label and all(one.slot.is_named and name in one.names for one in (seat, other))


def signing_officers(loaded: LoadedCase, document: Document, day: date) -> list[Any]:
    """Who may sign as officer: of a hearing's record those who held it, of all else who handles the case that day."""
    if document.code == HEARING_RECORD:
        kept = HearingOfficer.objects.filter(hearing__case=loaded.case, hearing_id=_hearing_of(document))
        return list({one.user_id: one.user for one in kept.select_related("user").order_by("id")}.values())
    valid = {one.staff_number for one in loaded.facts.officers if one.certificate_on(day)}
    return [one.user for one in loaded.current_officers if one.user.staff_number in valid]


def sole_officers(officers: Iterable[Any]) -> dict[str, Any]:
    """By name; two of one name are told apart by nobody but themselves."""
    by_name: dict[str, list[Any]] = {}
    for one in officers:
        by_name.setdefault(one.full_name, []).append(one)
    return {name: found[0] for name, found in by_name.items() if len(found) == 1}


def officer_names(loaded: LoadedCase) -> frozenset[str]:
    """Everybody who handles or handled the case or holds its hearing: no party, no witness."""
    names = {one.user.full_name for one in loaded.officers}
    return frozenset(names | {one.name for hearing in loaded.facts.hearings for one in hearing.people})


def _hearing_of(document: Document) -> int:
    return int(document.part.partition(":")[2] or 0)


def signed_paper(document: Document) -> SignedPaper:
    rows = PaperSignature.objects.filter(document=document).select_related("signature__image", "by").order_by("id")
    return SignedPaper(document, list(rows))
