"""Payments of fines: collected by the bank, recorded from the fiscal receipt (处罚法67)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class Payment(models.Model):
    """One receipt."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="payments")
    receipt_no = models.CharField(max_length=40, unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid_on = models.DateField()
    proof = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive")]

    def __str__(self) -> str:
        return self.receipt_no
