"""Signatures by hand under a sealed paper of an inspection, as those of a case (ADR 53)."""

from __future__ import annotations

from django.db import models

from inspections.models.document import InspectionDocument
from lishu_law.documents.models import SealedDocument
from lishu_law.web.paper_signing.rows import HandSignature, ReceivedScan, whole_signature


class InspectionSignature(HandSignature):
    document = models.ForeignKey(InspectionDocument, models.PROTECT, related_name="signatures")

    class Meta:
        constraints = whole_signature("inspection")


class InspectionScan(ReceivedScan):
    document = models.ForeignKey(InspectionDocument, models.PROTECT, related_name="scans")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "file"], name="inspection_scan_once")]


class InspectionSignedCopy(SealedDocument):
    """The paper with every signature at its place; ``data`` says of each who, how, when and under which digest."""

    document = models.OneToOneField(InspectionDocument, models.PROTECT, related_name="signed_copy")
    is_signed_copy = True

    class Meta(SealedDocument.Meta):
        pass
