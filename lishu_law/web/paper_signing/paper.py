"""What the signing screen and the act need of a paper: its seats, who signed, its pages as text, whether its file fits.

``document`` is a ``SignableDocument`` of any table, ``rows`` are its ``HandSignature`` in the order they were given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from lishu_law.documents.models import PdfState
from lishu_law.documents.seat_faults import PaperFact
from lishu_law.documents.seats import Form, Seat, missing, seats_of
from lishu_law.pdf.structure import pages_of


@dataclass(frozen=True)
class SignedPaper:
    """A finished paper with the signatures under it; ``form`` says who signs it."""

    document: Any
    rows: list[Any]
    form: Form | None

    @property
    def is_drawn(self) -> bool:
        return bool(self.document.pdf_state == PdfState.DONE)

    @property
    def pages(self) -> int:
        return self.document.pdf_pages or 1

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        return seats_of(self.form, self.document.data, self.pages)

    @property
    def gaps(self) -> tuple[tuple[Seat, tuple[int, ...]], ...]:
        return missing(self.seats, {(one.label, one.ordinal, one.page) for one in self.rows})

    @property
    def next_number(self) -> int:
        """Whose turn it is, by the number of the seat; only where somebody has still to sign."""
        return [one.key for one in self.seats].index(self.gaps[0][0].key) + 1

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

    def rows_of(self, seat: Seat) -> list[Any]:
        return [one for one in self.rows if (one.label, one.ordinal) == (seat.slot.label, seat.ordinal)]

    @property
    def misfits(self) -> list[Any]:
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
        assert self.form is not None  # nothing else is signed by hand
        return PaperFact(self.form, document.title, self.pages, document.pdf_sha256, found)

    def texts(self) -> list[str]:
        """The text of each page of the very file that is signed."""
        return pages_of(self.content) if self.content else []


def _is_named_for_both(name: str, seat: Seat, other: Seat) -> bool:
    """An inspector who also keeps the record of an inquest."""
    return seat.slot.label != other.slot.label and all(one.slot.is_named and name in one.names for one in (seat, other))


def sole_officers(officers: Iterable[Any]) -> dict[str, Any]:
    """By name; two of one name are told apart by nobody but themselves."""
    by_name: dict[str, list[Any]] = {}
    for one in officers:
        by_name.setdefault(one.full_name, []).append(one)
    return {name: found[0] for name, found in by_name.items() if len(found) == 1}
