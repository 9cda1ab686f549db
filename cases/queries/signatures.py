"""What the dossier review knows of signatures by hand: from the rows themselves, not from what an officer ticked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.models import Document, Evidence, PaperSignature, PaperState, SigningWay, Transcript
from cases.queries.facts import LoadedCase

PARTY_WORDS = ("被询问人", "现场人员", "当事人")


@dataclass(frozen=True)
class Hand:
    """The signatures of one record. ``signing`` is signed, refused or empty; ``lacking`` who has still to sign what."""

    signing: str
    lacking: str = ""
    document: int = 0
    is_misfit: bool = False
    refusal_note: str = ""
    witness: str = ""


@dataclass(frozen=True)
class Signatures:
    """Every signature taken in the system, by document."""

    rows: Mapping[int, list[PaperSignature]] = field(default_factory=dict)

    def reading_of(self, document_id: int) -> str:
        return next((one.reading for one in self.rows.get(document_id, ()) if one.reading), "")

    def of(self, document: Document | None, noted: str) -> Hand:
        """Of a record; where its signatures are on paper, what was ``noted`` when it was written."""
        if document is None or document.signing == PaperState.ON_PAPER:
            return Hand(noted if noted in {"signed", "refused"} else "")
        rows = self.rows.get(document.pk, [])
        is_misfit = any(one.digest != document.pdf_sha256 for one in rows)
        if document.signing == PaperState.OPEN:
            return Hand("", document.unsigned, document.pk, is_misfit)
        refused = next(
            (one for one in rows if one.way == SigningWay.REFUSED and one.label.startswith(PARTY_WORDS)), None
        )
        if refused is None:
            return Hand("signed", "", document.pk, is_misfit)
        return Hand("refused", "", document.pk, is_misfit, refused.refusal_reason, refused.witness_name)


def kept_signatures(loaded: LoadedCase) -> Signatures:
    """One statement; none where no paper of the case is signed in the system."""
    keys = [one.pk for one in loaded.documents if one.signing != PaperState.ON_PAPER]
    rows: dict[int, list[PaperSignature]] = defaultdict(list)
    for one in PaperSignature.objects.filter(document__in=keys).order_by("id") if keys else ():
        rows[one.document_id].append(one)
    return Signatures(rows)


def record_of(loaded: LoadedCase, item: Evidence, row: Transcript) -> Document | None:
    """The paper of a transcript: both were made in one act, at one moment."""
    code = f"{row.kind}_record"
    return next((one for one in loaded.documents if one.code == code and one.sealed_at == item.added_at), None)
