"""Collective discussion (处罚法57第二款): what each head said, and the conclusion all of them signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case


class DiscussionOutcome(models.TextChoices):
    PENALISE = "penalise", "同意按拟处理意见作出处罚"
    NO_PENALTY = "no_penalty", "不予处罚"
    RETURN = "return", "退回补正"


class Discussion(models.Model):
    """One meeting on one case. Never changed afterwards; a second meeting is a second row."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="discussions")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    place = models.CharField(max_length=100)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reporter = models.CharField(max_length=50)
    recorder = models.CharField(max_length=50)
    outcome = models.CharField(max_length=10, choices=DiscussionOutcome.choices)
    conclusion = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="discussion_period"),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("ended_at")), name="discussion_recorded_after"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class DiscussionOpinion(models.Model):
    """What one head said in the meeting."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="opinions")
    head = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opinion = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["discussion", "head"], name="discussion_head_once"),
            models.CheckConstraint(condition=~Q(opinion=""), name="discussion_head_spoke"),
        ]

    def __str__(self) -> str:
        return f"{self.discussion_id} {self.head_id}"
