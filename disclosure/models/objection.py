"""What a party says against a publication, and what came of it (standards/disclosure.md §6; 政府信息公开条例41)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord
from lishu_law.registry.encrypted import EncryptedTextField


class ObjectionWay(models.TextChoices):
    COUNTER = "counter", "窗口当面"
    LETTER = "letter", "来信"
    PHONE = "phone", "电话（已回拨核对）"
    ONLINE = "online", "网上提出（已核对文书）"


class ObjectionOutcome(models.TextChoices):
    CORRECTED = "correct", "属实，予以更正"
    WITHDRAWN = "withdraw", "属实，予以撤回"
    REFUSED = "refuse", "不属实，不予更正"
    ENDED = "ended", "公示已经结束，不用再更正"


UPHELD = (ObjectionOutcome.CORRECTED, ObjectionOutcome.WITHDRAWN)


class Objection(models.Model):
    """One objection with its deadline. Whoever objects and how to reach them is encrypted and never public.

    Upheld, it is answered (``answered_at``) when another person decided what it leads to; refused by that person it is
    open again with the same deadline, and ``findings`` and ``answer`` stay as what was written so far.
    ``registered_by`` is none where it came over the public page.
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="objections")
    ticket_no = models.CharField(max_length=20, unique=True)
    received_on = models.DateField()
    way = models.CharField(max_length=7, choices=ObjectionWay.choices)
    applicant = EncryptedTextField()
    contact = EncryptedTextField(blank=True)
    identity = models.CharField(max_length=200)  # how the identity was checked
    claim = models.TextField()
    due = models.DateField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=ObjectionOutcome.choices, blank=True)
    findings = models.TextField(blank=True)  # what was looked at, and what it showed
    answer = models.TextField(blank=True)
    late_reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due", "id"], condition=Q(outcome=""), name="objection_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(answer="")),
                name="objection_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(outcome=""), name="objection_answered_is_decided"
            ),
            models.CheckConstraint(
                condition=Q(registered_by__isnull=False) | Q(way="online"), name="objection_registered_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.ticket_no
