"""Statements and defence (处罚法45): each statement of the party with its points, and the bureau's answer to each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.document import Document


class DefenceKind(models.TextChoices):
    NONE = "none", "期满未陈述申辩"
    WRITTEN = "written", "书面陈述申辩"
    ORAL = "oral", "口头陈述申辩"
    WAIVER = "waiver", "书面放弃陈述申辩"


class Defence(models.Model):
    """What the party said to the present notice, all statements together, and what came of it."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="defence")
    kind = models.CharField(max_length=10, choices=DefenceKind.choices)
    received_at = models.DateTimeField()
    content = models.TextField(blank=True)
    waiver_note = models.CharField(max_length=500, blank=True)  # why a waiver on the day of serving was voluntary
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    review = models.TextField(blank=True)
    is_adopted = models.BooleanField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="defence_reviewed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Statement(models.Model):
    """One statement of the party, written or spoken. There may be several to one notice."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="statements")
    notice = models.ForeignKey(Document, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DefenceKind.choices)
    received_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    speaker = models.CharField(max_length=50, blank=True)
    speaker_role = models.CharField(max_length=50, blank=True)
    content = models.TextField()
    evidence_note = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["written", "oral"]), name="statement_kind"),
            models.CheckConstraint(condition=~Q(content=""), name="statement_said"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class StatementPoint(models.Model):
    """One fact, reason or piece of evidence the party put forward; adopted or not, with the reason."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()  # counted through all statements to one notice
    text = models.TextField()
    is_adopted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statement_point_once"),
            models.CheckConstraint(
                condition=Q(is_adopted__isnull=True, answered_by__isnull=True, answered_at__isnull=True, answer="")
                | (Q(is_adopted__isnull=False, answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="statement_point_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.number}"
