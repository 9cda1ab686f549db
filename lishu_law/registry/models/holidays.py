"""Holiday notices entered after those that ship with the program: proposed by one person, published by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lishu_law.law.calendar import DayKind


class NoticeOutcome(models.TextChoices):
    PUBLISHED = "published", "已公布"
    REFUSED = "refused", "未采用"


class HolidayNotice(models.Model):
    """The State Council's notice for one year as somebody entered it; in force once a second person published it."""

    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60)
    text = models.TextField()  # the notice's own lines
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=NoticeOutcome.choices, blank=True)
    opinion = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=Q(outcome=""), name="holiday_notice_waits_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="holiday_notice_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="holiday_notice_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class Holiday(models.Model):
    """A day the notice takes out of the working days (off) or puts into them (makeup)."""

    notice = models.ForeignKey(HolidayNotice, models.CASCADE, related_name="days")
    on = models.DateField()
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in DayKind])
    name = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "on"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"
