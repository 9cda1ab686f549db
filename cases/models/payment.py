"""Payments of fines: collected by the bank, recorded from the fiscal receipt (处罚法67、74)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class PaymentChannel(models.TextChoices):
    """How money may come: through the officers' hands only where the law lets them collect (pay-separation)."""

    BANK = "bank", "代收银行"
    ELECTRONIC = "electronic", "电子支付系统"
    COURT = "court", "法院执行到账"
    AUCTION = "auction", "拍卖所得抵缴"
    SPOT = "spot", "依法当场收缴"


class Payment(models.Model):
    """One receipt: ``amount`` of the fine and, apart from it, ``additional`` of the additional fine."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="payments")
    receipt_no = models.CharField(max_length=40, unique=True)
    channel = models.CharField(max_length=10, choices=PaymentChannel.choices, default=PaymentChannel.BANK)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    additional = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField()
    proof = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, additional__gte=0) & (Q(amount__gt=0) | Q(additional__gt=0)),
                name="payment_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_no
