"""What a comparison with the exchange found, did and left to a person (feed_api.md §8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosure.models.delivery import DeliveryState

# What the exchange calls the states of its records (feed_api.md §5); a name it adds later is shown as it came.
THEIR_WORDS = {
    "RECEIVED": "已接收",
    "ACCEPTED": "已受理",
    "PUBLISHED": "公示中",
    "NOT_PUBLIC": "不公示",
    "REJECTED": "已退回",
    "WITHDRAWN": "已撤回",
    "DELETED": "已删除",
    "SUPERSEDED": "已被新版本取代",
}


class RunState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "正在对账"
    DONE = "done", "已完成"
    FAILED = "failed", "没有完成"


class Finding(models.TextChoices):
    """The table of feed_api.md §8, in its order."""

    LOST = "lost", "我方已推送，平台没有"
    FOREIGN = "foreign", "平台有，我方没有"
    DIFFERS = "differs", "版本或者内容不一致"
    REJECTED = "rejected", "平台已退回，我方以为送到"
    SHOWN = "shown", "我方已撤下，平台仍在公示"
    UNRECORDED = "unrecorded", "平台已收下，我方没有回执"
    GAP = "gap", "决定没有推送"


class ReconcileRun(models.Model):
    """One comparison of both kinds of records over a span of days, asked for by a person or by the night."""

    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    date_from = models.DateField()
    date_to = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)  # ours, theirs, equal_days, … (queries.reconcile.COUNTS)
    unequal_days = models.JSONField(default=list)  # [kind, day, ours, theirs]
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state__in=["waiting", "running"]), name="reconcile_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "failed"]) | Q(finished_at__isnull=False), name="reconcile_end_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Difference(models.Model):
    """One record on which both sides differ, what was done at once, and who closed it.

    ``closed_by`` is empty where the system settled it by itself; then ``done`` says how.
    """

    run = models.ForeignKey(ReconcileRun, models.PROTECT, related_name="differences")
    place = models.PositiveIntegerField()  # within the run, from 1
    finding = models.CharField(max_length=12, choices=Finding.choices)
    kind = models.CharField(max_length=20)
    rui = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=100, blank=True)  # the decision's number or the inspection's code
    our_version = models.PositiveIntegerField(null=True)
    our_digest = models.CharField(max_length=64, blank=True)
    our_state = models.CharField(max_length=20, blank=True)
    their_version = models.PositiveIntegerField(null=True)
    their_digest = models.CharField(max_length=64, blank=True)
    their_status = models.CharField(max_length=20, blank=True)
    their_receipt_no = models.CharField(max_length=20, blank=True)
    done = models.CharField(max_length=300, blank=True)  # what the system did at once
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    close_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["rui", "finding"], name="difference_by_record"),
            models.Index(fields=["run", "place"], condition=Q(closed_at__isnull=True), name="difference_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="difference_place_once"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False) & ~Q(close_reason=""),
                name="difference_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.place}"

    @property
    def our_state_words(self) -> str:
        """How our message stood, in words; of a gap what is missing."""
        known = self.our_state in DeliveryState.values
        return str(DeliveryState(self.our_state).label) if known else self.our_state

    @property
    def their_status_words(self) -> str:
        """What the exchange said of its record, in words."""
        return THEIR_WORDS.get(self.their_status, self.their_status)
