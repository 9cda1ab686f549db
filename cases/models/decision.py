"""From discretion to decision: the computed range, the report, the decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.edition import Edition


class Discretion(models.Model):
    """Inputs, matched benchmark and result, frozen as they were used (law/discretion.md §5 step 15)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="discretion")
    edition = models.CharField(max_length=170)
    benchmark_edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
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
    similar = models.JSONField(default=dict)  # the bureau's own cases beside it, and why this one stands out
    deviation = models.JSONField(default=dict)  # another tier, or an unjust benchmark: ground and approvals
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


class Decision(models.Model):
    """The penalty decision as sealed. Its facts never change afterwards.

    ``case`` names the case in which it stands (``case.decision``). Once it was revoked or replaced it stands no longer:
    then ``former_case`` keeps it readable in the file (``case.former_decisions``).
    """

    case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="decision")
    former_case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="former_decisions")
    superseded_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=60, unique=True)
    item_code = models.CharField(max_length=60, blank=True)
    tier = models.CharField(max_length=20, blank=True)  # of the benchmark, as it was decided
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
        indexes = [
            # 同案同罚: the newest decisions of one item and tier that stand, read from the index alone.
            models.Index(
                fields=["item_code", "tier", "-decided_on", "-id"],
                include=["amount", "number", "case"],
                condition=Q(case__isnull=False, amount__isnull=False),
                name="decision_similar",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="decision_amount_positive"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, former_case__isnull=True, superseded_at__isnull=True)
                | Q(case__isnull=True, former_case__isnull=False, superseded_at__isnull=False),
                name="decision_stands_or_stood",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def known_case(self) -> Case:
        """The case it belongs to, whether or not it still stands."""
        found = self.case or self.former_case
        if found is None:
            raise ValueError(f"decision {self.pk} belongs to no case")
        return found


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
