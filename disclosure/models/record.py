"""One public record per decision and its append-only history (standards/disclosure.md §1, §6)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from disclosure.credit import TITLES as CREDIT_TITLES
from disclosure.credit import CreditClass


class RecordState(models.TextChoices):
    DRAFT = "draft", "待审"
    PUBLISHED = "published", "公示中"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "公示期满"
    EXCLUDED = "excluded", "不予公示"


class DisclosureRecord(models.Model):
    """What the public may see of one decision. ``content`` is the whitelist copy and the only source of every page.

    ``content_digest`` is the salted commit of the record's newest event in the register, empty before the first; an
    unsalted digest would let a guess be confirmed. ``content`` is emptied when the record is withdrawn or expires.
    ``search_text`` is folded and never holds a natural person's name; ``uscc_search`` is filled for organisations only.
    """

    public_id = models.CharField(max_length=15, unique=True)
    decision_id = models.BigIntegerField(null=True, unique=True)
    case_no = models.CharField(max_length=60)
    number = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=RecordState.choices, default=RecordState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField(default=dict)
    content_digest = models.CharField(max_length=64, blank=True)
    corrections = models.JSONField(default=list)  # one public sentence for each correction, in order
    held_for = models.CharField(max_length=200, blank=True)  # why a person has to look closely

    party_display = models.CharField(max_length=200)
    is_person = models.BooleanField()
    uscc_search = models.CharField(max_length=18, blank=True)
    number_search = models.CharField(max_length=100)
    search_text = models.TextField(blank=True)
    violation = models.CharField(max_length=500)
    domain = models.CharField(max_length=40, blank=True)
    types = ArrayField(models.CharField(max_length=2), default=list)
    # What the yearly tables add up; it stays when the public content is destroyed.
    fine = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    confiscated = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    tier = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    handlers = ArrayField(models.CharField(max_length=20), default=list)  # who may not check it
    credit_class = models.CharField(max_length=1, choices=[(c.value, CREDIT_TITLES[c]) for c in CreditClass])
    exclusion_code = models.CharField(max_length=3, blank=True)

    publish_due = models.DateField()
    is_due_provisional = models.BooleanField(default=False)
    display_until = models.DateField()
    published_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=300, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["-decided_on", "-public_id"], condition=Q(state="published"), name="record_public_newest"
            ),
            models.Index(fields=["display_until", "id"], condition=Q(state="published"), name="record_ending"),
            models.Index(fields=["number_search"], name="record_by_number"),
            models.Index(fields=["uscc_search"], condition=~Q(uscc_search=""), name="record_by_uscc"),
            models.Index(fields=["state", "publish_due", "id"], name="record_by_due"),
            GinIndex(fields=["types"], name="record_types"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, exclusion_code=""),
                name="record_published_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(content_digest=""), name="record_published_in_register"
            ),
            models.CheckConstraint(
                condition=Q(state="excluded") | Q(exclusion_code=""), name="record_excluded_has_code"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")),
                name="record_withdrawn_has_reason",
            ),
            models.CheckConstraint(condition=~Q(is_person=True) | Q(uscc_search=""), name="record_person_no_code"),
        ]

    def __str__(self) -> str:
        return self.number


class RecordEvent(models.Model):
    """One change of a record: who, when, why, and the commit before and after. Append-only."""

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    digest_before = models.CharField(max_length=64, blank=True)
    digest_after = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "id"], name="record_event_order")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind}"
