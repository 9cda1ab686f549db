"""What the summary procedure needs beside the case: the record of the scene, and cash collected on the spot (处罚法68–71)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.evidence import Signing
from cases.models.payment import Payment


class PaymentWay(models.TextChoices):
    """How the fine is paid; the on-the-spot ways are the law's own three grounds (处罚法68、69)."""

    BANK = "bank", "十五日内到银行或者电子支付缴款"
    WITHIN_100 = "within_100", "当场收缴：罚款在一百元以下"
    HARD = "hard", "当场收缴：不当场收缴事后难以执行"
    REMOTE = "remote", "当场收缴：边远、水上、交通不便，当事人提出"


class SpotRecord(models.Model):
    """What was shown, told and heard on the scene, one row per case of the summary procedure (处罚法44、45、52)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="spot_record")
    licence_shown_at = models.DateTimeField()
    mental_doubt = models.BooleanField(default=False)
    other_penalties = models.CharField(max_length=200, blank=True)
    told_text = models.TextField(blank=True)
    told_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    told_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)  # what the party pleaded; empty: no objection
    review = models.TextField(blank=True)
    is_adopted = models.BooleanField(null=True)
    is_disputed = models.BooleanField(default=False)
    heard_at = models.DateTimeField(null=True)
    payment_way = models.CharField(max_length=12, choices=PaymentWay.choices, blank=True)
    payment_reason = models.CharField(max_length=300, blank=True)
    is_asked_by_party = models.BooleanField(default=False)
    signing = models.CharField(max_length=10, choices=Signing.choices, blank=True)
    refusal_note = models.CharField(max_length=300, blank=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(statement="") | (~Q(review="") & Q(is_adopted__isnull=False)) | Q(is_disputed=True),
                name="spot_statement_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True) | Q(told_at__isnull=False), name="spot_told_first"
            ),
            models.CheckConstraint(
                condition=~Q(signing=Signing.REFUSED) | ~Q(refusal_note=""), name="spot_refusal_noted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class SpotCollection(models.Model):
    """Cash collected on the spot, on its way through the bureau to the bank (处罚法68–71)."""

    payment = models.OneToOneField(Payment, models.CASCADE, related_name="spot_collection")
    case = models.ForeignKey(Case, models.CASCADE, related_name="spot_collections")
    way = models.CharField(max_length=12, choices=PaymentWay.choices)
    reason = models.CharField(max_length=300, blank=True)
    collected_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    hand_in_no = models.CharField(max_length=40, blank=True)  # 交款凭证
    banked_on = models.DateField(null=True)
    bank_slip_no = models.CharField(max_length=40, blank=True)
    banked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(way=PaymentWay.BANK), name="spot_collection_has_ground"),
            models.CheckConstraint(
                condition=Q(way=PaymentWay.WITHIN_100) | ~Q(reason=""), name="spot_collection_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(banked_on__isnull=True, banked_by__isnull=True, bank_slip_no="")
                | (
                    Q(banked_on__isnull=False, banked_by__isnull=False, handed_in_at__isnull=False)
                    & ~Q(bank_slip_no="")
                ),
                name="spot_cash_banked_whole",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, hand_in_no="")
                | (Q(handed_in_at__isnull=False) & ~Q(hand_in_no="")),
                name="spot_cash_handed_in_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way}"
