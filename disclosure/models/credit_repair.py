"""A party asks that the credit display of its penalty ends early: 信用修复 (standards/disclosure.md §6, §1.1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord


class RepairOutcome(models.TextChoices):
    AGREED = "agreed", "同意修复"
    REFUSED = "refused", "不同意修复"


class CreditRepair(models.Model):
    """One application that came over 信用中国, the checks as they stood at the decision, and the decision.

    ``barred_until`` is the last day without a new application after false material.
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="repairs")
    application_no = models.CharField(max_length=60, unique=True)  # given by 信用中国
    applied_on = models.DateField()
    received_on = models.DateField()
    evidence = models.TextField()
    has_commitment = models.BooleanField()
    due = models.DateField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=RepairOutcome.choices, blank=True)
    checks = models.JSONField(default=list)  # [title, found, is_met] as they stood
    reasons = models.TextField(blank=True)
    late_reason = models.CharField(max_length=300, blank=True)
    is_false = models.BooleanField(default=False)
    barred_until = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due", "id"], condition=Q(outcome=""), name="credit_repair_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(outcome=""), name="credit_repair_one_open"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reasons="")),
                name="credit_repair_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_false=False) | Q(outcome="refused"), name="credit_repair_false_refused"
            ),
        ]

    def __str__(self) -> str:
        return self.application_no
