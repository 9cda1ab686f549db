"""Steps taken and limits running: what was done when by whom, and until when the next thing is due."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.procedure.steps import BY_CODE


class Step(models.Model):
    """One act of the procedure (a row of ``cases.procedure.steps``) that was done."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=3)
    to_state = models.CharField(max_length=3)
    outcome = models.CharField(max_length=20, default="done")  # done | returned | signed …
    part = models.CharField(max_length=40, blank=True)  # the sub-object acted on: "measure:12"
    opinion = models.TextField(blank=True)
    # 补录: done on paper without network at ``paper_at``, entered at ``at``.
    paper_at = models.DateTimeField(null=True)
    paper_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="step_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper_at__isnull=True, paper_reason="")
                | (Q(paper_at__isnull=False, paper_at__lte=F("at")) & ~Q(paper_reason="")),
                name="step_late_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"

    @property
    def title(self) -> str:
        """The step's name as the procedure table has it."""
        return BY_CODE[self.code].title


class DeadlineState(models.TextChoices):
    RUNNING = "running", "计时中"
    MET = "met", "按期完成"
    MET_LATE = "met_late", "逾期完成"
    CANCELLED = "cancelled", "已取消"


class Deadline(models.Model):
    """A running limit. Both readings are stored where the law allows two (shared decision 10)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    code = models.CharField(max_length=40)  # rule_id of procedure_rules.csv
    part = models.CharField(max_length=40, blank=True)  # the sub-object it belongs to: "measure:12"; "" for the case
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True)  # limits in hours
    due = models.DateField()
    due_at = models.DateTimeField(null=True)  # limits in hours
    due_strict = models.DateField()
    due_lenient = models.DateField()
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DeadlineState.choices, default=DeadlineState.RUNNING)
    ended_on = models.DateField(null=True)
    length = models.PositiveSmallIntegerField(null=True)  # a local limit's value on the day it started
    pauses = models.JSONField(default=list)  # [{"from", "to" or null, "reason", "document"}]
    extensions = models.JSONField(default=list)  # [{"code", "days", "document"}]
    moves = models.JSONField(default=list)  # [{"on", "why", "from", "to"}]: the end moved
    # Messages (50 %, 80 %, due, the day after): the instant of the last one told, and of the next.
    told_at = models.DateTimeField(null=True)
    tell_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due"], name="deadline_running"),
            models.Index(fields=["tell_at"], condition=models.Q(state="running"), name="deadline_to_tell"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "part"], condition=models.Q(state="running"), name="deadline_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due}"

    @property
    def is_paused(self) -> bool:
        """Does the clock stand still now?"""
        return bool(self.pauses) and self.pauses[-1]["to"] is None
