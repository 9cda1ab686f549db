"""What an officer asks for beside the road and a leader decides: an extension, a measure, a deferral, a transfer …"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class ApprovalOutcome(models.TextChoices):
    APPROVED = "approved", "批准"
    REFUSED = "refused", "不批准"


class Approval(models.Model):
    """One request and its decision. ``kind`` is the word of its part of the procedure ("extension", "measure" …).

    Approver ≠ applicant (procedure.md §0.4). ``data`` holds what was asked for, as the deciding act needs it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=30)
    part = models.CharField(max_length=40, blank=True)  # the sub-object it concerns: "measure:12"
    reason = models.TextField()
    data = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=ApprovalOutcome.choices, blank=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["outcome", "kind"], name="approval_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "part"], condition=Q(outcome=""), name="approval_open_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="approval_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")), name="approval_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.outcome}"
