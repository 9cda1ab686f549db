"""Samples taken and things given to others to be tested (处罚法56; 鉴定、检测)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.evidence import Evidence, Signing


class Sample(models.Model):
    """One sampling 抽样取证: what was taken, sealed, and signed for. ``items``: name, specification, quantity, place."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="sample")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    items = models.JSONField()
    is_sealed = models.BooleanField()
    signing = models.CharField(max_length=10, choices=Signing.choices)
    refusal_note = models.CharField(max_length=300, blank=True)
    witness_name = models.CharField(max_length=50, blank=True)
    first_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    remarks = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="sample_period"),
            models.CheckConstraint(condition=~Q(first_officer=F("second_officer")), name="sample_two_officers"),
            models.CheckConstraint(condition=Q(is_sealed=True), name="sample_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.started_at:%Y-%m-%d}"


class CommissionOutcome(models.TextChoices):
    RESULT = "result", "已出结果"
    WITHDRAWN = "withdrawn", "已撤回委托"


class TestingCommission(models.Model):
    """A question given to a qualified institution, its answer, and that the party was told of it."""

    __test__ = False  # no test class, whatever its name begins with
    case = models.ForeignKey(Case, models.CASCADE, related_name="commissions")
    institution = models.CharField(max_length=100)
    qualification = models.CharField(max_length=100, blank=True)
    matter = models.CharField(max_length=300)
    sample = models.CharField(max_length=300)
    begins_on = models.DateField()
    due_on = models.DateField()
    warnings = models.JSONField(default=dict)  # rule_id → what was answered to its question
    commissioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    commissioned_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=CommissionOutcome.choices, blank=True)
    result_on = models.DateField(null=True)
    result = models.CharField(max_length=500, blank=True)
    evidence = models.OneToOneField(Evidence, models.PROTECT, null=True, related_name="commission")
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("begins_on")), name="commission_period"),
            models.CheckConstraint(
                condition=Q(outcome="", result_on__isnull=True) | (~Q(outcome="") & Q(result_on__isnull=False)),
                name="commission_ended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="result") | Q(evidence__isnull=False), name="commission_result_is_evidence"
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(told_on__gte=F("result_on")), name="commission_told_after_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.matter}"
