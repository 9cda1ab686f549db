"""案卷评查 of closed files: the draw, each reviewer's sheet, objections, corrections, the library of model files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case


class ReviewDraw(models.Model):
    """Which closed files of a year are reviewed: drawn by a published seed, so that anybody can draw them again.

    ``pool`` is every file the draw was from, in order; ``chosen`` what came out (labels of the clues).
    """

    year = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=100)
    size = models.PositiveSmallIntegerField()
    pool = models.JSONField()
    chosen = models.JSONField()
    second_every = models.PositiveSmallIntegerField(default=0)  # every n-th file is reviewed blind a second time
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["year", "-id"], name="review_draw_by_year")]
        constraints = [
            models.CheckConstraint(condition=~Q(seed="") & Q(size__gt=0), name="review_draw_seeded"),
            models.UniqueConstraint(fields=["year", "seed"], name="review_draw_seed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.seed}"


class DossierReview(models.Model):
    """One reviewer's sheet of one file. ``round`` 2 is the blind second review of the same file by another person.

    ``sheet`` is frozen when it is finished: every item with its findings and answers (``scoring.as_data``).
    """

    draw = models.ForeignKey(ReviewDraw, models.PROTECT, related_name="reviews")
    case = models.ForeignKey(Case, models.PROTECT, related_name="dossier_reviews")
    round = models.PositiveSmallIntegerField(default=1)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    sheet = models.JSONField(default=dict)
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    grade = models.CharField(max_length=10, blank=True)
    finished_at = models.DateTimeField(null=True)
    tell_until = models.DateField(null=True)  # last day for an objection

    class Meta:
        indexes = [
            models.Index(fields=["reviewer", "finished_at"], name="dossier_review_to_do"),
            models.Index(fields=["case", "id"], name="dossier_review_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["draw", "case", "round"], name="dossier_review_round_once"),
            models.UniqueConstraint(fields=["draw", "case", "reviewer"], name="dossier_review_by_another"),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="dossier_review_rounds"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, score__isnull=True, grade="", tell_until__isnull=True)
                | (Q(finished_at__isnull=False, score__isnull=False, tell_until__isnull=False) & ~Q(grade="")),
                name="dossier_review_finished_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.round}"


class ObjectionOutcome(models.TextChoices):
    UPHELD = "upheld", "异议成立，恢复得分"
    REJECTED = "rejected", "异议不成立"


class ReviewObjection(models.Model):
    """The handler's objection to one item of a finished sheet; upheld, its points come back."""

    review = models.ForeignKey(DossierReview, models.PROTECT, related_name="objections")
    item = models.CharField(max_length=4)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=ObjectionOutcome.choices, blank=True)
    reply = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="objection_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome="") & ~Q(reply="")),
                name="review_objection_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")), name="objection_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.item}"


class CorrectionTask(models.Model):
    """What a review found is mended or explained by the handler and looked at again by the reviewer."""

    review = models.ForeignKey(DossierReview, models.PROTECT, related_name="corrections")
    item = models.CharField(max_length=4)
    text = models.TextField()
    due_on = models.DateField()
    note = models.TextField(blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)  # of the reviewer: why it is not mended yet
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # its item's objection was upheld

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(note="")),
                name="correction_task_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, done_at__isnull=False),
                name="correction_task_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("done_by")),
                name="correction_task_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.item}"

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.dropped_at is None


class ModelDossier(models.Model):
    """An excellent file chosen as a model. ``merits`` names nobody; what is shown comes from a whitelist."""

    review = models.OneToOneField(DossierReview, models.PROTECT, related_name="model_dossier")
    merits = models.TextField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(merits=""), name="model_dossier_says_why")]

    def __str__(self) -> str:
        return f"{self.review_id}"
