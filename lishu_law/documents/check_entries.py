"""Writing what the public check may know: with the sealing, with the finished file, when a decision falls.

Each function runs in the transaction of what it follows, so the check never says less or more than the file of the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from lishu_law import clock
from lishu_law.documents.codes import SIGNS, short_code, signs_digest, typed_digest
from lishu_law.documents.models import PaperCheck, SealedDocument
from lishu_law.registry.public_names import public_name

CASE_WORD, FILING_WORD = "案号", "备案号"
_FALLEN = ("fallen_words", "fallen_organ", "fallen_document", "fallen_on", "fallen_decision", "successor")


@dataclass(frozen=True)
class Belongs:
    """What a paper belongs to, in the number's own word, and the decision it rests on (none: its own standing).

    ``knows_party``: the party is known again by the last signs of its number, as on a decision.
    """

    word: str
    reference: str
    amount: Decimal | None = None
    rests_on: str = ""
    knows_party: bool = False


@dataclass(frozen=True)
class Fall:
    """What became of a decision: the words, by whom, with which document, since when, what stands instead."""

    decision: str
    words: str
    organ: str
    document_no: str
    since: date
    successor: str = ""


def enter(document: SealedDocument, to: Belongs) -> None:
    """The entry of a paper just sealed; none for a kind without the organ's seal. Sealed on a decision that has fallen
    already, it says so from the start."""
    if not document.seal_digest:
        return
    kin = PaperCheck.objects.filter(fallen_decision=to.rests_on).values(*_FALLEN).first() if to.rests_on else None
    short = short_code(document.seal_code)
    PaperCheck.objects.create(
        seal_digest=document.seal_digest, number_digest=typed_digest(document.number, short),
        reference_digest=typed_digest(to.reference, short), title=document.title, number=document.number,
        reference_word=to.word, reference=to.reference, organ=document.data.get("organ") or "",
        party=_shown(document.data.get("party")), amount=to.amount,
        sealed_on=clock.local(document.sealed_at).date(), rests_on=to.rests_on,
        signs_digests=_signs(document, short) if to.knows_party else [], **(kin or {}),
    )  # fmt: skip


def _signs(document: SealedDocument, short: str) -> list[str]:
    party = document.data.get("party") or {}
    numbers = ((party.get("organisation") or {}).get("credit_code"), (party.get("person") or {}).get("id_number"))
    return [signs_digest(document.number, short, one[-SIGNS:]) for one in numbers if one and len(one) >= SIGNS]


def _shown(party: Any) -> str:
    """The party as the public may read it; of whom it is not known whether it is a person, nothing."""
    if not isinstance(party, dict) or not party.get("kind"):
        return ""
    person = ((party.get("person") or {}).get("name") or "").removesuffix("（经营者）")
    return public_name(party["kind"], party.get("name", ""), person)[0]


def keep_file(document: SealedDocument, *, sha256: str, pages: int, certificate: str) -> None:
    """The finished file that goes out: the paper's own, or the copy with its signatures beside it."""
    if document.seal_digest:
        entry = PaperCheck.objects.filter(seal_digest=document.seal_digest)
        if document.is_signed_copy:
            entry.update(signed_sha256=sha256, signed_pages=pages, signed_certificate=certificate)
        else:
            entry.update(file_sha256=sha256, pages=pages, certificate=certificate)


def numbered(documents: Iterable[SealedDocument], reference: str) -> None:
    """What the papers belong to got its number after they were sealed."""
    for document in documents:
        if document.seal_digest:
            typed = typed_digest(reference, short_code(document.seal_code))
            entry = PaperCheck.objects.filter(seal_digest=document.seal_digest)
            entry.update(reference=reference, reference_digest=typed)


def fell(fall: Fall) -> None:
    """The decision fell or changed: its paper says so, and every paper that rests on it. The newest ruling counts."""
    entries = PaperCheck.objects.filter(Q(number=fall.decision) | Q(rests_on=fall.decision))
    entries.update(
        fallen_words=fall.words, fallen_organ=fall.organ, fallen_document=fall.document_no, fallen_on=fall.since,
        fallen_decision=fall.decision, successor=fall.successor,
    )  # fmt: skip
