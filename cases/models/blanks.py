"""Numbers printed beforehand: a leased block of one series, and what became of each number (处罚法52, shared decision 24).

Without network an on-the-spot decision is written on a numbered blank form. The lease is one row: who, which series,
from where to where, when, until when. Each of its numbers has a row of its own and ends as used, void or returned.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.document import Document
from lishu_law.registry.models import StoredFile, Unit


class NumberLease(models.Model):
    """One block. Its numbers left the counter of the series when it was made, so no sealed document can get them."""

    reference = models.CharField(max_length=12, unique=True)
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leased_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    leased_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    prints = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["holder", "-id"], name="lease_by_holder")]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="lease_has_numbers"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("leased_at")), name="lease_runs"),
            models.CheckConstraint(condition=~Q(holder=F("leased_by")), name="lease_by_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.first}–{self.last}"

    @property
    def size(self) -> int:
        return self.last - self.first + 1


class NumberEnd(models.TextChoices):
    OPEN = "open", "未用"
    USED = "used", "已用（补录）"
    VOID = "void", "作废"
    RETURNED = "returned", "已交回"


class BlankNumber(models.Model):
    """One number of a block and its end. ``written_at`` is what the paper says, ``ended_at`` when it was entered."""

    lease = models.ForeignKey(NumberLease, models.PROTECT, related_name="numbers")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    end = models.CharField(max_length=10, choices=NumberEnd.choices, default=NumberEnd.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(null=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="blank_number")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    late_allowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    late_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lease", "serial"], name="blank_once_per_lease"),
            models.CheckConstraint(
                condition=Q(end="open", ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(end="open") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="blank_end_has_time_and_person",
            ),
            models.CheckConstraint(
                condition=Q(end="used", document__isnull=False, written_at__isnull=False, scan__isnull=False)
                | (~Q(end="used") & Q(document__isnull=True, written_at__isnull=True)),
                name="blank_used_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(end__in=["open", "returned"]) | ~Q(reason=""), name="blank_end_says_why"
            ),
            models.CheckConstraint(
                condition=Q(late_allowed_by__isnull=True, late_reason="")
                | (Q(late_allowed_by__isnull=False) & ~Q(late_reason="")),
                name="blank_late_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number
