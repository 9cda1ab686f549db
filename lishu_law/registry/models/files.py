"""Files received from people: evidence, proofs, scans. Their bytes are never changed (处罚法46; security.md §8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class ScanState(models.TextChoices):
    """Virus scanning (shared decision 27): with no scanner configured a file stays 未扫描."""

    UNSCANNED = "unscanned", "未扫描"
    PASSED = "passed", "通过"
    QUARANTINED = "quarantined", "隔离"


class StoredFile(models.Model):
    """One receipt of one file. The same bytes from two people are two receipts and one stored content."""

    sha256 = models.CharField(max_length=64, db_index=True)
    original_name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    scan_state = models.CharField(max_length=12, choices=ScanState.choices, default=ScanState.UNSCANNED)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Said by the photo itself, shown as 来自照片，未核实: phones drop or fake both.
    photo_taken = models.CharField(max_length=19, blank=True)
    photo_position = models.CharField(max_length=40, blank=True)
    derivative_path = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["received_by", "received_at"], name="file_by_receiver")]
        constraints = [
            models.UniqueConstraint(fields=["sha256", "received_by"], name="file_once_per_person"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def stored_path(self) -> str:
        """Where the original lies under MEDIA_ROOT: its digest decides, so a file can never replace another."""
        return f"originals/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"

    @property
    def is_image(self) -> bool:
        return self.content_type in ("image/jpeg", "image/png")

    @property
    def short_digest(self) -> str:
        """The eight characters screens and watermarks show."""
        return self.sha256[:8]


__all__ = ["ScanState", "StoredFile"]
