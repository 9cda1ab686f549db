"""A decision that a person says may not be public, with the ground X02–X06, and who agreed (disclosure.md §4.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord


class ExclusionGround(models.TextChoices):
    """Grounds a person asks for. X01, X07 and X08 follow from the data."""

    STATE_SECRET = "X02", "国家秘密"
    SECURITY = "X03", "可能危及国家安全、公共安全、经济安全、社会稳定"
    COMMERCIAL = "X04", "商业秘密（含第三方正在征求意见）"
    PRIVACY = "X05", "遮盖后仍不能避免的个人隐私"
    FORBIDDEN = "X06", "法律禁止公开，或者省级机关批准不公开"


class ExclusionOutcome(models.TextChoices):
    AGREED = "agreed", "不予公示"
    REFUSED = "refused", "应当公示"


class Exclusion(models.Model):
    """One request not to publish a draft. ``proposed_by`` may not decide it too; ``review_on`` is when it is looked at anew.

    It holds from an agreeing decision until ``lifted_at``.
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="exclusions")
    code = models.CharField(max_length=3, choices=ExclusionGround.choices)
    reason = models.CharField(max_length=500)
    basis_no = models.CharField(max_length=128, blank=True)  # the document that forbids or approves
    paper = models.ForeignKey(
        "registry.StoredFile", models.PROTECT, null=True, related_name="+"
    )  # that document itself
    proposed_by = models.CharField(max_length=20)  # staff number
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=ExclusionOutcome.choices, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["review_on"], condition=Q(outcome="agreed", lifted_at=None), name="exclusion_reviews")
        ]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(outcome=""), name="exclusion_one_open"),
            models.UniqueConstraint(
                fields=["record"], condition=Q(outcome="agreed", lifted_at=None), name="exclusion_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="exclusion_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="agreed") | Q(review_on__isnull=False), name="exclusion_has_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.code}"
