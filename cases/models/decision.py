"""From discretion to decision: the computed range, the report, the defence, the legal review, the decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class Discretion(models.Model):
    """Inputs, matched benchmark and result, frozen as they were used (law/discretion.md §5 step 15)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="discretion")
    edition = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    action = models.CharField(max_length=20)
    tier = models.CharField(max_length=20)
    minimum = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.TextField()
    answers = models.JSONField(default=dict)  # the questions silence would block: 轻微、首违、无过错、从轻减轻 …
    needs_confirmation = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.tier}"


class InvestigationReport(models.Model):
    """Narrative of the investigation report; everything else in it flows from the case."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="report")
    process = models.TextField()  # 案件调查经过
    facts = models.TextField()  # 违法事实
    opinion = models.TextField()  # 调查结论和处理意见
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class DefenceKind(models.TextChoices):
    NONE = "none", "期满未陈述申辩"
    WRITTEN = "written", "书面陈述申辩"
    ORAL = "oral", "口头陈述申辩"
    WAIVER = "waiver", "书面放弃陈述申辩"


class Defence(models.Model):
    """What the party said to the notice, and what came of it (处罚法45)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="defence")
    kind = models.CharField(max_length=10, choices=DefenceKind.choices)
    received_at = models.DateTimeField()
    content = models.TextField(blank=True)
    hearing_requested = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    review = models.TextField(blank=True)
    is_adopted = models.BooleanField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="defence_reviewed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class ReviewOutcome(models.TextChoices):
    PASSED = "passed", "同意"
    RETURNED = "returned", "退回补正"


class LegalReview(models.Model):
    """The compulsory review before the decision (处罚法58): one row per case, the newest round."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="legal_review")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices, blank=True)
    items = models.JSONField(default=list)  # [{"code", "result": passed|problem|not_applicable, "note"}]
    opinion = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewer__isnull=True, outcome="")
                | (Q(reviewed_at__isnull=False, reviewer__isnull=False) & ~Q(outcome="")),
                name="legal_review_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class Decision(models.Model):
    """The penalty decision as sealed. Its facts never change afterwards."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="decision")
    number = models.CharField(max_length=60, unique=True)
    decided_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    penalty_types = models.JSONField(default=list)
    facts = models.TextField()
    breached = models.TextField()
    basis = models.TextField()
    discretion_text = models.TextField()
    result_text = models.TextField()
    opinion = models.TextField(blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="decision_amount_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class Closure(models.Model):
    """The closing report's own words."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="closure")
    kind = models.CharField(max_length=20, default="performed")
    result = models.TextField()
    execution = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"
