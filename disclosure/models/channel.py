"""Where one decision is shown, each place with its own state and its own last day (standards/disclosure.md §1)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord


class Channel(models.TextChoices):
    SITE = "SITE", "本机关网站"
    SUPERVISION = "SUPERVISION", "互联网+监管"
    CREDIT = "CREDIT", "信用公示（双公示）"


class ChannelState(models.TextChoices):
    SHOWN = "shown", "公示中"
    OMITTED = "omitted", "不公示"
    ENDED = "ended", "已停止"


class ChannelEnd(models.TextChoices):
    REPAIR = "repair", "信用修复"
    WITHDRAWAL = "withdrawal", "撤回"


class RecordChannel(models.Model):
    """One record in one channel. ``until`` is the last day (None: no end of its own); by it the channel ends by itself.

    ``rule`` says in words which class and rule made it so, as they were when the record was published.
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, related_name="channels")
    channel = models.CharField(max_length=11, choices=Channel.choices)
    state = models.CharField(max_length=7, choices=ChannelState.choices)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=10, choices=ChannelEnd.choices, blank=True)
    rule = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "channel"], name="record_channel_once"),
            models.CheckConstraint(
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(ended_because=""))
                | (~Q(state="ended") & Q(ended_on__isnull=True, ended_because="")),
                name="record_channel_end_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.channel}"

    def is_shown(self, today: date) -> bool:
        """Shown on ``today``: not ended, and its last day is not over."""
        return self.state == ChannelState.SHOWN and (self.until is None or today <= self.until)
