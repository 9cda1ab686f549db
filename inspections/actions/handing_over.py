"""The papers of a visit (J03–J06) are handed over to the case its finding opened: nothing is written twice (处罚法46、55).

What is sealed when the case opens goes along at once, what is sealed later follows. The worker draws a paper after it is
sealed; its PDF is then put to the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from cases.api import NewEvidence, hand_over_core, keep_file_core
from inspections.models import HandedPaper, InspectionDocument, InspectionFiling, InspectionSignedCopy
from lishu_law.audit import journal
from lishu_law.documents.blocks import moment_of
from lishu_law.documents.models import PaperState, PdfState
from lishu_law.registry.models import StoredFile
from lishu_law.web.uploads import PDF, store_upload

RECORD, QUESTIONING = "inspection_record", "inspection_questioning"
# Codes of the case's list of kinds (EvidenceKind): the case package shows its contract, not its models.
STATEMENT, WITNESS = "party_statement", "witness"
# Paper: (kind of evidence, what it shows)
PAPERS = {
    RECORD: ("record", "证明检查经过和发现的情况"),
    QUESTIONING: (STATEMENT, "证明违法事实经过"),
    "inspection_sampling": ("physical", "证明被抽样物品的状况"),
    "inspection_inquest": ("record", "证明勘验的场所、物品的情况"),
}


def papers_to_hand_over(filing: InspectionFiling) -> list[InspectionDocument]:
    """The sealed papers of a visit that are evidence, in the order of their making."""
    rows = filing.documents.filter(code__in=PAPERS).select_related("sealed_by").order_by("id")
    return list(rows)


def as_evidence(paper: InspectionDocument, filing: InspectionFiling) -> NewEvidence:
    """One paper as an item of evidence. Of a secret visit it is kept out of everything that leaves the house (处罚法50)."""
    kind, purpose = PAPERS[paper.code]
    is_witness = paper.code == QUESTIONING and "证人" in paper.data["person"]["relation"]
    person = f"（{paper.data['person']['name']}）" if paper.code == QUESTIONING else ""
    number = "" if filing.is_secret else f"　检查 {filing.check_code or filing.filing_no}"
    begun = moment_of(paper.data["started_at"])
    return NewEvidence(
        WITNESS if is_witness else kind, f"{paper.title}{person}{number}"[:100], purpose, min(begun, paper.sealed_at),
        str(paper.data["place"])[:200], file=_file_of(paper), is_onscene=paper.code == RECORD,
        is_confidential=filing.is_secret,
    )  # fmt: skip


def link(papers: Sequence[InspectionDocument], evidence: Sequence[Any]) -> None:
    """Remember which item of evidence each paper became."""
    HandedPaper.objects.bulk_create(
        HandedPaper(document=paper, evidence=item) for paper, item in zip(papers, evidence, strict=True)
    )


def hand_over_later(paper: InspectionDocument, *, by: Any, at: datetime) -> bool:
    """A paper sealed after its visit became a case follows, while that still takes evidence. Part of an action."""
    filing = paper.filing
    if filing.case_id is None or paper.code not in PAPERS:
        return False
    rows = hand_over_core(filing.case_id, (as_evidence(paper, filing),), by=by, at=at)
    link([paper] if rows else [], rows)
    return bool(rows)


@transaction.atomic(durable=True)
def file_drawn_paper(*, document_id: int, by: None) -> bool:
    """The worker has drawn a paper that is evidence already: its PDF becomes the file of that item."""
    handed = (
        HandedPaper.objects.select_related("document__sealed_by", "evidence")
        .filter(document_id=document_id, evidence__file__isnull=True)
        .first()
    )
    file = _file_of(handed.document) if handed is not None else None
    if handed is None or file is None or not keep_file_core(handed.evidence_id, file):
        return False
    details = {"evidence": handed.evidence_id, "document": document_id, "file": file.sha256}
    journal.record("inspection.file_paper", by=by, on=("case", handed.evidence.case_id), details=details)
    return True


def _file_of(paper: InspectionDocument) -> StoredFile | None:
    """The PDF of a paper among the received files, with its signatures where they are kept in the system; None while
    somebody has still to sign or nobody has drawn it."""
    copy = InspectionSignedCopy.objects.filter(document=paper).first()
    file = copy or paper
    if paper.signing == PaperState.OPEN or file.pdf_state != PdfState.DONE:
        return None
    with default_storage.open(file.pdf_path) as drawn:
        content = drawn.read()
    return store_upload(
        SimpleUploadedFile(f"{paper.title}.pdf", content, "application/pdf"), paper.sealed_by, kinds=PDF
    )
