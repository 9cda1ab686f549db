"""The library of reference wording 参考用语: a phrase, its reviewed versions, and where a case used one (处罚法44、59).

A version that was approved is never changed again: the database refuses (migration ``phrases``). A change is a new
version, read by somebody of the legal section who wrote none of it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case


class PhraseKind(models.TextChoices):
    """Which part of a document the words are for."""

    FACTS = "facts", "违法事实"
    REASONS = "reasons", "说理"
    AMOUNT = "amount", "确定数额的理由"
    ANSWER = "answer", "答复陈述申辩"
    EDUCATION = "education", "教育"


class PhraseState(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待法制审核"
    RETURNED = "returned", "审核退回"
    APPROVED = "approved", "已审核，可以参考"
    RETIRED = "retired", "已停用"


OPEN = (PhraseState.DRAFT, PhraseState.SUBMITTED, PhraseState.RETURNED)


class Phrase(models.Model):
    """One wording under a code that never changes. ``item_code`` empty: for every violation."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=PhraseKind.choices)
    item_code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=60)
    origin = models.CharField(max_length=60)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "item_code"], name="phrase_by_kind")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class PhraseVersion(models.Model):
    """One text of a phrase. ``author`` is empty for what was shipped and nobody here has taken over yet.

    ``revision`` counts the acts on it: whoever decides on an older page is told.
    """

    phrase = models.ForeignKey(Phrase, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=PhraseState.choices, default=PhraseState.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_opinion = models.TextField(blank=True)
    used_from = models.DateField(null=True)  # offered to officers from this day …
    used_until = models.DateField(null=True)  # … until the day it was retired
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    retire_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="phrase_to_review"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["phrase", "number"], name="phrase_version_number"),
            models.UniqueConstraint(fields=["phrase"], condition=Q(state__in=OPEN), name="phrase_one_open"),
            models.UniqueConstraint(fields=["phrase"], condition=Q(state="approved"), name="phrase_one_approved"),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved"]) | Q(author__isnull=False, submitted_at__isnull=False),
                name="phrase_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False, used_from__isnull=False),
                name="phrase_approved_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(used_from__isnull=True) | (Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("author"))),
                name="phrase_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | (Q(retired_by__isnull=False) & ~Q(retire_reason="")),
                name="phrase_retired_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase.code} 第 {self.number} 版"


class UseStanding(models.TextChoices):
    """What became of the words between inserting and submitting."""

    KEPT = "kept", "照用语原文"
    CHANGED = "changed", "插入后有改动"


class PhraseUse(models.Model):
    """A version whose words stand in a text of a case as it was submitted. ``place`` is the home of that text.

    ``inserted`` is what was inserted, filled in with the facts of the case then.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="phrase_uses")
    place = models.CharField(max_length=40)
    version = models.ForeignKey(PhraseVersion, models.PROTECT, related_name="uses")
    inserted = models.TextField()
    standing = models.CharField(max_length=8, choices=UseStanding.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place", "version"], name="phrase_used_once_a_place")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.place}"
