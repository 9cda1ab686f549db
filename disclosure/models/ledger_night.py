"""The nightly check of the public register (security.md §11): how far each night is, and what it found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class LedgerPart(models.TextChoices):
    """What a night checks: tables and pages at once, received files and documents slice by slice."""

    TABLES = "tables", "登记簿和公示页"
    FILES = "files", "文件"


class LedgerNight(models.Model):
    """One night. ``files_after`` is the last leaf of the internal ledger whose file was read."""

    on = models.DateField(unique=True)
    leaves = models.PositiveBigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    files_after = models.BigIntegerField(default=-1)
    files_done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.on} {self.leaves}"


class LedgerAlarm(models.Model):
    """A night found the register, a page or a file changed. Says where, never what stands there."""

    on = models.DateField()
    part = models.CharField(max_length=8, choices=LedgerPart.choices)
    faults = models.PositiveIntegerField()
    places = models.CharField(max_length=200)
    last_good = models.PositiveBigIntegerField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="ledger_alarm_untold")]
        constraints = [models.UniqueConstraint(fields=["on", "part"], name="ledger_alarm_once_a_night")]

    def __str__(self) -> str:
        return f"{self.on} {self.part}"
