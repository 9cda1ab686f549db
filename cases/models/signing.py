"""Signatures by hand under a sealed document of a case: one row for each signer and page, and the copy with them all.

The document itself never changes (ADR 17). A signature keeps the SHA-256 of the very file that was signed; when the last
one is there, a signed copy of the same data is sealed and drawn (ADR 53).
"""

from __future__ import annotations

from django.db import models

from cases.models.document import Document
from lishu_law.documents.models import SealedDocument
from lishu_law.web.paper_signing.rows import HandSignature, Reading, ReceivedScan, SigningWay, whole_signature

__all__ = ["PaperScan", "PaperSignature", "Reading", "SignedCopy", "SigningWay"]


class PaperSignature(HandSignature):
    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")

    class Meta:
        constraints = whole_signature("paper")


class PaperScan(ReceivedScan):
    document = models.ForeignKey(Document, models.PROTECT, related_name="scans")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "file"], name="paper_scan_once")]


class SignedCopy(SealedDocument):
    """The document with every signature at its place; ``data`` says of each who, how, when and under which digest."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="signed_copy")
    is_signed_copy = True

    class Meta(SealedDocument.Meta):
        pass
