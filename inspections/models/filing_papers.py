"""What belongs to a filing beside its row: how it came to its state, who assists, its papers, who approves for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.filing import FilingState, InspectionFiling
from lishu_law.registry.models import StoredFile, Unit


class FilingStep(models.Model):
    """A filing entered a state: when, by whom, why, and what every rule answered at that moment (§3, states table).

    Written once, never changed. ``results`` is a list of {rule, title, passed, answer}.
    """

    filing = models.ForeignKey(InspectionFiling, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=FilingState.choices)
    title = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    results: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.title}"


class FilingAssistant(models.Model):
    """协助人员: named beforehand, helps and never counts to the two officers (§2, row 2)."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="assistants")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=50)
    organisation = models.CharField(max_length=100)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["filing", "position"], name="filing_assistant_once")]

    def __str__(self) -> str:
        return f"{self.name}（{self.organisation}）"


class FilingAttachment(models.Model):
    """A paper of a filing: the plan, the complaint, the letter of assistance."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["filing", "file"], name="filing_attachment_once")]

    def __str__(self) -> str:
        return self.file.original_name


class ApprovalDelegationQuerySet(models.QuerySet["ApprovalDelegation"]):
    def active_on(self, day: date) -> ApprovalDelegationQuerySet:
        """In force on ``day``: the last day counts, the day it was ended does not."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), from_on__lte=day, to_on__gte=day)


class ApprovalDelegation(models.Model):
    """Who approves the routine filings of a unit in its head's stead, by which document and for how long."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.CharField(max_length=100)
    from_on = models.DateField()
    to_on = models.DateField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ApprovalDelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="delegation_period"),
            models.CheckConstraint(condition=~Q(delegate=F("granted_by")), name="delegation_to_another"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="delegation_ended_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.delegate_id} {self.from_on}–{self.to_on}"
