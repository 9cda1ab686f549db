"""Signatures by hand under a sealed document of a case: drawn, by account, on paper, or refused (处罚法52、55、56、64)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.witness_checks import insiders_of
from cases.documents.signed import is_of_this_edition, seal_signed_copy, signatures_of
from cases.models import Case, Document, PaperScan, PaperSignature
from cases.procedure.signing import FORMS
from cases.queries.facts import LoadedCase
from cases.queries.signing import HEARING_RECORD, signed_paper, signing_officers
from lishu_law.errors import NotAllowed, NotFound
from lishu_law.web.paper_signing.paper import SignedPaper
from lishu_law.web.paper_signing.taking import (
    NewSigning,
    Taking,
    note_gaps,
    wanted_seats,
    words_of_act,
    write_signatures,
)

WHO_MAY = "听证笔录由主持、记录听证的人员签，其他文书由执法证有效的本案承办人签。"


@transaction.atomic(durable=True)
def sign_document(
    *, case_id: int, version: int, by: Any, part_id: int, signing: NewSigning, at: datetime | None = None
) -> Case:
    """One signer's signatures, or the refusal. With the last one the signed copy is sealed."""
    doing = begin("sign_document", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = Document.objects.select_related("case").filter(case=doing.case, pk=part_id).first()
    if document is None:
        raise NotFound
    check_signer(doing.loaded, document, doing.by)
    taking = _taking(doing, document, signing)
    wanted = wanted_seats(taking)
    write_signatures(taking, wanted, PaperSignature, PaperScan)
    left = _note_what_is_left(doing, document)
    labels = [seat.key for seat, _pages, _name, _user in wanted]
    return conclude(
        doing, opinion=words_of_act(document, wanted, signing),
        details={
            "document": document.pk, "seats": labels, "way": signing.way, "digest": document.pdf_sha256, "left": left,
            "scans": [one.sha256 for one in signing.scans],
        },
    )  # fmt: skip


def _taking(doing: Doing, document: Document, signing: NewSigning) -> Taking:
    officers = signing_officers(doing.loaded, document, doing.today)
    insiders = insiders_of(doing.loaded, signing.witness_name, signing.signer_name)
    is_new = is_of_this_edition(document)
    return Taking(signed_paper(document), signing, doing.by, doing.at, officers, WHO_MAY, insiders, is_new)


def check_signer(loaded: LoadedCase, document: Document, user: Any) -> None:
    """Those who hold a hearing take the signatures of its record alone. Raises ``NotAllowed``."""
    if document.code != HEARING_RECORD and user.pk not in {one.user_id for one in loaded.current_officers}:
        text = "听证人员只办理听证笔录的签名。这份文书由本案承办人办理签名。"
        raise NotAllowed(text, reason="hearing_only", who_may="本案承办人")


def _note_what_is_left(doing: Doing, document: Document) -> list[str]:
    """With nothing left the copy with all signatures is sealed."""
    rows = signatures_of(document)
    left = note_gaps(SignedPaper(document, rows, FORMS[document.code]))
    if not left and is_of_this_edition(document):
        seal_signed_copy(document, rows, by=doing.by, at=doing.at)
    return left
