"""What a ruling, or a person, asks of a public record: to be taken down, with its reason (行政处罚法48)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord


class WithdrawalReason(models.TextChoices):
    """Codes of feed_api.md §3.3; the first four are those a ruling gives."""

    CHANGED = "W1", "变更"
    REVOKED = "W2", "撤销"
    UNLAWFUL = "W3", "确认违法"
    VOID = "W4", "确认无效"
    STOPPED = "W6", "公示期满前依法停止"
    OTHER = "W9", "其他"


RULED = (WithdrawalReason.CHANGED, WithdrawalReason.REVOKED, WithdrawalReason.UNLAWFUL, WithdrawalReason.VOID)


class Withdrawal(models.Model):
    """One record to withdraw. ``proposed_by`` brought the ruling in, or asked for it, and may not withdraw it too.

    ``ruling_id`` is none where a person asked: of an earlier decision, or because what is shown may not be shown.
    """

    record = models.OneToOneField(DisclosureRecord, models.PROTECT, related_name="withdrawal")
    ruling_id = models.BigIntegerField(null=True, unique=True)
    successor_id = models.BigIntegerField(null=True)  # the decision that stands instead
    reason_code = models.CharField(max_length=2, choices=WithdrawalReason.choices)
    reason = models.CharField(max_length=500)
    event_on = models.DateField()
    basis_no = models.CharField(max_length=128)
    due = models.DateField()
    proposed_by = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(done_at__isnull=True), name="withdrawal_waiting"),
            models.Index(fields=["successor_id"], condition=Q(successor_id__isnull=False), name="withdrawal_successor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="withdrawal_done_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason_code} {self.record_id}"

    @property
    def cause(self) -> str:
        """What happened, in words."""
        label: str = self.get_reason_code_display()
        return f"原决定已{label}" if self.reason_code in RULED else f"提请撤回（{label}）"
