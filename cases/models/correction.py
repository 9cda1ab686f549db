"""Orders to correct (责令改正, 处罚法28) with their re-check."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case


class RecheckResult(models.TextChoices):
    CORRECTED = "corrected", "已经改正"
    NOT_CORRECTED = "not_corrected", "没有改正"
    NOT_POSSIBLE = "not_possible", "行为已经结束，无需或者无法再改正"


class CorrectionOrder(models.Model):
    """One order. ``due_on`` is empty where correction is ordered at once."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="correction_orders")
    facts = models.TextField()
    basis = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_on = models.DateField()
    result = models.CharField(max_length=16, choices=RecheckResult.choices, blank=True)
    recheck_note = models.TextField(blank=True)
    rechecked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    rechecked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("issued_on")), name="correction_due_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(result="", rechecked_by__isnull=True, rechecked_at__isnull=True)
                | (~Q(result="") & Q(rechecked_by__isnull=False, rechecked_at__isnull=False)),
                name="correction_rechecked_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.issued_on}"
