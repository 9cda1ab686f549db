"""Signatures by hand under a sealed paper of an inspection: on the screen, on paper, by account, or refused (处罚法55).

The record of the visit (J03) is signed before it is sealed: ``inspections.actions.signing``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import permissions
from inspections.actions.frame import insiders_of, lock_filing
from inspections.documents.signed import is_of_this_edition, seal_signed_copy
from inspections.models import InspectionDocument, InspectionFiling, InspectionScan, InspectionSignature
from inspections.queries.paper_signing import signed_paper, signing_officers
from inspections.rules.signing import FORMS
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound
from lishu_law.web.paper_signing.taking import NewSigning, Taking, note_gaps, wanted_seats, write_signatures

ACTION = "inspection.paper"
WHO_MAY = "检查文书由执法证有效的本次检查人员签。"


@transaction.atomic(durable=True)
def sign_paper(
    *, filing_id: int, version: int | None, by: Any, paper_id: int, signing: NewSigning, at: datetime | None = None
) -> InspectionDocument:
    """One signer's signatures, or the refusal. With the last one the signed copy is sealed."""
    moment = at or clock.now()
    filing, subject = lock_filing(filing_id, version, by)
    permissions.check(by, ACTION, subject)
    paper = filing.documents.filter(pk=paper_id, code__in=FORMS).first()
    if paper is None:
        raise NotFound
    taking = _taking(filing, paper, signing, by, moment)
    wanted = wanted_seats(taking)
    write_signatures(taking, wanted, InspectionSignature, InspectionScan)
    left = _note_what_is_left(paper, by, moment)
    details = {
        "document": paper.pk, "seats": [seat.key for seat, _pages, _name, _user in wanted], "way": signing.way,
        "digest": paper.pdf_sha256, "left": left, "scans": [one.sha256 for one in signing.scans],
    }  # fmt: skip
    journal.record("inspection.sign_paper", by=by, on=("inspection_filing", filing.pk), details=details)
    return paper


def _taking(filing: InspectionFiling, paper: InspectionDocument, signing: NewSigning, by: Any, at: datetime) -> Taking:
    officers = signing_officers(filing, clock.local(at).date())
    insiders = insiders_of(filing, signing.witness_name, signing.signer_name)
    return Taking(signed_paper(paper), signing, by, at, officers, WHO_MAY, insiders, is_of_this_edition(paper))


def _note_what_is_left(paper: InspectionDocument, by: Any, at: datetime) -> list[str]:
    """With nothing left the copy with all signatures is sealed."""
    signed = signed_paper(paper)
    left = note_gaps(signed)
    if not left and is_of_this_edition(paper):
        seal_signed_copy(paper, signed.rows, by=by, at=at)
    return left
