"""Official documents of a case (``SignableDocument``) with what the procedure asks of them."""

from __future__ import annotations

from django.db import models

from cases.models.case import Case
from lishu_law.documents.models import PaperState, SignableDocument

__all__ = ["Document", "PaperState"]


class Document(SignableDocument):
    """One sealed document of a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # the fine it names
    hearing_offered = models.BooleanField(default=False)
    must_be_served = models.BooleanField(default=False)

    class Meta(SignableDocument.Meta):
        indexes = [models.Index(fields=["case", "id"], name="document_by_case"), *SignableDocument.Meta.indexes]
