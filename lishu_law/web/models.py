"""What keeps typed work safe: drafts saved by themselves, operations that a second submit must not repeat, large files
that arrive in pieces; and signatures, whatever was signed.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import StoredFile

PARTIAL_FOLDER = "pieces"


class Draft(models.Model):
    """What somebody typed into one page and has not submitted. Dies on submit or after 30 days (ux.md §7.2)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=100, blank=True)
    payload = EncryptedTextField(blank=True)  # JSON of what was typed: may hold personal numbers
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once_per_page")]

    def __str__(self) -> str:
        return self.key


class Operation(models.Model):
    """A submitted form that succeeded, by the id its page carried; a repeat gets the first result (ux.md §7.9)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    op_id = models.CharField(max_length=40)
    url = models.CharField(max_length=300)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "op_id"], name="operation_once")]

    def __str__(self) -> str:
        return self.op_id


class PartialFile(models.Model):
    """A large file of a phone on its way, piece by piece: ``have`` bytes of ``size`` are here. Whole, it becomes a
    ``StoredFile`` and this row goes; what is never finished is cleared away.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    original_name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    have = models.BigIntegerField(default=0)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "sha256"], name="partial_once_per_person"),
            models.CheckConstraint(condition=Q(have__gte=0, have__lte=F("size")), name="partial_within_its_size"),
        ]

    def __str__(self) -> str:
        return f"{self.original_name} {self.have}/{self.size}"

    @property
    def path(self) -> str:
        """Where its bytes lie under MEDIA_ROOT; never served."""
        return f"{PARTIAL_FOLDER}/{self.user_id}-{self.sha256}"


class SignerRole(models.TextChoices):
    PARTY = "party", "被检查人或当事人"
    WITNESS = "witness", "见证人"
    OFFICER = "officer", "执法人员"


class SignedHow(models.TextChoices):
    DRAWN = "drawn", "在屏幕上签名"
    PAPER = "paper", "签在纸上，拍照或扫描上传"
    ACCOUNT = "account", "用本人账号确认"


class Signature(models.Model):
    """One person's signature under one text, wherever it was made: a visit's record, a transcript, a receipt.

    ``text`` is what stood before the signer and ``text_digest`` its SHA-256 (of a file that was signed: of its bytes), so
    that a later change shows; ``strokes``
    is the drawing as it was made (JSON of ``lishu_law.web.signatures``), ``image`` the picture of it or of the paper.
    The record that was signed links here.
    """

    reference = models.CharField(max_length=10, unique=True)
    role = models.CharField(max_length=7, choices=SignerRole.choices)
    how = models.CharField(max_length=7, choices=SignedHow.choices)
    signer_name = models.CharField(max_length=50)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    strokes = EncryptedTextField(blank=True)
    image = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    text = EncryptedTextField()
    text_digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    device = models.CharField(max_length=120, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(signer_name=""), name="signature_names_its_signer"),
            models.CheckConstraint(
                condition=(Q(how__in=["drawn", "paper"], image__isnull=False)) | Q(how="account", user__isnull=False),
                name="signature_by_hand_or_account",
            ),
            models.CheckConstraint(condition=~Q(role="officer") | Q(user__isnull=False), name="signature_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name} {self.get_how_display()}"
