"""What keeps typed work safe: drafts saved by themselves, and operations that a second submit must not repeat."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lishu_law.registry.encrypted import EncryptedTextField


class Draft(models.Model):
    """What somebody typed into one page and has not submitted. Dies on submit or after 30 days (ux.md §7.2)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=100, blank=True)
    payload = EncryptedTextField(blank=True)  # JSON of what was typed: may hold personal numbers
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once_per_page")]

    def __str__(self) -> str:
        return self.key


class Operation(models.Model):
    """A submitted form that succeeded, by the id its page carried; a repeat gets the first result (ux.md §7.9)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    op_id = models.CharField(max_length=40)
    url = models.CharField(max_length=300)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "op_id"], name="operation_once")]

    def __str__(self) -> str:
        return self.op_id
