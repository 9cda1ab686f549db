"""The rows of a paper signed by hand, for the table of each package that has papers: who, on which page, how (ADR 53)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from lishu_law.web.models import Signature


class SigningWay(models.TextChoices):
    """As ``lishu_law.documents.seats.Way``."""

    DRAWN = "drawn", "在屏幕上手写"
    PAPER = "paper", "签在纸上，上传扫描件"
    ACCOUNT = "account", "用本人账号确认"
    REFUSED = "refused", "拒绝签名"


class Reading(models.TextChoices):
    """How the signer took notice of a record before signing it."""

    READ = "read", "本人看过，与所说一致"
    READ_OUT = "read_out", "向本人宣读过，与所说一致"


class HandSignature(models.Model):
    """One signer's signature on one page (0: at the paper's own place), or the refusal of it. Rows are only added.

    ``label`` is the word of the form's signatures column, ``ordinal`` tells two signers of one word apart. ``digest`` is
    the SHA-256 of the file that was signed; ``signature`` has strokes, picture, time and place. The table that is made
    of it says by ``document`` which paper was signed.
    """

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
        abstract = True

    def __str__(self) -> str:
        return f"{self.label} {self.signer_name}"


def whole_signature(prefix: str) -> list[models.BaseConstraint]:
    """What a row of such a table always is; the names of constraints begin with ``prefix``."""
    is_refused = Q(way="refused", signature__isnull=True) & ~Q(refusal_reason="")
    is_signed = ~Q(way="refused") & Q(signature__isnull=False, refusal_reason="")
    is_witnessed = Q(witness_signature__isnull=True) | ~Q(witness_name="")
    return [
        models.UniqueConstraint(fields=["document", "label", "ordinal", "page"], name=f"{prefix}_signature_once"),
        models.CheckConstraint(condition=is_refused | is_signed, name=f"{prefix}_signature_or_refusal"),
        models.CheckConstraint(condition=is_witnessed, name=f"{prefix}_witness_named"),
        models.CheckConstraint(condition=~Q(digest="") & ~Q(signer_name=""), name=f"{prefix}_signature_of_somebody"),
    ]


class ReceivedScan(models.Model):
    """One received file of the paper as it was signed by pen, in the order of its pages. Rows are only added."""

    file = models.ForeignKey("registry.StoredFile", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.file_id} {self.position}"
