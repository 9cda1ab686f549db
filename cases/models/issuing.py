"""Decisions signed one by one and issued together: the signature that waits, the batch, and what became of each.

The head's examination stays a matter of each case (处罚法57); only numbering and sealing are done together.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from lishu_law.registry.models.parties import new_reference


class SignatureState(models.TextChoices):
    WAITING = "waiting", "待制发"
    ISSUED = "issued", "已制发"
    REPLACED = "replaced", "已被后一次审批代替"


class SignedApproval(models.Model):
    """The head's approval of one decision that is not issued yet. It holds for ``version`` of the case and no other.

    ``content_digest``: what the decision said when it was signed. Parties are shared by many cases and parameters have
    their own days; neither moves the version.
    """

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="signed_approvals")
    version = models.PositiveIntegerField()
    content_digest = models.CharField(max_length=64)
    opinion = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SignatureState.choices, default=SignatureState.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="waiting"), name="signature_waits_once"),
        ]
        indexes = [models.Index(fields=["by", "id"], condition=Q(state="waiting"), name="signature_waiting")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reference}"


class IssueBatch(models.Model):
    """Signed decisions to be issued one by one in the background, ordered by the person who signed them."""

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-id"], name="batch_by_person")]

    def __str__(self) -> str:
        return self.reference


class ItemOutcome(models.TextChoices):
    WAITING = "waiting", "等待制发"
    ISSUED = "issued", "已制发"
    FAILED = "failed", "没有制发"


class IssueItem(models.Model):
    """One decision of a batch. ``problems`` are the reasons why it was not issued, each with article and cure."""

    batch = models.ForeignKey(IssueBatch, models.CASCADE, related_name="items")
    signature = models.ForeignKey(SignedApproval, models.PROTECT, related_name="items")
    state = models.CharField(max_length=10, choices=ItemOutcome.choices, default=ItemOutcome.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=60, blank=True)
    problems = models.JSONField(default=list)  # [{"code", "message", "citation", "fix"}]
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "signature"], name="item_once_a_batch"),
            models.UniqueConstraint(fields=["signature"], condition=Q(state="waiting"), name="item_waits_once"),
            models.UniqueConstraint(fields=["signature"], condition=Q(state="issued"), name="item_issued_once"),
            models.CheckConstraint(
                condition=(Q(state="issued") & ~Q(number="")) | (~Q(state="issued") & Q(number="")),
                name="item_issued_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="item_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.signature_id} {self.state}"
