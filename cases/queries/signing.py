"""What the signing screen and the act need of a paper: its seats, who signed, its pages as text, whether its file fits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.core.files.storage import default_storage

from cases.documents.catalogue import by_code
from cases.models import Document, PaperSignature
from cases.procedure.signing import PaperFact, Seat, missing, seats
from lishu_law.documents.models import PdfState
from lishu_law.pdf.structure import pages_of


@dataclass(frozen=True)
class SignedPaper:
    """A finished paper with the signatures under it."""

    document: Document
    rows: list[PaperSignature]

    @property
    def is_drawn(self) -> bool:
        return self.document.pdf_state == PdfState.DONE

    @property
    def is_of_this_edition(self) -> bool:
        """The signed copy is drawn by the edition the paper was sealed with; under an older one there would be none."""
        return by_code(self.document.code).template_version == self.document.template_version

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

    def signers_of(self, seat: Seat) -> frozenset[str]:
        """Who signed in the other seats of the same word."""
        return frozenset(
            one.signer_name for one in self.rows if one.label == seat.slot.label and one.ordinal != seat.ordinal
        )

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


def signed_paper(document: Document) -> SignedPaper:
    rows = PaperSignature.objects.filter(document=document).select_related("signature__image", "by").order_by("id")
    return SignedPaper(document, list(rows))
