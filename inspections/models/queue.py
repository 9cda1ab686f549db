"""What a phone wrote without network and sent later: the key it signed with, the item with both times, its files.

An item is stored before it is tried, so nothing that reached the server is lost; whatever cannot be entered by itself
stays here for the person who handles it (standards/inspection.md §3.2 E3, §4.3).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.shift import PatrolShift
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import StoredFile, Unit


class PhoneKey(models.Model):
    """The secret of one phone for one shift, given while it had network; the phone signs what it writes with it."""

    key_id = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    device = models.CharField(max_length=32)
    shift = models.ForeignKey(PatrolShift, models.CASCADE, null=True, related_name="+")
    secret = EncryptedTextField()
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="phone_key_by_user")]

    def __str__(self) -> str:
        return self.key_id


class ItemState(models.TextChoices):
    RECEIVED = "received", "已收到，正在入账"
    DONE = "done", "已入账"
    REFUSED = "refused", "没有通过，等手机上改正"
    CONFLICT = "conflict", "有冲突，等承办人处理"
    SETTLED = "settled", "已处理"


class QueuedItem(models.Model):
    """One form sent later. ``device_time`` is what the phone said, ``received_at`` what the server saw: both stay."""

    receipt = models.CharField(max_length=12, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    item_id = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    title = models.CharField(max_length=100)
    payload = EncryptedTextField()  # JSON of the fields as they were typed
    typed = EncryptedTextField(blank=True)  # JSON of (label, words), for whoever settles it
    problems = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.RECEIVED)
    device_time = models.DateTimeField()
    sent_time = models.DateTimeField()  # the phone's clock when it sent
    received_at = models.DateTimeField()
    is_offline = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=300, blank=True)
    key = models.ForeignKey(PhoneKey, models.PROTECT, null=True, related_name="items")
    counter = models.PositiveIntegerField()
    is_signed = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    result_url = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "-id"], condition=Q(state__in=["refused", "conflict"]), name="queue_unsettled"
            ),
            models.Index(fields=["result_url"], name="queue_by_result"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "item_id"], name="queue_item_once"),
            models.CheckConstraint(
                condition=Q(state="settled", settled_by__isnull=False, settled_at__isnull=False)
                | (~Q(state="settled") & Q(settled_by__isnull=True, settled_at__isnull=True)),
                name="queue_settled_by_whom",
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(result_url=""), name="queue_done_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def drift_seconds(self) -> int:
        """How far the phone's clock ran ahead of the server's when it sent (negative: behind)."""
        return round((self.sent_time - self.received_at).total_seconds())


class QueuedFile(models.Model):
    """A file of an item, unchanged, under the name of its field."""

    item = models.ForeignKey(QueuedItem, models.CASCADE, related_name="files")
    field = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "field", "position"], name="queued_file_place")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.field} {self.position}"
