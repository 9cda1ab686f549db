"""Which documents of a case the public check finds, and whether they still stand (law/procedure.md §8)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cases.models import Document, Ruling, SignedCopy
from lishu_law.documents.checking import Checkable, Fallen, Paper


def fallen(document: Document) -> Fallen | None:
    """The newest ruling on the decision of this number; None while it stands."""
    if not document.number:
        return None
    rulings = Ruling.objects.filter(decision__number=document.number).select_related("new_decision")
    ruling = rulings.order_by("-pk").first()
    if ruling is None:
        return None
    return Fallen(
        words=ruling.get_effect_display(),
        organ=ruling.organ,
        document_no=ruling.document_no,
        since=ruling.effective_on,
        successor_no=ruling.new_decision.number if ruling.new_decision else "",
    )


@dataclass(frozen=True)
class WithSignedCopies(Checkable):
    """A document is genuine as it was sealed and as the copy with its signatures; both carry the organ's seal."""

    def by_file(self, sha256: str) -> Paper | None:
        found = super().by_file(sha256)
        if found is not None:
            return found
        copies = SignedCopy.objects.select_related("document__case")
        copy = copies.filter(pdf_sha256=sha256, seal_digest__isnull=False).first()
        paper = self._paper(copy.document) if copy else None
        return replace(paper, pages=copy.pdf_pages, certificate=copy.seal_certificate) if copy and paper else None


CHECKABLE = WithSignedCopies(Document, reference_word="案号", reference="case__case_no", fallen=fallen)
