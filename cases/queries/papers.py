"""Which documents of a case the public check finds, and whether they still stand (law/procedure.md §8)."""

from __future__ import annotations

from cases.models import Document, Ruling
from lishu_law.documents.checking import Checkable, Fallen


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


CHECKABLE = Checkable(Document, reference_word="案号", reference="case__case_no", fallen=fallen)
