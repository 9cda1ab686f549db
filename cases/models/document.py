"""Official documents of a case (``SealedDocument``) with what the procedure asks of them."""

from __future__ import annotations

from django.db import models

from cases.models.case import Case
from lishu_law.documents.models import SealedDocument


class PaperState(models.TextChoices):
    """Whether the signatures by hand are kept in the system."""

    ON_PAPER = "", "签在纸质原件上"
    OPEN = "open", "待签名"
    DONE = "done", "已签齐"
    VOID = "void", "已作废，不再签名"


class Document(SealedDocument):
    """One sealed document of a case. ``unsigned`` names who has still to sign which page, while ``signing`` is open."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # the fine it names
    hearing_offered = models.BooleanField(default=False)
    must_be_served = models.BooleanField(default=False)
    signing = models.CharField(max_length=4, choices=PaperState.choices, blank=True)
    unsigned = models.CharField(max_length=300, blank=True)

    class Meta(SealedDocument.Meta):
        indexes = [models.Index(fields=["case", "id"], name="document_by_case"), *SealedDocument.Meta.indexes]
