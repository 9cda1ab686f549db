"""What a ruling, or a person, asks of a public record: to be taken down, with its reason (行政处罚法48).

What a person asked for another one may refuse; where the decision did fall the duty and its clock go on.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.objection import Objection
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
    With a ``refusal`` (why the second person did not withdraw) the record stays public and may be asked for anew;
    ``is_still_due`` then says that the decision did fall all the same: the days of ``due`` go on.
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="withdrawals")
    ruling_id = models.BigIntegerField(null=True, unique=True)
    successor_id = models.BigIntegerField(null=True)  # the decision that stands instead
    reason_code = models.CharField(max_length=2, choices=WithdrawalReason.choices)
    reason = models.CharField(max_length=500)
    event_on = models.DateField()
    basis_no = models.CharField(max_length=128)
    due = models.DateField()
    objection = models.ForeignKey(Objection, models.PROTECT, null=True, related_name="withdrawals")
    proposed_by = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=500, blank=True)
    is_still_due = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)  # when both were told of the refusal

    class Meta:
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(done_at__isnull=True), name="withdrawal_waiting"),
            models.Index(fields=["due", "id"], condition=Q(is_still_due=True), name="withdrawal_still_due"),
            models.Index(fields=["id"], condition=~Q(refusal="") & Q(told_at__isnull=True), name="withdrawal_to_tell"),
            models.Index(fields=["successor_id"], condition=Q(successor_id__isnull=False), name="withdrawal_successor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(refusal=""), name="withdrawal_one_in_force"),
            models.CheckConstraint(
                condition=Q(refusal="", is_still_due=False, told_at__isnull=True)
                | (~Q(refusal="") & Q(done_at__isnull=False, ruling_id__isnull=True)),
                name="withdrawal_refusal_whole",
            ),
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
        return cause_of(self.reason_code)


def cause_of(reason_code: str) -> str:
    """What happened, in words."""
    label = WithdrawalReason(reason_code).label
    return f"原决定已{label}" if reason_code in RULED else f"提请撤回（{label}）"
