"""Legal review (处罚法58): every round is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class ReviewOutcome(models.TextChoices):
    PASSED = "passed", "同意"
    RETURNED = "returned", "退回补正"


class ReviewGate(models.TextChoices):
    """Before the notice (optional) or before the decision (compulsory); law/procedure.md §2.3."""

    REPORT = "report", "告知前对调查报告的审核"
    DECISION = "decision", "作出决定前的审核"


class LegalReview(models.Model):
    """One round. A review of the report never stands for the one before the decision."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="legal_reviews")
    gate = models.CharField(max_length=8, choices=ReviewGate.choices, default=ReviewGate.DECISION)
    triggers = models.JSONField(default=list)  # codes of cases.procedure.review_items.TRIGGERS that hold
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices, blank=True)
    items = models.JSONField(default=list)  # [{"code", "result": passed|problem|not_applicable, "note"}]
    opinion = models.TextField(blank=True)
    departure_opinion = models.TextField(blank=True)  # on 减轻 or on leaving the benchmark, where the case does

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "gate"], condition=Q(outcome=""), name="one_open_review"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewer__isnull=True, outcome="")
                | (Q(reviewed_at__isnull=False, reviewer__isnull=False) & ~Q(outcome="")),
                name="legal_review_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.gate} {self.outcome}"
