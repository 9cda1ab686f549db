"""A published record says something wrong: what is to be corrected, who asked for it, who decided (disclosure.md §6)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.objection import Objection
from disclosure.models.record import DisclosureRecord


class CorrectionSource(models.TextChoices):
    NOTICE = "notice", "案件的文书更正"
    OFFICE = "office", "本机关发现"
    OBJECTION = "objection", "当事人异议"


class CorrectionOutcome(models.TextChoices):
    AGREED = "agreed", "已更正"
    REFUSED = "refused", "不更正"
    NOT_NEEDED = "not_needed", "不涉及公开内容"


class RecordCorrection(models.Model):
    """One correction of one record. ``proposed_by`` may not decide it too.

    ``changes`` are of the public text: field, the words that are wrong, the right ones. Without one the public copy is
    made anew from the decision, which holds the words of the case's correction notices. ``note`` is public.
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="asked_corrections")
    source = models.CharField(max_length=9, choices=CorrectionSource.choices)
    notice_id = models.BigIntegerField(null=True, unique=True)  # the approval of the case's correction notice
    objection = models.ForeignKey(Objection, models.PROTECT, null=True, related_name="corrections")
    changes = models.JSONField(default=list)
    note = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    due = models.DateField()
    found_on = models.DateField()
    proposed_by = models.CharField(max_length=20)  # staff number
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=CorrectionOutcome.choices, blank=True)
    opinion = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due", "id"], condition=Q(outcome=""), name="record_correction_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(outcome=""), name="record_correction_one_open"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="record_correction_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.source} {self.outcome}"
