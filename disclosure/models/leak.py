"""The nightly look for personal values in what is public: how far it came, and what it found (disclosure.md §4.4-3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord


class LeakScan(models.Model):
    """One night's look over everything public. ``after`` is where the next slice goes on."""

    on = models.DateField(unique=True)
    after = models.CharField(max_length=15, blank=True)
    looked = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.on} {self.looked}"


class LeakAlarm(models.Model):
    """One record in which something personal was found. Says where and by which rule, never what."""

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="leak_alarms")
    on = models.DateField()
    places = models.CharField(max_length=200)
    rules = models.CharField(max_length=200)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="leak_alarm_untold")]
        constraints = [models.UniqueConstraint(fields=["record", "on"], name="leak_alarm_once_a_night")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.on}"
