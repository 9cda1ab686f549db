"""Filings refused because the yearly cap was reached: kept, so that the attempt can be seen (insp-frequency)."""

from __future__ import annotations

from django.db import models

from inspections.models.filing import Form, Source
from lishu_law.registry.models import SupervisedSubject, Unit


class AttemptStage(models.TextChoices):
    FILE = "file", "报备时"
    APPROVE = "approve", "审批时"


class OverCapAttempt(models.Model):
    """One refused attempt. Who tried stands in the journal only: nobody is ranked by it."""

    subject = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    stage = models.CharField(max_length=7, choices=AttemptStage.choices)
    form = models.CharField(max_length=2, choices=Form.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    reason = models.CharField(max_length=300)  # the refusal as it was shown

    class Meta:
        indexes = [models.Index(fields=["at"], name="attempt_by_time")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.at}"
