"""Signatures by hand under a sealed document: one row for each signer and page, and the copy that carries them all.

The document itself never changes (ADR 17). A signature keeps the SHA-256 of the very file that was signed; when the last
one is there, a signed copy of the same data is sealed and drawn (ADR 53).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.document import Document
from lishu_law.documents.models import SealedDocument
from lishu_law.web.models import Signature


class SigningWay(models.TextChoices):
    """As ``cases.procedure.signing.Way``."""

    DRAWN = "drawn", "在屏幕上手写"
    PAPER = "paper", "签在纸上，上传扫描件"
    ACCOUNT = "account", "用本人账号确认"
    REFUSED = "refused", "拒绝签名"


class Reading(models.TextChoices):
    """How the signer took notice of a record before signing it."""

    READ = "read", "本人看过，与所说一致"
    READ_OUT = "read_out", "向本人宣读过，与所说一致"


class PaperSignature(models.Model):
    """One signer's signature on one page (0: at the paper's own place), or the refusal of it. Rows are only added.

    ``label`` is the word of the form's signatures column, ``ordinal`` tells two signers of one word apart. ``digest`` is
    the SHA-256 of the file that was signed; ``signature`` has strokes, picture, time and place.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    label = models.CharField(max_length=20)
    ordinal = models.PositiveSmallIntegerField(default=1)
    page = models.PositiveSmallIntegerField(default=0)
    way = models.CharField(max_length=7, choices=SigningWay.choices)
    signer_name = models.CharField(max_length=50)
    signature = models.OneToOneField(Signature, models.PROTECT, null=True, related_name="+")
    reading = models.CharField(max_length=8, choices=Reading.choices, blank=True)
    refusal_reason = models.CharField(max_length=300, blank=True)
    witness_name = models.CharField(max_length=50, blank=True)
    witness_signature = models.OneToOneField(Signature, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "label", "ordinal", "page"], name="paper_signature_once"),
            models.CheckConstraint(
                condition=Q(way="refused", signature__isnull=True) & ~Q(refusal_reason="")
                | ~Q(way="refused") & Q(signature__isnull=False, refusal_reason=""),
                name="paper_signature_or_refusal",
            ),
            models.CheckConstraint(
                condition=Q(witness_signature__isnull=True) | ~Q(witness_name=""), name="paper_witness_named"
            ),
            models.CheckConstraint(condition=~Q(digest="") & ~Q(signer_name=""), name="paper_signature_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.signer_name}"


class PaperScan(models.Model):
    """One received file of the paper as it was signed by pen, in the order of its pages. Rows are only added."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="scans")
    file = models.ForeignKey("registry.StoredFile", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "file"], name="paper_scan_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.position}"


class SignedCopy(SealedDocument):
    """The document with every signature at its place; ``data`` says of each who, how, when and under which digest."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="signed_copy")
    is_signed_copy = True

    class Meta(SealedDocument.Meta):
        pass
